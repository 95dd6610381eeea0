import type { Fulfillment, WorkLine } from '../fulfillment/fulfillment.js'
import type { Key } from '../ids/key.js'
import {
  allocateGoods,
  allocationKeys,
  releaseGoods,
  type AllocatedGoods,
  type Claimant,
} from '../inventory/allocate-goods.js'
import type { Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import type { LocalDate } from '../time/local-date.js'
import {
  namedGoodsKeys,
  readGoodsByLine,
  type GoodsByLine,
  type NamedByLine,
  type NamedTrackedGoods,
} from './goods-by-line.js'

/** The records of what a fulfillment has set aside. */
export const goodsSetAside = ({ location, lines }: Pick<Fulfillment, 'location' | 'lines'>): readonly Key[] =>
  lines.flatMap(({ goods }) => (goods === undefined ? [] : allocationKeys(location, goods)))

/** The records of what it has and of what it takes instead. */
export const goodsToRepack = (fulfillment: Fulfillment, given: GoodsByLine): readonly Key[] => [
  ...goodsSetAside(fulfillment),
  ...namedGoodsKeys(
    given,
    fulfillment.lines.map(({ line, sku }) => ({ line, sku, location: fulfillment.location })),
  ),
]

/**
 * What was really packed: the lots or pieces that are named take the place of those that were set aside. Answers the fulfillment's own lines when
 * that changes nothing. Refuses lines whose pieces nobody has named yet.
 */
export const repackGoods = (
  work: Work,
  fulfillment: Fulfillment,
  given: GoodsByLine | undefined,
  today: LocalDate,
  mostSerials: number,
): Result<readonly WorkLine[], Refusal> => {
  const named = readGoodsByLine(
    work,
    given,
    fulfillment.lines.map(({ line, sku, goods }) => ({ line, sku, tracked: goods ?? [] })),
    mostSerials,
  )
  if (!named.ok) return named
  const open = firstUnnamed(fulfillment.lines, named.value)
  if (open !== undefined) return open
  if (given === undefined) return ok(fulfillment.lines)
  return repackLines(work, fulfillment, named.value, today)
}

/** Gives back all that a fulfillment has set aside. */
export const releaseAllGoods = (work: Work, fulfillment: Fulfillment, reason: string): void => {
  for (const line of fulfillment.lines) {
    for (const goods of line.goods ?? []) {
      const released = releaseGoods(work, fulfillment.location, goods, claimantOf(fulfillment), reason)
      granted(released, 'what was set aside can be given back')
    }
  }
}

const claimantOf = ({ order, id }: Fulfillment): Claimant => ({ order, fulfillment: id })

const firstUnnamed = (lines: readonly WorkLine[], named: NamedByLine) => {
  for (const { line, goods } of lines) {
    for (const { sku, tracking, serials } of goods ?? []) {
      if (tracking !== 'serial' || serials !== undefined || named(line, sku) !== undefined) continue
      return refuse('validation_failed', { issues: [{ path: ['goods', line], rule: 'serials.required' }] })
    }
  }
  return undefined
}

/** All that is given up is given up first: two lines may swap their pieces. */
const repackLines = (
  work: Work,
  fulfillment: Fulfillment,
  named: NamedByLine,
  today: LocalDate,
): Result<readonly WorkLine[], Refusal> => {
  const { location, lines } = fulfillment
  const claimant = claimantOf(fulfillment)
  for (const { line, goods } of lines) {
    for (const before of goods ?? []) {
      const instead = named(line, before.sku)
      if (instead === undefined || sameGoods(before, instead)) continue
      const released = releaseGoods(work, location, before, claimant, 'repacked')
      granted(released, 'what was set aside can be given back')
    }
  }
  const repacked: WorkLine[] = []
  let changed = false
  for (const line of lines) {
    const goods: AllocatedGoods[] = []
    for (const before of line.goods ?? []) {
      const instead = named(line.line, before.sku)
      if (instead === undefined || sameGoods(before, instead)) {
        goods.push(before)
        continue
      }
      const { sku, tracking, quantity } = before
      const wanted = { sku, tracking, quantity }
      const taken = allocateGoods(work, location, wanted, instead, claimant, today)
      if (!taken.ok) return taken
      changed = true
      goods.push(taken.value)
    }
    repacked.push(line.goods === undefined ? line : { ...line, goods })
  }
  return ok(changed ? repacked : lines)
}

/** Scanning what was planned changes nothing. */
const sameGoods = (before: AllocatedGoods, named: NamedTrackedGoods): boolean => {
  if (named.tracking === 'lot') {
    const quantities = new Map(before.lots?.map(({ lot, quantity }) => [lot, quantity]))
    return (
      named.lots.length === quantities.size &&
      named.lots.every(({ lot, quantity }) => quantities.get(lot) === quantity)
    )
  }
  const serials = new Set(before.serials)
  return named.serials.length === serials.size && named.serials.every((serial) => serials.has(serial))
}
