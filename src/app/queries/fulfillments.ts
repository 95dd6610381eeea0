import { z } from 'zod'
import { piece, writeQuantity, type Unit, type WrittenQuantity } from '../../core/catalog/quantity.js'
import { fulfillmentKind, type Fulfillment, type WorkLine } from '../../core/fulfillment/fulfillment.js'
import {
  fulfillmentIdSchema,
  locationIdSchema,
  orderIdSchema,
  shipmentIdSchema,
} from '../../core/ids/id-schema.js'
import type { OrderId, Sku } from '../../core/ids/ids.js'
import type { AllocatedGoods, AllocatedLot } from '../../core/inventory/allocate-goods.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { shipmentKind, type Shipment } from '../../core/shipping/shipment.js'
import { fulfillmentLifecycle } from '../../state-machines/fulfillment.machine.js'
import { shipmentLifecycle } from '../../state-machines/shipment.machine.js'
import { defineQuery, type QueryContext } from '../query.js'
import { listOf, pageOf, pageShape, whereOf } from './page.js'
import { unitsOf } from './units.js'

/** What is picked or shipped of an order's line, as people read it. */
export interface WorkLineView extends Omit<WorkLine, 'quantity' | 'goods' | 'components'> {
  readonly name: string
  /** UN/ECE Recommendation 20 code. */
  readonly unit: string
  readonly quantity: WrittenQuantity
  /** What to pick for a kit; the line itself counts kits. */
  readonly parts?: readonly { readonly sku: Sku; readonly unit: string; readonly quantity: WrittenQuantity }[]
  /** Which lots or pieces to take, for each SKU whose goods are told apart. */
  readonly goods?: readonly WorkGoodsView[]
}

export interface WorkGoodsView extends Omit<AllocatedGoods, 'quantity' | 'lots'> {
  readonly quantity: WrittenQuantity
  readonly lots?: readonly (Omit<AllocatedLot, 'quantity'> & { readonly quantity: WrittenQuantity })[]
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
    const unitOf = await goodsUnits(context, [found.state])
    return ok({ value: withLines(found.state, orders, unitOf), version: found.version })
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
    const found = page.items.map(({ state }) => state)
    const orders = await ordersOf(context, found)
    const unitOf = await goodsUnits(context, found)
    return ok({ value: listOf(page, ({ state }) => withLines(state, orders, unitOf)) })
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
    const unitOf = await goodsUnits(context, [found.state])
    return ok({ value: withLines(found.state, orders, unitOf), version: found.version })
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
    const found = page.items.map(({ state }) => state)
    const orders = await ordersOf(context, found)
    const unitOf = await goodsUnits(context, found)
    return ok({ value: listOf(page, ({ state }) => withLines(state, orders, unitOf)) })
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
  unitOf: (sku: Sku) => Unit,
): Omit<Document, 'lines'> & { readonly lines: readonly WorkLineView[] } => ({
  ...document,
  lines: document.lines.map((line) => lineView(line, orders.get(document.order), unitOf)),
})

const lineView = (
  { line, sku, quantity, components, stocked, goods }: WorkLine,
  order: Order | undefined,
  unitOf: (sku: Sku) => Unit,
): WorkLineView => {
  const ordered = order?.lines.find((candidate) => candidate.id === line)
  const unit = ordered?.unit ?? piece
  return {
    line,
    sku,
    name: ordered?.name ?? sku,
    unit: unit.code,
    quantity: writeQuantity(quantity, unit),
    ...(stocked === false && { stocked }),
    ...(components !== undefined && {
      parts: components.map((part) => ({
        sku: part.sku,
        unit: unitOf(part.sku).code,
        quantity: writeQuantity(part.quantity * quantity, unitOf(part.sku)),
      })),
    }),
    ...(goods !== undefined && { goods: goods.map((taken) => goodsView(taken, unitOf(taken.sku))) }),
  }
}

const goodsView = ({ quantity, lots, ...taken }: AllocatedGoods, unit: Unit): WorkGoodsView => ({
  ...taken,
  quantity: writeQuantity(quantity, unit),
  ...(lots !== undefined && {
    lots: lots.map((lot) => ({ ...lot, quantity: writeQuantity(lot.quantity, unit) })),
  }),
})

/** The units of goods that are told apart; a kit's parts have units of their own. */
const goodsUnits = (
  context: QueryContext,
  documents: readonly { readonly lines: readonly WorkLine[] }[],
): Promise<(sku: Sku) => Unit> =>
  unitsOf(
    context,
    documents.flatMap(({ lines }) =>
      lines.flatMap(({ goods = [], components = [] }) => [...goods, ...components].map(({ sku }) => sku)),
    ),
  )
