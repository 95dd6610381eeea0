import { invariant } from '../invariant.js'
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
  const sums = sumBy(
    demands,
    (demand) => stockLevelId(demand.location, demand.sku),
    (demand) => demand.quantity,
  )
  const summed: Demand[] = []
  const listed = new Set<string>()
  for (const demand of demands) {
    const level = stockLevelId(demand.location, demand.sku)
    if (listed.has(level)) continue
    listed.add(level)
    summed.push({ sku: demand.sku, location: demand.location, quantity: sums.get(level) ?? 0 })
  }
  return summed
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
  const unknown = wanted.find(
    (demand) => work.find(stockKind, stockLevelId(demand.location, demand.sku)) === undefined,
  )
  if (unknown !== undefined) return refuse('unknown_sku', { sku: unknown.sku, location: unknown.location })
  const shortages = wanted.flatMap((demand) => shortageOf(work, demand))
  if (shortages.length > 0) return refuse('out_of_stock', { shortages })
  for (const demand of wanted) {
    if (demand.quantity === 0) continue
    const moved = move(work, demand, { type: 'ReserveStock', quantity: demand.quantity, source })
    if (!moved.ok) return moved
  }
  return ok(undefined)
}

const beyond = (demands: readonly Demand[], held: readonly Demand[]): readonly Demand[] => {
  if (held.length === 0) return demands
  const sums = sumBy(
    held,
    (demand) => stockLevelId(demand.location, demand.sku),
    (demand) => demand.quantity,
  )
  return demands.map((demand) => ({
    ...demand,
    quantity: Math.max(0, demand.quantity - (sums.get(stockLevelId(demand.location, demand.sku)) ?? 0)),
  }))
}

const shortageOf = (work: Work, demand: Demand): readonly Shortage[] => {
  const level = work.find(stockKind, stockLevelId(demand.location, demand.sku))
  invariant(level !== undefined, 'a shortage is asked of a known stock level')
  const available = availableOf(level.state)
  if (demand.quantity <= available) return []
  return [
    {
      sku: demand.sku,
      location: demand.location,
      wanted: demand.quantity,
      available: Math.max(0, available),
      version: level.version,
    },
  ]
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
