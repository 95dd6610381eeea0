import { z } from 'zod'
import { defineCommand } from '../command.js'
import { orderIdSchema, partyIdSchema } from '../ids/id-schema.js'
import type { OrderId, PartyId, PaymentId } from '../ids/ids.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { positiveMoneySchema } from '../money/money-schema.js'
import { isPositive, type Money } from '../money/money.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderKind } from '../orders/order.js'
import { partyKind } from '../parties/party.js'
import { exchangeProblem, exchangeSchema } from '../payments/exchange-input.js'
import {
  paymentMethodSchema,
  paymentReferenceSchema,
  wantedApplicationsSchema,
} from '../payments/payment-input.js'
import { receivePayment } from '../payments/payment-decider.js'
import { paymentKind } from '../payments/payment.js'
import { workOn, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'
import { localDateSchema } from '../time/time-schema.js'
import { applyToInvoices } from './apply-payment.js'
import { keysOfInvoice } from './apply-to-invoice.js'
import { businessDate } from './business-date.js'
import { exchangeMoney } from './exchange-money.js'

const recordPaymentSchema = z
  .strictObject({
    /** What came in, in its own currency. */
    amount: positiveMoneySchema,
    /** The rate at which it pays invoices of another currency (F129). */
    exchange: exchangeSchema.optional(),
    method: paymentMethodSchema,
    /** The day the money came, in the business's books; the store's day when left out. */
    receivedOn: localDateSchema.optional(),
    /** Who paid; the customer of the order or of the first invoice when left out. */
    customer: partyIdSchema.optional(),
    /** The order it was made for: what no invoice takes is its deposit, and pays its next invoice. */
    order: orderIdSchema.optional(),
    /** Invoices it is applied to at once, in this order. */
    invoices: wantedApplicationsSchema.optional(),
    reference: paymentReferenceSchema.optional(),
  })
  .superRefine(({ amount, exchange }, context) => {
    const problem = exchange && exchangeProblem(amount, exchange)
    if (problem === undefined) return
    context.addIssue({ code: 'custom', message: problem.rule, path: ['exchange', problem.field] })
  })

type RecordPayment = z.output<typeof recordPaymentSchema>

/**
 * Records money that came in (M25, M26, M28), in the currency of the invoices or with the rate it is exchanged at. It pays the invoices named, and what is left becomes the deposit of the order named; what is
 * still left waits on the payment to be applied. One refusal refuses all of it. Money that counts for much more or less than it was worth is refused as
 * `exchange_out_of_range`.
 */
export const recordPayment = defineCommand({
  name: 'payments.record',
  input: recordPaymentSchema,
  idempotencyKey: 'required',
  touches: (input, seen, { ids }) => [
    { kind: paymentKind.name, id: ids.of('payment') },
    ...(input.customer === undefined ? [] : [{ kind: partyKind.name, id: input.customer }]),
    ...(input.order === undefined ? [] : [{ kind: orderKind.name, id: input.order }]),
    ...(input.invoices ?? []).flatMap(({ invoice }) => keysOfInvoice(seen, invoice)),
  ],
  plan: (facts, input, context) => {
    const work = workOn(facts)
    const payer = knownPayer(work, input)
    if (!payer.ok) return payer
    const receivedOn = businessDate(input.receivedOn, 'receivedOn', context.now)
    if (!receivedOn.ok) return receivedOn
    const { amount, exchange } = input
    const paid = exchange === undefined ? ok({ amount }) : exchangeMoney(amount, exchange, context)
    if (!paid.ok) return paid
    const id = context.ids.of('payment') as PaymentId
    const received = receivePayment({
      id,
      method: input.method,
      ...paid.value,
      receivedOn: receivedOn.value,
      ...(payer.value !== undefined && { customer: payer.value }),
      ...(input.order !== undefined && { order: input.order }),
      ...(input.reference !== undefined && { reference: input.reference }),
    })
    work.append(paymentKind, id, received)
    const applied = applyToInvoices(work, context.settings, id, input.invoices ?? [])
    if (!applied.ok) return applied
    const kept = keepDeposit(work, context.settings, input.order, id, applied.value)
    if (!kept.ok) return kept
    return ok(work.finish({ kind: paymentKind.name, id }, { payment: id, unapplied: applied.value }))
  },
})

const knownPayer = (work: Work, input: RecordPayment): Result<PartyId | undefined, Refusal> => {
  const { customer, order: orderId, invoices } = input
  if (customer !== undefined && work.find(partyKind, customer) === undefined) {
    return refuse('unknown_party', { party: customer })
  }
  const order = orderId === undefined ? undefined : work.find(orderKind, orderId)?.state
  if (orderId !== undefined && order === undefined) return refuse('unknown_order', { order: orderId })
  const first = invoices?.[0]?.invoice
  const invoice = first === undefined ? undefined : work.find(invoiceKind, first)?.state
  return ok(customer ?? order?.customer ?? invoice?.customer)
}

/** What no invoice took is kept for the order, and pays its next invoice. */
export const keepDeposit = (
  work: Work,
  settings: Settings,
  orderId: OrderId | undefined,
  payment: PaymentId,
  amount: Money,
): Result<void, Refusal> => {
  if (orderId === undefined || !isPositive(amount)) return ok(undefined)
  const order = work.find(orderKind, orderId)?.state
  if (order === undefined) return refuse('unknown_order', { order: orderId })
  if (order.currency !== amount.currency) {
    return refuse('currency_mismatch', { expected: order.currency, got: amount.currency })
  }
  const kept = decideOrder(order, { type: 'ReceiveDeposit', payment, amount })
  if (!kept.ok) return kept
  const paid = work.append(orderKind, order.id, kept.value)
  sendAboutOrder(work, settings, paid, 'payment_received', { payment, amount })
  return ok(undefined)
}
