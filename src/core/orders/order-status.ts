import { compare, isZero, subtract, type Money } from '../money/money.js'
import type { Order, OrderLine } from './order.js'

/** What still has to be shipped of a line, in base units. */
export const openQuantity = (line: OrderLine): number => line.quantity - line.canceled - line.shipped

/** What no fulfillment works on yet of what is reserved, in base units. */
export const unplannedQuantity = (line: OrderLine): number => line.allocated - line.planned

/** What can still be canceled: open units that nobody is picking or packing. */
export const cancelableQuantity = (line: OrderLine): number => openQuantity(line) - line.planned

export type FulfillmentStatus =
  'not_shipped' | 'partly_shipped' | 'shipped' | 'partly_delivered' | 'delivered'
export type PaymentStatus = 'not_paid' | 'partly_paid' | 'paid' | 'overpaid'
export type InvoicingStatus = 'not_invoiced' | 'partly_invoiced' | 'invoiced' | 'credited'

/** Derived from quantities, never set (OQ7). Canceled units count for nothing. */
export const fulfillmentStatusOf = (order: Order): FulfillmentStatus => {
  const shipped = sum(order, (line) => line.shipped)
  if (shipped === 0) return 'not_shipped'
  const delivered = sum(order, (line) => line.delivered)
  const open = sum(order, openQuantity)
  if (delivered > 0) return open === 0 && delivered === shipped ? 'delivered' : 'partly_delivered'
  return open === 0 ? 'shipped' : 'partly_shipped'
}

/** Derived from what was paid against what is owed: the order's total before anything is invoiced, the documents' sum afterwards. */
export const paymentStatusOf = (order: Order): PaymentStatus => {
  if (isZero(order.paid)) return 'not_paid'
  const comparison = compare(order.paid, owedFor(order))
  return comparison < 0 ? 'partly_paid' : comparison === 0 ? 'paid' : 'overpaid'
}

export const invoicingStatusOf = (order: Order): InvoicingStatus => {
  if (!order.lines.some((line) => line.invoiced > 0)) return 'not_invoiced'
  if (order.lines.every((line) => line.credited === line.invoiced)) return 'credited'
  return order.lines.every((line) => line.invoiced === line.quantity - line.canceled)
    ? 'invoiced'
    : 'partly_invoiced'
}

/** What the customer owes for an order as a whole: its documents' sum once all of it is invoiced, its total before. */
export const owedFor = (order: Order): Money => {
  const status = invoicingStatusOf(order)
  return status === 'invoiced' || status === 'credited'
    ? subtract(order.invoiced, order.credited)
    : order.total
}

const sum = (order: Order, quantityOf: (line: OrderLine) => number): number =>
  order.lines.reduce((total, line) => total + quantityOf(line), 0)
