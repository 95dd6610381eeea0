import { differencesOf, type Invoice } from '../invoicing/invoice.js'
import { isZero, subtract } from '../money/money.js'
import { orderKind } from '../orders/order.js'
import type { Work } from '../plan.js'

/** Tells the order what of one of its invoices is no longer asked for, or is again: what the customer owes for the order follows. */
export const followDifferences = (work: Work, before: Invoice, after: Invoice): void => {
  const amount = subtract(differencesOf(after), differencesOf(before))
  if (isZero(amount)) return
  work.append(orderKind, after.order, [{ type: 'OrderDifferenceBooked', invoice: after.id, amount }])
}
