import { sumBy } from '../catalog/quantity.js'
import type { LocationId, Sku } from '../ids/ids.js'
import type { Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { decideStock, type StockCommand } from './stock-level-decider.js'
import { availableOf, stockKind, stockLevelId, type MovementSource } from './stock-level.js'

/** A wish for stock: so many base units of a SKU at a location. */
export interface Demand {
  readonly sku: Sku
  readonly location: LocationId
  readonly quantity: number
}

/** Why a wish was refused: decided at `version` of the stock level, so the answer can be checked against its history (ST11). */
export interface Shortage {
  readonly sku: Sku
  readonly location: LocationId
  readonly wanted: number
  readonly available: number
  readonly version: number
}

/** Demand of one level, summed over all lines that want it. Levels come in the order in which they were first wanted. */
export const demandByLevel = (demands: readonly Demand[]): readonly Demand[] => {
  const byLevel = new Map<string, { sku: Sku; location: LocationId; quantity: number }>()
  for (const { sku, location, quantity } of demands) {
    const level = stockLevelId(location, sku)
    const known = byLevel.get(level)
    if (known === undefined) byLevel.set(level, { sku, location, quantity })
    else known.quantity += quantity
  }
  return [...byLevel.values()]
}

/**
 * Reserves all of it or nothing (ST6). `held` is what the asker has reserved already under a hold and now turns into this reservation: it is
 * never blocked by its own hold.
 */
export const reserveStock = (
  work: Work,
  demands: readonly Demand[],
  source: MovementSource,
  held: readonly Demand[] = [],
): Result<void, Refusal> => {
  const wanted = beyond(demandByLevel(demands), held)
  const shortages: Shortage[] = []
  for (const { sku, location, quantity } of wanted) {
    const level = work.find(stockKind, stockLevelId(location, sku))
    if (level === undefined) return refuse('unknown_sku', { sku, location })
    const available = availableOf(level.state)
    if (quantity <= available) continue
    shortages.push({
      sku,
      location,
      wanted: quantity,
      available: Math.max(0, available),
      version: level.version,
    })
  }
  if (shortages.length > 0) return refuse('out_of_stock', { shortages })
  for (const demand of wanted) {
    const moved = move(work, demand, { type: 'ReserveStock', quantity: demand.quantity, source })
    if (!moved.ok) return moved
  }
  return ok(undefined)
}

/** What the hold covers is not asked for again, not even as zero: a level may have less than nothing left for others (ST4). */
const beyond = (demands: readonly Demand[], held: readonly Demand[]): readonly Demand[] => {
  if (held.length === 0) return demands
  const sums = sumBy(
    held,
    (demand) => stockLevelId(demand.location, demand.sku),
    (demand) => demand.quantity,
  )
  return demands.flatMap((demand) => {
    const quantity = demand.quantity - (sums.get(stockLevelId(demand.location, demand.sku)) ?? 0)
    return quantity > 0 ? [{ ...demand, quantity }] : []
  })
}

/** Decides and records one movement of a stock level that exists. */
export const move = (work: Work, demand: Demand, command: StockCommand): Result<void, Refusal> => {
  const id = stockLevelId(demand.location, demand.sku)
  const level = work.find(stockKind, id)
  if (level === undefined) return refuse('unknown_sku', { sku: demand.sku, location: demand.location })
  const decided = decideStock(level.state, command)
  if (!decided.ok) return decided
  work.append(stockKind, id, decided.value)
  return ok(undefined)
}
