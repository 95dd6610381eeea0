import { html, type Markup } from './markup.js'
import { table } from './table.js'

export interface Check {
  readonly name: string
  /** What was found, in numbers. */
  readonly found: string
  readonly holds: boolean
}

export const checksSection = (checks: readonly Check[], lead: string): Markup => {
  const failed = checks.filter(({ holds }) => !holds).length
  return html`<section id="checks">
    <h2>Does it add up?</h2>
    <p>${lead}</p>
    ${
      failed === 0
        ? html`<div class="verdict good">
            <span aria-hidden="true">✓</span> All ${checks.length} checks hold.
          </div>`
        : html`<div class="verdict bad">
            <span aria-hidden="true">✗</span> ${failed} of ${checks.length} checks failed.
          </div>`
    }
    ${table({
      caption: 'What has to hold, and what was found',
      columns: [{ name: 'Check', wraps: true }, { name: 'Found', wraps: true }, { name: 'Result' }],
      rows: checks.map(({ name, found, holds }) => [name, found, result(holds)]),
    })}
  </section>`
}

const result = (holds: boolean): Markup =>
  holds ? html`<span class="mark good">✓ holds</span>` : html`<span class="mark bad">✗ failed</span>`
