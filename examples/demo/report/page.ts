import { page, type Section } from '../../report-kit/page.js'
import { checksSection } from '../../report-kit/checks-section.js'
import { cycleSection } from './cycle-section.js'
import { linesSection } from './lines-section.js'
import { matchingSection } from './matching-section.js'
import { openSection } from './open-section.js'
import { ordersSection } from './orders-section.js'
import type { ReportData } from './report-data.js'
import { revenueSection } from './revenue-section.js'
import { sourcesSection } from './sources-section.js'
import { stockSection } from './stock-section.js'

/** The report of a demo run. */
export const reportPage = (data: ReportData): string =>
  page({
    title: data.title,
    lead: data.lead,
    tiles: data.tiles,
    sections: sectionsOf(data),
    footer: `Written by the orderwright demo. Books until ${data.asOf}.`,
  })

/** Not every set of orders has something to say to every section. */
const sectionsOf = (data: ReportData): readonly Section[] => [
  { id: 'checks', name: 'Checks', content: checksSection(data.checks, checksLead) },
  ...when(data.lines, (lines) => ({ id: 'lines', name: 'Lines', content: linesSection(lines) })),
  { id: 'orders', name: 'Orders', content: ordersSection(data) },
  ...when(data.cycle, (cycle) => ({ id: 'cycle', name: 'Cycle time', content: cycleSection(cycle) })),
  { id: 'revenue', name: 'Revenue', content: revenueSection(data) },
  ...when(data.stock, (stock) => ({ id: 'stock', name: 'Stock', content: stockSection(stock) })),
  { id: 'open', name: 'Open invoices', content: openSection(data) },
  ...when(data.matching, (matching) => ({
    id: 'matching',
    name: 'Bank',
    content: matchingSection(matching, data.currency),
  })),
  { id: 'sources', name: 'Real and made', content: sourcesSection(data) },
]

const when = <Figures>(
  figures: Figures | undefined,
  section: (figures: Figures) => Section,
): readonly Section[] => (figures === undefined ? [] : [section(figures)])

const checksLead =
  'What the store holds is read back, and every sum is computed a second time outside the library, in whole cents.'
