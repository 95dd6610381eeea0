import {
  demandSeries,
  type DatedDemand,
  type DemandSeries,
  type Period,
} from '../../core/forecasting/demand-series.js'
import { stockLevelId, type StockLevel } from '../../core/inventory/stock-level.js'
import { laterOf, plusDays, type LocalDate } from '../../core/time/local-date.js'
import type { QueryContext } from '../query.js'
import { movementsOf } from './level-movements.js'

/**
 * The demand of a level by period over the days before `today`: what left for customers, on the day it was recorded. It begins with the first movement of
 * the level, since what nobody could buy was not demanded, and ends with yesterday, since today is not over.
 */
export const demandHistory = async (
  context: QueryContext,
  { sku, location }: Pick<StockLevel, 'sku' | 'location'>,
  { today, days, period }: { readonly today: LocalDate; readonly days: number; readonly period: Period },
): Promise<DemandSeries> => {
  const demands: DatedDemand[] = []
  let first: LocalDate | undefined
  for await (const { on, event } of movementsOf(context, stockLevelId(location, sku))) {
    first ??= on
    if (event.type === 'StockShipped') demands.push({ on, quantity: event.quantity })
  }
  const from = plusDays(today, -days)
  return demandSeries(
    demands,
    first === undefined ? today : laterOf(from, first),
    plusDays(today, -1),
    period,
  )
}
