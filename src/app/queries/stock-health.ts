import { z } from 'zod'
import { writeQuantity, type Unit, type WrittenQuantity } from '../../core/catalog/quantity.js'
import { locationIdSchema, skuSchema } from '../../core/ids/id-schema.js'
import type { LocationId, Sku } from '../../core/ids/ids.js'
import { stockKind, stockLevelId, type StockLevel } from '../../core/inventory/stock-level.js'
import type { Money } from '../../core/money/money.js'
import { percentSchema, unitPriceSchema } from '../../core/money/money-schema.js'
import { holdingCost, valueAtCost, type UnitCost } from '../../core/replenishment/holding-cost.js'
import { countStock, type StockFigures } from '../../core/replenishment/stock-figures.js'
import { stockHealth, type IdleBounds, type StockHealth } from '../../core/replenishment/stock-health.js'
import { ok } from '../../core/result.js'
import type { LocalDate } from '../../core/time/local-date.js'
import { localDateSchema } from '../../core/time/time-schema.js'
import { defineQuery, type QueryContext } from '../query.js'
import { movementsOf } from './level-movements.js'
import { listOf, pageOf, pageShape, whereOf } from './page.js'
import { unitsOf } from './units.js'

/** One stock level over a span of days: quantities in its unit, averages and ratios as plain numbers. */
export interface StockHealthView extends Omit<StockHealth, 'averageOnHand'> {
  readonly sku: Sku
  readonly location: LocationId
  /** UN/ECE Recommendation 20 code. */
  readonly unit: string
  readonly opening: WrittenQuantity
  readonly closing: WrittenQuantity
  readonly received: WrittenQuantity
  readonly shipped: WrittenQuantity
  /** Average on hand at the end of a day, in the unit. */
  readonly averageOnHand: number
  readonly lastShippedOn?: LocalDate
  /** Since when the oldest unit has been here, the first in leaving first. */
  readonly oldestSince?: LocalDate
  readonly averageAgeDays: number
  /** Only where the cost of the SKU was given. */
  readonly atCost?: StockAtCost
}

export interface StockAtCost {
  /** Cost of what was shipped. */
  readonly goodsSold: Money
  readonly averageInventory: Money
  readonly closing: Money
  /** Only where a yearly percentage was given (M59). */
  readonly holding?: Money
}

export const costSchema = z.strictObject({ sku: skuSchema, cost: unitPriceSchema })

export const spanShape = { from: localDateSchema, to: localDateSchema } as const

export const inOrder = ({ from, to }: { readonly from: LocalDate; readonly to: LocalDate }): boolean =>
  from <= to

const idleDaysSchema = z
  .number('type')
  .refine((days) => Number.isInteger(days) && days >= 1 && days <= 3_650, 'horizon.range')

/**
 * Stock levels over a span of days, both ends included, read from their movements (M56 to M59, M144, M145, F165, F166): what moved, what lies there
 * and for how long, turnover, days of inventory, fill rate, and their money where the host gives what a SKU costs. Slow is what did not leave for 90
 * days and dead for 180, unless other bounds are given. Days are those of UTC. The history of each level of the page is read from its beginning.
 */
export const stockHealthOf = defineQuery({
  name: 'replenishment.health',
  input: z
    .strictObject({
      ...spanShape,
      sku: skuSchema.optional(),
      location: locationIdSchema.optional(),
      slowAfterDays: idleDaysSchema.optional(),
      deadAfterDays: idleDaysSchema.optional(),
      /** What one unit of a SKU cost the business. */
      costs: z.array(costSchema).max(1_000, 'costs.max').optional(),
      /** What keeping stock for a year costs, in percent of its value. */
      yearlyHoldingPercent: percentSchema.optional(),
      ...pageShape,
    })
    .refine(inOrder, { message: 'range.order', path: ['to'] }),
  run: async (input, context) => {
    const { from, to, sku, location, yearlyHoldingPercent } = input
    const bounds = { slowAfterDays: input.slowAfterDays ?? 90, deadAfterDays: input.deadAfterDays ?? 180 }
    const costs = new Map(input.costs?.map((entry) => [entry.sku, entry.cost]))
    const page = await context.list(stockKind, { where: whereOf({ sku, location }), ...pageOf(input) })
    const levels = page.items.map(({ state }) => state)
    const unitOf = await unitsOf(context, [...new Set(levels.map((level) => level.sku))])
    const views = new Map<StockLevel, StockHealthView>()
    for (const level of levels) {
      const figures = await figuresOf(context, level, from, to)
      const at = { unit: unitOf(level.sku), cost: costs.get(level.sku), yearlyHoldingPercent }
      views.set(level, healthView(level, figures, to, bounds, at))
    }
    const list = listOf(page, ({ state }) => views.get(state))
    return ok({ value: { ...list, items: list.items.flatMap((view) => view ?? []) } })
  },
})

export const figuresOf = async (
  context: QueryContext,
  { sku, location }: Pick<StockLevel, 'sku' | 'location'>,
  from: LocalDate,
  to: LocalDate,
): Promise<StockFigures> => {
  const counter = countStock(from, to)
  for await (const { on, event } of movementsOf(context, stockLevelId(location, sku))) counter.take(on, event)
  return counter.figures()
}

interface Costing {
  readonly unit: Unit
  readonly cost: UnitCost | undefined
  readonly yearlyHoldingPercent: string | undefined
}

const healthView = (
  level: StockLevel,
  figures: StockFigures,
  to: LocalDate,
  bounds: IdleBounds,
  costing: Costing,
): StockHealthView => {
  const { unit } = costing
  const { averageOnHand, ...health } = stockHealth(figures, to, bounds)
  return {
    sku: level.sku,
    location: level.location,
    unit: unit.code,
    ...health,
    opening: writeQuantity(figures.opening, unit),
    closing: writeQuantity(figures.closing, unit),
    received: writeQuantity(figures.received, unit),
    shipped: writeQuantity(figures.shipped, unit),
    averageOnHand: averageOnHand / 10 ** unit.digits,
    ...(figures.lastShippedOn !== undefined && { lastShippedOn: figures.lastShippedOn }),
    ...(figures.oldestSince !== undefined && { oldestSince: figures.oldestSince }),
    averageAgeDays: figures.averageAgeDays,
    ...(costing.cost !== undefined && { atCost: atCost(figures, costing.cost, costing) }),
  }
}

const atCost = (
  figures: StockFigures,
  cost: UnitCost,
  { unit, yearlyHoldingPercent }: Costing,
): StockAtCost => ({
  goodsSold: valueAtCost(BigInt(figures.shipped), 1n, cost, unit),
  averageInventory: valueAtCost(figures.unitDays, BigInt(figures.days), cost, unit),
  closing: valueAtCost(BigInt(figures.closing), 1n, cost, unit),
  ...(yearlyHoldingPercent !== undefined && {
    holding: holdingCost(figures.unitDays, cost, unit, yearlyHoldingPercent),
  }),
})
