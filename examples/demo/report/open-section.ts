import { writeCents } from '../exact-money.js'
import { html, type Markup } from '../../report-kit/markup.js'
import type { ReportData } from './report-data.js'
import { sharesPlot } from './shares.js'
import { table } from '../../report-kit/table.js'

export const openSection = ({ open, currency, asOf }: ReportData): Markup =>
  html`<section id="open">
    <h2>Invoices open</h2>
    <p>${open.note}</p>
    ${
      open.byAge.length === 0
        ? html`<div class="verdict good"><span aria-hidden="true">✓</span> Every invoice is paid.</div>`
        : html` ${sharesPlot({ id: 'open-age', title: `Open on ${asOf}, by age`, counts: 'invoices', currency, shares: open.byAge, show: 'amount', series: 2, size: 'whole', nameRoom: 190 })}
          ${table({
            caption: 'The largest open amounts',
            columns: [
              { name: 'Invoice' },
              { name: 'Customer' },
              { name: 'Due on' },
              { name: 'Invoiced', numeric: true },
              { name: 'Open', numeric: true },
            ],
            rows: open.largest.map(({ number, customer, dueOn, total, open: rest }) => [
              number,
              customer,
              dueOn,
              writeCents(total),
              writeCents(rest),
            ]),
          })}`
    }
  </section>`
