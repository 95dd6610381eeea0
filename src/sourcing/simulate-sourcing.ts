import { largestQuantity } from '../core/catalog/quantity.js'
import type { LineId, LocationId, Sku } from '../core/ids/ids.js'
import type { CurrencyCode } from '../core/money/currency.js'
import { add, type Money } from '../core/money/money.js'
import { ConfigurationError } from '../core/ports/errors.js'
import { decideSourcing } from '../core/sourcing/decide-sourcing.js'
import type { Coordinates } from '../core/sourcing/great-circle.js'
import type { LocationKindName } from '../core/sourcing/location-kind-name.js'
import { plainRule } from '../core/sourcing/plain-rule.js'
import type { SourcingDecision } from '../core/sourcing/sourcing-decision.js'
import type { SourcingCandidate, SourcingProblem } from '../core/sourcing/sourcing-problem.js'
import type { SourcingRule } from '../core/sourcing/sourcing-rule.js'
import { sourcingRulesSchema, type SourcingRuleInput } from '../core/sourcing/sourcing-schema.js'
import type { Instant } from '../core/time/instant.js'

/** A past order to be sourced again. Quantities in base units. */
export interface PastOrder {
  readonly order: string
  /** When it was placed, ISO 8601 in UTC with milliseconds: schedules and daily limits go by it. */
  readonly at: string
  readonly to: { readonly coordinates?: Coordinates; readonly country?: string; readonly pickup?: string }
  readonly lines: readonly { readonly line: string; readonly sku: string; readonly quantity: number }[]
}

/** Goods that came in between. */
export interface PastReceipt {
  readonly receive: { readonly location: string; readonly sku: string; readonly quantity: number }
}

export interface SimulatedLocation {
  readonly location: string
  readonly kind?: LocationKindName
  readonly coordinates?: Coordinates
  readonly country?: string
  readonly priority?: number
  readonly pickup?: boolean
  readonly costs?: {
    readonly currency: string
    readonly perShipment?: string
    readonly perUnit?: string
    readonly perKilometer?: string
  }
  readonly ordersPerDay?: number
  readonly unitsPerDay?: number
  /** What is there at the beginning, in base units by SKU; left out, it never runs out of anything. */
  readonly stock?: Readonly<Record<string, number>>
}

export interface Simulation {
  readonly locations: readonly SimulatedLocation[]
  /** The lists of rules to compare, by a name of your own. */
  readonly rules: Readonly<Record<string, readonly SourcingRuleInput[]>>
  /** Sees every decision, for maps and tables. */
  readonly onDecision?: (name: string, order: PastOrder, decision: SourcingDecision) => void
}

/** What a list of rules would have come to. */
export interface SimulatedRules {
  readonly name: string
  readonly orders: number
  /** Orders that the rules could not serve. */
  readonly unsourced: number
  readonly shipments: number
  /** Orders that went out from more than one location. */
  readonly splitOrders: number
  readonly meters: number
  /** The sum of the orders' costs, each rounded once; absent where a cost was not known or currencies differ. */
  readonly cost?: Money
  /** Decisions that are not proven to be the best. */
  readonly unproven: number
  readonly unitsByLocation: Readonly<Record<string, number>>
}

/**
 * Replays past orders under other rules and compares what they would have come to (F66). Each list of rules has its own stock and its own daily counts. The
 * history is streamed: nothing of it is kept but sums. Throws a `ConfigurationError` for rules that are none.
 */
export const simulateSourcing = async (
  history: Iterable<PastOrder | PastReceipt> | AsyncIterable<PastOrder | PastReceipt>,
  simulation: Simulation,
): Promise<readonly SimulatedRules[]> => {
  const replays = Object.entries(simulation.rules).map(([name, rules]) =>
    replayOf(name, readRules(name, rules), simulation),
  )
  for await (const entry of history) {
    for (const replay of replays) {
      if ('receive' in entry) replay.receive(entry)
      else replay.take(entry)
    }
  }
  return replays.map((replay) => replay.result())
}

const readRules = (name: string, rules: readonly SourcingRuleInput[]): readonly SourcingRule[] => {
  const read = sourcingRulesSchema.safeParse(rules)
  if (read.success) return read.data.map(plainRule)
  const issue = read.error.issues[0]
  throw new ConfigurationError(
    `the rules ${name} break ${issue?.message ?? 'a rule'} at ${issue?.path.join('.') ?? ''}`,
  )
}

interface Replay {
  receive(receipt: PastReceipt): void
  take(order: PastOrder): void
  result(): SimulatedRules
}

const replayOf = (name: string, rules: readonly SourcingRule[], simulation: Simulation): Replay => {
  const shelves = new Map(
    simulation.locations.map(({ location, stock }) => [
      location,
      stock === undefined ? undefined : new Map(Object.entries(stock)),
    ]),
  )
  const taken = new Map<string, { readonly day: string; readonly orders: number; readonly units: number }>()
  const sums = { orders: 0, unsourced: 0, shipments: 0, splitOrders: 0, meters: 0, unproven: 0 }
  const unitsByLocation: Record<string, number> = {}
  let cost: Money | undefined
  let isCostKnown = true

  const candidateOf = (place: SimulatedLocation, order: PastOrder): SourcingCandidate => {
    const shelf = shelves.get(place.location)
    const load = taken.get(place.location)
    const today = load?.day === order.at.slice(0, 10) ? load : undefined
    const kind = place.kind ?? 'warehouse'
    return {
      location: place.location as LocationId,
      kind,
      priority: place.priority ?? 100,
      pickup: place.pickup ?? kind === 'pickup',
      stock: new Map(
        order.lines.map(({ sku }) => [
          sku as Sku,
          shelf === undefined ? largestQuantity : (shelf.get(sku) ?? 0),
        ]),
      ),
      ordersToday: today?.orders ?? 0,
      ...(place.coordinates !== undefined && { coordinates: place.coordinates }),
      ...(place.country !== undefined && { country: place.country }),
      ...(place.costs !== undefined && {
        costs: { ...place.costs, currency: place.costs.currency as CurrencyCode },
      }),
      ...(place.ordersPerDay !== undefined && { ordersPerDay: place.ordersPerDay }),
      ...(place.unitsPerDay !== undefined && { capacityLeft: place.unitsPerDay - (today?.units ?? 0) }),
    }
  }

  const count = (order: PastOrder, { figures, optimality, shares }: SourcingDecision): void => {
    sums.shipments += figures.shipments
    sums.splitOrders += figures.shipments > 1 ? 1 : 0
    sums.meters += figures.meters ?? 0
    sums.unproven += optimality.proven ? 0 : 1
    if (figures.cost === undefined || (cost !== undefined && cost.currency !== figures.cost.currency))
      isCostKnown = false
    else cost = cost === undefined ? figures.cost : add(cost, figures.cost)
    const units = new Map<string, number>()
    for (const { line, location, quantity } of shares) {
      const sku = order.lines.find((each) => each.line === line)?.sku ?? ''
      const shelf = shelves.get(location)
      shelf?.set(sku, (shelf.get(sku) ?? 0) - quantity)
      units.set(location, (units.get(location) ?? 0) + quantity)
    }
    const day = order.at.slice(0, 10)
    for (const [location, quantity] of units) {
      const load = taken.get(location)
      const known = load?.day === day ? load : { day, orders: 0, units: 0 }
      taken.set(location, { day, orders: known.orders + 1, units: known.units + quantity })
      unitsByLocation[location] = (unitsByLocation[location] ?? 0) + quantity
    }
  }

  return {
    receive: ({ receive: { location, sku, quantity } }) => {
      const shelf = shelves.get(location)
      shelf?.set(sku, (shelf.get(sku) ?? 0) + quantity)
    },
    take: (order) => {
      sums.orders += 1
      const problem: SourcingProblem = {
        lines: order.lines.map(({ line, sku, quantity }) => ({
          line: line as LineId,
          sku: sku as Sku,
          quantity,
        })),
        destination: {
          ...(order.to.coordinates !== undefined && { coordinates: order.to.coordinates }),
          ...(order.to.country !== undefined && { country: order.to.country }),
          ...(order.to.pickup !== undefined && { pickup: order.to.pickup as LocationId }),
        },
        candidates: simulation.locations.map((place) => candidateOf(place, order)),
      }
      const decided = decideSourcing(problem, rules, order.at as Instant)
      if (!decided.ok) {
        sums.unsourced += 1
        return
      }
      count(order, decided.value)
      simulation.onDecision?.(name, order, decided.value)
    },
    result: () => ({ name, ...sums, ...(isCostKnown && cost !== undefined && { cost }), unitsByLocation }),
  }
}
