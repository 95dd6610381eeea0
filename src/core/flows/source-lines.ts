import { productKind, type Product } from '../catalog/product.js'
import type { PlanContext, Seen, TouchContext } from '../command.js'
import type { LineId, LocationId, OrderId, Sku } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { lateLots } from '../inventory/choose-lots.js'
import { askerOf, type Asker } from '../inventory/keep-back.js'
import { promisable } from '../inventory/reserve-stock.js'
import { stockKind, stockLevelId, type StockLevel } from '../inventory/stock-level.js'
import { stockLotsKey, stockLotsKind, type StockLots } from '../inventory/stock-lots.js'
import { invariant, present } from '../invariant.js'
import { allocateMoney } from '../money/allocate.js'
import type { Money } from '../money/money.js'
import type { OrderContentInput } from '../orders/order-input.js'
import type { OrderContent } from '../orders/order-content.js'
import { lockAll, type Work } from '../plan.js'
import type { PricedLine } from '../pricing/price-lines.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { decideSourcing } from '../sourcing/decide-sourcing.js'
import { allLocations, locationListKind } from '../sourcing/location-list.js'
import { loadOn, locationLoadKind, type LocationLoad } from '../sourcing/location-load.js'
import { locationKind, type Location } from '../sourcing/location.js'
import { orderSourcingKind } from '../sourcing/order-sourcing.js'
import { plainRule } from '../sourcing/plain-rule.js'
import type { SourcedShare, SourcingDecision } from '../sourcing/sourcing-decision.js'
import type {
  SourcingCandidate,
  SourcingDestination,
  SourcingLine,
  SourcingProblem,
  TooOldGoods,
} from '../sourcing/sourcing-problem.js'
import type { SourcingRule } from '../sourcing/sourcing-rule.js'
import { sourcingRulesKind } from '../sourcing/sourcing-rules.js'
import type { WantedSourcing } from '../sourcing/sourcing-schema.js'
import type { Instant } from '../time/instant.js'
import { dateOf, type LocalDate } from '../time/local-date.js'
import type { AgreedAdjustment } from '../totals/calculation.js'
import type { WhenShort } from './promise-stock.js'

/** What of an order says where it may come from. */
export interface SourcedInput extends Pick<OrderContentInput, 'lines' | 'channel' | 'customer'> {
  readonly shipTo?: OrderContentInput['shipTo']
  readonly delivery?: OrderContentInput['delivery']
  readonly sourcing?: WantedSourcing | undefined
  readonly whenShort?: WhenShort | undefined
}

/** The most stock levels that one order is decided on. */
const mostLevels = 20_000

/**
 * The records a sourced order is decided on: the rules, who is a location, what each has taken today, and the levels of what is wanted at each of them. All of
 * them are locked, so a refusal is true (ST7), with the lots of what is tracked by lot. The levels of a kit's components are added by the plan.
 */
export const sourcingKeys = (input: SourcedInput, seen: Seen, { ids }: TouchContext): readonly Key[] => {
  if (input.sourcing === undefined) return []
  const rules = rulesOf(input.sourcing, (name) => seen.get(sourcingRulesKind, name)?.rules)
  const listed = seen.get(locationListKind, allLocations)?.locations ?? []
  const locations = candidateIds(listed, rules ?? [])
  const skus = new Set(input.lines.filter((line) => line.location === undefined).map((line) => line.sku))
  const inLots = [...skus].filter((sku) => seen.get(productKind, sku)?.tracking === 'lot')
  const isLarge = locations.length * skus.size > mostLevels
  return [
    { kind: orderSourcingKind.name, id: ids.of('order') },
    { kind: locationListKind.name, id: allLocations },
    ...(typeof input.sourcing.by === 'string'
      ? [{ kind: sourcingRulesKind.name, id: input.sourcing.by }]
      : []),
    ...locations.flatMap((id) => [
      { kind: locationKind.name, id },
      { kind: locationLoadKind.name, id },
    ]),
    ...(isLarge
      ? []
      : locations.flatMap((location) => [
          ...[...skus].map((sku) => ({ kind: stockKind.name, id: stockLevelId(location, sku) })),
          ...inLots.map((sku) => stockLotsKey(location, sku)),
        ])),
  ]
}

const rulesOf = (
  { by }: WantedSourcing,
  namedRules: (name: string) => readonly SourcingRule[] | undefined,
): readonly SourcingRule[] | undefined => {
  if (typeof by === 'string') return namedRules(by)
  return 'name' in by ? [plainRule(by)] : by.map(plainRule)
}

/** Rules that name their locations need no others to be locked. */
const candidateIds = (
  listed: readonly LocationId[],
  rules: readonly SourcingRule[],
): readonly LocationId[] => {
  const named = rules.map(
    ({ filters = [] }) =>
      filters.flatMap((filter) => (filter.by === 'location' ? [filter.locations] : []))[0],
  )
  if (named.includes(undefined)) return listed
  const wanted = new Set(named.flat())
  return listed.filter((location) => wanted.has(location))
}

/** What a decision looks at, locked for an order and unlocked for a preview. */
export interface SourcingFacts {
  readonly rules: (name: string) => readonly SourcingRule[] | undefined
  readonly listed: () => readonly LocationId[]
  readonly location: (id: LocationId) => Location | undefined
  readonly load: (id: LocationId) => LocationLoad | undefined
  readonly level: (location: LocationId, sku: Sku) => StockLevel | undefined
  readonly product: (sku: Sku) => Product | undefined
  readonly lots: (location: LocationId, sku: Sku) => StockLots | undefined
  readonly asker: Asker
  readonly now: Instant
  /** The day the buyer wants the goods. */
  readonly requestedOn: LocalDate | undefined
}

/**
 * Gives every line that names no location the ones that the rules choose (F60-F66, F69), splitting lines where units come from several. Goods come first: only a SKU
 * of which all candidates together have too few goods may come from a backorder allowance, and only where the order may wait. Goods that may not leave on the day they
 * are wanted (today, where the order names none) are not counted (F37).
 */
export const sourceLines = (
  work: Work,
  order: OrderId,
  input: SourcedInput,
  content: OrderContent,
  context: PlanContext,
): Result<OrderContent, Refusal> => {
  if (input.sourcing === undefined) return ok(content)
  const open = content.lines.filter(
    (line, index) => input.lines[index]?.location === undefined && line.stocked !== false,
  )
  if (open.length === 0) return ok(content)
  const facts: SourcingFacts = {
    rules: (name) => work.find(sourcingRulesKind, name)?.state.rules,
    listed: () => work.find(locationListKind, allLocations)?.state.locations ?? [],
    location: (id) => work.find(locationKind, id)?.state,
    load: (id) => work.find(locationLoadKind, id)?.state,
    level: (location, sku) => work.find(stockKind, stockLevelId(location, sku))?.state,
    product: (sku) => work.find(productKind, sku)?.state,
    lots: (location, sku) => work.find(stockLotsKind, stockLevelId(location, sku))?.state,
    asker: askerOf(work, input),
    now: context.now,
    requestedOn: input.delivery?.requestedOn,
  }
  const decided = decideFor(
    input.sourcing,
    open.map(lineOf),
    destinationOf(input),
    input.whenShort,
    facts,
    (kind, levels) => lockAll(work, kind, levels),
  )
  if (!decided.ok) return decided
  work.append(orderSourcingKind, order, [{ type: 'OrderSourced', order, decision: decided.value }])
  countLoad(work, decided.value.shares, context.now)
  return ok({ ...content, lines: splitLines(content.lines, new Set(open), decided.value.shares) })
}

const lineOf = ({ id, sku, quantity, unit, components }: PricedLine): SourcingLine => ({
  line: id,
  sku,
  quantity,
  ...(unit.digits > 0 && { digits: unit.digits }),
  ...(components !== undefined && { parts: components }),
})

const destinationOf = ({ sourcing, shipTo }: SourcedInput): SourcingDestination => {
  const { coordinates, country, pickup } = sourcing?.to ?? {}
  const land = country ?? (typeof shipTo === 'object' ? shipTo.country : undefined)
  return {
    ...(coordinates !== undefined && { coordinates }),
    ...(land !== undefined && { country: land }),
    ...(pickup !== undefined && { pickup }),
  }
}

/** Decides with goods alone, then, where the order may wait, with the allowances of what is short. */
export const decideFor = (
  wanted: WantedSourcing,
  lines: readonly SourcingLine[],
  destination: SourcingDestination,
  whenShort: WhenShort = 'backorder',
  facts: SourcingFacts,
  lock: (kind: string, levels: readonly string[]) => void = () => undefined,
): Result<SourcingDecision, Refusal> => {
  const rules = rulesOf(wanted, (name) => facts.rules(name))
  if (rules === undefined) return refuse('unknown_sourcing', { name: wanted.by })
  const ids = candidateIds(facts.listed(), rules)
  const demand = demandOf(lines)
  if (ids.length * demand.size > mostLevels) {
    return refuse('limit_exceeded', { limit: 'sourcingLevels', most: mostLevels })
  }
  const levelsOf = (skus: readonly Sku[]): readonly string[] =>
    ids.flatMap((location) => skus.map((sku) => stockLevelId(location, sku)))
  lock(stockKind.name, levelsOf([...demand.keys()]))
  lock(stockLotsKind.name, levelsOf([...demand.keys()].filter((sku) => isInLots(facts, sku))))
  const open = ids.flatMap((id) => {
    const location = facts.location(id)
    return location === undefined || location.status === 'closed' ? [] : [location]
  })
  const goods = open.map((location) => candidateOf(location, demand.keys(), facts, () => true))
  const withGoods = decideSourcing({ lines, destination, candidates: goods }, rules, facts.now)
  if (withGoods.ok) return withGoods
  const short = new Set(
    [...demand].flatMap(([sku, quantity]) => (thereOf(goods, sku) < quantity ? [sku] : [])),
  )
  if (short.size === 0 || whenShort !== 'backorder') return notSourceable(demand, goods, withGoods.error)
  const waiting = open.map((location) =>
    candidateOf(location, demand.keys(), facts, (sku) => !short.has(sku)),
  )
  const decided = decideSourcing({ lines, destination, candidates: waiting }, rules, facts.now)
  return decided.ok ? decided : notSourceable(demand, waiting, decided.error)
}

const isInLots = ({ product }: Pick<SourcingFacts, 'product'>, sku: Sku): boolean =>
  product(sku)?.tracking === 'lot'

const demandOf = (lines: readonly SourcingLine[]): ReadonlyMap<Sku, number> => {
  const demand = new Map<Sku, number>()
  for (const { sku, quantity, parts = [{ sku, quantity: 1 }] } of lines) {
    for (const part of parts) demand.set(part.sku, (demand.get(part.sku) ?? 0) + part.quantity * quantity)
  }
  return demand
}

const thereOf = (candidates: readonly SourcingCandidate[], sku: Sku): number =>
  candidates.reduce((sum, candidate) => sum + (candidate.stock.get(sku) ?? 0), 0)

const candidateOf = (
  location: Location,
  skus: Iterable<Sku>,
  facts: SourcingFacts,
  goodsOnly: (sku: Sku) => boolean,
): SourcingCandidate => {
  const { level, load, asker, now } = facts
  const today = loadOn(location, load(location.id), now)
  const { id, kind, coordinates, country, priority, pickup, costs, ordersPerDay, unitsPerDay } = location
  const stock = new Map<Sku, number>()
  const tooOld: TooOldGoods[] = []
  for (const sku of skus) {
    const known = level(id, sku)
    if (known === undefined) continue
    const goods = promisable(known, { goodsOnly: goodsOnly(sku), today: dateOf(now), asker })
    const late = tooOldAt(id, sku, facts)
    stock.set(
      sku,
      Math.max(
        0,
        late.reduce((left, { quantity }) => left - quantity, goods),
      ),
    )
    tooOld.push(...late)
  }
  return {
    location: id,
    kind,
    priority,
    pickup,
    stock,
    ordersToday: today.orders,
    ...(coordinates !== undefined && { coordinates }),
    ...(country !== undefined && { country }),
    ...(costs !== undefined && { costs }),
    ...(tooOld.length > 0 && { tooOld }),
    ...(ordersPerDay !== undefined && { ordersPerDay }),
    ...(unitsPerDay !== undefined && { capacityLeft: Math.max(0, unitsPerDay - today.units) }),
  }
}

/**
 * What must not leave on the wanted day. Earlier promises are reckoned to take the goods that may: an order is never promised a unit that was too old for it
 * when it was placed.
 */
const tooOldAt = (location: LocationId, sku: Sku, facts: SourcingFacts): readonly TooOldGoods[] => {
  const product = facts.product(sku)
  if (product?.tracking !== 'lot') return []
  const today = dateOf(facts.now)
  const { requestedOn = today } = facts
  const day = requestedOn > today ? requestedOn : today
  return lateLots(facts.lots(location, sku)?.lots ?? [], day, product.shelfLife).map((late) => ({
    sku,
    ...late,
  }))
}

/** Too little everywhere is a shortage; enough that the rules do not reach is not, and says why. */
const notSourceable = (
  demand: ReadonlyMap<Sku, number>,
  candidates: SourcingProblem['candidates'],
  error: { readonly passed: unknown; readonly proven: boolean },
): { readonly ok: false; readonly error: Refusal } => {
  const shortages = [...demand].flatMap(([sku, wanted]) => {
    const available = thereOf(candidates, sku)
    return available < wanted ? [{ sku, wanted, available }] : []
  })
  return shortages.length > 0
    ? refuse('out_of_stock', { shortages, rules: error.passed })
    : refuse('not_sourceable', { rules: error.passed, proven: error.proven })
}

const countLoad = (work: Work, shares: readonly SourcedShare[], now: Instant): void => {
  const units = new Map<LocationId, number>()
  for (const { location, quantity } of shares) units.set(location, (units.get(location) ?? 0) + quantity)
  for (const [id, quantity] of units) {
    const location = work.find(locationKind, id)?.state
    invariant(location !== undefined, 'a location that was chosen is defined')
    const today = loadOn(location, work.find(locationLoadKind, id)?.state, now)
    work.put(locationLoadKind, id, { ...today, orders: today.orders + 1, units: today.units + quantity })
  }
}

/**
 * The lines at their locations. A line whose units come from several is split (OQ6): the first part keeps its id, and its amount is shared out by the units exactly, so
 * the order's total does not change by a cent.
 */
const splitLines = (
  lines: readonly PricedLine[],
  sourced: ReadonlySet<PricedLine>,
  shares: readonly SourcedShare[],
): readonly PricedLine[] => {
  const taken = new Set(lines.map(({ id }) => id))
  return lines.flatMap((line) => {
    if (!sourced.has(line)) return [line]
    const parts = shares.filter((share) => share.line === line.id)
    const total = parts.reduce((sum, part) => sum + part.quantity, 0)
    invariant(total === line.quantity, 'OQ6 every unit of a sourced line has one location')
    const [first] = parts
    if (parts.length === 1 && first !== undefined) return [{ ...line, location: first.location }]
    const units = parts.map(({ quantity }) => BigInt(quantity))
    const split = (amount: Money): readonly Money[] => allocateMoney(amount, units)
    const nets = split(line.net)
    const discountShares = line.shares?.map(split)
    const adjustments = line.adjustments?.map((adjustment) => splitAdjustment(adjustment, split))
    return parts.map((part, index): PricedLine => ({
      ...line,
      id: index === 0 ? line.id : freeId(line.id, taken),
      quantity: part.quantity,
      net: present(nets[index], eachPart),
      ...(discountShares !== undefined && {
        shares: discountShares.map((share) => present(share[index], eachPart)),
      }),
      ...(adjustments !== undefined && { adjustments: adjustments.map((partOf) => partOf(index)) }),
      location: part.location,
      splitFrom: line.id,
    }))
  })
}

const eachPart = 'what is split has a share for each part'

/** A percentage holds for each part, an amount is shared out. */
const splitAdjustment = (
  adjustment: AgreedAdjustment,
  split: (amount: Money) => readonly Money[],
): ((part: number) => AgreedAdjustment) => {
  if ('percent' in adjustment) return () => adjustment
  const amounts = split(adjustment.amount)
  return (part) => ({ ...adjustment, amount: present(amounts[part], eachPart) })
}

/** `L1.2` for the second part of `L1`, unless a line is called so already. */
const freeId = (origin: LineId, taken: Set<LineId>): LineId => {
  for (let part = 2; ; part += 1) {
    const ending = `.${part}`
    const id = `${origin.slice(0, 64 - ending.length)}${ending}` as LineId
    if (taken.has(id)) continue
    taken.add(id)
    return id
  }
}
