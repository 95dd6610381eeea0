import { grouped } from '../progress.js'
import type { DayCounts } from '../day-counts.js'
import { figure } from '../../report-kit/figure.js'
import { histogram, type Bin } from '../../report-kit/histogram.js'
import { html, type Markup } from '../../report-kit/markup.js'
import type { Duration } from './report-data.js'

export const cycleSection = (cycle: readonly Duration[]): Markup =>
  html`<section id="cycle">
    <h2>Cycle time from order to shipment to cash</h2>
    <p>In calendar days. The bar with the median is marked; half of all cases were at least as fast.</p>
    <div class="columns">${cycle.filter(({ days }) => days.size > 0).map(durationPlot)}</div>
  </section>`

const durationPlot = ({ id, name, explanation, days }: Duration): Markup => {
  const median = days.percentile(50)
  const bins = binsOf(days)
  return figure({
    id: `cycle-${id}`,
    title: `${name}: median ${daysOf(median)}`,
    description: `${explanation} Median ${daysOf(median)}, nine in ten within ${daysOf(days.percentile(90))}, longest ${daysOf(days.largest)}.`,
    ...histogram(bins, daysOf(median), 'days'),
    numbers: {
      caption: `${explanation} Nine in ten within ${daysOf(days.percentile(90))}; longest ${daysOf(days.largest)}.`,
      columns: [{ name: 'days' }, { name: 'cases', numeric: true }],
      rows: bins.map(({ name: span, count }) => [span, grouped(count)]),
      total: ['all', grouped(days.size)],
    },
  })
}

const daysOf = (days: number): string => (days === 1 ? '1 day' : `${days} days`)

const mostBins = 16

/** One bin a day where they fit, otherwise bins of equal width. The slowest of a hundred share the last one, however long they took. */
const binsOf = (days: DayCounts): readonly Bin[] => {
  const end = days.percentile(99)
  const width = Math.max(1, Math.ceil((end + 1) / mostBins))
  const median = days.percentile(50)
  const count = Math.ceil((end + 1) / width)
  return Array.from({ length: count }, (_, index) => {
    const first = index * width
    const last = index === count - 1 ? Math.max(days.largest, first) : first + width - 1
    return {
      name: spanOf(first, last, width),
      count: days.between(first, last),
      holdsMedian: median >= first && median <= last,
    }
  })
}

const spanOf = (first: number, last: number, width: number): string => {
  if (first === last) return String(first)
  return last - first + 1 > width ? `${first}+` : `${first}–${last}`
}
