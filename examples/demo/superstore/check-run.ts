import {
  historiesVerify,
  noneOf,
  numbersWithoutGap,
  paymentsAgree,
  sameAmount,
  sameBySku,
  sameCount,
} from '../checks.js'
import type { MailboxContent } from '../read-mailbox.js'
import { centsOf } from '../exact-money.js'
import type { Check } from '../report/report-data.js'
import type { ExpectedSum } from './expected-sum.js'
import type { SuperstoreFigures } from './read-figures.js'
import type { SuperstoreRun } from './run-superstore.js'
import { lessShipped, unitsReceived } from './units-received.js'

/** Everything that has to hold when the run is over. */
export const checkRun = async (
  run: SuperstoreRun,
  figures: SuperstoreFigures,
  expected: ExpectedSum,
  mailbox: MailboxContent,
): Promise<readonly Check[]> => {
  const { orders, invoices, payments, shipments, stock, bank } = figures
  const received = unitsReceived(run.receipts, run.shortages)
  return [
    sameAmount(
      'The orders come to the sum of the file, each line rounded half up to cents',
      orders.total,
      centsOf(expected.roundedByLine),
    ),
    noneOf(
      'Every row of the file could be read',
      run.refused.map(({ line, rule }) => `line ${line}: ${rule}`),
      'none was refused',
    ),
    sameCount('Every order of the file is in the books', orders.count, run.orders.length),
    sameCount(
      'Every line of the file is in the books',
      orders.lines,
      run.orders.reduce((count, { lines }) => count + lines.length, 0),
    ),
    sameCount('Every order was served in the end', shipments.count, run.orders.length),
    sameAmount('The invoices come to the orders', invoices.total, orders.total),
    sameAmount('The orders count as invoiced what the invoices say', orders.invoiced, invoices.total),
    numbersWithoutGap(invoices),
    ...paymentsAgree(invoices, payments),
    sameCount('Every line of the bank statements is in the books once', bank.count, run.bank.entries),
    sameCount('Every bank entry was looked at', bank.count - bank.waiting, bank.count),
    sameAmount('The bank entries lead from the first balance to the last', bank.sum, run.bank.change),
    sameAmount(
      'The matched entries are the payments by bank transfer',
      bank.matchedSum,
      payments.byMethod.get('bank_transfer') ?? 0n,
    ),
    ...(run.reservedMidway === undefined ? [] : [run.reservedMidway]),
    sameBySku(
      'Nothing is reserved that no open order has allocated, in the end',
      stock.reserved,
      orders.allocated,
    ),
    sameBySku(
      'Stock on hand is what came in less what was shipped',
      stock.onHand,
      lessShipped(received, orders.shipped),
    ),
    await historiesVerify(run.staff.accounts, verifiedKinds, 200),
    noneOf(
      'No message is parked',
      run.messages.parked === 0 ? [] : [`${run.messages.parked} are`],
      'all delivered',
    ),
    sameCount('Every message stands in the mailbox once', mailbox.lines, mailbox.ids.size),
    sameCount(
      'Every customer was told of the invoice',
      mailbox.topics.get('invoice_issued') ?? 0,
      invoices.count,
    ),
    sameCount(
      'Every customer was thanked after delivery',
      mailbox.topics.get('thank_you') ?? 0,
      shipments.shipmentToDelivery.size,
    ),
  ]
}

const verifiedKinds = [
  'order',
  'fulfillment',
  'shipment',
  'invoice',
  'payment',
  'stock',
  'product',
  'party',
  'voucher_series',
  'bank_entry',
  'statement',
] as const
