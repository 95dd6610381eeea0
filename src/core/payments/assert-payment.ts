import { invariant } from '../invariant.js'
import { isNegative } from '../money/money.js'
import { unappliedAmount, type Payment } from './payment.js'

/** What must be true of every payment that a command leaves behind (PY2, MO7), whatever led there. */
export const assertPayment = (payment: Payment): void => {
  invariant(!isNegative(payment.refunded), 'PY2 what was paid back is never negative')
  invariant(!isNegative(unappliedAmount(payment)), 'MO7 no more is applied and paid back than was received')
}
