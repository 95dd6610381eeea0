import { z } from 'zod'
import { defineCommand } from '../command.js'
import { shipmentIdSchema } from '../ids/id-schema.js'
import { present } from '../invariant.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderKind } from '../orders/order.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { decideShipment } from '../shipping/shipment-decider.js'
import { shipmentKind } from '../shipping/shipment.js'
import { closeIfDone } from './close-order.js'
import { keysOfOrderBookings, releaseOrderBookings } from './order-bookings.js'
import { returnedKeys, returnUses } from './redeem-promotions.js'

/**
 * Gives a lost parcel up for good (M87, F84). What of it no invoice has billed is canceled, so that nobody owes it; what was billed is claimed until
 * `invoices.credit` takes it back. The order is canceled where nothing else of it has left or is to leave, and closed where this was the last open fact.
 * Refused as `quantity_exceeded` where deposit invoices claim what would be canceled: they are credited first. Goods that turn up afterwards
 * are received like any others.
 */
export const giveUpShipment = defineCommand({
  name: 'shipments.giveUp',
  input: z.strictObject({ shipment: shipmentIdSchema }),
  idempotencyKey: 'optional',
  touches: (input, seen) => {
    const shipment = seen.get(shipmentKind, input.shipment)
    const order = shipment === undefined ? undefined : seen.get(orderKind, shipment.order)
    return [
      { kind: shipmentKind.name, id: input.shipment },
      ...(shipment === undefined ? [] : [{ kind: orderKind.name, id: shipment.order }]),
      ...(order?.bookings === undefined ? [] : keysOfOrderBookings(order.bookings, seen)),
      ...(order?.promotions === undefined ? [] : returnedKeys(order)),
    ]
  },
  plan: (facts, input, { now, settings }) => {
    const work = workOn(facts)
    const shipment = work.find(shipmentKind, input.shipment)?.state
    if (shipment === undefined) return refuse('unknown_shipment', { shipment: input.shipment })
    const givenUp = decideShipment(shipment, { type: 'GiveUpShipment' })
    if (!givenUp.ok) return givenUp
    work.append(shipmentKind, shipment.id, givenUp.value)
    const order = present(work.find(orderKind, shipment.order)?.state, 'every shipment has its order')
    const lines = shipment.lines.map(({ line, quantity }) => ({ line, quantity }))
    const decided = decideOrder(order, { type: 'LoseGoods', shipment: shipment.id, lines })
    if (!decided.ok) return decided
    const after = work.append(orderKind, order.id, decided.value)
    if (after.status === 'canceled') {
      returnUses(work, order)
      sendAboutOrder(work, settings, after, 'order_canceled', { reason: 'lost' })
    }
    releaseOrderBookings(work, order, after, 'lost', now)
    const { status } = closeIfDone(work, settings, order.id)
    return ok(
      work.finish(
        { kind: shipmentKind.name, id: shipment.id },
        { shipment: shipment.id, order: order.id, orderStatus: status },
      ),
    )
  },
})
