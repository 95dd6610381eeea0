import { mayMove } from '../../core/capacity/booking-decider.js'
import type { Booking } from '../../core/capacity/booking.js'
import { mayStep, stillHeld } from '../../core/capacity/promise-life.js'
import type { Blocker, BlockersByCommand } from '../../core/explain.js'
import type { Fulfillment } from '../../core/fulfillment/fulfillment.js'
import type { OrderId } from '../../core/ids/ids.js'
import type { Reservation } from '../../core/inventory/reservation.js'
import { creditedOf } from '../../core/invoicing/credit-limits.js'
import type { Invoice } from '../../core/invoicing/invoice.js'
import { openAmount, payableAmount, uncertifiedAmount } from '../../core/invoicing/invoice-amounts.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import { isUntouched } from '../../core/invoicing/invoice-decider.js'
import { nextReminder } from '../../core/invoicing/next-reminder.js'
import { add, isPositive, minimum, negate, subtract, zero, type Money } from '../../core/money/money.js'
import { blockersOfOrder, orderBlockers } from '../../core/orders/order-blockers.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import { unappliedAmount, type Payment } from '../../core/payments/payment.js'
import type { BankEntry } from '../../core/reconciliation/bank-entry.js'
import type { Refusal } from '../../core/refusal.js'
import type { Result } from '../../core/result.js'
import type { Shipment } from '../../core/shipping/shipment.js'
import { bankEntryLifecycle } from '../../state-machines/bank-entry.machine.js'
import { fulfillmentLifecycle } from '../../state-machines/fulfillment.machine.js'
import { invoiceLifecycle } from '../../state-machines/invoice.machine.js'
import { paymentLifecycle } from '../../state-machines/payment.machine.js'
import { reservationLifecycle } from '../../state-machines/reservation.machine.js'
import { shipmentLifecycle } from '../../state-machines/shipment.machine.js'
import { isAtOrAfter, type Instant } from '../../core/time/instant.js'
import { dateOf } from '../../core/time/local-date.js'
import type { QueryContext } from '../query.js'
import { lifecycleBlockers } from './lifecycle-blockers.js'

// What stands in the way of each command about a record: its lifecycle first, then the quantities, amounts and dates its decider also asks.

/** Whether a shipment may leave is asked of the shipment: an order can only say that it has nothing against it. */
export const blockersOfOrderAlone = (order: Order): BlockersByCommand => {
  const { 'shipments.ship': _ship, ...blockers } = blockersOfOrder(order)
  return blockers
}

export const blockersOfFulfillment = (fulfillment: Fulfillment): BlockersByCommand =>
  lifecycleBlockers(fulfillmentLifecycle, fulfillment.status, {
    'fulfillments.pick': ['start_picking'],
    'fulfillments.pack': ['pack'],
    'fulfillments.cancel': ['cancel'],
  })

export const blockersOfShipment = async (
  shipment: Shipment,
  context: QueryContext,
): Promise<BlockersByCommand> => {
  const blockers = lifecycleBlockers(shipmentLifecycle, shipment.status, {
    'shipments.ship': ['hand_over'],
    'shipments.deliver': ['deliver'],
    'shipments.reportLost': ['report_lost'],
    'shipments.reportFound': ['find'],
    'shipments.giveUp': ['give_up'],
  })
  return withMore(blockers, 'shipments.ship', await blockersInOrder(shipment.order, context))
}

export const blockersOfInvoice = (invoice: Invoice, context: QueryContext): BlockersByCommand => ({
  ...ofPaymentsAndCredits(invoice),
  'invoices.undoWriteOff': (invoice.differences ?? []).some(({ kind }) => kind !== 'early_payment_discount')
    ? []
    : [
        {
          code: 'invalid_state',
          details: { differences: invoice.differences ?? [] },
          unblockedBy: ['invoices.writeOff'],
        },
      ],
  'invoices.recordWithholding': withheldBlockers(invoice, uncertifiedAmount(invoice)),
  'invoices.claimWithheld': withheldBlockers(invoice, subtract(openAmount(invoice), payableAmount(invoice))),
  'invoices.remind': reminderBlocker(invoice, context),
  'invoices.debit': debitBlockers(invoice),
  'invoices.void': voidBlockers(invoice),
})

/** Certificates are for what is still to be withheld, and only that can be claimed after all. */
const withheldBlockers = ({ status }: Invoice, left: Money): readonly Blocker[] => [
  ...(lifecycleBlockers(invoiceLifecycle, status, { withheld: ['apply_some'] })['withheld'] ?? []),
  ...(isPositive(left)
    ? []
    : [{ code: 'withholding_exceeded', details: { withheld: left }, unblockedBy: [] } as const]),
]

/** What was never claimed for deliveries cannot have been too little. */
const debitBlockers = ({ kind, status }: Invoice): readonly Blocker[] => [
  ...(kind === undefined
    ? []
    : [{ code: 'invalid_state', details: { because: 'kind', kind }, unblockedBy: [] } as const]),
  ...(lifecycleBlockers(invoiceLifecycle, status, { 'invoices.debit': ['credit_some'] })['invoices.debit'] ??
    []),
]

const voidBlockers = (invoice: Invoice): readonly Blocker[] => [
  ...(lifecycleBlockers(invoiceLifecycle, invoice.status, { 'invoices.void': ['void'] })['invoices.void'] ??
    []),
  ...(isUntouched(invoice)
    ? []
    : [
        {
          code: 'invalid_state',
          details: { paid: invoice.paid, credited: invoice.credited },
          unblockedBy: invoice.debitNotes === undefined ? [] : ['invoices.void'],
        } as const,
      ]),
]

const reminderBlocker = (invoice: Invoice, context: QueryContext): readonly Blocker[] => {
  const next = nextReminder(invoice, context.settings.dunning)
  if (next !== undefined && next.on <= dateOf(context.now())) return []
  return next === undefined
    ? [{ code: 'reminder_not_due', details: { status: invoice.status }, unblockedBy: [] }]
    : [
        {
          code: 'reminder_not_due',
          details: { next: next.on, level: next.number },
          unblockedBy: [`the day ${next.on}`],
        },
      ]
}

const ofPaymentsAndCredits = (invoice: Invoice): BlockersByCommand =>
  withMore(
    lifecycleBlockers(invoiceLifecycle, invoice.status, {
      'payments.apply': ['apply_some', 'settle'],
      'invoices.writeOff': ['apply_some', 'settle'],
      'invoices.credit': ['credit_some', 'credit_rest'],
    }),
    'invoices.credit',
    nothingToCredit(invoice),
  )

export const blockersOfPayment = async (
  payment: Payment,
  context: QueryContext,
): Promise<BlockersByCommand> => {
  const unapplied = unappliedAmount(payment)
  const refundable = add(unapplied, await overpaidBy(payment, context))
  const blockers = lifecycleBlockers(paymentLifecycle, payment.status, {
    'payments.refund': ['refund_some', 'refund_rest'],
  })
  return {
    'payments.apply': unlessPositive(unapplied, 'allocation_exceeds_payment', []),
    'payments.refund': [
      ...unlessPositive(refundable, 'refund_exceeds_captured', ['invoices.credit']),
      ...(blockers['payments.refund'] ?? []),
    ],
  }
}

export const blockersOfReservation = (reservation: Reservation, context: QueryContext): BlockersByCommand => {
  const { status, expiresAt } = reservation
  const over = noLongerHeld(reservation, context.now())
  const isRunning = status === 'held' && over.length === 0
  const blockers = lifecycleBlockers(reservationLifecycle, status, {
    'inventory.releaseHold': ['release'],
    'inventory.expireHold': ['expire'],
  })
  return {
    'orders.place': over,
    'inventory.extendHold': over,
    ...withMore(blockers, 'inventory.expireHold', isRunning ? [notOver(expiresAt)] : []),
  }
}

/** Asked by the rules its decider asks; of a hold its owner is meant. */
export const blockersOfBooking = (booking: Booking, context: QueryContext): BlockersByCommand => {
  const now = context.now()
  const { owner, status, expiresAt } = booking
  const held = refusedBy(stillHeld(booking, owner, now))
  const isRunning = status === 'held' && expiresAt !== undefined && !isAtOrAfter(now, expiresAt)
  return {
    'capacity.book': held,
    'capacity.extendHold': held,
    'capacity.releaseHold': refusedBy(mayStep(booking, 'release')),
    'capacity.expireHold': isRunning ? [notOver(expiresAt)] : refusedBy(mayStep(booking, 'expire')),
    'capacity.reschedule': refusedBy(mayMove(booking, owner, now)),
    'capacity.complete': refusedBy(mayStep(booking, 'ship_rest'), held.length === 0 ? ['capacity.book'] : []),
    'capacity.release': refusedBy(
      mayStep(booking, 'cancel_rest'),
      held.length === 0 ? ['capacity.book'] : [],
    ),
  }
}

const refusedBy = (asked: Result<void, Refusal>, unblockedBy: readonly string[] = []): readonly Blocker[] =>
  asked.ok ? [] : [{ ...asked.error, unblockedBy }]

const notOver = (expiresAt: Instant): Blocker => ({
  code: 'invalid_state',
  details: { expiresAt },
  unblockedBy: [`the time ${expiresAt}`],
})

/** Whoever asks for a hold that is gone is told where it went. */
const noLongerHeld = (reservation: Reservation, now: Instant): readonly Blocker[] => {
  const { status, expiresAt, releasedBecause } = reservation
  switch (status) {
    case 'held':
      return isAtOrAfter(now, expiresAt)
        ? [{ code: 'reservation_expired', details: { expiresAt }, unblockedBy: [] }]
        : []
    case 'committed':
    case 'shipped':
      return [{ code: 'reservation_already_committed', details: {}, unblockedBy: [] }]
    case 'released':
    case 'canceled':
      return [{ code: 'reservation_released', details: { because: releasedBecause }, unblockedBy: [] }]
    case 'expired':
      return [{ code: 'reservation_expired', details: { expiresAt }, unblockedBy: [] }]
  }
}

export const blockersOfBankEntry = (entry: BankEntry): BlockersByCommand =>
  lifecycleBlockers(bankEntryLifecycle, entry.status, {
    'reconciliation.match': ['match', 'match_some'],
    'reconciliation.setAside': ['set_aside'],
    'reconciliation.unmatch': ['unmatch'],
  })

const withMore = (
  blockers: BlockersByCommand,
  command: string,
  more: readonly Blocker[],
): BlockersByCommand => ({ ...blockers, [command]: [...(blockers[command] ?? []), ...more] })

const blockersInOrder = async (id: OrderId, context: QueryContext): Promise<readonly Blocker[]> => {
  const order = (await context.get(orderKind, id))?.state
  return order === undefined ? [] : orderBlockers['shipments.ship'](order)
}

const nothingToCredit = (invoice: Invoice): readonly Blocker[] =>
  invoice.lines.some((line, index) => line.quantity > creditedOf(invoice, index).quantity)
    ? []
    : [{ code: 'credit_exceeds_invoice', details: { credited: invoice.credited }, unblockedBy: [] }]

/** What the payment has paid on invoices beyond what is left of them after their credit notes: that can go back. */
const overpaidBy = async (payment: Payment, context: QueryContext): Promise<Money> => {
  const invoices = await context.getAll(
    invoiceKind,
    payment.applied.map(({ invoice }) => invoice),
  )
  const over = new Map(invoices.map(({ state }) => [state.id, negate(openAmount(state))]))
  let sum = zero(payment.amount.currency)
  for (const { invoice, amount } of payment.applied) {
    const overpaid = over.get(invoice)
    if (overpaid !== undefined && isPositive(overpaid)) sum = add(sum, minimum(amount, overpaid))
  }
  return sum
}

const unlessPositive = (
  amount: Money,
  code: Blocker['code'],
  unblockedBy: readonly string[],
): readonly Blocker[] => (isPositive(amount) ? [] : [{ code, details: { left: amount }, unblockedBy }])
