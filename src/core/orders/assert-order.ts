import { invariant } from '../invariant.js'
import { compare, isNegative } from '../money/money.js'
import { billableQuantity, triggerOf } from './billable.js'
import type { Order } from './order.js'
import type { OrderLine } from './order-line.js'

/** What must be true of every order that a command leaves behind (OQ1, OQ2, OQ4, OQ5, OQ7, MO6), whatever led there. */
export const assertOrder = (order: Order): void => {
  for (const line of order.lines) assertLine(order, line)
  invariant(!isNegative(order.credited), 'MO6 what was credited of an order is never negative')
  invariant(
    compare(order.credited, order.invoiced) <= 0,
    'MO6 no more of an order is credited than was invoiced',
  )
}

const assertLine = (order: Order, line: OrderLine): void => {
  const open = order.status === 'draft' ? 0 : line.quantity - line.canceled - line.shipped
  const backordered = open - line.allocated
  invariant(
    open >= 0 && line.allocated >= 0 && backordered >= 0,
    'OQ1 what is open of a line is allocated or backordered',
  )
  const isOver = order.status === 'closed' || (order.status === 'canceled' && order.placedOn !== undefined)
  invariant(!isOver || open === 0, 'OQ7 nothing is open of a finished order')
  invariant(
    (line.lacking === undefined) === (backordered === 0),
    'OQ1 a line says what it lacks where some of it is backordered, and nowhere else',
  )
  invariant(line.planned >= 0 && line.planned <= line.allocated, 'OQ1 work is planned for what has goods')
  invariant(
    line.canceled >= 0 && line.delivered + (line.lost ?? 0) <= line.shipped,
    'OQ2 no more is delivered than was shipped',
  )
  invariant(line.credited >= 0, 'OQ5 what was credited of a line is never negative')
  invariant(line.credited <= line.invoiced, 'OQ5 no more of a line is credited than was invoiced')
  // What is billed before it is shipped can be credited and canceled afterwards.
  const trigger = triggerOf(order, line)
  const isBefore = trigger === 'on_order' || trigger === 'period_start' || trigger === 'on_acceptance'
  const billed = isBefore ? line.invoiced - line.credited : line.invoiced
  // Only periods are billable by a day; on their last one all of them are.
  const on = line.recurring?.until ?? order.orderedOn
  invariant(billed <= billableQuantity(order, line, on), 'OQ4 no more of a line is invoiced than is billable')
}
