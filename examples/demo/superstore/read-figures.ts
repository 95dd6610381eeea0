import type { OrderManagementFor } from 'orderwright'
import type { Day } from '../days.js'
import { readBankEntries, type BankEntriesRead } from '../figures/read-bank-entries.js'
import { readInvoices, type InvoicesRead } from '../figures/read-invoices.js'
import { readOrders, type OrdersRead } from '../figures/read-orders.js'
import { readPayments, type PaymentsRead } from '../figures/read-payments.js'
import { readShipments, type ShipmentsRead } from '../figures/read-shipments.js'
import { readStock, type StockRead } from '../figures/read-stock.js'
import { revenueCounter } from '../figures/revenue-counter.js'
import type { RevenueFigures } from '../report/report-data.js'

/** What stands in the store, read back through the library's queries and added up here. */
export interface SuperstoreFigures {
  readonly orders: OrdersRead
  readonly shipments: ShipmentsRead
  readonly invoices: InvoicesRead
  readonly payments: PaymentsRead
  readonly bank: BankEntriesRead
  readonly stock: StockRead
  readonly revenue: RevenueFigures
}

export const readFigures = async (books: OrderManagementFor, asOf: Day): Promise<SuperstoreFigures> => {
  const orders = await readOrders(books, 'region')
  const payments = await readPayments(books)
  const revenue = revenueCounter()
  return {
    orders,
    shipments: await readShipments(books, orders.byId),
    invoices: await readInvoices(books, orders.byId, payments.lastPaidOn, revenue, asOf),
    payments,
    bank: await readBankEntries(books),
    stock: await readStock(books),
    revenue: revenue.figures('region'),
  }
}
