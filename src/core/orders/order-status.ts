import { add, compare, fromMinor, isZero, subtract, sumOf, type Money } from '../money/money.js'
import { netOfUnits } from '../pricing/net-of-units.js'
import { orderPart } from './order-part.js'
import type { Order } from './order.js'
import type { OrderLine } from './order-line.js'

/** What still has to be shipped of a line, in base units. */
export const openQuantity = (line: OrderLine): number => line.quantity - line.canceled - line.shipped

/** What no fulfillment works on yet of what is reserved, in base units: on what is sold by the period none ever does. */
export const unplannedQuantity = (line: OrderLine): number =>
  line.recurring === undefined ? line.allocated - line.planned : 0

/** What nobody is picking or packing of what is open. */
export const untouchedQuantity = (line: OrderLine): number => openQuantity(line) - line.planned

/** What can still be canceled: open units that nobody is picking or packing, and that no invoice claims. */
export const cancelableQuantity = (line: OrderLine): number =>
  Math.min(untouchedQuantity(line), line.quantity - line.canceled - claimedQuantity(line))

/** What is billed of a line and was not credited. */
export const claimedQuantity = (line: OrderLine): number => line.invoiced - line.credited

export type FulfillmentStatus =
  'not_shipped' | 'partly_shipped' | 'shipped' | 'partly_delivered' | 'delivered'
/** Whether what is open has goods. `none`: nothing is open, or nothing is promised yet. */
export type AllocationStatus = 'none' | 'allocated' | 'partly_backordered' | 'backordered'
export type PaymentStatus = 'not_paid' | 'partly_paid' | 'paid' | 'overpaid'
export type InvoicingStatus = 'not_invoiced' | 'partly_invoiced' | 'invoiced' | 'credited'

/** Derived from quantities, never set (OQ7). Canceled units count for nothing. */
export const fulfillmentStatusOf = (order: Order): FulfillmentStatus => {
  const shipped = sum(order, (line) => line.shipped)
  if (shipped === 0) return 'not_shipped'
  const delivered = sum(order, (line) => line.delivered)
  const open = sum(order, openQuantity)
  const lost = sum(order, (line) => line.lost ?? 0)
  if (delivered > 0) return open === 0 && delivered + lost === shipped ? 'delivered' : 'partly_delivered'
  return open === 0 ? 'shipped' : 'partly_shipped'
}

/** An order of which nothing open has goods waits as a whole. */
export const allocationStatusOf = (order: Order): AllocationStatus => {
  if (order.status === 'draft' || sum(order, openQuantity) === 0) return 'none'
  if (order.lines.every((line) => line.lacking === undefined)) return 'allocated'
  return order.lines.some((line) => line.allocated > 0) ? 'partly_backordered' : 'backordered'
}

/** Derived from what was received against what is owed; money paid in advance counts before an invoice exists to apply it to. */
export const paymentStatusOf = (order: Order): PaymentStatus => {
  const received = receivedFor(order)
  if (isZero(received)) return 'not_paid'
  const comparison = compare(received, owedFor(order))
  return comparison < 0 ? 'partly_paid' : comparison === 0 ? 'paid' : 'overpaid'
}

/** `credited` only when all of the order was invoiced and all of that was credited: what is still to be invoiced is still owed. */
export const invoicingStatusOf = (order: Order): InvoicingStatus => {
  if (!order.lines.some((line) => line.invoiced > 0)) return 'not_invoiced'
  if (order.lines.some((line) => line.invoiced < line.quantity - line.canceled)) return 'partly_invoiced'
  return order.lines.every((line) => line.credited === line.invoiced) ? 'credited' : 'invoiced'
}

/** What was received for an order: payments applied to its invoices and deposits that wait for one. */
export const receivedFor = (order: Order): Money =>
  order.deposits.reduce((sum, deposit) => add(sum, deposit.unapplied), order.paid)

/**
 * What the customer owes for an order as a whole: its documents' sum once all of it is invoiced; before that the price of what is not canceled,
 * and what was debited, less what was credited; in both cases less what of its invoices is no longer asked for.
 */
export const owedFor = (order: Order): Money => {
  const owed = invoicedOrOrdered(order)
  return order.forgone === undefined ? owed : subtract(owed, order.forgone)
}

const invoicedOrOrdered = (order: Order): Money => {
  const status = invoicingStatusOf(order)
  return status === 'invoiced' || status === 'credited'
    ? subtract(order.invoiced, order.credited)
    : subtract(withDebits(order, remainingTotal(order)), order.credited)
}

const withDebits = ({ debited }: Order, amount: Money): Money =>
  debited === undefined ? amount : add(amount, debited)

/** The order's total without its canceled units: the same sum its invoices add up to. */
export const remainingTotal = (order: Order): Money =>
  order.lines.some((line) => line.canceled > 0) ? withoutCanceled(order) : order.total

const withoutCanceled = (order: Order): Money => {
  const part = orderPart(
    order,
    () => 0,
    (line) => line.quantity - line.canceled,
  )
  return part === undefined
    ? sumOf(order.lines.map(remainingNet), order.currency)
    : fromMinor(part.gross + part.rounding, order.currency)
}

const remainingNet = (line: OrderLine): Money => netOfUnits(line, line.quantity - line.canceled)

const sum = (order: Order, quantityOf: (line: OrderLine) => number): number =>
  order.lines.reduce((total, line) => total + quantityOf(line), 0)
