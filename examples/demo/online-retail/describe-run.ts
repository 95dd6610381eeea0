import { print } from '../data/exact-decimal.js'
import { retailRules } from '../data/online-retail-rules.js'
import { onlineRetailSource } from '../data/online-retail.js'
import { withCommas, writeCents } from '../exact-money.js'
import { grouped } from '../progress.js'
import type { Check, LineFigures, ReportData } from '../report/report-data.js'
import type { FileAccount } from './account-for-file.js'
import type { RetailFigures } from './read-figures.js'
import type { RetailRun } from './run-online-retail.js'
import { treatmentOf } from './treatment.js'

/** What the page tells about a run. */
export const describeRun = (
  run: RetailRun,
  figures: RetailFigures,
  account: FileAccount,
  checks: readonly Check[],
  measured: ReportData['run'],
): ReportData => {
  const { orders, invoices, creditNotes, payments, revenue } = figures
  return {
    title: 'Online Retail: a year of a real web shop',
    lead: `${grouped(run.totals.rows)} lines of ${grouped(run.totals.invoices)} invoices, streamed through orderwright into one SQLite file: sold, shipped and billed in one commit, paid, and what customers canceled credited against what they had bought. Source: ${onlineRetailSource}.`,
    currency: 'GBP',
    asOf: run.lastDay,
    tiles: [
      {
        name: 'Orders',
        value: grouped(orders.count),
        note: `${grouped(orders.lines)} lines, ${grouped(run.survey.customers.size)} customers`,
      },
      {
        name: 'Invoiced, GBP',
        value: writeCents(invoices.total),
        note: `${grouped(invoices.count)} invoices, no number missing`,
      },
      {
        name: 'Credited, GBP',
        value: writeCents(creditNotes.linked.total),
        note: `${grouped(creditNotes.linked.count)} notes against purchases`,
      },
      {
        name: 'Without invoice, GBP',
        value: writeCents(creditNotes.unlinked.total),
        note: `${grouped(creditNotes.unlinked.count)} credits under named rules`,
      },
      {
        name: 'Received, GBP',
        value: writeCents(payments.received),
        note: `${grouped(payments.count)} card payments, made`,
      },
      { name: 'Sum of the file, GBP', value: withCommas(print(account.file)), note: 'accounted for exactly' },
    ],
    checks,
    lines: linesOf(run, account),
    orders,
    revenue,
    open: {
      note: 'Every invoice was paid by card when it was shipped, so nothing is overdue. What was credited afterwards is money the shop owes.',
      byAge: invoices.byAge,
      largest: invoices.largest,
    },
    sources: [
      `Invoices, lines, products, prices, customer numbers, countries and dates are real: ${onlineRetailSource}. The data set holds all transactions of a UK web shop from December 2010 to December 2011.`,
    ],
    madeBecause: 'The data knows no stock, payments or deliveries. These are simplified, and made:',
    made: [
      'stock: everything that was sold or written off came in before the first order;',
      'payment: by card, on the day of the invoice, in full; credits stay as the balance of the customer;',
      'shipment and delivery: on the day of the invoice;',
      'postage, fees and vouchers are sold as products that are counted in pieces;',
      'no messages are sent.',
    ],
    run: measured,
  }
}

const linesOf = ({ lines }: RetailRun, { taken, refused, rounding, file }: FileAccount): LineFigures => ({
  note: 'Each line falls under exactly one rule. Taken is what stands in the store, invoices less credit notes; refused are the lines left out; rounding is what rounding each line to pence left over.',
  byRule: lines.byRule().map(([rule, { lines: count, exact }]) => ({
    rule: rule.replaceAll('_', ' '),
    meaning: retailRules[rule].meaning,
    treatment: treatmentOf(rule),
    lines: count,
    amount: withCommas(print(exact)),
  })),
  sums: [
    ['taken', withCommas(print(taken))],
    ['refused', withCommas(print(refused))],
    ['rounding', withCommas(print(rounding))],
    ['sum of the file', withCommas(print(file))],
  ],
})
