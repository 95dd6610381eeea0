import { print } from '../data/exact-decimal.js'
import { onlineRetailSource } from '../data/online-retail.js'
import { commandsLine } from '../commands-line.js'
import { writeCents } from '../exact-money.js'
import { grouped } from '../progress.js'
import type { Check } from '../report/report-data.js'
import type { FileAccount } from './account-for-file.js'
import type { RetailFigures } from './read-figures.js'
import type { RetailRun } from './run-online-retail.js'
import { treatmentOf } from './treatment.js'

/** The last lines on the screen. */
export const summaryOf = (
  { lines, tally }: RetailRun,
  { orders, invoices, creditNotes, payments }: RetailFigures,
  { taken, refused, rounding, sum, file }: FileAccount,
  checks: readonly Check[],
): readonly string[] => [
  '',
  `orders          ${grouped(orders.count)} with ${grouped(orders.lines)} lines`,
  ...orders.byStatus.map(({ name, count }) => `  ${name.padEnd(14)}${grouped(count)}`),
  `invoices        ${grouped(invoices.count)}, ${writeCents(invoices.total)} GBP`,
  `credit notes    ${grouped(creditNotes.linked.count)} against purchases, ${writeCents(creditNotes.linked.total)} GBP`,
  `                ${grouped(creditNotes.unlinked.count)} without invoice, ${writeCents(creditNotes.unlinked.total)} GBP`,
  `payments        ${grouped(payments.count)}, ${writeCents(payments.received)} GBP`,
  'lines by rule',
  ...lines
    .byRule()
    .map(
      ([rule, { lines: count, exact }]) =>
        `  ${rule.padEnd(30)} ${treatmentOf(rule).padEnd(24)} ${grouped(count).padStart(8)} ${print(exact).padStart(14)}`,
    ),
  commandsLine(tally),
  '',
  ...checks.map(({ name, holds, found }) => `${holds ? 'ok     ' : 'FAILED '} ${name}: ${found}`),
  '',
  `taken           ${print(taken).padStart(14)} GBP`,
  `refused         ${print(refused).padStart(14)} GBP`,
  `rounding        ${print(rounding).padStart(14)} GBP`,
  `together        ${print(sum).padStart(14)} GBP`,
  `sum of the file ${print(file).padStart(14)} GBP`,
  `source          ${onlineRetailSource}`,
]
