import { z } from 'zod'
import { defineCommand, type Seen } from '../command.js'
import { paymentIdSchema } from '../ids/id-schema.js'
import type { PaymentId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { present } from '../invariant.js'
import { openAmount } from '../invoicing/invoice-amounts.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { positiveMoneySchema } from '../money/money-schema.js'
import { isPositive, minimum, negate, subtract, type Money } from '../money/money.js'
import { orderKind } from '../orders/order.js'
import { decidePayment } from '../payments/payment-decider.js'
import { paymentReasonSchema } from '../payments/payment-input.js'
import { paymentKind, unappliedAmount, type Payment } from '../payments/payment.js'
import { workOn, type Work } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { keysOfInvoice } from './apply-to-invoice.js'
import { leaveDeposit } from './leave-deposit.js'
import { takeBackFromInvoice } from './take-back-from-invoice.js'

/**
 * Records that money goes back to the payer (PY2). Two parts of a payment can go back: what is applied to nothing, and what it paid on an invoice
 * beyond what is left of that invoice after its credit notes. The first goes first; the second is taken back from the invoice by exactly the
 * amount it was overpaid, so that a refund never makes a settled invoice open again and paid + open = total − credited holds throughout (MO7).
 */
export const refundPayment = defineCommand({
  name: 'payments.refund',
  input: z.strictObject({
    payment: paymentIdSchema,
    amount: positiveMoneySchema,
    reason: paymentReasonSchema,
  }),
  idempotencyKey: 'required',
  touches: (input, seen) => [
    { kind: paymentKind.name, id: input.payment },
    ...keysOfPayment(seen, input.payment),
  ],
  plan: (facts, input) => {
    const work = workOn(facts)
    const payment = work.find(paymentKind, input.payment)?.state
    if (payment === undefined) return refuse('unknown_payment', { payment: input.payment })
    if (input.amount.currency !== payment.amount.currency) {
      return refuse('currency_mismatch', { expected: payment.amount.currency, got: input.amount.currency })
    }
    takeBackOverpaid(work, payment, subtract(input.amount, unappliedAmount(payment)))
    const freed = present(
      work.find(paymentKind, payment.id)?.state,
      'a payment that money comes back to exists',
    )
    const refunded = decidePayment(freed, {
      type: 'RefundPayment',
      amount: input.amount,
      reason: input.reason,
    })
    if (!refunded.ok) return refunded
    if (payment.order !== undefined) leaveDeposit(work, payment.order, payment.id, input.amount)
    const after = work.append(paymentKind, payment.id, refunded.value)
    return ok(
      work.finish(
        { kind: paymentKind.name, id: payment.id },
        { payment: payment.id, refunded: after.refunded, unapplied: unappliedAmount(after) },
      ),
    )
  },
})

/** The records that change with what a payment was applied to: its invoices with theirs, and the order it is a deposit of. */
export const keysOfPayment = (seen: Seen, id: PaymentId): readonly Key[] => {
  const payment = seen.get(paymentKind, id)
  if (payment === undefined) return []
  return [
    ...(payment.order === undefined ? [] : [{ kind: orderKind.name, id: payment.order }]),
    ...payment.applied.flatMap(({ invoice }) => keysOfInvoice(seen, invoice)),
  ]
}

/** Takes back up to `wanted` from invoices that are paid beyond their total less credit notes, in the order they were paid. */
const takeBackOverpaid = (work: Work, payment: Payment, wanted: Money): void => {
  let missing = wanted
  for (const { invoice: id, amount } of payment.applied) {
    const invoice = present(work.find(invoiceKind, id)?.state, 'what a payment is applied to exists')
    const overpaid = minimum(amount, negate(openAmount(invoice)))
    const back = minimum(missing, overpaid)
    if (!isPositive(back)) continue
    takeBackFromInvoice(work, payment.id, id, back)
    missing = subtract(missing, back)
  }
}
