import { z } from 'zod'
import { defineCommand } from '../command.js'
import { decideFulfillment } from '../fulfillment/fulfillment-decider.js'
import { fulfillmentKind, type Fulfillment } from '../fulfillment/fulfillment.js'
import { fulfillmentIdSchema, wordSchema } from '../ids/id-schema.js'
import type { FulfillmentId, ShipmentId } from '../ids/ids.js'
import { present } from '../invariant.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderKind } from '../orders/order.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { granted, ok } from '../result.js'
import { decideShipment } from '../shipping/shipment-decider.js'
import { shipmentKind } from '../shipping/shipment.js'
import { dateOf } from '../time/local-date.js'
import { goodsByLineSchema } from './goods-by-line.js'
import { goodsSetAside, goodsToRepack, releaseAllGoods, repackGoods } from './repack-goods.js'

/** The answer of the commands about a fulfillment. */
export interface FulfillmentReceipt {
  readonly fulfillment: FulfillmentId
  readonly status: Fulfillment['status']
}

const receiptOf = (fulfillment: Fulfillment): FulfillmentReceipt => ({
  fulfillment: fulfillment.id,
  status: fulfillment.status,
})

/** Somebody has taken the pick list and begun (M65). */
export const startPicking = defineCommand({
  name: 'fulfillments.pick',
  input: z.strictObject({ fulfillment: fulfillmentIdSchema }),
  idempotencyKey: 'optional',
  touches: (input) => [{ kind: fulfillmentKind.name, id: input.fulfillment }],
  plan: (facts, input) => {
    const work = workOn(facts)
    const fulfillment = work.find(fulfillmentKind, input.fulfillment)?.state
    if (fulfillment === undefined) return refuse('unknown_fulfillment', { fulfillment: input.fulfillment })
    const decided = decideFulfillment(fulfillment, { type: 'StartPicking' })
    if (!decided.ok) return decided
    const picking = work.append(fulfillmentKind, fulfillment.id, decided.value)
    return ok(work.finish({ kind: fulfillmentKind.name, id: fulfillment.id }, receiptOf(picking)))
  },
})

/**
 * The goods are packed (M66): makes the shipment that a carrier can be handed. Pieces with serial numbers are named here as they are scanned, unless they
 * were when the work was planned; lots and pieces that are named take the place of those that were set aside. What is scanned must be a piece of the
 * right SKU at this location that nobody else has: else it is refused by name as `unknown_serial` or `serial_unavailable` (F37, ST14).
 */
export const packGoods = defineCommand({
  name: 'fulfillments.pack',
  input: z.strictObject({
    fulfillment: fulfillmentIdSchema,
    /** The lots and pieces that were really packed. */
    goods: goodsByLineSchema.optional(),
  }),
  idempotencyKey: 'optional',
  touches: (input, seen, { ids }) => {
    const fulfillment = seen.get(fulfillmentKind, input.fulfillment)
    return [
      { kind: fulfillmentKind.name, id: input.fulfillment },
      { kind: shipmentKind.name, id: ids.of('shipment') },
      ...(fulfillment === undefined || input.goods === undefined
        ? []
        : goodsToRepack(fulfillment, input.goods)),
    ]
  },
  plan: (facts, input, { ids, now, settings }) => {
    const work = workOn(facts)
    const fulfillment = work.find(fulfillmentKind, input.fulfillment)?.state
    if (fulfillment === undefined) return refuse('unknown_fulfillment', { fulfillment: input.fulfillment })
    const shipment = ids.of('shipment') as ShipmentId
    const decided = decideFulfillment(fulfillment, { type: 'PackGoods', shipment })
    if (!decided.ok) return decided
    const { serialsPerCommand } = settings.limits
    const scanned = repackGoods(work, fulfillment, input.goods, dateOf(now), serialsPerCommand)
    if (!scanned.ok) return scanned
    const lines = scanned.value
    if (lines !== fulfillment.lines) {
      work.append(fulfillmentKind, fulfillment.id, [{ type: 'GoodsScanned', lines }])
    }
    const packed = work.append(fulfillmentKind, fulfillment.id, decided.value)
    work.append(shipmentKind, shipment, [
      {
        type: 'ShipmentPacked',
        id: shipment,
        order: fulfillment.order,
        fulfillment: fulfillment.id,
        location: fulfillment.location,
        lines: packed.lines,
      },
    ])
    return ok(
      work.finish({ kind: fulfillmentKind.name, id: fulfillment.id }, { ...receiptOf(packed), shipment }),
    )
  },
})

/** Gives the work up before the goods have left; its units can be planned or canceled again, its shipment is canceled with it. */
export const cancelFulfillment = defineCommand({
  name: 'fulfillments.cancel',
  input: z.strictObject({ fulfillment: fulfillmentIdSchema, reason: wordSchema }),
  idempotencyKey: 'optional',
  touches: (input, seen) => {
    const fulfillment = seen.get(fulfillmentKind, input.fulfillment)
    return [
      { kind: fulfillmentKind.name, id: input.fulfillment },
      ...(fulfillment === undefined ? [] : [{ kind: orderKind.name, id: fulfillment.order }]),
      ...(fulfillment === undefined ? [] : goodsSetAside(fulfillment)),
      ...(fulfillment?.shipment === undefined ? [] : [{ kind: shipmentKind.name, id: fulfillment.shipment }]),
    ]
  },
  plan: (facts, input, { settings }) => {
    const work = workOn(facts)
    const fulfillment = work.find(fulfillmentKind, input.fulfillment)?.state
    if (fulfillment === undefined) return refuse('unknown_fulfillment', { fulfillment: input.fulfillment })
    const decided = decideFulfillment(fulfillment, { type: 'CancelFulfillment', reason: input.reason })
    if (!decided.ok) return decided
    const canceled = work.append(fulfillmentKind, fulfillment.id, decided.value)
    const shipment =
      fulfillment.shipment === undefined ? undefined : work.find(shipmentKind, fulfillment.shipment)?.state
    if (shipment !== undefined) {
      const stopped = decideShipment(shipment, { type: 'CancelShipment' })
      work.append(shipmentKind, shipment.id, granted(stopped, 'what has not left stays here'))
    }
    releaseAllGoods(work, fulfillment, input.reason)
    const order = present(work.find(orderKind, fulfillment.order)?.state, 'a fulfillment has its order')
    const lines = fulfillment.lines.map(({ line, quantity }) => ({ line, quantity }))
    const decidedOrder = decideOrder(order, { type: 'CancelWork', fulfillment: fulfillment.id, lines })
    const freed = granted(decidedOrder, 'work that was planned can be given up')
    sendAboutOrder(work, settings, work.append(orderKind, order.id, freed), 'order_rescheduled')
    return ok(work.finish({ kind: fulfillmentKind.name, id: fulfillment.id }, receiptOf(canceled)))
  },
})
