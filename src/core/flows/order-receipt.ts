import type { OrderId, OrderNumber } from '../ids/ids.js'
import type { Money } from '../money/money.js'
import type { Order } from '../orders/order.js'
import type { OrderStatus } from '../../state-machines/order.machine.js'

/** The answer of the commands about an order: enough to go on with; `orders.get` has the rest. */
export interface OrderReceipt {
  readonly order: OrderId
  readonly number: OrderNumber
  readonly status: OrderStatus
  readonly total: Money
}

export const orderReceipt = (order: Order): OrderReceipt => ({
  order: order.id,
  number: order.number,
  status: order.status,
  total: order.total,
})
