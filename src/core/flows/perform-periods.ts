import { decideOrder } from '../orders/order-decider.js'
import { orderKind, type Order } from '../orders/order.js'
import type { Work } from '../plan.js'
import { granted } from '../result.js'
import type { LocalDate } from '../time/local-date.js'

/** Counts the periods of an order that are over as provided: the order as it is then. */
export const performPeriods = (work: Work, order: Order, on: LocalDate): Order => {
  const performed = granted(decideOrder(order, { type: 'PerformPeriods', on }), 'periods pass by themselves')
  return performed.length === 0 ? order : work.append(orderKind, order.id, performed)
}
