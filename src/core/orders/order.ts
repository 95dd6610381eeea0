import type {
  BookingId,
  FulfillmentId,
  LineId,
  OrderId,
  OrderNumber,
  ReservationId,
  ShipmentId,
} from '../ids/ids.js'
import { zero, type Money } from '../money/money.js'
import type { RecordKind } from '../record-kind.js'
import type { OrderStatus } from '../../state-machines/order.machine.js'
import type { LocalDate } from '../time/local-date.js'
import { withFields } from '../with-fields.js'
import { withoutUnits, type LineLack } from './backorders.js'
import { unbilledQuantity } from './billable.js'
import { nextPeriodOn } from './next-period.js'
import { evolveBilling, type OrderBilling, type OrderBillingEvent } from './order-billing.js'
import { totalOf, type OrderContent } from './order-content.js'
import {
  counted,
  placedLine,
  relacked,
  uncounted,
  type LineQuantity,
  type OrderLine,
  type PromisedLack,
} from './order-line.js'

export type OrderHoldReason =
  | 'awaiting_payment'
  | 'fraud_risk'
  | 'incorrect_address'
  | 'out_of_stock'
  | 'awaiting_return'
  | 'customer_request'
  | 'customer_stopped'
  | 'other'

export interface OrderHold {
  readonly id: string
  readonly reason: OrderHoldReason
}

/** Capacity booked for an order, or for one of its lines. */
export interface OrderBooking {
  readonly booking: BookingId
  readonly line?: LineId
}

export interface Order extends Omit<OrderContent, 'lines'>, OrderBilling {
  readonly id: OrderId
  readonly number: OrderNumber
  readonly status: OrderStatus
  /** What the customer owes for all of it: with tax, rounded to coins where they are. */
  readonly total: Money
  readonly holds: readonly OrderHold[]
  readonly reservation?: ReservationId
  /** Absent where no capacity was booked. */
  readonly bookings?: readonly OrderBooking[]
  readonly placedOn?: LocalDate
  readonly cancellation?: string
  /** The customer was erased, and with it all that was personal about this order. */
  readonly personalData?: 'erased'
}

export type OrderEvent =
  | {
      readonly type: 'OrderCaptured'
      readonly id: OrderId
      readonly number: OrderNumber
      readonly content: OrderContent
    }
  | { readonly type: 'OrderChanged'; readonly content: OrderContent }
  | {
      readonly type: 'OrderPlaced'
      readonly placedOn: LocalDate
      readonly reservation?: ReservationId
      /** What of its lines has no goods yet, and the day promised for it. */
      readonly lacking?: readonly PromisedLack[]
    }
  /** Goods came for what waited. */
  | { readonly type: 'OrderBackorderFilled'; readonly lines: readonly LineLack[] }
  /** Goods that were allocated were lost, and the units wait for others (ST9). */
  | { readonly type: 'OrderBackordered'; readonly lines: readonly LineLack[]; readonly reason: string }
  | { readonly type: 'OrderCapacityBooked'; readonly bookings: readonly OrderBooking[] }
  | { readonly type: 'OrderConfirmed' }
  | { readonly type: 'OrderHeld'; readonly hold: OrderHold }
  | { readonly type: 'OrderHoldReleased'; readonly hold: string }
  | {
      readonly type: 'OrderQuantitiesCanceled'
      readonly lines: readonly LineQuantity[]
      readonly reason: string
    }
  | { readonly type: 'OrderCanceled'; readonly reason: string }
  | {
      readonly type: 'OrderWorkPlanned'
      readonly fulfillment: FulfillmentId
      readonly lines: readonly LineQuantity[]
    }
  | {
      readonly type: 'OrderWorkCanceled'
      readonly fulfillment: FulfillmentId
      readonly lines: readonly LineQuantity[]
    }
  | { readonly type: 'OrderShipped'; readonly shipment: ShipmentId; readonly lines: readonly LineQuantity[] }
  | {
      readonly type: 'OrderDelivered'
      readonly shipment: ShipmentId
      readonly lines: readonly LineQuantity[]
    }
  /** A parcel is lost for good. What of it was billed stays shipped; what was not is canceled, as if it had never left. */
  | {
      readonly type: 'OrderGoodsLost'
      readonly shipment: ShipmentId
      readonly billed: readonly LineQuantity[]
      readonly unbilled: readonly LineQuantity[]
    }
  | {
      readonly type: 'OrderAccepted'
      readonly acceptedOn: LocalDate
      readonly lines: readonly LineQuantity[]
    }
  /** Periods of its recurring lines are over: what they are was provided. */
  | { readonly type: 'OrderPerformed'; readonly lines: readonly LineQuantity[] }
  | OrderBillingEvent
  | { readonly type: 'OrderClosed' }
  | { readonly type: 'OrderPersonalDataErased' }

const evolve = (known: Order | undefined, event: OrderEvent): Order => {
  if (event.type === 'OrderCaptured') return captured(event)
  const order = known as Order
  switch (event.type) {
    case 'OrderChanged':
      return changed(order, event.content)
    case 'OrderPlaced':
      return withFields(order, {
        status: 'placed',
        placedOn: event.placedOn,
        lines: order.lines.map((line) => placedLine(line, event.lacking)),
        ...(event.reservation !== undefined && { reservation: event.reservation }),
      })
    case 'OrderCapacityBooked':
      return { ...order, bookings: [...(order.bookings ?? []), ...event.bookings] }
    case 'OrderConfirmed':
      return { ...order, status: 'confirmed' }
    case 'OrderHeld':
      return { ...order, holds: [...order.holds, event.hold] }
    case 'OrderHoldReleased':
      return { ...order, holds: order.holds.filter((hold) => hold.id !== event.hold) }
    case 'OrderQuantitiesCanceled':
      return counted(order, event.lines, withoutUnits)
    case 'OrderBackorderFilled':
      return { ...order, lines: order.lines.map((line) => relacked(line, event.lines, -1)) }
    case 'OrderBackordered':
      return { ...order, lines: order.lines.map((line) => relacked(line, event.lines, 1)) }
    case 'OrderCanceled':
      return { ...order, status: 'canceled', cancellation: event.reason }
    case 'OrderWorkPlanned':
      return counted(order, event.lines, (line, quantity) => ({ ...line, planned: line.planned + quantity }))
    case 'OrderWorkCanceled':
      return counted(order, event.lines, (line, quantity) => ({ ...line, planned: line.planned - quantity }))
    case 'OrderShipped':
      return counted(order, event.lines, (line, quantity) => ({
        ...line,
        shipped: line.shipped + quantity,
        allocated: line.allocated - quantity,
        planned: line.planned - quantity,
      }))
    case 'OrderDelivered':
      return counted(order, event.lines, (line, quantity) => ({
        ...line,
        delivered: line.delivered + quantity,
      }))
    case 'OrderGoodsLost':
      return counted(counted(order, event.billed, withLost), event.unbilled, withoutShipped)
    case 'OrderAccepted':
      return counted(order, event.lines, (line, quantity) =>
        withFields(line, { accepted: (line.accepted ?? 0) + quantity }),
      )
    case 'OrderPerformed':
      return counted(order, event.lines, (line, quantity) => ({
        ...line,
        allocated: line.allocated - quantity,
        shipped: line.shipped + quantity,
        delivered: line.delivered + quantity,
      }))
    case 'OrderInvoiced':
    case 'OrderDebited':
    case 'OrderDebitWithdrawn':
    case 'OrderDepositBilled':
    case 'OrderDepositWithdrawn':
    case 'OrderInvoiceVoided':
    case 'OrderCredited':
    case 'OrderDepositReceived':
    case 'OrderDepositApplied':
    case 'OrderPaid':
    case 'OrderPaymentTakenBack':
    case 'OrderPartPaid':
    case 'OrderDifferenceBooked':
      return evolveBilling(order, event)
    case 'OrderClosed':
      return { ...order, status: 'closed' }
    case 'OrderPersonalDataErased':
      return { ...order, personalData: 'erased' }
  }
}

const withLost = (line: OrderLine, quantity: number): OrderLine => ({
  ...line,
  lost: (line.lost ?? 0) + quantity,
})

const withoutShipped = (line: OrderLine, quantity: number): OrderLine => ({
  ...line,
  shipped: line.shipped - quantity,
  canceled: line.canceled + quantity,
})

const captured = (event: Extract<OrderEvent, { readonly type: 'OrderCaptured' }>): Order => {
  const nothing = zero(event.content.currency)
  return {
    id: event.id,
    number: event.number,
    status: 'draft',
    ...withCounters(event.content),
    holds: [],
    invoiced: nothing,
    credited: nothing,
    paid: nothing,
    deposits: [],
  }
}

/** What was agreed before is replaced whole: a field that the new content leaves out is gone. */
const changed = (order: Order, content: OrderContent): Order => {
  const { id, number, status, holds, invoiced, credited, paid, deposits } = order
  const sums =
    content.currency === order.currency
      ? { invoiced, credited, paid, deposits }
      : {
          invoiced: zero(content.currency),
          credited: zero(content.currency),
          paid: zero(content.currency),
          // They are used up, or the currency could not have changed; a zero in the old one would spoil every sum.
          deposits: [],
        }
  return { id, number, status, ...withCounters(content), holds, ...sums }
}

const withCounters = (content: OrderContent): OrderContent & Pick<Order, 'lines' | 'total'> =>
  withFields(content, { lines: content.lines.map(uncounted), total: totalOf(content) })

/** What an order is found by that recurs or is billed with others: such orders are few. */
const namedBy = ({ status, number, channel, orderedOn, customer, personalData }: Order) => ({
  status,
  number,
  channel,
  orderedOn,
  ...(customer !== undefined && {
    [personalData === 'erased' ? 'erasedCustomer' : 'customer']: customer,
  }),
})

/** From when on something of it waits to be billed with other orders, where it is billed so. */
const waitingFrom = (order: Order): { readonly consolidatesFrom?: LocalDate } => {
  const waits = order.lines.some(
    (line) => line.recurring === undefined && unbilledQuantity(order, line, order.orderedOn) > 0,
  )
  const from = waits ? order.orderedOn : nextPeriodOn(order)
  return from === undefined ? {} : { consolidatesFrom: from }
}

export const orderKind: RecordKind<Order, OrderEvent> = {
  name: 'order',
  evolve,
  entries: (order) => {
    const { status, number, channel, orderedOn, customer } = order
    if (order.billing !== undefined) return { ...namedBy(order), ...waitingFrom(order) }
    const periodDueOn = nextPeriodOn(order)
    if (periodDueOn !== undefined) return { ...namedBy(order), periodDueOn }
    if (customer === undefined) return { status, number, channel, orderedOn }
    return order.personalData === 'erased'
      ? { status, number, channel, orderedOn, erasedCustomer: customer }
      : { status, number, channel, orderedOn, customer }
  },
}
