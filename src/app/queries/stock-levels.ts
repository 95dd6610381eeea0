import { z } from 'zod'
import { writeQuantity, type Unit, type WrittenQuantity } from '../../core/catalog/quantity.js'
import { locationIdSchema, skuSchema } from '../../core/ids/id-schema.js'
import type { LocationId, PartyId, Sku } from '../../core/ids/ids.js'
import type { Reorder } from '../../core/inventory/reorder-rule.js'
import { availableOf, stockKind, stockLevelId, type StockLevel } from '../../core/inventory/stock-level.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { defineQuery } from '../query.js'
import { listOf, pageOf, pageShape, whereOf } from './page.js'
import { unitsOf } from './units.js'

/** The stock of one SKU at one location, in its unit. `version` counts its movements: two answers with one version tell the same stock. */
export interface StockLevelView {
  readonly sku: Sku
  readonly location: LocationId
  /** UN/ECE Recommendation 20 code. */
  readonly unit: string
  readonly onHand: WrittenQuantity
  readonly reserved: WrittenQuantity
  readonly quarantined: WrittenQuantity
  readonly safetyStock: WrittenQuantity
  readonly backorderAllowance: WrittenQuantity
  /** On the way here, and not yet part of what is available. */
  readonly incoming: WrittenQuantity
  /** What can be promised now: on hand less what is quarantined, kept as safety stock or reserved, plus what may be backordered. */
  readonly available: WrittenQuantity
  /** When it is replenished; absent without a rule (M42). */
  readonly reorder?: ReorderView
  readonly version: number
}

/** A reorder rule in the unit of its SKU, and whether the level is due for an order. */
export interface ReorderView {
  readonly point: WrittenQuantity
  readonly orderQuantity?: WrittenQuantity
  readonly upTo?: WrittenQuantity
  readonly multiple?: WrittenQuantity
  readonly minimum?: WrittenQuantity
  readonly vendor?: PartyId
  readonly leadTimeDays?: number
  readonly due: boolean
}

/** What is there of a SKU, at the default location when none is named. A SKU without stock ever opened is unknown, not zero (ST12). */
export const stockLevel = defineQuery({
  name: 'inventory.level',
  input: z.strictObject({ sku: skuSchema, location: locationIdSchema.optional() }),
  run: async (input, context) => {
    const location = input.location ?? context.settings.defaultLocation
    const found = await context.get(stockKind, stockLevelId(location, input.sku))
    const unitOf = await unitsOf(context, [input.sku])
    if (found === undefined) return refuse('unknown_sku', { sku: input.sku, location })
    return ok({ value: levelView(found.state, found.version, unitOf), version: found.version })
  },
})

/** Stock levels of one SKU everywhere, of one location, or all, in the order of location and SKU. */
export const stockLevels = defineQuery({
  name: 'inventory.levels',
  input: z.strictObject({ sku: skuSchema.optional(), location: locationIdSchema.optional(), ...pageShape }),
  run: async (input, context) => {
    const { sku, location } = input
    const page = await context.list(stockKind, { where: whereOf({ sku, location }), ...pageOf(input) })
    const unitOf = await unitsOf(
      context,
      page.items.map(({ state }) => state.sku),
    )
    return ok({ value: listOf(page, ({ state, version }) => levelView(state, version, unitOf)) })
  },
})

const levelView = (level: StockLevel, version: number, unitOf: (sku: Sku) => Unit): StockLevelView => {
  const unit = unitOf(level.sku)
  return {
    sku: level.sku,
    location: level.location,
    unit: unit.code,
    onHand: writeQuantity(level.onHand, unit),
    reserved: writeQuantity(level.reserved, unit),
    quarantined: writeQuantity(level.quarantined, unit),
    safetyStock: writeQuantity(level.safetyStock, unit),
    backorderAllowance: writeQuantity(level.backorderAllowance, unit),
    incoming: writeQuantity(level.incoming, unit),
    available: writeQuantity(availableOf(level), unit),
    ...(level.reorder !== undefined && { reorder: reorderView(level.reorder, unit) }),
    version,
  }
}

const reorderView = (rule: Reorder, unit: Unit): ReorderView => ({
  ...rule,
  point: writeQuantity(rule.point, unit),
  ...(rule.orderQuantity !== undefined && { orderQuantity: writeQuantity(rule.orderQuantity, unit) }),
  ...(rule.upTo !== undefined && { upTo: writeQuantity(rule.upTo, unit) }),
  ...(rule.multiple !== undefined && { multiple: writeQuantity(rule.multiple, unit) }),
  ...(rule.minimum !== undefined && { minimum: writeQuantity(rule.minimum, unit) }),
})
