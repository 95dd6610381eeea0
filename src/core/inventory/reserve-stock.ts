import { sumBy } from '../catalog/quantity.js'
import type { LocationId, Sku } from '../ids/ids.js'
import type { Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import type { LocalDate } from '../time/local-date.js'
import { decideStock, type StockCommand } from './stock-level-decider.js'
import { keptFromAsker, type Asker } from './keep-back.js'
import { fillAtEnd } from './fill-backorders.js'
import { fillableOf, followingEvents, lackingFor } from './promised-stock.js'
import { availableOf, stockKind, stockLevelId, type MovementSource, type StockLevel } from './stock-level.js'
import { watchReorderPoint } from './watch-reorder-point.js'

/** A wish for stock: so many base units of a SKU at a location. */
export interface Demand {
  readonly sku: Sku
  readonly location: LocationId
  readonly quantity: number
}

/** On which terms stock is promised. */
export interface ReserveTerms {
  /** What the asker holds already and now turns into this reservation: it is never blocked by its own hold. */
  readonly held?: readonly Demand[]
  /** Only goods that lie there are promised, nothing within the backorder allowance. */
  readonly goodsOnly?: boolean
  /** Who asks: thresholds of channels and customer classes bind it. Nobody in particular is bound by none. */
  readonly asker?: Asker
  readonly today: LocalDate
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
 * Reserves all of it or nothing (ST6). Answers what of it has no goods yet: whoever asks puts that into the levels' queues, so that each promise has
 * either goods or a place in line.
 */
export const reserveStock = (
  work: Work,
  demands: readonly Demand[],
  source: MovementSource,
  terms: ReserveTerms,
): Result<readonly Demand[], Refusal> => {
  const wanted = beyond(demandByLevel(demands), terms.held)
  const shortages: Shortage[] = []
  const lacks: Demand[] = []
  for (const { sku, location, quantity } of wanted) {
    const level = work.find(stockKind, stockLevelId(location, sku))
    if (level === undefined) return refuse('unknown_sku', { sku, location })
    if (level.state.closed === true) return refuse('location_closed', { location })
    const available = promisable(level.state, terms)
    if (quantity <= available) {
      const lacking = lackingFor(level.state, quantity)
      if (lacking > 0) lacks.push({ sku, location, quantity: lacking })
      continue
    }
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
    const reserved = move(work, demand, { type: 'ReserveStock', quantity: demand.quantity, source })
    granted(reserved, 'what was compared with what is available can be reserved')
  }
  return ok(lacks)
}

/** What can be promised of a level now, on these terms. */
export const promisable = (
  level: StockLevel,
  { goodsOnly, today, asker }: Omit<ReserveTerms, 'held'>,
): number => {
  if (level.closed === true) return 0
  const kept = level.keepBack === undefined || asker === undefined ? 0 : keptFromAsker(level.keepBack, asker)
  const available = availableOf(level) - kept
  // Who is kept from the last goods must not get them by way of a backorder either: it is served with goods that are left, or not at all.
  return kept > 0 || goodsOnly === true || (level.preorder !== undefined && today > level.preorder.until)
    ? available - level.backorderAllowance
    : available
}

/** What the hold covers is not asked for again, not even as zero: a level may have less than nothing left for others (ST4). */
const beyond = (demands: readonly Demand[], held: readonly Demand[] = []): readonly Demand[] => {
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

/**
 * Decides and records one movement of a stock level that exists. What it makes usable goes to those who wait, in the same commit: there is no second
 * step that a flow could forget.
 */
export const move = (work: Work, demand: Demand, command: StockCommand): Result<void, Refusal> => {
  const id = stockLevelId(demand.location, demand.sku)
  const level = work.find(stockKind, id)
  if (level === undefined) return refuse('unknown_sku', { sku: demand.sku, location: demand.location })
  const decided = decideStock(level.state, command)
  if (!decided.ok) return decided
  const after = work.append(stockKind, id, decided.value)
  if (after.shorted !== undefined || after.preorder !== undefined || after.backordered !== undefined) {
    const following = followingEvents(level.state, after)
    const state = following.length === 0 ? after : work.append(stockKind, id, following)
    if (fillableOf(state) > fillableOf(level.state)) fillAtEnd(work)
  }
  if (after.reorder !== undefined) watchReorderPoint(work, id)
  return ok(undefined)
}
