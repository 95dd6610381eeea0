import type { InvoiceId, PaymentId } from '../ids/ids.js'
import { invariant } from '../invariant.js'
import { decideInvoice } from '../invoicing/invoice-decider.js'
import { invoiceKind } from '../invoicing/invoice.js'
import { keepOpenInvoices } from '../invoicing/open-invoices.js'
import type { Money } from '../money/money.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderKind } from '../orders/order.js'
import { decidePayment } from '../payments/payment-decider.js'
import { paymentKind } from '../payments/payment.js'
import type { Work } from '../plan.js'
import type { Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { followDifferences } from './follow-differences.js'

/**
 * The way back of `applyToInvoice`: the amount pays for nothing again, and invoice, order and the customer's open invoices say so. An order that
 * was closed stays closed: it is delivered, and what is owed stands on the invoice.
 */
export const takeBackFromInvoice = (
  work: Work,
  paymentId: PaymentId,
  invoiceId: InvoiceId,
  amount: Money,
): Result<void, Refusal> => {
  const payment = work.find(paymentKind, paymentId)?.state
  const invoice = work.find(invoiceKind, invoiceId)?.state
  const order = invoice === undefined ? undefined : work.find(orderKind, invoice.order)?.state
  invariant(
    payment !== undefined && invoice !== undefined && order !== undefined,
    'what a payment is applied to exists',
  )
  const back = decidePayment(payment, { type: 'TakeBackPayment', invoice: invoiceId, amount })
  if (!back.ok) return back
  const unpaid = decideInvoice(invoice, { type: 'TakeBackPayment', payment: paymentId, amount })
  if (!unpaid.ok) return unpaid
  const owed = decideOrder(order, { type: 'TakeBackPayment', payment: paymentId, amount })
  if (!owed.ok) return owed
  work.append(paymentKind, paymentId, back.value)
  const after = work.append(invoiceKind, invoiceId, unpaid.value)
  keepOpenInvoices(work, after)
  work.append(orderKind, order.id, owed.value)
  followDifferences(work, invoice, after)
  return ok(undefined)
}
