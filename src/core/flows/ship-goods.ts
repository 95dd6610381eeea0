import { z } from 'zod'
import { defineCommand } from '../command.js'
import { decideFulfillment } from '../fulfillment/fulfillment-decider.js'
import { fulfillmentKind } from '../fulfillment/fulfillment.js'
import { referenceSchema, shipmentIdSchema } from '../ids/id-schema.js'
import type { OrderId } from '../ids/ids.js'
import { present } from '../invariant.js'
import { demandByLevel, move, type Demand } from '../inventory/reserve-stock.js'
import { reservationKind } from '../inventory/reservation.js'
import { stockDemandOf } from '../inventory/stock-demand.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderKind, type Order } from '../orders/order.js'
import { workOn, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import { decideShipment } from '../shipping/shipment-decider.js'
import { shipmentKind, type Shipment, type Transport } from '../shipping/shipment.js'
import { lineSchema } from '../text/text-schema.js'
import type { Instant } from '../time/instant.js'
import type { LocalDate } from '../time/local-date.js'
import { localDateSchema } from '../time/time-schema.js'
import { billFact, billFactKeys, invoiceReceipt, isBilledOn } from './bill-order.js'
import { billingKeys } from './bill-units.js'
import { businessDate } from './business-date.js'
import { closeIfDone } from './close-order.js'
import { finishReservation } from './finish-reservation.js'
import { shipTrackedGoods, trackedGoodsKeys } from './ship-tracked-goods.js'

const trackingUrlSchema = lineSchema(2_000).refine((text) => text.startsWith('https://'), 'url.https')

/**
 * Hands a packed shipment to its carrier. In one commit the stock leaves, the order counts the units as shipped, the invoice of what is billed on
 * shipment is issued with the next number (M88), deposits are applied, and the customer is told (M115, M116): there is no second trigger to forget. The lots and pieces that
 * were packed leave with it (F37); a lot that may no longer leave on that day is refused as `lot_expired`.
 */
export const shipGoods = defineCommand({
  name: 'shipments.ship',
  input: z.strictObject({
    shipment: shipmentIdSchema,
    carrier: lineSchema(100),
    tracking: referenceSchema.optional(),
    trackingUrl: trackingUrlSchema.optional(),
    /** The day the goods left, in the business's books; the store's day when left out. */
    shippedOn: localDateSchema.optional(),
  }),
  idempotencyKey: 'optional',
  touches: (input, seen, { ids, settings, today }) => {
    const shipment = seen.get(shipmentKind, input.shipment)
    const order = shipment === undefined ? undefined : seen.get(orderKind, shipment.order)
    return [
      { kind: shipmentKind.name, id: input.shipment },
      ...(shipment === undefined ? [] : keysOfShipment(shipment)),
      ...(order?.reservation === undefined ? [] : [{ kind: reservationKind.name, id: order.reservation }]),
      ...(order === undefined || isBilledOn(order, 'on_shipment')
        ? billingKeys(ids.of('invoice'), order, settings, input.shippedOn ?? today())
        : []),
    ]
  },
  plan: (facts, input, context) => {
    const work = workOn(facts)
    const shipment = work.find(shipmentKind, input.shipment)?.state
    if (shipment === undefined) return refuse('unknown_shipment', { shipment: input.shipment })
    const shippedOn = businessDate(input.shippedOn, 'shippedOn', context.now)
    if (!shippedOn.ok) return shippedOn
    const transport = transportOf(input, shippedOn.value)
    const left = leave(work, shipment, transport, context.now)
    if (!left.ok) return left
    sendAboutOrder(work, context.settings, left.value, 'order_shipped', {
      shipment: shipment.id,
      ...transport,
      units: shipment.lines.reduce((sum, line) => sum + line.quantity, 0),
    })
    const billed = billFact(work, context, left.value, 'on_shipment', {
      shipment: shipment.id,
      on: transport.shippedOn,
    })
    if (!billed.ok) return billed
    return ok(
      work.finish(
        { kind: shipmentKind.name, id: shipment.id },
        { shipment: shipment.id, order: shipment.order, ...invoiceReceipt(billed.value) },
      ),
    )
  },
})

/**
 * The goods have arrived (M85). Bills what is billed on delivery in the same commit, thanks the customer (M118) and closes the order when nothing else
 * is left to do.
 */
export const deliverGoods = defineCommand({
  name: 'shipments.deliver',
  input: z.strictObject({ shipment: shipmentIdSchema, deliveredOn: localDateSchema.optional() }),
  idempotencyKey: 'optional',
  touches: (input, seen, context) => {
    const shipment = seen.get(shipmentKind, input.shipment)
    const order = shipment === undefined ? undefined : seen.get(orderKind, shipment.order)
    return [
      { kind: shipmentKind.name, id: input.shipment },
      ...(shipment === undefined ? [] : [{ kind: orderKind.name, id: shipment.order }]),
      ...billFactKeys(order, 'on_delivery', context, input.deliveredOn),
    ]
  },
  plan: (facts, input, context) => {
    const work = workOn(facts)
    const shipment = work.find(shipmentKind, input.shipment)?.state
    if (shipment === undefined) return refuse('unknown_shipment', { shipment: input.shipment })
    const arrived = businessDate(input.deliveredOn, 'deliveredOn', context.now)
    if (!arrived.ok) return arrived
    const deliveredOn = arrived.value
    const delivered = decideShipment(shipment, { type: 'DeliverShipment', deliveredOn })
    if (!delivered.ok) return delivered
    work.append(shipmentKind, shipment.id, delivered.value)
    const order = present(work.find(orderKind, shipment.order)?.state, 'a shipment has its order')
    const lines = shipment.lines.map(({ line, quantity }) => ({ line, quantity }))
    const counted = decideOrder(order, { type: 'DeliverGoods', shipment: shipment.id, lines })
    const received = work.append(
      orderKind,
      order.id,
      granted(counted, 'what an order has shipped can arrive'),
    )
    sendAboutOrder(work, context.settings, received, 'order_delivered', {
      shipment: shipment.id,
      deliveredOn,
    })
    const billed = billFact(work, context, received, 'on_delivery', {
      shipment: shipment.id,
      on: deliveredOn,
    })
    if (!billed.ok) return billed
    sendAboutOrder(work, context.settings, received, 'thank_you', { shipment: shipment.id })
    const closed = closeIfDone(work, context.settings, order.id)
    return ok(
      work.finish(
        { kind: shipmentKind.name, id: shipment.id },
        {
          shipment: shipment.id,
          order: order.id,
          orderStatus: closed.status,
          ...invoiceReceipt(billed.value),
        },
      ),
    )
  },
})

const transportOf = (
  input: {
    readonly carrier: string
    readonly tracking?: string | undefined
    readonly trackingUrl?: string | undefined
  },
  shippedOn: LocalDate,
): Transport => ({
  carrier: input.carrier,
  ...(input.tracking !== undefined && { tracking: input.tracking }),
  ...(input.trackingUrl !== undefined && { trackingUrl: input.trackingUrl }),
  shippedOn,
})

const keysOfShipment = (shipment: Shipment) => [
  { kind: fulfillmentKind.name, id: shipment.fulfillment },
  { kind: orderKind.name, id: shipment.order },
  ...demandOf(shipment).map(({ location, sku }) => ({
    kind: stockKind.name,
    id: stockLevelId(location, sku),
  })),
  ...trackedGoodsKeys(shipment),
]

/** Shipment, fulfillment, order and stock take the same step together. */
const leave = (
  work: Work,
  shipment: Shipment,
  transport: Transport,
  now: Instant,
): Result<Order, Refusal> => {
  const handedOver = decideShipment(shipment, { type: 'HandOverShipment', transport })
  if (!handedOver.ok) return handedOver
  work.append(shipmentKind, shipment.id, handedOver.value)
  const fulfillment = present(
    work.find(fulfillmentKind, shipment.fulfillment)?.state,
    'a shipment has its fulfillment',
  )
  const done = decideFulfillment(fulfillment, { type: 'HandOverGoods' })
  work.append(fulfillmentKind, fulfillment.id, granted(done, 'what was packed can leave'))
  const order = present(work.find(orderKind, shipment.order)?.state, 'a shipment has its order')
  const lines = shipment.lines.map(({ line, quantity }) => ({ line, quantity }))
  const counted = decideOrder(order, { type: 'ShipGoods', shipment: shipment.id, lines })
  if (!counted.ok) return counted
  const shipped = work.append(orderKind, order.id, counted.value)
  shipStock(work, shipment, order.id)
  const left = shipTrackedGoods(work, shipment, transport.shippedOn)
  if (!left.ok) return left
  finishReservation(work, shipped, 'shipped', now)
  return ok(shipped)
}

const shipStock = (work: Work, shipment: Shipment, order: OrderId): void => {
  const source = { kind: orderKind.name, id: order }
  for (const demand of demandOf(shipment)) {
    const moved = move(work, demand, { type: 'ShipStock', quantity: demand.quantity, source })
    granted(moved, 'what is reserved can be shipped')
  }
}

/** What leaves with a shipment: of a kit its components, of what is not stocked nothing. */
const demandOf = ({ lines, location }: Shipment): readonly Demand[] =>
  demandByLevel(lines.flatMap((line) => stockDemandOf({ ...line, location }, line.quantity)))
