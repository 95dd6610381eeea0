import type { InvoiceId } from '../ids/ids.js'
import { elementAt } from '../invariant.js'
import type { Invoice } from '../invoicing/invoice.js'
import { differencesOf } from '../invoicing/invoice-amounts.js'
import { isOfOneOrder } from '../invoicing/invoice-parts.js'
import { orderShares } from '../invoicing/order-shares.js'
import { isZero, subtract, type Money } from '../money/money.js'
import { orderKind, type OrderEvent } from '../orders/order.js'
import type { Work } from '../plan.js'

/**
 * Tells the order what of one of its invoices is no longer asked for, or is again: what the customer owes for the order follows. The orders of a consolidated
 * invoice are told what is paid of their parts, too: the money is applied to the invoice alone, and a credit of one order may leave more of it for another.
 */
export const followInvoice = (work: Work, before: Invoice, after: Invoice): void => {
  if (isOfOneOrder(after)) {
    const events = letGo(after.id, subtract(differencesOf(after), differencesOf(before)))
    if (events.length > 0) work.append(orderKind, after.order, events)
    return
  }
  const shares = orderShares(before)
  for (const [at, { order, paid, forgone }] of orderShares(after).entries()) {
    const earlier = elementAt(shares, at)
    const events = [
      ...settled(after.id, subtract(paid, earlier.paid)),
      ...letGo(after.id, subtract(forgone, earlier.forgone)),
    ]
    if (events.length > 0) work.append(orderKind, order, events)
  }
}

const settled = (invoice: InvoiceId, amount: Money): readonly OrderEvent[] =>
  isZero(amount) ? [] : [{ type: 'OrderPartPaid', invoice, amount }]

const letGo = (invoice: InvoiceId, amount: Money): readonly OrderEvent[] =>
  isZero(amount) ? [] : [{ type: 'OrderDifferenceBooked', invoice, amount }]
