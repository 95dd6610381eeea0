import { sumBy } from '../catalog/quantity.js'
import type { Blocker } from '../explain.js'
import type {
  CreditNoteId,
  FulfillmentId,
  InvoiceId,
  OrderId,
  OrderNumber,
  PaymentId,
  ReservationId,
  ShipmentId,
} from '../ids/ids.js'
import { invariant } from '../invariant.js'
import { compare, isZero, toMinor, zero, type Money } from '../money/money.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { orderLifecycle } from '../../state-machines/order.machine.js'
import type { LocalDate } from '../time/local-date.js'
import { areWithin, readTaxes, type DepositPart } from '../totals/deposit.js'
import { allowedCommands, orderBlockers } from './order-blockers.js'
import { lackingOf, type LineLack } from './backorders.js'
import { acceptableQuantity, unbilledQuantity, unperformedQuantity } from './billable.js'
import type {
  LineQuantity,
  Order,
  OrderContent,
  OrderEvent,
  OrderHold,
  OrderLine,
  PromisedLack,
} from './order.js'
import {
  cancelableQuantity,
  claimedQuantity,
  openQuantity,
  owedFor,
  receivedFor,
  unplannedQuantity,
} from './order-status.js'
import { claimable, coversDeposits, standingDeposits } from './unclaimed.js'

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
  | {
      readonly type: 'AcceptOrder'
      readonly acceptedOn: LocalDate
      readonly lines: readonly LineQuantity[]
    }
  /** Counts what periods that are over by a day have provided. */
  | { readonly type: 'PerformPeriods'; readonly on: LocalDate }
  | {
      readonly type: 'InvoiceOrder'
      readonly on: LocalDate
      readonly invoice: InvoiceId
      readonly amount: Money
      readonly lines: readonly LineQuantity[]
      readonly deducted?: readonly DepositPart[]
    }
  | { readonly type: 'DebitOrder'; readonly invoice: InvoiceId; readonly amount: Money }
  | { readonly type: 'WithdrawDebit'; readonly invoice: InvoiceId; readonly amount: Money }
  | { readonly type: 'BillDeposit'; readonly deposit: DepositPart }
  | { readonly type: 'WithdrawDeposit'; readonly deposit: DepositPart; readonly creditNote?: CreditNoteId }
  | {
      readonly type: 'WithdrawInvoice'
      readonly invoice: InvoiceId
      readonly amount: Money
      readonly lines: readonly LineQuantity[]
      readonly deducted?: readonly DepositPart[]
    }
  | {
      readonly type: 'CreditOrder'
      readonly creditNote: CreditNoteId
      readonly amount: Money
      readonly lines: readonly LineQuantity[]
    }
  | { readonly type: 'ReceiveDeposit'; readonly payment: PaymentId; readonly amount: Money }
  | { readonly type: 'ApplyDeposit'; readonly payment: PaymentId; readonly amount: Money }
  | { readonly type: 'ApplyPayment'; readonly payment: PaymentId; readonly amount: Money }
  | { readonly type: 'TakeBackPayment'; readonly payment: PaymentId; readonly amount: Money }

export type OrderDecision = Result<readonly OrderEvent[], Refusal>

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
      return within(
        order,
        command.lines,
        'quantity_exceeded',
        (line) => unbilledQuantity(order, line, command.on),
        {
          type: 'OrderInvoiced',
          invoice: command.invoice,
          amount: command.amount,
          lines: command.lines,
          nth: (order.invoices ?? 0) + 1,
          ...(command.deducted !== undefined && { deducted: command.deducted }),
        },
      )
    case 'DebitOrder':
      return ok([
        {
          type: 'OrderDebited',
          invoice: command.invoice,
          amount: command.amount,
          nth: (order.invoices ?? 0) + 1,
        },
      ])
    case 'WithdrawDebit':
      return ok([{ type: 'OrderDebitWithdrawn', invoice: command.invoice, amount: command.amount }])
    case 'BillDeposit':
      return billDeposit(order, command.deposit)
    case 'WithdrawDeposit':
      return withdrawDeposit(order, command.deposit, command.creditNote)
    case 'WithdrawInvoice':
      return within(order, command.lines, 'quantity_exceeded', claimedQuantity, {
        type: 'OrderInvoiceVoided',
        invoice: command.invoice,
        amount: command.amount,
        lines: command.lines,
        ...(command.deducted !== undefined && { deducted: command.deducted }),
      })
    case 'CreditOrder':
      return within(order, command.lines, 'credit_exceeds_invoice', (line) => line.invoiced - line.credited, {
        type: 'OrderCredited',
        creditNote: command.creditNote,
        amount: command.amount,
        lines: command.lines,
      })
    case 'ReceiveDeposit':
      return receiveDeposit(order, command.payment, command.amount)
    case 'ApplyDeposit':
      return applyDeposit(order, command.payment, command.amount)
    case 'ApplyPayment':
      return ok([{ type: 'OrderPaid', payment: command.payment, amount: command.amount }])
    case 'TakeBackPayment':
      invariant(compare(command.amount, order.paid) <= 0, 'MO7 no more is taken back than was paid')
      return ok([{ type: 'OrderPaymentTakenBack', payment: command.payment, amount: command.amount }])
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

/** Nothing open, all billed and nothing more than that claimed, and what left has arrived or, where it was lost, was credited. */
const isDone = (line: OrderLine): boolean =>
  openQuantity(line) === 0 &&
  line.invoiced >= line.shipped &&
  claimedQuantity(line) <= line.shipped &&
  (line.delivered === line.shipped || line.credited === line.invoiced)

const unless = (order: Order, blockers: readonly Blocker[], events: readonly OrderEvent[]): OrderDecision =>
  refusalFor(order, blockers) ?? ok(events)

/** Refuses with the first blocker; a refusal because of the status also says which commands are possible. */
const refusalFor = (order: Order, blockers: readonly Blocker[]): OrderDecision | undefined => {
  const [first] = blockers
  if (first === undefined) return undefined
  return first.code === 'invalid_state'
    ? refuse(first.code, { ...first.details, commands: allowedCommands(order) })
    : refuse(first.code, first.details)
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

/** Without `lines` all that is open and not being worked on. What is shipped can no longer be canceled, only credited or returned. */
const cancel = (order: Order, wanted: readonly LineQuantity[] | undefined, reason: string): OrderDecision => {
  const blocked = refusalFor(order, orderBlockers['orders.cancel'](order))
  if (blocked !== undefined) return blocked
  const lines = wanted ?? cancelableLines(order)
  const exceeded = exceedingLine(order, lines, cancelableQuantity)
  if (exceeded !== undefined) return exceeded
  const canceling = quantityByLine(lines)
  const claimed = claimedByDeposits(order, canceling)
  if (claimed !== undefined) return claimed
  const allOpen = order.lines.every((line) => openQuantity(line) === (canceling.get(line.id) ?? 0))
  const anyShipped = order.lines.some((line) => line.shipped > 0)
  const step = !allOpen ? 'cancel_some' : anyShipped ? 'cancel_rest' : 'cancel_all'
  if (!orderLifecycle.allows(order.status, step)) {
    return refuse('invalid_state', {
      status: order.status,
      allowed: orderLifecycle.allowed(order.status),
      commands: allowedCommands(order),
    })
  }
  const quantities: OrderEvent = { type: 'OrderQuantitiesCanceled', lines, reason }
  return ok(step === 'cancel_all' ? [quantities, { type: 'OrderCanceled', reason }] : [quantities])
}

/** Deposits claim a part of the price of what stays: more of it is canceled after their credit note. */
const claimedByDeposits = (
  order: Order,
  canceling: ReadonlyMap<string, number>,
): OrderDecision | undefined => {
  const standing = standingDeposits(order)
  if (standing.length === 0) return undefined
  const lines = order.lines.map((line) => ({
    ...line,
    canceled: line.canceled + (canceling.get(line.id) ?? 0),
  }))
  return coversDeposits({ ...order, lines })
    ? undefined
    : refuse('quantity_exceeded', {
        deposits: standing.map(({ invoice, number, amount }) => ({ invoice, number, amount })),
      })
}

const leftOutEvents = (lines: readonly LineQuantity[]): readonly OrderEvent[] =>
  lines.length === 0 ? [] : [{ type: 'OrderQuantitiesCanceled', lines, reason: 'out_of_stock' }]

const lackingIn = (order: Order, { line, sku }: LineLack): number => {
  const waiting = order.lines.find(({ id }) => id === line)
  return waiting === undefined ? 0 : lackingOf(waiting, sku)
}

const cancelableLines = (order: Order): readonly LineQuantity[] =>
  order.lines.flatMap((line) =>
    cancelableQuantity(line) > 0 ? [{ line: line.id, quantity: cancelableQuantity(line) }] : [],
  )

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
  within(order, lines, 'quantity_exceeded', (line) => line.shipped - line.delivered, {
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

/** A deposit pays the next invoice: where none will come it would wait for ever, beside an invoice that stays open. */
const receiveDeposit = (order: Order, payment: PaymentId, amount: Money): OrderDecision => {
  const refused = refusalFor(order, orderBlockers['orders.hold'](order))
  if (refused !== undefined) return refused
  const hasNoNext = order.lines.every((line) => line.invoiced === line.quantity - line.canceled)
  return hasNoNext
    ? refuse('invalid_state', {
        status: order.status,
        order: order.id,
        invoicing: 'invoiced',
        name: 'invoices',
      })
    : ok([{ type: 'OrderDepositReceived', payment, amount }])
}

const applyDeposit = (order: Order, payment: PaymentId, amount: Money): OrderDecision => {
  const deposit = order.deposits.find((known) => known.payment === payment)
  return deposit !== undefined && compare(amount, deposit.unapplied) <= 0
    ? ok([
        { type: 'OrderDepositApplied', payment, amount },
        { type: 'OrderPaid', payment, amount },
      ])
    : refuse('allocation_exceeds_payment', { payment, amount, unapplied: deposit?.unapplied })
}

/** Whether a deposit invoice may be issued for it at all: nothing to decide yet where not. */
export const mayBillDeposit = (order: Order): OrderDecision =>
  unless(order, orderBlockers['invoices.billDeposit'](order), [])

/** A deposit is part of the price: with what is billed and the deposits that stand it never exceeds it, under no tax treatment. */
const billDeposit = (order: Order, deposit: DepositPart): OrderDecision => {
  const allowed = mayBillDeposit(order)
  if (!allowed.ok) return allowed
  return coversDeposits({ ...order, depositInvoices: [...(order.depositInvoices ?? []), deposit] })
    ? ok([{ type: 'OrderDepositBilled', deposit, nth: (order.invoices ?? 0) + 1 }])
    : refuse('quantity_exceeded', { wanted: deposit.amount, limit: claimable(order) })
}

/** What later invoices have deducted is theirs: only what stands can be withdrawn. */
const withdrawDeposit = (
  order: Order,
  deposit: DepositPart,
  creditNote: CreditNoteId | undefined,
): OrderDecision => {
  const standing = standingDeposits(order).find(({ invoice }) => invoice === deposit.invoice)
  return standing !== undefined &&
    toMinor(deposit.amount) <= toMinor(standing.amount) &&
    areWithin(readTaxes(deposit), readTaxes(standing))
    ? ok([{ type: 'OrderDepositWithdrawn', deposit, ...(creditNote !== undefined && { creditNote }) }])
    : refuse('credit_exceeds_invoice', {
        invoice: deposit.invoice,
        wanted: deposit.amount,
        limit: standing?.amount ?? zero(order.currency),
      })
}

const within = (
  order: Order,
  lines: readonly LineQuantity[],
  code: 'quantity_exceeded' | 'credit_exceeds_invoice',
  limitOf: (line: OrderLine) => number,
  event: OrderEvent,
): OrderDecision => exceedingLine(order, lines, limitOf, code) ?? ok([event])

const exceedingLine = (
  order: Order,
  lines: readonly LineQuantity[],
  limitOf: (line: OrderLine) => number,
  code: 'quantity_exceeded' | 'credit_exceeds_invoice' = 'quantity_exceeded',
): OrderDecision | undefined => {
  const known = new Map<string, OrderLine>(order.lines.map((line) => [line.id, line]))
  for (const [line, quantity] of quantityByLine(lines)) {
    const ordered = known.get(line)
    if (ordered === undefined) return refuse('unknown_line', { line })
    const limit = limitOf(ordered)
    if (quantity > limit) return refuse(code, { line, wanted: quantity, limit })
  }
  return undefined
}

/** A line that is named twice counts with its sum, never with each mention alone. */
const quantityByLine = (lines: readonly LineQuantity[]): ReadonlyMap<string, number> =>
  sumBy(
    lines,
    (line) => line.line,
    (line) => line.quantity,
  )
