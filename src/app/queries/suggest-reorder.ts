import { z } from 'zod'
import { writeQuantity, type Unit, type WrittenQuantity } from '../../core/catalog/quantity.js'
import { demandPattern, type DemandPattern } from '../../core/forecasting/demand-pattern.js'
import { locationIdSchema, skuSchema } from '../../core/ids/id-schema.js'
import type { LocationId, Sku } from '../../core/ids/ids.js'
import { stockKind, stockLevelId } from '../../core/inventory/stock-level.js'
import { toMinor, type Money } from '../../core/money/money.js'
import { nonNegativeMoneySchema, percentSchema, unitPriceSchema } from '../../core/money/money-schema.js'
import { refuse, type Refusal } from '../../core/refusal.js'
import type { Derivation, Derived } from '../../core/replenishment/derivation.js'
import {
  economicOrderQuantity,
  type EconomicOrderQuantityInput,
} from '../../core/replenishment/economic-order-quantity.js'
import { holdingCost, type UnitCost } from '../../core/replenishment/holding-cost.js'
import { reorderPoint, type ReorderPointInputs } from '../../core/replenishment/reorder-point.js'
import { safetyStock, type SafetyStockInputs } from '../../core/replenishment/safety-stock.js'
import { varyingOf, type Varying } from '../../core/replenishment/varying.js'
import { ok, type Result } from '../../core/result.js'
import { dateOf } from '../../core/time/local-date.js'
import { defineQuery } from '../query.js'
import { demandHistory } from './demand-history.js'
import { unitsOf } from './units.js'

/** A reorder rule as the past suggests it. Derivations are in base units (grams of a kilogram), the suggestions in the unit. */
export interface ReorderSuggestion {
  readonly sku: Sku
  readonly location: LocationId
  /** UN/ECE Recommendation 20 code. */
  readonly unit: string
  /** Base units a day over the days that were looked at. */
  readonly dailyDemand: Varying & { readonly days: number; readonly pattern: DemandPattern }
  readonly safetyStock: WrittenQuantity
  readonly point: WrittenQuantity
  /** The economic order quantity, where costs were given. */
  readonly orderQuantity?: WrittenQuantity
  readonly derivations: {
    readonly safetyStock: Derivation<SafetyStockInputs>
    readonly point: Derivation<ReorderPointInputs>
    readonly orderQuantity?: Derivation<{
      readonly annualDemand: number
      readonly orderCost: Money
      /** Of one unit for a year: its cost and the yearly percentage. */
      readonly unitCost: UnitCost
      readonly yearlyHoldingPercent: string
    }>
  }
}

const daysSchema = z.number('type').refine((days) => days >= 0 && days <= 3_650, 'days.range')

/**
 * Reorder point, safety stock and economic order quantity out of the demand of the past (M41, M43, F162), with how each of them came about. The service
 * level is the chance, in percent, that no customer is turned away while goods are on order. Nothing is configured: hand the figures to
 * `inventory.configureReorder`. Demand of rare and lumpy goods is not normally distributed; `pattern` says so.
 */
export const suggestReorder = defineQuery({
  name: 'replenishment.suggest',
  input: z.strictObject({
    sku: skuSchema,
    location: locationIdSchema.optional(),
    /** In percent, above 0 and below 100: `"95"`. */
    serviceLevelPercent: percentSchema.refine(
      (percent) => percent !== '0' && percent !== '100',
      'percent.range',
    ),
    leadTime: z.strictObject({ meanDays: daysSchema, deviationDays: daysSchema.optional() }),
    /** Days of the past to learn from; a year when left out. */
    historyDays: z
      .number('type')
      .refine((days) => Number.isInteger(days) && days >= 2 && days <= 3_650, 'horizon.range')
      .optional(),
    costs: z
      .strictObject({
        /** What one order costs, whatever its size. */
        order: nonNegativeMoneySchema,
        unit: unitPriceSchema,
        /** What keeping stock for a year costs, in percent of its value. */
        yearlyHoldingPercent: percentSchema,
      })
      .refine(({ order, unit }) => order.currency === unit.currency, 'currency.one')
      .optional(),
  }),
  run: async (input, context) => {
    const { sku, location = context.settings.defaultLocation, costs } = input
    const level = await context.get(stockKind, stockLevelId(location, sku))
    if (level === undefined) return refuse('unknown_sku', { sku, location })
    const unit = (await unitsOf(context, [sku]))(sku)
    const today = dateOf(context.now())
    const days = input.historyDays ?? 365
    const { values } = await demandHistory(context, { sku, location }, { today, days, period: 'day' })
    const dailyDemand = varyingOf(values)
    const request = {
      dailyDemand,
      leadTimeDays: { mean: input.leadTime.meanDays, deviation: input.leadTime.deviationDays ?? 0 },
      serviceLevel: Number(input.serviceLevelPercent) / 100,
    }
    const kept = safetyStock(request)
    const point = reorderPoint(request)
    const lot = costs === undefined ? ok(undefined) : economicLot(dailyDemand.mean, costs, unit)
    if (!lot.ok) return lot
    const value: ReorderSuggestion = {
      sku,
      location,
      unit: unit.code,
      dailyDemand: { ...dailyDemand, days: values.length, pattern: demandPattern(values) },
      safetyStock: writeQuantity(kept.baseUnits, unit),
      point: writeQuantity(point.baseUnits, unit),
      ...(lot.value !== undefined && { orderQuantity: writeQuantity(lot.value.baseUnits, unit) }),
      derivations: {
        safetyStock: kept.derivation,
        point: point.derivation,
        ...(lot.value !== undefined &&
          costs !== undefined && { orderQuantity: lotDerivation(lot.value, costs) }),
      },
    }
    return ok({ value, version: level.version })
  },
})

interface Costs {
  readonly order: Money
  readonly unit: UnitCost
  readonly yearlyHoldingPercent: string
}

/** So many units are held at a whole number of cents without losing what one of them costs. */
const heldTogether = 1_000_000

/** None without demand: there is nothing to order. */
const economicLot = (
  dailyDemand: number,
  { order, unit: cost, yearlyHoldingPercent }: Costs,
  unit: Unit,
): Result<Derived<EconomicOrderQuantityInput> | undefined, Refusal> => {
  const annualDemand = Math.round(dailyDemand * 365)
  if (annualDemand === 0) return ok(undefined)
  const holdingCostPer = heldTogether * 10 ** unit.digits
  const holdingCostMinor = toMinor(
    holdingCost(BigInt(holdingCostPer) * 365n, cost, unit, yearlyHoldingPercent),
  )
  if (holdingCostMinor <= 0n) {
    return refuse('validation_failed', { issues: [{ path: ['costs'], rule: 'money.positive' }] })
  }
  const orderCostMinor = toMinor(order)
  return ok(economicOrderQuantity({ annualDemand, orderCostMinor, holdingCostMinor, holdingCostPer }))
}

const lotDerivation = (
  { derivation }: Derived<EconomicOrderQuantityInput>,
  { order, unit, yearlyHoldingPercent }: Costs,
) => ({
  ...derivation,
  inputs: {
    annualDemand: derivation.inputs.annualDemand,
    orderCost: order,
    unitCost: unit,
    yearlyHoldingPercent,
  },
})
