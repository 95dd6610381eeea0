import { invariant } from '../invariant.js'
import { isNegative, isPositive, isZero } from '../money/money.js'
import { unappliedAmount, type Payment } from './payment.js'

/** What must be true of every payment that a command leaves behind (PY1, PY2, PY5, MO7), whatever led there. */
export const assertPayment = (payment: Payment): void => {
  const { amount, applied, refunded, status } = payment
  const unapplied = unappliedAmount(payment)
  invariant(isPositive(amount), 'PY1 a payment is above zero')
  invariant(!isNegative(refunded), 'PY2 what was paid back is never negative')
  invariant(!isNegative(unapplied), 'MO7 no more is applied and paid back than was received')
  for (const { amount: part } of applied)
    invariant(isPositive(part), 'MO7 what is applied of a payment is above zero')
  if (status === 'refunded')
    invariant(applied.length === 0 && isZero(unapplied), 'PY2 nothing is left of a payment that went back')
  if (status === 'reversed')
    invariant(
      applied.length === 0 && isZero(refunded),
      'PY5 what the bank has undone pays for nothing and was not paid back',
    )
}
