import { writeCents } from '../exact-money.js'
import { html, type Markup } from '../../report-kit/markup.js'
import type { MatchingFigures } from './report-data.js'
import { sharesPlot } from './shares.js'
import { table } from '../../report-kit/table.js'

export const matchingSection = (matching: MatchingFigures, currency: string): Markup =>
  html`<section id="matching">
    <h2>Bank entries and invoices</h2>
    <p>${matching.note}</p>
    <div class="columns">
      ${sharesPlot({ id: 'matching-rules', title: 'Matched, by rule, of all entries', counts: 'entries', currency, shares: matching.byRule, outOf: matching.entries, series: 3, nameRoom: 210 })}
      ${sharesPlot({ id: 'matching-reasons', title: 'Not matched, by reason, of all entries', counts: 'entries', currency, shares: matching.byReason, outOf: matching.entries, series: 2, nameRoom: 210 })}
    </div>
    ${
      matching.examples.length === 0
        ? ''
        : table({
            caption: 'What the matcher left for a person, and why',
            columns: [
              { name: 'Booked on' },
              { name: 'Text on the statement', wraps: true },
              { name: 'Why it was left' },
              { name: currency, numeric: true },
            ],
            rows: matching.examples.map(({ on, text, reason, amount }) => [
              on,
              text === '' ? '(none)' : text,
              reason,
              writeCents(amount),
            ]),
          })
    }
  </section>`
