import { z } from 'zod'
import { piece, writeQuantity, type WrittenQuantity } from '../../core/catalog/quantity.js'
import { fulfillmentKind, type Fulfillment, type WorkLine } from '../../core/fulfillment/fulfillment.js'
import {
  fulfillmentIdSchema,
  locationIdSchema,
  orderIdSchema,
  shipmentIdSchema,
} from '../../core/ids/id-schema.js'
import type { OrderId } from '../../core/ids/ids.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { shipmentKind, type Shipment } from '../../core/shipping/shipment.js'
import { fulfillmentLifecycle } from '../../state-machines/fulfillment.machine.js'
import { shipmentLifecycle } from '../../state-machines/shipment.machine.js'
import { defineQuery, type QueryContext } from '../query.js'
import { listOf, pageOf, pageShape, whereOf } from './page.js'

/** What is picked or shipped of an order's line, as people read it. */
export interface WorkLineView extends Omit<WorkLine, 'quantity'> {
  readonly name: string
  /** UN/ECE Recommendation 20 code. */
  readonly unit: string
  readonly quantity: WrittenQuantity
}

export interface FulfillmentView extends Omit<Fulfillment, 'lines'> {
  readonly lines: readonly WorkLineView[]
}

export interface ShipmentView extends Omit<Shipment, 'lines'> {
  readonly lines: readonly WorkLineView[]
}

/** The work of one location on an order. */
export const getFulfillment = defineQuery({
  name: 'fulfillments.get',
  input: z.strictObject({ fulfillment: fulfillmentIdSchema }),
  run: async (input, context) => {
    const found = await context.get(fulfillmentKind, input.fulfillment)
    if (found === undefined) return refuse('unknown_fulfillment', { fulfillment: input.fulfillment })
    const orders = await ordersOf(context, [found.state])
    return ok({ value: withLines(found.state, orders), version: found.version })
  },
})

/** The work there is: of an order, of a location, in a status. A location's `planned` ones are what waits to be picked. */
export const listFulfillments = defineQuery({
  name: 'fulfillments.list',
  input: z.strictObject({
    order: orderIdSchema.optional(),
    location: locationIdSchema.optional(),
    status: z.enum(fulfillmentLifecycle.states).optional(),
    ...pageShape,
  }),
  run: async (input, context) => {
    const { order, location, status } = input
    const page = await context.list(fulfillmentKind, {
      where: whereOf({ order, location, status }),
      ...pageOf(input),
    })
    const orders = await ordersOf(
      context,
      page.items.map(({ state }) => state),
    )
    return ok({ value: listOf(page, ({ state }) => withLines(state, orders)) })
  },
})

/** One consignment, with its carrier and how to follow it (M81, M82). */
export const getShipment = defineQuery({
  name: 'shipments.get',
  input: z.strictObject({ shipment: shipmentIdSchema }),
  run: async (input, context) => {
    const found = await context.get(shipmentKind, input.shipment)
    if (found === undefined) return refuse('unknown_shipment', { shipment: input.shipment })
    const orders = await ordersOf(context, [found.state])
    return ok({ value: withLines(found.state, orders), version: found.version })
  },
})

/** Consignments of an order, from a location, in a status. */
export const listShipments = defineQuery({
  name: 'shipments.list',
  input: z.strictObject({
    order: orderIdSchema.optional(),
    location: locationIdSchema.optional(),
    status: z.enum(shipmentLifecycle.states).optional(),
    ...pageShape,
  }),
  run: async (input, context) => {
    const { order, location, status } = input
    const page = await context.list(shipmentKind, {
      where: whereOf({ order, location, status }),
      ...pageOf(input),
    })
    const orders = await ordersOf(
      context,
      page.items.map(({ state }) => state),
    )
    return ok({ value: listOf(page, ({ state }) => withLines(state, orders)) })
  },
})

type Orders = ReadonlyMap<OrderId, Order>

const ordersOf = async (
  context: QueryContext,
  documents: readonly { readonly order: OrderId }[],
): Promise<Orders> => {
  const found = await context.getAll(
    orderKind,
    documents.map(({ order }) => order),
  )
  return new Map(found.map(({ state }) => [state.id, state]))
}

const withLines = <Document extends { readonly order: OrderId; readonly lines: readonly WorkLine[] }>(
  document: Document,
  orders: Orders,
): Omit<Document, 'lines'> & { readonly lines: readonly WorkLineView[] } => ({
  ...document,
  lines: document.lines.map((line) => lineView(line, orders.get(document.order))),
})

const lineView = ({ line, sku, quantity }: WorkLine, order: Order | undefined): WorkLineView => {
  const ordered = order?.lines.find((candidate) => candidate.id === line)
  const unit = ordered?.unit ?? piece
  return { line, sku, name: ordered?.name ?? sku, unit: unit.code, quantity: writeQuantity(quantity, unit) }
}
