import type { Sku } from '../ids/ids.js'
import { invariant } from '../invariant.js'
import type { CurrencyCode } from '../money/currency.js'
import { formatDecimal, trimDecimal } from '../money/decimal-string.js'
import { largestMeters, metersBetween, type Coordinates } from './great-circle.js'
import { atScale, costOfUnits, costOfWay } from './shipment-cost.js'
import type {
  SourcingCandidate,
  SourcingDestination,
  SourcingLine,
  SourcingProblem,
} from './sourcing-problem.js'
import type { SourcingFilter, SourcingRule, SourcingSorter } from './sourcing-rule.js'

/** What a strategy counts: `unit_meters` and the others of units count whole units. */
export type SourcingMeasure = 'shipments' | 'unit_meters' | 'cost' | 'places' | 'load' | 'units_elsewhere'

/** Why a candidate was not looked at. */
export type Exclusion =
  | 'filtered_kind'
  | 'filtered_location'
  | 'filtered_country'
  | 'filtered_distance'
  | 'filtered_pickup'
  | 'no_coordinates'
  | 'no_costs'
  | 'other_currency'
  | 'no_orders_left'
  | 'no_capacity_left'
  | 'nothing_in_stock'

export interface Excluded {
  readonly candidate: SourcingCandidate
  readonly rank: number
  readonly because: Exclusion
  readonly meters: number | undefined
}

/** The admitted candidates in the order in which units prefer them, with what opening one and sending a unit adds to the objective. */
export interface Scores {
  readonly candidates: readonly SourcingCandidate[]
  /** Where each stands among all candidates, admitted or not, in the order of ids. */
  readonly ranks: readonly number[]
  readonly meters: readonly (number | undefined)[]
  readonly fixed: Float64Array
  readonly score: Float64Array
  readonly measure: SourcingMeasure
  /** The least objective there can be at or above a number: not every number is one. */
  readonly tighten: (objective: number) => number
  /** The fewest shipments of anything that costs as much. */
  readonly leastShipments: (objective: number) => number
  /** Writes an objective as the measure's own number: a plain decimal text. */
  readonly write: (objective: number) => string
  /** Costs were too large to be counted to the last digit: the search was coarser than the truth. */
  readonly coarse: boolean
  readonly currency: CurrencyCode | undefined
}

interface Admitted {
  readonly candidate: SourcingCandidate
  readonly rank: number
  readonly meters: number | undefined
}

/** Of candidates in the order of ids. */
export const admit = (
  { candidates, destination, lines }: SourcingProblem,
  rule: SourcingRule,
): { readonly admitted: readonly Admitted[]; readonly excluded: readonly Excluded[] } => {
  const admitted: Admitted[] = []
  const excluded: Excluded[] = []
  const target = targetOf(destination, candidates)
  const wanted = skusOf(lines)
  const currency = candidates.find((candidate) => candidate.costs !== undefined)?.costs?.currency
  for (let rank = 0; rank < candidates.length; rank += 1) {
    const candidate = candidates[rank] as SourcingCandidate
    const meters =
      target === undefined || candidate.coordinates === undefined
        ? undefined
        : metersBetween(candidate.coordinates, target)
    const because =
      filteredBy(candidate, meters, destination, rule.filters ?? []) ??
      unfit(candidate, meters, rule, currency) ??
      exhausted(candidate) ??
      (wanted.some((sku) => (candidate.stock.get(sku) ?? 0) > 0) ? undefined : 'nothing_in_stock')
    if (because === undefined) admitted.push({ candidate, rank, meters })
    else excluded.push({ candidate, rank, because, meters })
  }
  return { admitted, excluded }
}

const skusOf = (lines: readonly SourcingLine[]): readonly Sku[] => {
  const skus = new Set<Sku>()
  for (const { sku, parts } of lines) {
    if (parts === undefined) skus.add(sku)
    else for (const part of parts) skus.add(part.sku)
  }
  return [...skus]
}

/** Goods travel to the address, or to the pickup point that was chosen. */
const targetOf = (
  destination: SourcingDestination,
  candidates: readonly SourcingCandidate[],
): Coordinates | undefined =>
  destination.coordinates ??
  candidates.find((candidate) => candidate.location === destination.pickup)?.coordinates

const filteredBy = (
  candidate: SourcingCandidate,
  meters: number | undefined,
  destination: SourcingDestination,
  filters: readonly SourcingFilter[],
): Exclusion | undefined => {
  for (const filter of filters) {
    switch (filter.by) {
      case 'kind':
        if (!filter.kinds.includes(candidate.kind)) return 'filtered_kind'
        break
      case 'location':
        if (!filter.locations.includes(candidate.location)) return 'filtered_location'
        break
      case 'not_location':
        if (filter.locations.includes(candidate.location)) return 'filtered_location'
        break
      case 'same_country':
        if (candidate.country === undefined || candidate.country !== destination.country)
          return 'filtered_country'
        break
      case 'within':
        if (meters === undefined) return 'no_coordinates'
        if (meters > filter.kilometers * 1_000) return 'filtered_distance'
        break
      case 'pickup':
        if (!candidate.pickup) return 'filtered_pickup'
        break
    }
  }
  return undefined
}

/** What a strategy compares must be known of every candidate. */
const unfit = (
  { kind, costs }: SourcingCandidate,
  meters: number | undefined,
  { strategy }: SourcingRule,
  currency: CurrencyCode | undefined,
): Exclusion | undefined => {
  if (strategy === 'nearest') return meters === undefined ? 'no_coordinates' : undefined
  if (strategy === 'drop_ship' && kind !== 'vendor') return 'filtered_kind'
  if (strategy !== 'lowest_cost' && strategy !== 'drop_ship') return undefined
  if (costs === undefined) return 'no_costs'
  if (costs.currency !== currency) return 'other_currency'
  return costs.perKilometer !== undefined && meters === undefined ? 'no_coordinates' : undefined
}

const exhausted = ({
  ordersToday = 0,
  ordersPerDay,
  capacityLeft,
}: SourcingCandidate): Exclusion | undefined => {
  if (ordersPerDay !== undefined && ordersToday >= ordersPerDay) return 'no_orders_left'
  return capacityLeft !== undefined && capacityLeft <= 0 ? 'no_capacity_left' : undefined
}

export const scoresOf = (
  admitted: readonly Admitted[],
  { lines, destination }: SourcingProblem,
  rule: SourcingRule,
  mostShipments: number,
): Scores => {
  const digits = lines.reduce((most, line) => Math.max(most, line.digits ?? 0), 0)
  const weight = lines.reduce((sum, line) => sum + line.quantity * 10 ** (digits - (line.digits ?? 0)), 0)
  const shipments = Math.min(admitted.length, Math.max(1, mostShipments))
  const base = baseOf(admitted, rule, destination, digits)
  const levels = levelsOf(base, admitted, rule, { shipments, weight, base: base.step })
  const { fixed, score } = levels
  const sorters = rule.sorters ?? defaultSorters
  const inFront = (one: number, other: number): number =>
    (score[one] as number) - (score[other] as number) ||
    (fixed[one] as number) - (fixed[other] as number) ||
    bySorters(admitted[one] as Admitted, admitted[other] as Admitted, sorters)
  // They come in the order of ids and a sort is stable, so ids decide what still ties.
  const order = admitted.map((_each, index) => index).sort(inFront)
  const inOrder = order.map((index) => admitted[index] as Admitted)
  return {
    candidates: inOrder.map(({ candidate }) => candidate),
    ranks: inOrder.map(({ rank }) => rank),
    meters: inOrder.map(({ meters }) => meters),
    fixed: pickedFrom(fixed, order),
    score: pickedFrom(score, order),
    measure: base.measure,
    tighten: levels.tighten,
    leastShipments: (objective) =>
      base.measure === 'shipments' ? Math.max(1, Math.floor(objective / levels.divisor)) : 1,
    write: (objective) => writeCount(Math.floor(objective / levels.divisor), base),
    coarse: base.step > 1n,
    currency: base.measure === 'cost' ? admitted[0]?.candidate.costs?.currency : undefined,
  }
}

const pickedFrom = (values: readonly number[], order: readonly number[]): Float64Array => {
  const picked = new Float64Array(order.length)
  for (let at = 0; at < order.length; at += 1) picked[at] = values[order[at] as number] as number
  return picked
}

const writeCount = (count: number, { scale, step }: Base): string => {
  if (step > 1n || !Number.isSafeInteger(count))
    return trimDecimal({ digits: BigInt(count) * step, scale }, 0)
  let [digits, decimals] = [count, scale]
  while (decimals > 0 && digits % 10 === 0) {
    digits /= 10
    decimals -= 1
  }
  return formatDecimal(BigInt(digits), decimals)
}

const defaultSorters: readonly SourcingSorter[] = ['priority', 'distance']

interface Base {
  readonly measure: SourcingMeasure
  readonly fixed: readonly number[]
  readonly score: readonly number[]
  /** Decimals of the measure's own number. */
  readonly scale: number
  /** What one unit of the numbers stands for in the last of these decimals. */
  readonly step: bigint
}

const baseOf = (
  admitted: readonly Admitted[],
  { strategy }: SourcingRule,
  { pickup }: SourcingDestination,
  digits: number,
): Base => {
  const ofUnits = (measure: SourcingMeasure, scoreOf: (each: Admitted) => number): Base => ({
    measure,
    fixed: admitted.map(() => 0),
    score: admitted.map(scoreOf),
    scale: digits,
    step: 1n,
  })
  switch (strategy) {
    case 'fewest_shipments':
      return { ...ofUnits('shipments', () => 0), fixed: admitted.map(() => 1), scale: 0 }
    case 'nearest':
      return ofUnits('unit_meters', ({ meters }) => meters as number)
    case 'priority_list': {
      const priorities = [...new Set(admitted.map(({ candidate }) => candidate.priority))].sort(
        (one, other) => one - other,
      )
      const places = new Map(priorities.map((priority, place) => [priority, place]))
      return ofUnits('places', ({ candidate }) => places.get(candidate.priority) as number)
    }
    case 'even_load':
      return ofUnits('load', ({ candidate }) => loadOf(candidate))
    case 'pickup_point':
      return ofUnits('units_elsewhere', ({ candidate }) => {
        const hands = pickup === undefined ? candidate.pickup : candidate.location === pickup
        return hands ? 0 : 1
      })
    case 'lowest_cost':
    case 'drop_ship':
      return costsOf(admitted, digits)
  }
}

/** How busy: orders of today per thousand of what it may take, or their bare number where nothing limits it. */
const loadOf = ({ ordersToday = 0, ordersPerDay = 1_000 }: SourcingCandidate): number =>
  Math.floor((ordersToday * 1_000) / ordersPerDay)

const costsOf = (admitted: readonly Admitted[], digits: number): Base => {
  const parts = admitted.map(({ candidate, meters }) => {
    const { costs } = candidate
    invariant(costs !== undefined, 'a candidate without costs is not let in')
    return { way: costOfWay(costs, meters ?? 0), unit: costOfUnits(costs, 1, digits) }
  })
  const scale = parts.reduce((most, { way, unit }) => Math.max(most, way.scale, unit.scale), 0)
  const fixed = parts.map(({ way }) => atScale(way, scale))
  const score = parts.map(({ unit }) => atScale(unit, scale))
  const largest = [...fixed, ...score].reduce((most, each) => (each > most ? each : most), 0n)
  let step = 1n
  while (largest / step > largestCost) step *= 10n
  return {
    measure: 'cost',
    fixed: fixed.map((each) => Number(each / step)),
    score: score.map((each) => Number(each / step)),
    scale,
    step,
  }
}

const largestCost = 10n ** 12n

interface Levels {
  readonly fixed: readonly number[]
  readonly score: readonly number[]
  readonly divisor: number
  readonly tighten: (objective: number) => number
}

/** Puts what decides next behind what decides first, in one number: first x (most of the next + 1) + next, as long as that stays exact. */
const levelsOf = (
  base: Base,
  admitted: readonly Admitted[],
  { strategy }: SourcingRule,
  { shipments, weight }: { readonly shipments: number; readonly weight: number; readonly base: bigint },
): Levels => {
  let levels: Levels = { fixed: base.fixed, score: base.score, divisor: 1, tighten: (objective) => objective }
  const behind = (next: readonly number[]): void => {
    const factor = shipments * largestOf(next) + 1
    const most = (shipments * largestOf(levels.fixed) + weight * largestOf(levels.score) + 1) * factor
    if (most > Number.MAX_SAFE_INTEGER) return
    levels = {
      fixed: levels.fixed.map((each, index) => each * factor + (next[index] as number)),
      score: levels.score.map((each) => each * factor),
      divisor: levels.divisor * factor,
      tighten: levels.tighten,
    }
  }
  if (base.measure !== 'shipments') behind(admitted.map(() => 1))
  if (strategy === 'fewest_shipments' || strategy === 'pickup_point') {
    behind(admitted.map(({ meters }) => meters ?? largestMeters))
  }
  if (strategy === 'fewest_shipments') levels = { ...levels, tighten: byShipments(levels) }
  return levels
}

/** So many shipments have no more than so many longest ways, and no less than so many shortest: in between, one more shipment is due. */
const byShipments = ({ fixed, divisor }: Levels): Levels['tighten'] => {
  const longest = largestOf(fixed) - divisor
  const shortest = fixed.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY) - divisor
  return (objective) => {
    const shipments = Math.floor(objective / divisor)
    return objective > shipments * (divisor + longest) ? (shipments + 1) * (divisor + shortest) : objective
  }
}

const largestOf = (values: readonly number[]): number =>
  values.reduce((most, each) => (each > most ? each : most), 0)

const bySorters = (one: Admitted, other: Admitted, sorters: readonly SourcingSorter[]): number => {
  for (const sorter of sorters) {
    const difference = sorterValue(one, sorter) - sorterValue(other, sorter)
    if (difference !== 0) return difference
  }
  return 0
}

const sorterValue = ({ candidate, meters }: Admitted, sorter: SourcingSorter): number => {
  switch (sorter) {
    case 'priority':
      return candidate.priority
    case 'distance':
      return meters ?? largestMeters
    case 'load':
      return loadOf(candidate)
  }
}
