import { z } from 'zod'
import { defineCommand, type PlanContext } from '../command.js'
import { paymentIdSchema } from '../ids/id-schema.js'
import type { PaymentId } from '../ids/ids.js'
import { present } from '../invariant.js'
import { openAmount, payableAmount } from '../invoicing/invoice-amounts.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { isPositive, minimum, type Money } from '../money/money.js'
import { orderKind } from '../orders/order.js'
import { exchangeProblem, exchangeSchema, type ExchangeInput } from '../payments/exchange-input.js'
import { decidePayment } from '../payments/payment-decider.js'
import { wantedApplicationsSchema, type WantedApplications } from '../payments/payment-input.js'
import { paymentKind, unappliedAmount } from '../payments/payment.js'
import { workOn, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'
import { applyToInvoice, keysOfInvoice } from './apply-to-invoice.js'
import { exchangeMoney } from './exchange-money.js'

/** What the commands about a payment answer: what of it still pays for nothing. */
export interface PaymentReceipt {
  readonly payment: PaymentId
  readonly unapplied: Money
}

/**
 * Applies what is left of a payment to invoices, all of them or none (F133, MO7). With `exchange`, a payment that came in another currency without a rate
 * becomes one in the invoices' currency first: all of it, so it must not be used yet, refunded, exchanged or the deposit of an order (`invalid_state`).
 */
export const applyPayment = defineCommand({
  name: 'payments.apply',
  input: z.strictObject({
    payment: paymentIdSchema,
    invoices: wantedApplicationsSchema,
    /** The rate at which it pays invoices of another currency (F129). */
    exchange: exchangeSchema.optional(),
  }),
  idempotencyKey: 'required',
  touches: (input, seen) => {
    const order = seen.get(paymentKind, input.payment)?.order
    return [
      { kind: paymentKind.name, id: input.payment },
      ...(order === undefined ? [] : [{ kind: orderKind.name, id: order }]),
      ...input.invoices.flatMap(({ invoice }) => keysOfInvoice(seen, invoice)),
    ]
  },
  plan: (facts, input, context) => {
    const work = workOn(facts)
    if (input.exchange !== undefined) {
      const exchanged = exchangeFirst(work, input.payment, input.exchange, context)
      if (!exchanged.ok) return exchanged
    }
    const applied = applyToInvoices(work, context.settings, input.payment, input.invoices)
    if (!applied.ok) return applied
    const key = { kind: paymentKind.name, id: input.payment }
    return ok(work.finish(key, { payment: input.payment, unapplied: applied.value }))
  },
})

const exchangeFirst = (
  work: Work,
  id: PaymentId,
  exchange: ExchangeInput,
  context: PlanContext,
): Result<void, Refusal> => {
  const payment = work.find(paymentKind, id)?.state
  if (payment === undefined) return refuse('unknown_payment', { payment: id })
  const problem = exchangeProblem(payment.amount, exchange)
  if (problem !== undefined) {
    const issues = [{ path: ['exchange', problem.field], rule: problem.rule }]
    return refuse('validation_failed', { issues })
  }
  const exchanged = exchangeMoney(payment.amount, exchange, context)
  if (!exchanged.ok) return exchanged
  const decided = decidePayment(payment, { type: 'ExchangePayment', exchanged: exchanged.value })
  if (!decided.ok) return decided
  work.append(paymentKind, id, decided.value)
  return ok(undefined)
}

/** Applies a payment to invoices in the order they are named and answers what is left of it. */
export const applyToInvoices = (
  work: Work,
  settings: Settings,
  payment: PaymentId,
  wanted: WantedApplications,
): Result<Money, Refusal> => {
  for (const { invoice, amount } of wanted) {
    const agreed = amount === undefined ? asMuchAsFits(work, payment, invoice) : ok(amount)
    if (!agreed.ok) return agreed
    const applied = applyToInvoice(work, settings, payment, invoice, agreed.value)
    if (!applied.ok) return applied
  }
  return ok(unappliedAmount(present(work.find(paymentKind, payment)?.state, 'what was applied exists')))
}

/**
 * The smaller of what is to be paid and what is left. What the buyer is to withhold is paid only where nothing else is, or where an amount is named.
 * Nothing at all is no application: it would look like success.
 */
const asMuchAsFits = (
  work: Work,
  paymentId: PaymentId,
  invoiceId: WantedApplications[number]['invoice'],
): Result<Money, Refusal> => {
  const payment = work.find(paymentKind, paymentId)?.state
  if (payment === undefined) return refuse('unknown_payment', { payment: paymentId })
  const invoice = work.find(invoiceKind, invoiceId)?.state
  if (invoice === undefined) return refuse('unknown_invoice', { invoice: invoiceId })
  if (invoice.currency !== payment.amount.currency) {
    return refuse('currency_mismatch', { expected: payment.amount.currency, got: invoice.currency })
  }
  const open = openAmount(invoice)
  if (!isPositive(open)) return refuse('allocation_exceeds_invoice', { invoice: invoiceId, open })
  const payable = payableAmount(invoice)
  const unapplied = unappliedAmount(payment)
  return isPositive(unapplied)
    ? ok(minimum(isPositive(payable) ? payable : open, unapplied))
    : refuse('allocation_exceeds_payment', { payment: paymentId, unapplied })
}
