import { html, type Markup } from '../../report-kit/markup.js'
import type { ReportData } from './report-data.js'
import { table } from '../../report-kit/table.js'

export const sourcesSection = ({ sources, madeBecause, made, run }: ReportData): Markup =>
  html`<section id="sources">
    <h2>What is real, and what is made</h2>
    ${sources.map((source) => html`<p>${source}</p>`)}
    <p>${madeBecause}</p>
    <ul class="plain">
      ${made.map((fact) => html`<li>${fact}</li>`)}
    </ul>
    <details>
      <summary>Show how the run went</summary>
      ${table({ caption: 'The run that wrote this page', columns: [{ name: '' }, { name: '', numeric: true }], rows: run })}
    </details>
  </section>`
