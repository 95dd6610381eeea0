import type { OrderId } from '../ids/ids.js'
import { isPositive, minimum, subtract, zero, type Money } from '../money/money.js'
import type { Invoice } from './invoice.js'
import { differencesOf } from './invoice-amounts.js'

/** What of a consolidated invoice is paid for one of its orders, and what of it is no longer asked for without a credit note. */
export interface OrderShare {
  readonly order: OrderId
  readonly paid: Money
  readonly forgone: Money
}

/**
 * Money pays for a consolidated invoice as a whole. To its orders it counts one after the other, as they stand on the document, each up to what its part
 * claims after its credit notes; then what was let go does. What was paid beyond all of them stays with the last.
 */
export const orderShares = (invoice: Invoice): readonly OrderShare[] => {
  const { parts = [], currency } = invoice
  let paidLeft = invoice.paid
  let forgoneLeft = differencesOf(invoice)
  return parts.map(({ order, total, credited }, at): OrderShare => {
    const isLast = at === parts.length - 1
    const claim = subtract(total, credited)
    const paid = isLast ? paidLeft : minimum(paidLeft, claim)
    const open = subtract(claim, paid)
    const forgone = isLast ? forgoneLeft : minimum(forgoneLeft, isPositive(open) ? open : zero(currency))
    paidLeft = subtract(paidLeft, paid)
    forgoneLeft = subtract(forgoneLeft, forgone)
    return { order, paid, forgone }
  })
}
