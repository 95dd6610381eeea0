import { z } from 'zod'
import { writeQuantity, type Unit, type WrittenQuantity } from '../../core/catalog/quantity.js'
import { fulfillmentKind } from '../../core/fulfillment/fulfillment.js'
import { locationIdSchema, lotNumberSchema, skuSchema } from '../../core/ids/id-schema.js'
import type { FulfillmentId, LocationId, LotNumber, OrderId, PartyId, Sku } from '../../core/ids/ids.js'
import type { AllocatedGoods } from '../../core/inventory/allocate-goods.js'
import { stockKind, stockLevelId } from '../../core/inventory/stock-level.js'
import { freeOf, stockLotsKind, type StockLot } from '../../core/inventory/stock-lots.js'
import { orderKind } from '../../core/orders/order.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { lotName, lotShipmentKind, type LotShipment } from '../../core/shipping/lot-shipment.js'
import { shipmentKind, type Shipment } from '../../core/shipping/shipment.js'
import { dateOf, type LocalDate } from '../../core/time/local-date.js'
import { defineQuery, type QueryContext } from '../query.js'
import { listOf, pageOf, pageShape, type List } from './page.js'
import { unitsOf } from './units.js'
import { everyOne } from './every-one.js'

/** One lot at one location, in the unit of its SKU. */
export interface LotView {
  readonly lot: LotNumber
  /** The last day on which the goods may be used. */
  readonly expiresOn?: LocalDate
  readonly expired: boolean
  readonly receivedOn: LocalDate
  readonly onHand: WrittenQuantity
  /** Set aside for fulfillments. */
  readonly allocated: WrittenQuantity
  readonly quarantined: WrittenQuantity
  /** Neither set aside nor quarantined. Promises are made by the stock level, not by the lot. */
  readonly free: WrittenQuantity
}

export interface StockLotsView {
  readonly sku: Sku
  readonly location: LocationId
  /** UN/ECE Recommendation 20 code. */
  readonly unit: string
  /** First expired, first out; then first in, first out. */
  readonly lots: readonly LotView[]
}

/** The lots of a SKU at a location, the default one when none is named, in the order in which they are to leave (F37). */
export const stockLots = defineQuery({
  name: 'inventory.lots',
  input: z.strictObject({ sku: skuSchema, location: locationIdSchema.optional() }),
  run: async ({ sku, location }, context) => {
    const at = location ?? context.settings.defaultLocation
    const id = stockLevelId(at, sku)
    const level = await context.get(stockKind, id)
    const found = await context.get(stockLotsKind, id)
    const unit = (await unitsOf(context, [sku]))(sku)
    if (level === undefined) return refuse('unknown_sku', { sku, location: at })
    const today = dateOf(context.now())
    const lots = (found?.state.lots ?? []).map((lot) => lotView(lot, unit, today))
    return ok({ value: { sku, location: at, unit: unit.code, lots }, version: found?.version ?? 0 })
  },
})

/** Where the units of a lot are, and whom they went to. */
export interface LotTrace {
  readonly sku: Sku
  readonly lot: LotNumber
  readonly unit: string
  /** What is still here, by location. */
  readonly stock: readonly (LotView & { readonly location: LocationId })[]
  /** What is set aside for orders and has not left. */
  readonly setAside: readonly {
    readonly order: OrderId
    readonly fulfillment: FulfillmentId
    readonly quantity: WrittenQuantity
  }[]
  /** What has left, page by page. */
  readonly shipped: List<
    Omit<LotShipment, 'sku' | 'lot' | 'quantity'> & {
      readonly quantity: WrittenQuantity
      readonly customer?: PartyId
      readonly status: Shipment['status']
    }
  >
}

/**
 * Everything that is known of a lot, for a recall: what is still here, what is set aside for which orders, and which orders and customers got units of
 * it (F37). Refused as `unknown_lot` when no unit of it was ever here, or the last one left otherwise than with a shipment.
 */
export const lotTrace = defineQuery({
  name: 'inventory.lotTrace',
  input: z.strictObject({ sku: skuSchema, lot: lotNumberSchema, ...pageShape }),
  run: async ({ sku, lot, ...page }, context) => {
    const unit = (await unitsOf(context, [sku]))(sku)
    const today = dateOf(context.now())
    const here: { readonly location: LocationId; readonly found: StockLot }[] = []
    for await (const { location, lots } of everyOne(context, stockLotsKind, { where: { sku } })) {
      const found = lots.find((candidate) => candidate.lot === lot)
      if (found !== undefined) here.push({ location, found })
    }
    const shipments = await context.list(lotShipmentKind, {
      where: { lot: lotName(sku, lot) },
      ...pageOf(page),
    })
    if (here.length === 0 && shipments.items.length === 0) return refuse('unknown_lot', { sku, lot })
    const value: LotTrace = {
      sku,
      lot,
      unit: unit.code,
      stock: here.map(({ location, found }) => ({ location, ...lotView(found, unit, today) })),
      setAside: await setAside(context, sku, lot, unit, here),
      shipped: await shippedList(context, shipments, unit),
    }
    return ok({ value })
  },
})

const lotView = (lot: StockLot, unit: Unit, today: LocalDate): LotView => ({
  lot: lot.lot,
  ...(lot.expiresOn !== undefined && { expiresOn: lot.expiresOn }),
  expired: lot.expiresOn !== undefined && today > lot.expiresOn,
  receivedOn: lot.receivedOn,
  onHand: writeQuantity(lot.onHand, unit),
  allocated: writeQuantity(lot.allocated, unit),
  quarantined: writeQuantity(lot.quarantined, unit),
  free: writeQuantity(freeOf(lot), unit),
})

/** Only the work that is under way where units of the lot are set aside is looked through. */
const setAside = async (
  context: QueryContext,
  sku: Sku,
  lot: LotNumber,
  unit: Unit,
  here: readonly { readonly location: LocationId; readonly found: StockLot }[],
): Promise<LotTrace['setAside']> => {
  const list: LotTrace['setAside'][number][] = []
  for (const { location, found } of here) {
    let left = found.allocated
    for (const status of ['planned', 'picking', 'packed']) {
      if (left === 0) break
      for await (const work of everyOne(context, fulfillmentKind, { where: { location, status } })) {
        const quantity = takenOf(
          work.lines.flatMap(({ goods }) => goods ?? []),
          sku,
          lot,
        )
        if (quantity === 0) continue
        left -= quantity
        list.push({ order: work.order, fulfillment: work.id, quantity: writeQuantity(quantity, unit) })
      }
    }
  }
  return list
}

const takenOf = (goods: readonly AllocatedGoods[], sku: Sku, lot: LotNumber): number => {
  let sum = 0
  for (const taken of goods) {
    if (taken.sku !== sku) continue
    for (const share of taken.lots ?? []) if (share.lot === lot) sum += share.quantity
  }
  return sum
}

const shippedList = async (
  context: QueryContext,
  page: Parameters<typeof listOf<{ readonly state: LotShipment }, LotTrace['shipped']['items'][number]>>[0],
  unit: Unit,
): Promise<LotTrace['shipped']> => {
  const left = page.items.map(({ state }) => state)
  const orders = await context.getAll(
    orderKind,
    left.map(({ order }) => order),
  )
  const shipments = await context.getAll(
    shipmentKind,
    left.map(({ shipment }) => shipment),
  )
  const customers = new Map(orders.map(({ state }) => [state.id, state.customer]))
  const statuses = new Map(shipments.map(({ state }) => [state.id, state.status]))
  return listOf(page, ({ state: { sku: _sku, lot: _lot, quantity, ...rest } }) => {
    const customer = customers.get(rest.order)
    return {
      ...rest,
      quantity: writeQuantity(quantity, unit),
      status: statuses.get(rest.shipment) ?? 'in_transit',
      ...(customer !== undefined && { customer }),
    }
  })
}
