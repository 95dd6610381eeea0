import { checksSection } from './checks-section.js'
import { cycleSection } from './cycle-section.js'
import { linesSection } from './lines-section.js'
import { html, type Markup } from './markup.js'
import { matchingSection } from './matching-section.js'
import { openSection } from './open-section.js'
import { ordersSection } from './orders-section.js'
import type { ReportData } from './report-data.js'
import { revenueSection } from './revenue-section.js'
import { sourcesSection } from './sources-section.js'
import { stockSection } from './stock-section.js'
import { theme } from './theme.js'

/** The whole report as one file that needs nothing else: no network, no scripts. */
export const reportPage = (data: ReportData): string =>
  `<!doctype html>\n${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${data.title}</title>
        <style>
          ${ownMarkup(theme)}
        </style>
      </head>
      <body>
        <header class="top">
          <h1>${data.title}</h1>
          <p>${data.lead}</p>
          <ul class="tiles">
            ${data.tiles.map(({ name, value, note }) => html`<li><span>${name}</span><strong>${value}</strong><em>${note}</em></li>`)}
          </ul>
          <nav aria-label="Sections">
            <ul>
              ${sectionsOf(data).map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}
            </ul>
          </nav>
        </header>
        <main>${sectionsOf(data).map(([, , section]) => section)}</main>
        <footer>Written by the orderwright demo. Books until ${data.asOf}.</footer>
      </body>
    </html>`.markup
  }\n`

type Section = readonly [id: string, name: string, section: Markup]

/** Not every set of orders has something to say to every section. */
const sectionsOf = (data: ReportData): readonly Section[] => [
  ['checks', 'Checks', checksSection(data)],
  ...when(data.lines, (lines): Section => ['lines', 'Lines', linesSection(lines)]),
  ['orders', 'Orders', ordersSection(data)],
  ...when(data.cycle, (cycle): Section => ['cycle', 'Cycle time', cycleSection(cycle)]),
  ['revenue', 'Revenue', revenueSection(data)],
  ...when(data.stock, (stock): Section => ['stock', 'Stock', stockSection(stock)]),
  ['open', 'Open invoices', openSection(data)],
  ...when(data.matching, (matching): Section => [
    'matching',
    'Bank',
    matchingSection(matching, data.currency),
  ]),
  ['sources', 'Real and made', sourcesSection(data)],
]

const when = <Figures>(
  figures: Figures | undefined,
  section: (figures: Figures) => Section,
): readonly Section[] => (figures === undefined ? [] : [section(figures)])

/** The style sheet is our own constant, and quotes in it must stay quotes. */
const ownMarkup = (markup: string): Markup => ({ markup })
