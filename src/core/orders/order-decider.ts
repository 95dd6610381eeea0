import { invariant, present } from '../invariant.js'
import { compare, isZero } from '../money/money.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { orderLifecycle } from '../../state-machines/order.machine.js'
import type { FulfillmentId, OrderId, OrderNumber, ReservationId, ShipmentId } from '../ids/ids.js'
import type { LocalDate } from '../time/local-date.js'
import { orderBlockers } from './order-blockers.js'
import { lackingOf, type LineLack } from './backorders.js'
import { acceptableQuantity, unperformedQuantity } from './billable.js'
import { decideBilling, type OrderBillingCommand } from './order-billing-decider.js'
import { cancel } from './order-cancellation.js'
import { loseGoods } from './lost-goods.js'
import type { OrderContent } from './order-content.js'
import { refusalFor, unless, within, type OrderDecision } from './order-limits.js'
import type { LineQuantity, OrderLine, PromisedLack } from './order-line.js'
import { claimedQuantity, openQuantity, owedFor, receivedFor, unplannedQuantity } from './order-status.js'
import type { Order, OrderEvent, OrderHold } from './order.js'
import { standingDeposits } from './unclaimed.js'

export type OrderCommand =
  | { readonly type: 'ChangeDraft'; readonly content: OrderContent }
  | {
      readonly type: 'PlaceOrder'
      readonly placedOn: LocalDate
      readonly reservation?: ReservationId
      readonly lacking?: readonly PromisedLack[]
      /** What could not be promised and is left out. */
      readonly leftOut?: readonly LineQuantity[]
    }
  | { readonly type: 'FillBackorder'; readonly lines: readonly LineLack[] }
  | { readonly type: 'LoseStock'; readonly lines: readonly LineLack[]; readonly reason: string }
  | { readonly type: 'ConfirmOrder' }
  | { readonly type: 'HoldOrder'; readonly hold: OrderHold }
  | { readonly type: 'ReleaseOrderHold'; readonly hold: string }
  | { readonly type: 'CancelOrder'; readonly lines?: readonly LineQuantity[]; readonly reason: string }
  | {
      readonly type: 'PlanWork'
      readonly fulfillment: FulfillmentId
      readonly lines: readonly LineQuantity[]
    }
  | {
      readonly type: 'CancelWork'
      readonly fulfillment: FulfillmentId
      readonly lines: readonly LineQuantity[]
    }
  | { readonly type: 'ShipGoods'; readonly shipment: ShipmentId; readonly lines: readonly LineQuantity[] }
  | { readonly type: 'DeliverGoods'; readonly shipment: ShipmentId; readonly lines: readonly LineQuantity[] }
  | { readonly type: 'LoseGoods'; readonly shipment: ShipmentId; readonly lines: readonly LineQuantity[] }
  | {
      readonly type: 'AcceptOrder'
      readonly acceptedOn: LocalDate
      readonly lines: readonly LineQuantity[]
    }
  /** Counts what periods that are over by a day have provided. */
  | { readonly type: 'PerformPeriods'; readonly on: LocalDate }
  | OrderBillingCommand

/** Captures a new order as a draft: it promises nothing yet. */
export const captureOrder = (
  id: OrderId,
  number: OrderNumber,
  content: OrderContent,
): readonly OrderEvent[] => [{ type: 'OrderCaptured', id, number, content }]

export const decideOrder = (order: Order, command: OrderCommand): OrderDecision => {
  switch (command.type) {
    case 'ChangeDraft':
      return changeDraft(order, command.content)
    case 'PlaceOrder':
      return unless(order, orderBlockers['orders.placeDraft'](order), [
        ...leftOutEvents(command.leftOut ?? []),
        {
          type: 'OrderPlaced',
          placedOn: command.placedOn,
          ...(command.reservation !== undefined && { reservation: command.reservation }),
          ...(command.lacking !== undefined && { lacking: command.lacking }),
        },
      ])
    case 'FillBackorder':
      invariant(
        command.lines.every((lack) => lack.quantity <= lackingIn(order, lack)),
        'OQ1 no more of an order is filled than waits',
      )
      return ok([{ type: 'OrderBackorderFilled', lines: command.lines }])
    case 'LoseStock':
      return ok([{ type: 'OrderBackordered', lines: command.lines, reason: command.reason }])
    case 'ConfirmOrder':
      return unless(order, orderBlockers['orders.confirm'](order), [{ type: 'OrderConfirmed' }])
    case 'HoldOrder':
      return unless(order, orderBlockers['orders.hold'](order), [{ type: 'OrderHeld', hold: command.hold }])
    case 'ReleaseOrderHold':
      return releaseHold(order, command.hold)
    case 'CancelOrder':
      return cancel(order, command.lines, command.reason)
    case 'PlanWork':
      return planWork(order, command.fulfillment, command.lines)
    case 'CancelWork':
      return within(order, command.lines, 'quantity_exceeded', (line) => line.planned, {
        type: 'OrderWorkCanceled',
        fulfillment: command.fulfillment,
        lines: command.lines,
      })
    case 'ShipGoods':
      return ship(order, command.shipment, command.lines)
    case 'DeliverGoods':
      return deliver(order, command.shipment, command.lines)
    case 'LoseGoods':
      return loseGoods(order, command.shipment, command.lines)
    case 'AcceptOrder':
      return (
        refusalFor(order, orderBlockers['orders.accept'](order)) ??
        within(order, command.lines, 'quantity_exceeded', acceptableQuantity, {
          type: 'OrderAccepted',
          acceptedOn: command.acceptedOn,
          lines: command.lines,
        })
      )
    case 'PerformPeriods':
      return ok(performed(order, command.on))
    case 'InvoiceOrder':
    case 'DebitOrder':
    case 'WithdrawDebit':
    case 'BillDeposit':
    case 'WithdrawDeposit':
    case 'WithdrawInvoice':
    case 'CreditOrder':
    case 'ReceiveDeposit':
    case 'ApplyDeposit':
    case 'ApplyPayment':
    case 'TakeBackPayment':
      return decideBilling(order, command)
  }
}

/** Closes an order of which nothing is left to do: all delivered (or credited), all invoiced, all paid. Asked after every fact that can be the last. */
export const closingEvents = (order: Order): readonly OrderEvent[] => {
  const done =
    orderLifecycle.allows(order.status, 'close') &&
    order.holds.length === 0 &&
    order.lines.every(isDone) &&
    standingDeposits(order).length === 0 &&
    order.lines.some((line) => line.shipped > 0) &&
    compare(order.paid, owedFor(order)) >= 0
  return done ? [{ type: 'OrderClosed' }] : []
}

/** Nothing open, all billed, nothing more claimed than arrives, and what left has arrived, is lost for good or was credited whole. */
const isDone = (line: OrderLine): boolean => {
  const arriving = line.shipped - (line.lost ?? 0)
  return (
    openQuantity(line) === 0 &&
    line.invoiced >= arriving &&
    claimedQuantity(line) <= arriving &&
    (line.delivered === arriving || line.credited === line.invoiced)
  )
}

/** Money that was paid in advance keeps the currency it came in. */
const changeDraft = (order: Order, content: OrderContent): OrderDecision =>
  content.currency !== order.currency && !isZero(receivedFor(order))
    ? refuse('currency_mismatch', { expected: order.currency, got: content.currency })
    : unless(order, orderBlockers['orders.changeDraft'](order), [{ type: 'OrderChanged', content }])

const releaseHold = (order: Order, hold: string): OrderDecision =>
  order.holds.some((existing) => existing.id === hold)
    ? ok([{ type: 'OrderHoldReleased', hold }])
    : refuse('invalid_state', { hold, holds: order.holds.map((existing) => existing.id) })

const leftOutEvents = (lines: readonly LineQuantity[]): readonly OrderEvent[] =>
  lines.length === 0 ? [] : [{ type: 'OrderQuantitiesCanceled', lines, reason: 'out_of_stock' }]

const lackingIn = (order: Order, { line, sku }: LineLack): number => {
  const waiting = order.lines.find(({ id }) => id === line)
  return lackingOf(present(waiting, 'a line that waits for stock stays in its order'), sku)
}

const planWork = (
  order: Order,
  fulfillment: FulfillmentId,
  lines: readonly LineQuantity[],
): OrderDecision => {
  const blocked = refusalFor(order, orderBlockers['fulfillments.plan'](order))
  if (blocked !== undefined) return blocked
  return within(order, lines, 'quantity_exceeded', unplannedQuantity, {
    type: 'OrderWorkPlanned',
    fulfillment,
    lines,
  })
}

/** The work was allowed when it was planned; a hold or a refund can have come between. */
const ship = (order: Order, shipment: ShipmentId, lines: readonly LineQuantity[]): OrderDecision => {
  const blocked = refusalFor(order, orderBlockers['shipments.ship'](order))
  if (blocked !== undefined) return blocked
  return within(order, lines, 'quantity_exceeded', (line) => line.planned, {
    type: 'OrderShipped',
    shipment,
    lines,
  })
}

const deliver = (order: Order, shipment: ShipmentId, lines: readonly LineQuantity[]): OrderDecision =>
  within(order, lines, 'quantity_exceeded', (line) => line.shipped - line.delivered - (line.lost ?? 0), {
    type: 'OrderDelivered',
    shipment,
    lines,
  })

/** Nothing is provided for an order that nobody has accepted, or that must not move on. */
const performed = (order: Order, on: LocalDate): readonly OrderEvent[] => {
  if (!orderLifecycle.allows(order.status, 'ship_some') || order.holds.length > 0) return []
  const lines = order.lines.flatMap((line) => {
    const quantity = unperformedQuantity(line, on)
    return quantity > 0 ? [{ line: line.id, quantity }] : []
  })
  return lines.length === 0 ? [] : [{ type: 'OrderPerformed', lines }]
}
