import { z } from 'zod'
import { UnfittingSeries, type ForecastMethod } from '../../core/forecasting/forecast.js'
import { forecastDemand, type ChosenForecast } from '../../core/forecasting/choose-forecast.js'
import type { Period } from '../../core/forecasting/demand-series.js'
import { locationIdSchema, skuSchema } from '../../core/ids/id-schema.js'
import type { LocationId, Sku } from '../../core/ids/ids.js'
import { stockKind, stockLevelId } from '../../core/inventory/stock-level.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { dateOf, type LocalDate } from '../../core/time/local-date.js'
import { defineQuery } from '../query.js'
import { demandHistory } from './demand-history.js'
import { unitsOf } from './units.js'

/** The expected demand of a stock level, in its unit: estimates, so plain numbers. */
export interface DemandForecast extends Pick<
  ChosenForecast,
  'method' | 'reason' | 'pattern' | 'holdout' | 'candidates' | 'parameters'
> {
  readonly sku: Sku
  readonly location: LocationId
  /** UN/ECE Recommendation 20 code. */
  readonly unit: string
  readonly period: Period
  readonly history: readonly { readonly from: LocalDate; readonly demand: number }[]
  /** For the coming periods, from the day of the question on. */
  readonly forecast: readonly number[]
}

const methodNames = [
  'seasonal_naive',
  'simple_exponential_smoothing',
  'croston',
  'syntetos_boylan',
  'holt_winters_additive',
  'holt_winters_multiplicative',
] as const satisfies readonly ForecastMethod[]

const periodsSchema = z
  .number('type')
  .refine((periods) => Number.isInteger(periods) && periods >= 1 && periods <= 366, 'horizon.range')

const historyDaysSchema = z
  .number('type')
  .refine((days) => Number.isInteger(days) && days >= 1 && days <= 3_650, 'horizon.range')

/**
 * What is likely to be demanded of a stock level (M54, M55, F164), out of what left for customers in the past. The method is chosen by how well it would
 * have forecast the last periods, and the answer says how well the others would have; or it is named. `seasonLength` is the number of
 * periods after which the pattern repeats: 12 months, 52 weeks, 7 days.
 */
export const demandForecast = defineQuery({
  name: 'replenishment.forecast',
  input: z.strictObject({
    sku: skuSchema,
    location: locationIdSchema.optional(),
    period: z.enum(['day', 'week', 'month']).optional(),
    /** Coming periods, 1 to 366; 13 when left out. */
    horizon: periodsSchema.optional(),
    seasonLength: periodsSchema.optional(),
    method: z.enum(methodNames).optional(),
    /** Days of the past to learn from, 1 to 3,650; two years when left out. */
    historyDays: historyDaysSchema.optional(),
  }),
  run: async (input, context) => {
    const { sku, location = context.settings.defaultLocation, period = 'week', seasonLength, method } = input
    const level = await context.get(stockKind, stockLevelId(location, sku))
    if (level === undefined) return refuse('unknown_sku', { sku, location })
    const unit = (await unitsOf(context, [sku]))(sku)
    const today = dateOf(context.now())
    const days = input.historyDays ?? 730
    const { begins, values } = await demandHistory(context, { sku, location }, { today, days, period })
    const inUnits = values.map((baseUnits) => baseUnits / 10 ** unit.digits)
    const chosen = fitted(inUnits, input.horizon ?? 13, seasonLength, method)
    if (typeof chosen === 'string') {
      return refuse('validation_failed', { issues: [{ path: ['method'], rule: 'forecast.method' }] })
    }
    const { values: forecast, squaredError: _squaredError, ...how } = chosen
    const value: DemandForecast = {
      sku,
      location,
      unit: unit.code,
      period,
      history: begins.map((from, index) => ({ from, demand: inUnits[index] ?? 0 })),
      forecast,
      ...how,
    }
    return ok({ value, version: level.version })
  },
})

/** The forecast, or why the method that was named cannot make one. */
const fitted = (
  series: readonly number[],
  horizon: number,
  seasonLength: number | undefined,
  method: ForecastMethod | undefined,
): ChosenForecast | string => {
  try {
    return forecastDemand(series, {
      horizon,
      ...(seasonLength !== undefined && { seasonLength }),
      ...(method !== undefined && { method }),
    })
  } catch (error) {
    if (error instanceof UnfittingSeries) return error.message
    throw error
  }
}
