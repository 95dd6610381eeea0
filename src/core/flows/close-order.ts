import type { OrderId } from '../ids/ids.js'
import { invariant } from '../invariant.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { closingEvents } from '../orders/order-decider.js'
import { orderKind, type Order } from '../orders/order.js'
import type { Work } from '../plan.js'
import type { Settings } from '../settings.js'

/** Closes an order in the commit of whatever fact was the last one missing, so that there is no second trigger to forget. */
export const closeIfDone = (work: Work, settings: Settings, id: OrderId): Order => {
  const order = work.find(orderKind, id)?.state
  invariant(order !== undefined, 'an order whose facts change exists')
  const events = closingEvents(order)
  if (events.length === 0) return order
  const closed = work.append(orderKind, id, events)
  sendAboutOrder(work, settings, closed, 'order_closed')
  return closed
}
