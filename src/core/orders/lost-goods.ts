import type { ShipmentId } from '../ids/ids.js'
import { present } from '../invariant.js'
import { ok } from '../result.js'
import { claimedByDeposits } from './order-cancellation.js'
import type { OrderDecision } from './order-limits.js'
import { quantityByLine, type LineQuantity } from './order-line.js'
import type { Order, OrderEvent } from './order.js'

/**
 * A parcel is lost for good. Of each line what was not billed is canceled: nobody owes it, and nobody pays for it. What was billed stays shipped and is
 * claimed until it is credited. An order of which nothing else has left, or is to leave, is canceled.
 */
export const loseGoods = (
  order: Order,
  shipment: ShipmentId,
  lines: readonly LineQuantity[],
): OrderDecision => {
  const billed: LineQuantity[] = []
  const unbilled: LineQuantity[] = []
  for (const [line, quantity] of quantityByLine(lines)) {
    const without = Math.min(quantity, unbilledShipped(order, line))
    if (without > 0) unbilled.push({ line: line as LineQuantity['line'], quantity: without })
    if (without < quantity) billed.push({ line: line as LineQuantity['line'], quantity: quantity - without })
  }
  const claimed = claimedByDeposits(order, quantityByLine(unbilled))
  if (claimed !== undefined) return claimed
  const lost: OrderEvent = { type: 'OrderGoodsLost', shipment, billed, unbilled }
  const canceling = quantityByLine(unbilled)
  const isAll = order.lines.every((line) => line.quantity === line.canceled + (canceling.get(line.id) ?? 0))
  return ok(isAll ? [lost, { type: 'OrderCanceled', reason: 'lost' }] : [lost])
}

/** What has left of a line without being billed, and was not lost before. */
const unbilledShipped = ({ lines }: Order, id: string): number => {
  const line = present(
    lines.find((each) => each.id === id),
    'a parcel has lines of its order',
  )
  return Math.max(0, line.shipped - Math.max(line.invoiced, line.delivered))
}
