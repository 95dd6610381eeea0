import type { InvoiceTrigger } from '../pricing/invoice-trigger.js'
import type { LineQuantity, Order, OrderLine } from './order.js'

export const triggerOf = (order: Order, line: OrderLine): InvoiceTrigger =>
  line.invoiceTrigger ?? order.invoiceTrigger ?? 'on_shipment'

/** The units of a line that may be billed by now, those billed already included (OQ4). A draft has none. */
export const billableQuantity = (order: Order, line: OrderLine): number => {
  switch (triggerOf(order, line)) {
    case 'on_order':
      return order.status === 'draft' ? 0 : line.quantity - line.canceled
    case 'on_shipment':
      return line.shipped
    case 'on_delivery':
      return line.delivered
    case 'on_acceptance':
      return line.accepted ?? 0
  }
}

/**
 * What is billable less what is billed. What was credited stays billed: it is not billed again. So billing twice bills the difference, which is nothing.
 */
export const unbilledLines = (order: Order): readonly LineQuantity[] =>
  order.lines.flatMap((line) => {
    const quantity = unbilledQuantity(order, line)
    return quantity > 0 ? [{ line: line.id, quantity }] : []
  })

/** Below zero where units were canceled after they were billed and credited. */
export const unbilledQuantity = (order: Order, line: OrderLine): number =>
  billableQuantity(order, line) - line.invoiced

/** What the customer can still accept of a line. */
export const acceptableQuantity = (line: OrderLine): number =>
  line.quantity - line.canceled - (line.accepted ?? 0)
