import type { OrderStatus } from '../../state-machines/order.machine.js'
import { present } from '../invariant.js'
import type { InvoiceTrigger } from '../pricing/invoice-trigger.js'
import { unitsBegun, unitsEnded, type PeriodTrigger } from '../pricing/recurring.js'
import type { LocalDate } from '../time/local-date.js'
import type { LineQuantity, OrderLine } from './order-line.js'

/** What of an order says which of its units may be billed. */
interface BillableOrder {
  readonly status: OrderStatus
  readonly invoiceTrigger?: InvoiceTrigger
  readonly lines: readonly OrderLine[]
}

export const triggerOf = (
  order: Pick<BillableOrder, 'invoiceTrigger'>,
  line: Pick<OrderLine, 'recurring' | 'invoiceTrigger'>,
): InvoiceTrigger | PeriodTrigger =>
  line.recurring?.billed ?? line.invoiceTrigger ?? order.invoiceTrigger ?? 'on_shipment'

/** The units of a line that may be billed on a day, those billed already included (OQ4). A draft has none. */
export const billableQuantity = (
  order: Omit<BillableOrder, 'lines'>,
  line: OrderLine,
  on: LocalDate,
): number => {
  switch (triggerOf(order, line)) {
    case 'on_order':
      return order.status === 'draft' ? 0 : line.quantity - line.canceled
    case 'period_start':
      return order.status === 'draft' ? 0 : begunQuantity(line, on)
    case 'on_shipment':
    case 'period_end':
      return line.shipped
    case 'on_delivery':
      return line.delivered
    case 'on_acceptance':
      return Math.min(line.accepted ?? 0, line.quantity - line.canceled)
  }
}

/**
 * What is billable less what is billed. What was credited stays billed: it is not billed again. So billing twice bills the difference, which is nothing.
 */
export const unbilledLines = (order: BillableOrder, on: LocalDate): readonly LineQuantity[] => {
  const lines: LineQuantity[] = []
  for (const line of order.lines) {
    const quantity = unbilledQuantity(order, line, on)
    if (quantity > 0) lines.push({ line: line.id, quantity })
  }
  return lines
}

/** Below zero where units were canceled after they were billed and credited. */
export const unbilledQuantity = (
  order: Omit<BillableOrder, 'lines'>,
  line: OrderLine,
  on: LocalDate,
): number => billableQuantity(order, line, on) - line.invoiced

/** Of the periods that have begun, what is not canceled: units are canceled from the last one on. */
const begunQuantity = ({ recurring, quantity, canceled }: OrderLine, on: LocalDate): number =>
  Math.min(quantity - canceled, unitsBegun(present(recurring, 'only periods are billed as they begin'), on))

/** The units of periods that are over and not counted as provided yet. A line without periods has none. */
export const unperformedQuantity = (
  { recurring, quantity, canceled, shipped }: OrderLine,
  on: LocalDate,
): number =>
  recurring === undefined
    ? 0
    : Math.max(0, Math.min(quantity - canceled, unitsEnded(recurring, on)) - shipped)

/** What the customer can still accept of a line. */
export const acceptableQuantity = (line: OrderLine): number =>
  line.recurring === undefined ? line.quantity - line.canceled - (line.accepted ?? 0) : 0
