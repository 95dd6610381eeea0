import type { InvoiceId } from '../ids/ids.js'
import { invariant } from '../invariant.js'
import { compare, isPositive, isZero, subtract, type Money } from '../money/money.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { paymentLifecycle, type PaymentStep } from '../../state-machines/payment.machine.js'
import type { Exchanged } from './exchange.js'
import {
  appliedTo,
  unappliedAmount,
  type Payment,
  type PaymentContent,
  type PaymentEvent,
} from './payment.js'

export type PaymentCommand =
  | { readonly type: 'ExchangePayment'; readonly exchanged: Exchanged }
  | { readonly type: 'ApplyPayment'; readonly invoice: InvoiceId; readonly amount: Money }
  | { readonly type: 'TakeBackPayment'; readonly invoice: InvoiceId; readonly amount: Money }
  | { readonly type: 'RefundPayment'; readonly amount: Money; readonly reason: string }
  | { readonly type: 'ReversePayment'; readonly reason: string }

export type PaymentDecision = Result<readonly PaymentEvent[], Refusal>

/** Money that is ours already: by the time it is recorded, nothing is pending any more. */
export const receivePayment = (content: PaymentContent): readonly PaymentEvent[] => {
  invariant(isPositive(content.amount), 'PY1 a payment is above zero')
  return [{ type: 'PaymentReceived', payment: content }]
}

export const decidePayment = (payment: Payment, command: PaymentCommand): PaymentDecision => {
  switch (command.type) {
    case 'ExchangePayment':
      return exchange(payment, command.exchanged)
    case 'ApplyPayment':
      return apply(payment, command.invoice, command.amount)
    case 'TakeBackPayment':
      invariant(
        compare(command.amount, appliedTo(payment, command.invoice)) <= 0,
        'MO7 no more of a payment is taken back from an invoice than was applied to it',
      )
      return ok([{ type: 'PaymentTakenBack', invoice: command.invoice, amount: command.amount }])
    case 'RefundPayment':
      return refund(payment, command.amount, command.reason)
    case 'ReversePayment':
      return reverse(payment, command.reason)
  }
}

/** All of it or nothing, and once: what is used already, or is the deposit of an order, counts in the currency that it has. */
const exchange = (payment: Payment, { amount, exchange: exchanged }: Exchanged): PaymentDecision => {
  const refused = notCaptured(payment)
  if (refused !== undefined) return refused
  const { applied, refunded, order } = payment
  const isUnused =
    applied.length === 0 && isZero(refunded) && order === undefined && payment.exchange === undefined
  return isUnused
    ? ok([
        { type: 'PaymentGivenForExchange', amount: payment.amount },
        { type: 'PaymentExchanged', amount, exchange: exchanged },
      ])
    : refuse('invalid_state', { payment: payment.id, because: 'in_use', applied, refunded, order })
}

/** No more of a payment is applied than is left of it (MO7). */
const apply = (payment: Payment, invoice: InvoiceId, amount: Money): PaymentDecision => {
  const refused = foreignCurrency(payment, amount) ?? notCaptured(payment)
  if (refused !== undefined) return refused
  invariant(isPositive(amount), 'MO7 what is applied is above zero')
  const unapplied = unappliedAmount(payment)
  return compare(amount, unapplied) > 0
    ? refuse('allocation_exceeds_payment', { payment: payment.id, amount, unapplied })
    : ok([{ type: 'PaymentApplied', invoice, amount }])
}

/** Only money that pays for nothing goes back; what is applied has to be taken back from its invoice first (PY2). */
const refund = (payment: Payment, amount: Money, reason: string): PaymentDecision => {
  const refused = foreignCurrency(payment, amount)
  if (refused !== undefined) return refused
  invariant(isPositive(amount), 'PY2 a refund is above zero')
  const refundable = unappliedAmount(payment)
  if (compare(amount, refundable) > 0) {
    return refuse('refund_exceeds_captured', { payment: payment.id, amount, refundable })
  }
  const all = isZero(subtract(refundable, amount)) && payment.applied.length === 0
  const blocked = wrongStatus(payment, all ? 'refund_rest' : 'refund_some')
  return blocked ?? ok([{ type: 'PaymentRefunded', amount, all, reason }])
}

/** The same money is never both paid back and undone by the bank (PY5). */
const reverse = (payment: Payment, reason: string): PaymentDecision => {
  const blocked = wrongStatus(payment, 'reverse')
  if (blocked !== undefined) return blocked
  if (!isZero(payment.refunded)) {
    return refuse('invalid_state', {
      payment: payment.id,
      status: payment.status,
      refunded: payment.refunded,
    })
  }
  invariant(
    payment.applied.length === 0,
    'RC5 a payment is taken back from every invoice before it is reversed',
  )
  return ok([{ type: 'PaymentReversed', reason }])
}

const foreignCurrency = (payment: Payment, amount: Money) =>
  amount.currency === payment.amount.currency
    ? undefined
    : refuse('currency_mismatch', { expected: payment.amount.currency, got: amount.currency })

const notCaptured = (payment: Payment) => (payment.status === 'captured' ? undefined : invalidState(payment))

const wrongStatus = (payment: Payment, step: PaymentStep) =>
  paymentLifecycle.allows(payment.status, step) ? undefined : invalidState(payment)

const invalidState = (payment: Payment) =>
  refuse('invalid_state', {
    payment: payment.id,
    status: payment.status,
    allowed: paymentLifecycle.allowed(payment.status),
  })
