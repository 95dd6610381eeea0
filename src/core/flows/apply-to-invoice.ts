import type { Seen } from '../command.js'
import type { Key } from '../ids/key.js'
import type { InvoiceId, OrderId, PaymentId } from '../ids/ids.js'
import { invariant } from '../invariant.js'
import { decideInvoice } from '../invoicing/invoice-decider.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { isOfOneOrder, ordersOf } from '../invoicing/invoice-parts.js'
import { keepOpenInvoices, openInvoicesKind } from '../invoicing/open-invoices.js'
import { isPositive, type Money } from '../money/money.js'
import { sendAboutInvoice } from '../notifications/send-about-invoice.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { decideOrder } from '../orders/order-decider.js'
import type { OrderDecision } from '../orders/order-limits.js'
import { orderKind } from '../orders/order.js'
import { decidePayment } from '../payments/payment-decider.js'
import { paymentKind, type Payment } from '../payments/payment.js'
import type { Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'
import { closeIfDone } from './close-order.js'
import { followInvoice } from './follow-invoice.js'
import { leaveDeposit } from './leave-deposit.js'

/** The records that change when money meets or leaves an invoice: itself, its order and its customer's open invoices. */
export const keysOfInvoice = (seen: Seen, id: InvoiceId): readonly Key[] => {
  const invoice = seen.get(invoiceKind, id)
  const keys: Key[] = [{ kind: invoiceKind.name, id }]
  if (invoice === undefined) return keys
  for (const order of ordersOf(invoice)) keys.push({ kind: orderKind.name, id: order })
  if (invoice.customer !== undefined) keys.push({ kind: openInvoicesKind.name, id: invoice.customer })
  return keys
}

/**
 * Everything that follows when a payment meets an invoice, in one place: both documents, the order or orders (which may be done with that), the
 * customer's open invoices and the message (M28, M29, MO7). A refusal has changed nothing of them.
 */
export const applyToInvoice = (
  work: Work,
  settings: Settings,
  paymentId: PaymentId,
  invoiceId: InvoiceId,
  amount: Money,
): Result<void, Refusal> => {
  const payment = work.find(paymentKind, paymentId)?.state
  if (payment === undefined) return refuse('unknown_payment', { payment: paymentId })
  const invoice = work.find(invoiceKind, invoiceId)?.state
  if (invoice === undefined) return refuse('unknown_invoice', { invoice: invoiceId })
  const paid = decideInvoice(invoice, {
    type: 'PayInvoice',
    payment: paymentId,
    amount,
    receivedOn: payment.receivedOn,
  })
  if (!paid.ok) return paid
  const applied = decidePayment(payment, { type: 'ApplyPayment', invoice: invoiceId, amount })
  if (!applied.ok) return applied
  const ofOrder = isOfOneOrder(invoice) ? payOrder(work, invoice.order, payment, amount) : ok([])
  if (!ofOrder.ok) return ofOrder

  work.append(paymentKind, paymentId, applied.value)
  const after = work.append(invoiceKind, invoiceId, paid.value)
  keepOpenInvoices(work, after)
  if (payment.order !== undefined && payment.order !== invoice.order) {
    leaveDeposit(work, payment.order, paymentId, amount)
  }
  const data = { payment: paymentId, amount }
  if (isOfOneOrder(invoice)) {
    const owing = work.append(orderKind, invoice.order, ofOrder.value)
    sendAboutOrder(work, settings, owing, 'payment_received', data)
  } else {
    sendAboutInvoice(work, settings, after, 'payment_received', data)
  }
  followInvoice(work, invoice, after)
  for (const order of ordersOf(invoice)) closeIfDone(work, settings, order)
  return ok(undefined)
}

const payOrder = (work: Work, id: OrderId, payment: Payment, amount: Money): OrderDecision => {
  const order = work.find(orderKind, id)?.state
  invariant(order !== undefined, 'every invoice has its order')
  const isDeposit = order.deposits.some(
    (deposit) => deposit.payment === payment.id && isPositive(deposit.unapplied),
  )
  return decideOrder(order, {
    type: isDeposit ? 'ApplyDeposit' : 'ApplyPayment',
    payment: payment.id,
    amount,
  })
}
