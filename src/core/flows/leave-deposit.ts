import type { OrderId, PaymentId } from '../ids/ids.js'
import { isPositive, minimum, type Money } from '../money/money.js'
import { orderKind } from '../orders/order.js'
import type { Work } from '../plan.js'

/**
 * Lowers what an order counts as prepaid when money that was meant for it goes elsewhere: to another order's invoice, back to the payer, or away
 * with a match that is undone. Without this an order on prepayment would ship on money that is gone (M25).
 */
export const leaveDeposit = (work: Work, orderId: OrderId, payment: PaymentId, amount: Money): void => {
  const deposit = work
    .find(orderKind, orderId)
    ?.state.deposits.find((known) => known.payment === payment && isPositive(known.unapplied))
  if (deposit === undefined) return
  work.append(orderKind, orderId, [
    { type: 'OrderDepositApplied', payment, amount: minimum(amount, deposit.unapplied) },
  ])
}
