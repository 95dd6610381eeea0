import { commandsLine } from '../commands-line.js'
import { withCommas, writeCents } from '../exact-money.js'
import { grouped } from '../progress.js'
import { percent } from '../../report-kit/percent.js'
import type { Check } from '../report/report-data.js'
import type { ExpectedSum } from './expected-sum.js'
import type { SuperstoreFigures } from './read-figures.js'
import type { SuperstoreRun } from './run-superstore.js'

/** The last lines on the screen. */
export const summaryOf = (
  run: SuperstoreRun,
  { orders, invoices, payments, bank }: SuperstoreFigures,
  expected: ExpectedSum,
  checks: readonly Check[],
): readonly string[] => [
  '',
  `orders          ${grouped(orders.count)} with ${grouped(orders.lines)} lines`,
  ...orders.byStatus.map(({ name, count }) => `  ${name.padEnd(14)}${grouped(count)}`),
  `invoices        ${grouped(invoices.count)}, ${writeCents(invoices.total)} USD, of which ${writeCents(invoices.open)} open`,
  `payments        ${grouped(payments.count)}, ${writeCents(payments.received)} USD`,
  `bank entries    ${grouped(bank.count)}, ${percent(bank.matched, bank.count)} matched`,
  ...bank.byRule.map(({ name, count }) => `  by ${name}: ${grouped(count)}`),
  ...bank.byReason.map(({ name, count }) => `  left, ${name}: ${grouped(count)}`),
  `out of stock    ${grouped(run.shortages.length)} refusals, replenished, served`,
  `messages        ${grouped(run.messages.delivered)} delivered in this run`,
  commandsLine(run.tally),
  '',
  ...checks.map(({ name, holds, found }) => `${holds ? 'ok     ' : 'FAILED '} ${name}: ${found}`),
  '',
  `order total     ${writeCents(orders.total)} USD`,
  `sum of the file ${withCommas(expected.roundedByLine)} USD, each line rounded half up (unrounded ${withCommas(expected.exact)})`,
]
