import { checksSection, type Check } from '../report-kit/checks-section.js'
import { figure } from '../report-kit/figure.js'
import { histogram, type Bin } from '../report-kit/histogram.js'
import { html, type Markup } from '../report-kit/markup.js'
import { page } from '../report-kit/page.js'
import { steps, type Step } from '../report-kit/steps.js'
import { table } from '../report-kit/table.js'
import { isBought, type AnswerOfBuyer } from './answer-of-buyer.js'
import type { LedgerEntry } from './read-ledger.js'
import type { ProcessRun } from './run-processes.js'

export interface Sale {
  readonly units: number
  readonly buyers: number
  readonly runs: readonly ProcessRun[]
  readonly ledger: readonly LedgerEntry[]
  readonly checks: readonly Check[]
}

/** Numbers as people read them. */
const grouped = (value: number): string => Math.round(value).toLocaleString('en-US')

export const saleReport = ({ units, buyers, runs, ledger, checks }: Sale): string => {
  const answers = runs.flatMap((run) => run.answers)
  const opened = Math.min(...answers.map(({ askedAt }) => askedAt))
  const closed = Math.max(...answers.map(({ answeredAt }) => answeredAt))
  const bought = answers.filter(isBought).length
  const soldOut = lastSale(ledger, opened)
  return page({
    title: `${grouped(buyers)} buyers, ${grouped(units)} units`,
    lead: `A flash sale on one SQLite file: ${runs.length} processes, all buyers within one second, every fifth wants two. Whoever is refused is told what was left at which version of the stock level, and each of these answers is compared with the ledger.`,
    tiles: [
      { name: 'Sold', value: grouped(units), note: `units in ${grouped(bought)} orders` },
      { name: 'Refused', value: grouped(buyers - bought), note: 'each with a reason that was true' },
      { name: 'Sold out after', value: `${grouped(soldOut)} ms`, note: 'from the first question' },
      { name: 'Everyone answered', value: `${grouped(closed - opened)} ms`, note: 'from the first question' },
    ],
    sections: [
      {
        id: 'checks',
        name: 'Checks',
        content: checksSection(
          checks,
          'Counted from what the buyers were told and from the ledger of the stock level.',
        ),
      },
      { id: 'units', name: 'Units left', content: unitsSection(ledger, opened) },
      { id: 'waiting', name: 'Waiting', content: waitingSection(answers) },
      { id: 'processes', name: 'Processes', content: processesSection(runs) },
    ],
    footer: 'Written by the orderwright flash-sale example.',
  })
}

const millisecondsAfter = (instant: string, opened: number): number =>
  Math.max(0, new Date(instant).getTime() - opened)

const lastSale = (ledger: readonly LedgerEntry[], opened: number): number => {
  const last = ledger.findLast(({ type }) => type === 'StockReserved')
  return last === undefined ? 0 : millisecondsAfter(last.at, opened)
}

const unitsSection = (ledger: readonly LedgerEntry[], opened: number): Markup => {
  const points: readonly Step[] = ledger.flatMap(({ at, type, available }) =>
    type === 'StockReserved' ? [{ at: millisecondsAfter(at, opened), value: available }] : [],
  )
  const start = ledger.findLast(({ type }) => type === 'StockReceived')?.available ?? 0
  const moments = [...new Map(points.map((point) => [point.at, point])).values()]
  return html`<section id="units">
    <h2>Units left</h2>
    <p>
      Orders that arrive while a commit is under way are decided together in the next one, in the order of
      arrival: each step of the line is one commit of one process.
    </p>
    ${figure({
      id: 'units-left',
      title: 'Units left to sell',
      description: `From ${start} units to none`,
      ...steps([{ at: 0, value: start }, ...moments], 'milliseconds after the doors opened'),
      numbers: {
        caption: 'Units left after each commit',
        columns: [
          { name: 'Milliseconds', numeric: true },
          { name: 'Units left', numeric: true },
        ],
        rows: moments.map(({ at, value }) => [grouped(at), grouped(value)]),
      },
    })}
  </section>`
}

const binsOf = 20

const waitingSection = (answers: readonly AnswerOfBuyer[]): Markup => {
  const waits = answers.map(({ askedAt, answeredAt }) => answeredAt - askedAt).sort((a, b) => a - b)
  const median = quantile(waits, 0.5)
  const width = Math.max(1, Math.ceil((waits.at(-1) ?? 0) / binsOf / 50) * 50)
  const bins: readonly Bin[] = Array.from({ length: binsOf }, (_, index) => ({
    name: grouped(index * width),
    count: waits.filter((wait) => Math.floor(wait / width) === index).length,
    holdsMedian: Math.floor(median / width) === index,
  }))
  const quantiles = [0.5, 0.9, 0.99, 1].map((share) => [
    share === 1 ? 'the last' : `${share * 100}%`,
    `${grouped(quantile(waits, share))} ms`,
  ])
  return html`<section id="waiting">
    <h2>How long buyers waited</h2>
    <p>
      Far more ask than the machine can answer in that second, so a line forms. Nobody is answered from a
      guess: a refusal too is decided under the lock and kept under the buyer's key.
    </p>
    <div class="columns">
      ${figure({
        id: 'waits',
        title: 'Buyers by waiting time',
        description: `Half of all buyers were answered within ${grouped(median)} milliseconds`,
        ...histogram(bins, `median ${grouped(median)} ms`, 'milliseconds'),
        numbers: {
          caption: `Buyers by waiting time, in steps of ${width} ms`,
          columns: [
            { name: 'From, ms', numeric: true },
            { name: 'Buyers', numeric: true },
          ],
          rows: bins.map(({ name, count }) => [name, grouped(count)]),
        },
      })}
      ${table({
        caption: 'Answered within',
        columns: [{ name: 'Share of buyers' }, { name: 'Time', numeric: true }],
        rows: quantiles,
      })}
    </div>
  </section>`
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

const processesSection = (runs: readonly ProcessRun[]): Markup =>
  html`<section id="processes">
    <h2>The processes</h2>
    <p>
      Each works through the same file on a connection of its own; none knows of the others. Who sells how
      much is chance, what is sold in all is not.
    </p>
    ${table({
      caption: 'What each process told its buyers',
      columns: [
        { name: 'Process' },
        { name: 'Buyers', numeric: true },
        { name: 'Orders', numeric: true },
        { name: 'Units', numeric: true },
        { name: 'Refused', numeric: true },
        { name: 'Asked again', numeric: true },
      ],
      rows: runs.map(({ name, answers }) => {
        const bought = answers.filter(isBought)
        return [
          name,
          grouped(answers.length),
          grouped(bought.length),
          grouped(bought.reduce((sum, { wanted }) => sum + wanted, 0)),
          grouped(answers.length - bought.length),
          grouped(answers.reduce((sum, { repeats }) => sum + repeats, 0)),
        ]
      }),
    })}
  </section>`
