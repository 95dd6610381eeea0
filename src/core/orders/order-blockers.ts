import type { Blocker, BlockersByCommand } from '../explain.js'
import { wrongStatus } from '../explain.js'
import { compare, sumOf } from '../money/money.js'
import { orderLifecycle } from '../../state-machines/order.machine.js'
import type { Order } from './order.js'
import { openQuantity } from './order-status.js'

/** What stands in the way of each command about an order. The decider refuses with the first; `explain` shows them all. */
export const orderBlockers = {
  'orders.changeDraft': (order: Order): readonly Blocker[] =>
    wrongStatus(orderLifecycle, order.status, ['change']),
  'orders.placeDraft': (order: Order): readonly Blocker[] => [
    ...wrongStatus(orderLifecycle, order.status, ['place']),
    ...heldBlocker(order),
  ],
  'orders.confirm': (order: Order): readonly Blocker[] => [
    ...wrongStatus(
      orderLifecycle,
      order.status,
      ['confirm'],
      order.status === 'draft' ? ['orders.placeDraft'] : [],
    ),
    ...heldBlocker(order),
  ],
  'orders.cancel': (order: Order): readonly Blocker[] => [
    ...wrongStatus(orderLifecycle, order.status, ['cancel_all', 'cancel_rest']),
    ...nothingOpenBlocker(order),
  ],
  'orders.hold': (order: Order): readonly Blocker[] => finishedBlocker(order),
  'orders.releaseHold': (order: Order): readonly Blocker[] =>
    order.holds.length > 0 ? [] : [{ code: 'invalid_state', details: { holds: [] }, unblockedBy: [] }],
  'fulfillments.plan': (order: Order): readonly Blocker[] => [
    ...wrongStatus(
      orderLifecycle,
      order.status,
      ['ship_some', 'ship_rest'],
      order.status === 'placed' ? ['orders.confirm'] : order.status === 'draft' ? ['orders.placeDraft'] : [],
    ),
    ...heldBlocker(order),
    ...nothingOpenBlocker(order),
    ...unpaidBlocker(order),
  ],
  'shipments.ship': (order: Order): readonly Blocker[] => [
    ...wrongStatus(orderLifecycle, order.status, ['ship_some', 'ship_rest']),
    ...heldBlocker(order),
  ],
} as const

export const blockersOfOrder = (order: Order): BlockersByCommand =>
  Object.fromEntries(
    Object.entries(orderBlockers).map(([command, blockersOf]) => [command, blockersOf(order)]),
  )

const heldBlocker = (order: Order): readonly Blocker[] =>
  order.holds.length === 0
    ? []
    : [{ code: 'order_on_hold', details: { holds: order.holds }, unblockedBy: ['orders.releaseHold'] }]

const finishedBlocker = (order: Order): readonly Blocker[] =>
  orderLifecycle.isFinal(order.status)
    ? [{ code: 'invalid_state', details: { status: order.status, allowed: [] }, unblockedBy: [] }]
    : []

const nothingOpenBlocker = (order: Order): readonly Blocker[] =>
  order.lines.some((line) => openQuantity(line) > 0)
    ? []
    : [{ code: 'quantity_exceeded', details: { open: 0 }, unblockedBy: [] }]

/** M25, F75: an order on prepayment is not worked on before all of it is paid. */
const unpaidBlocker = (order: Order): readonly Blocker[] => {
  if (order.payment.terms !== 'prepaid') return []
  const deposits = order.deposits.map((deposit) => deposit.unapplied)
  const received = sumOf([order.paid, ...deposits], order.currency)
  return compare(received, order.total) >= 0
    ? []
    : [{ code: 'payment_due', details: { total: order.total, received }, unblockedBy: ['payments.record'] }]
}
