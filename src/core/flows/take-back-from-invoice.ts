import type { InvoiceId, OrderId, PaymentId } from '../ids/ids.js'
import { present } from '../invariant.js'
import { decideInvoice } from '../invoicing/invoice-decider.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { isOfOneOrder } from '../invoicing/invoice-parts.js'
import { keepOpenInvoices } from '../invoicing/open-invoices.js'
import type { Money } from '../money/money.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderKind } from '../orders/order.js'
import { decidePayment } from '../payments/payment-decider.js'
import { paymentKind } from '../payments/payment.js'
import type { Work } from '../plan.js'
import { granted } from '../result.js'
import { followInvoice } from './follow-invoice.js'

/**
 * The way back of `applyToInvoice`: the amount pays for nothing again, and invoice, orders and the customer's open invoices say so. An order that
 * was closed stays closed: it is delivered, and what is owed stands on the invoice.
 */
export const takeBackFromInvoice = (
  work: Work,
  paymentId: PaymentId,
  invoiceId: InvoiceId,
  amount: Money,
): void => {
  const payment = present(work.find(paymentKind, paymentId)?.state, existing)
  const invoice = present(work.find(invoiceKind, invoiceId)?.state, existing)
  const back = decidePayment(payment, { type: 'TakeBackPayment', invoice: invoiceId, amount })
  const unpaid = decideInvoice(invoice, { type: 'TakeBackPayment', payment: paymentId, amount })
  work.append(paymentKind, paymentId, granted(back, returnable))
  const after = work.append(invoiceKind, invoiceId, granted(unpaid, returnable))
  keepOpenInvoices(work, after)
  if (isOfOneOrder(invoice)) takeBackFromOrder(work, invoice.order, paymentId, amount)
  followInvoice(work, invoice, after)
}

const takeBackFromOrder = (work: Work, id: OrderId, payment: PaymentId, amount: Money): void => {
  const order = present(work.find(orderKind, id)?.state, existing)
  const owed = decideOrder(order, { type: 'TakeBackPayment', payment, amount })
  work.append(orderKind, id, granted(owed, returnable))
}

const existing = 'what a payment is applied to exists'
const returnable = 'what was applied can be taken back'
