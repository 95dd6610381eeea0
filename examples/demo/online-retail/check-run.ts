import {
  historiesVerify,
  noneOf,
  numbersWithoutGap,
  paymentsAgree,
  sameAmount,
  sameBySku,
  sameCount,
} from '../checks.js'
import { parse, print, zero, type Decimal } from '../data/exact-decimal.js'
import type { RetailTotals } from '../data/online-retail-totals.js'
import { withCommas, type Cents } from '../exact-money.js'
import { grouped } from '../progress.js'
import type { Check } from '../report/report-data.js'
import { sameDecimal, type FileAccount } from './account-for-file.js'
import type { ExpectedFile } from './expected-file.js'
import type { RetailFigures } from './read-figures.js'
import type { RetailRun } from './run-online-retail.js'
import { stockLeft } from './stock-left.js'

/** Everything that has to hold when the run is over. */
export const checkRun = async (
  run: RetailRun,
  figures: RetailFigures,
  account: FileAccount,
  expected: ExpectedFile | undefined,
): Promise<readonly Check[]> => {
  const { orders, invoices, creditNotes, payments, stock } = figures
  const { lines } = run
  return [
    sameExactly(
      'Taken, refused and rounding are the sum of the file, to the last decimal',
      account.sum,
      account.file,
    ),
    ...(expected === undefined ? [] : agreesWith(expected, run.totals)),
    sameCount('Every line that is sold is in the books', orders.lines, lines.of('invoiced').lines),
    sameAmount(
      'The orders come to their lines, each rounded half up to pence',
      orders.total,
      centsOf(lines.of('invoiced').rounded),
    ),
    sameAmount('The invoices come to the orders', invoices.total, orders.total),
    sameAmount(
      'The credit notes against purchases are what was credited',
      creditNotes.linked.total,
      run.linkedCredits,
    ),
    sameAmount(
      'The invoices count as credited what those notes say',
      invoices.credited,
      creditNotes.linked.total,
    ),
    sameAmount(
      'The credits without invoice come to their lines, each rounded half up to pence',
      creditNotes.unlinked.total,
      -centsOf(lines.of('credited without invoice').rounded),
    ),
    numbersWithoutGap(invoices),
    ...paymentsAgree(invoices, payments),
    sameBySku(
      'Nothing is reserved that no open order has allocated, in the end',
      stock.reserved,
      orders.allocated,
    ),
    sameBySku(
      'Stock on hand is what came in and was found less what was shipped and written off',
      stock.onHand,
      stockLeft(run),
    ),
    await historiesVerify(run.staff.accounts, verifiedKinds, 100),
  ]
}

const verifiedKinds = [
  'order',
  'fulfillment',
  'shipment',
  'invoice',
  'credit_note',
  'payment',
  'stock',
  'product',
  'party',
] as const

const sameExactly = (name: string, left: Decimal, right: Decimal): Check => {
  const holds = sameDecimal(left, right)
  return { name, holds, found: `${withCommas(print(left))} ${holds ? '=' : '≠'} ${withCommas(print(right))}` }
}

/** The sums of the file that came with it, month by month. */
const agreesWith = (expected: ExpectedFile, totals: RetailTotals): readonly Check[] => [
  sameExactly(
    'The sum of the file is the expected one',
    parse(totals.file) ?? zero,
    parse(expected.grandTotal) ?? zero,
  ),
  noneOf(
    'Rows, invoices and sums of every month are the expected ones',
    Object.entries(expected.byMonth).flatMap(([month, { rows, invoices, total }]) => {
      const found = totals.byMonth[month]
      const agrees = found?.rows === rows && found.invoices === invoices && sameText(found.amount, total)
      return agrees ? [] : [month]
    }),
    `${Object.keys(expected.byMonth).length} months, ${grouped(totals.rows)} rows, ${grouped(totals.invoices)} invoices, ${grouped(totals.cancellations)} cancellations`,
  ),
]

const sameText = (left: string, right: string): boolean =>
  sameDecimal(parse(left) ?? zero, parse(right) ?? zero)

/** Whole pence: rounded sums have no more than two decimals. */
const centsOf = ({ digits, scale }: Decimal): Cents => digits * 10n ** BigInt(2 - scale)
