import { writeCents, type Cents } from '../exact-money.js'
import { grouped } from '../progress.js'
import { figure } from '../../report-kit/figure.js'
import { html, type Markup } from '../../report-kit/markup.js'
import type { ReportData, RevenueFigures } from './report-data.js'
import { stackedBars } from '../../report-kit/stacked-bars.js'

export const revenueSection = ({ revenue, currency }: ReportData): Markup =>
  html`<section id="revenue">
    <h2>Revenue by month and ${revenue.by}</h2>
    <p>What was invoiced, less what was credited, in the month of its document, in ${currency}.</p>
    ${revenuePlot(revenue, currency)}
  </section>`

const revenuePlot = ({ by, groups, months }: RevenueFigures, currency: string): Markup =>
  figure({
    id: 'revenue-months',
    title: `${currency} a month, by ${by}`,
    description: `Stacked columns for ${months.length} months; all in all ${writeCents(sum(months.flatMap(({ amounts }) => amounts)))} ${currency}. ${groups.map((group, index) => `${group}: ${writeCents(groupSum(months, index))}`).join('; ')}.`,
    ...stackedBars({
      columns: months.map(({ month, amounts }) => ({ name: month, values: amounts.map(Number) })),
      series: groups,
      write: (cents) => grouped(Math.round(cents / 100)),
    }),
    legend: groups.map((name, index) => ({ name, series: index + 1 })),
    numbers: {
      caption: `Revenue by month and ${by}, ${currency}`,
      columns: [
        { name: 'month' },
        ...groups.map((name) => ({ name, numeric: true })),
        { name: 'all', numeric: true },
      ],
      rows: months.map(({ month, amounts }) => [month, ...amounts.map(writeCents), writeCents(sum(amounts))]),
      total: [
        'all',
        ...groups.map((_, index) => writeCents(groupSum(months, index))),
        writeCents(sum(months.flatMap(({ amounts }) => amounts))),
      ],
    },
  })

const sum = (amounts: readonly Cents[]): Cents => amounts.reduce((all, amount) => all + amount, 0n)

const groupSum = (months: RevenueFigures['months'], index: number): Cents =>
  sum(months.map(({ amounts }) => amounts[index] ?? 0n))
