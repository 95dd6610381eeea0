import { z } from 'zod'
import { defineCommand, type PlanContext, type Seen } from '../command.js'
import { orderIdSchema } from '../ids/id-schema.js'
import type { OrderId, OrderNumber } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { demandByLevel, reserveStock } from '../inventory/reserve-stock.js'
import { reservationKeys, reservationKind } from '../inventory/reservation.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import type { Topic } from '../notifications/topics.js'
import { captureOrder, decideOrder } from '../orders/order-decider.js'
import { heldStockSchema, orderContentShape } from '../orders/order-input.js'
import { orderKind, type Order } from '../orders/order.js'
import { workOn, type Plan, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { dateOf } from '../time/local-date.js'
import { agreeContent, contentKeys } from './order-content.js'
import { orderReceipt, type OrderReceipt } from './order-receipt.js'
import { takeHeldStock } from './take-held-stock.js'

type HeldStock = z.output<typeof heldStockSchema>

/**
 * Places an order in one step: captures it and reserves its stock, all lines or none (M31, M36, ST6). Refused as `out_of_stock` only when it
 * is true at that moment; what is missing of which SKU stands in the details.
 */
export const placeOrder = defineCommand({
  name: 'orders.place',
  input: z.strictObject({ ...orderContentShape, held: heldStockSchema.optional() }),
  idempotencyKey: 'required',
  touches: (input, seen, context) => {
    const { ids, settings } = context
    const levels = new Set(
      input.lines.map((line) => stockLevelId(line.location ?? settings.defaultLocation, line.sku)),
    )
    return [
      { kind: orderKind.name, id: ids.of('order') },
      ...contentKeys(input, ids.of('order')),
      ...[...levels].map((id) => ({ kind: stockKind.name, id })),
      ...heldKeys(input.held, seen),
    ]
  },
  plan: (facts, input, context) => {
    const work = workOn(facts)
    const id = context.ids.of('order') as OrderId
    const content = agreeContent(work, id, input, context)
    if (!content.ok) return content
    const order = work.append(
      orderKind,
      id,
      captureOrder(id, context.ids.number('order') as OrderNumber, content.value),
    )
    return place(work, order, input.held, context, 'order_received')
  },
})

/** Places an order that was captured as a draft, at the prices it was captured with. */
export const placeDraft = defineCommand({
  name: 'orders.placeDraft',
  input: z.strictObject({ order: orderIdSchema, held: heldStockSchema.optional() }),
  idempotencyKey: 'optional',
  touches: (input, seen) => {
    const lines = seen.get(orderKind, input.order)?.lines ?? []
    return [
      { kind: orderKind.name, id: input.order },
      ...demandByLevel(lines).map((line) => ({
        kind: stockKind.name,
        id: stockLevelId(line.location, line.sku),
      })),
      ...heldKeys(input.held, seen),
    ]
  },
  plan: (facts, input, context) => {
    const work = workOn(facts)
    const order = work.find(orderKind, input.order)?.state
    if (order === undefined) return refuse('unknown_order', { order: input.order })
    return place(work, order, input.held, context, 'order_placed')
  },
})

const place = (
  work: Work,
  order: Order,
  held: HeldStock | undefined,
  context: PlanContext,
  topic: Topic,
): Result<Plan<OrderReceipt>, Refusal> => {
  const decided = decideOrder(order, {
    type: 'PlaceOrder',
    placedOn: dateOf(context.now),
    ...(held !== undefined && { reservation: held.reservation }),
  })
  if (!decided.ok) return decided
  const source = { kind: orderKind.name, id: order.id }
  const taken = takeHeldStock(work, held, order, context.now)
  if (!taken.ok) return taken
  const reserved = reserveStock(work, order.lines, source, taken.value)
  if (!reserved.ok) return reserved
  const placed = work.append(orderKind, order.id, decided.value)
  sendAboutOrder(work, context.settings, placed, topic)
  return ok(work.finish(source, orderReceipt(placed)))
}

const heldKeys = (held: HeldStock | undefined, seen: Seen): readonly Key[] =>
  held === undefined ? [] : reservationKeys(held.reservation, seen.get(reservationKind, held.reservation))
