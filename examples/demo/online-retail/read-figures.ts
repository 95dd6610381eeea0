import type { OrderManagementFor } from 'orderwright'
import type { Day } from '../days.js'
import { readCreditNotes, type CreditNotesRead } from '../figures/read-credit-notes.js'
import { readInvoices, type InvoicesRead } from '../figures/read-invoices.js'
import { readOrders, type OrdersRead } from '../figures/read-orders.js'
import { readPayments, type PaymentsRead } from '../figures/read-payments.js'
import { readStock, type StockRead } from '../figures/read-stock.js'
import { revenueCounter } from '../figures/revenue-counter.js'
import type { RevenueFigures } from '../report/report-data.js'

/** What stands in the store, read back through the library's queries and added up here. */
export interface RetailFigures {
  readonly orders: OrdersRead
  readonly invoices: InvoicesRead
  readonly creditNotes: CreditNotesRead
  readonly payments: PaymentsRead
  readonly stock: StockRead
  readonly revenue: RevenueFigures
}

export const readFigures = async (
  books: OrderManagementFor,
  cancellations: ReadonlyMap<string, string>,
  asOf: Day,
): Promise<RetailFigures> => {
  const orders = await readOrders(books, 'country')
  const payments = await readPayments(books)
  const revenue = revenueCounter()
  return {
    orders,
    invoices: await readInvoices(books, orders.byId, payments.lastPaidOn, revenue, asOf),
    creditNotes: await readCreditNotes(books, orders.byId, revenue, (number) => cancellations.get(number)),
    payments,
    stock: await readStock(books),
    revenue: revenue.figures('country'),
  }
}
