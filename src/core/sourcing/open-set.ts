import { invariant } from '../invariant.js'
import type { SourcingModel } from './sourcing-model.js'

/** Candidates by their place in the model, ascending: the order in which units prefer them. */
export type OpenSet = readonly number[]

export const ascending = (places: readonly number[]): OpenSet => [...places].sort((one, other) => one - other)

export interface Priced {
  readonly cost: number
  /** The part of the cost that the units make. */
  readonly ofUnits: number
  /** Those of the open candidates that send something. */
  readonly used: OpenSet
}

/** The set with one place more and, unless it is -1, one less. */
export const exchanged = (open: OpenSet, dropped: number, added: number): OpenSet => {
  const places: number[] = []
  exchangeInto(places, open, dropped, added)
  return places
}

/** The same, written to an array. Answers where in it the added one stands. */
export const exchangeInto = (places: number[], open: OpenSet, dropped: number, added: number): number => {
  let count = 0
  let addedAt = -1
  for (let at = 0; at < open.length; at += 1) {
    const place = open[at] as number
    if (addedAt < 0 && added < place) {
      addedAt = count
      places[count++] = added
    }
    if (place !== dropped) places[count++] = place
  }
  if (addedAt >= 0) return addedAt
  places[count] = added
  return count
}

/** What it costs when only these candidates send, each item from the ones it likes best; undefined when they cannot serve everything. */
export const priceOpenSet = (model: SourcingModel, open: OpenSet): Priced | undefined => {
  const { fixed } = model
  const sends = new Uint8Array(open.length)
  const ofUnits = priceUnits(model, open, open.length, sends)
  if (ofUnits < 0) return undefined
  const used: number[] = []
  let cost = ofUnits
  for (let at = 0; at < open.length; at += 1) {
    if (sends[at] === 0) continue
    used.push(open[at] as number)
    cost += fixed[open[at] as number] as number
  }
  return { cost, ofUnits, used }
}

/** The part of it that the units make, from the first `count` of the open ones, and who `sends`; -1 when they cannot serve everything. */
export const priceUnits = (
  { items, units, fixed, score }: SourcingModel,
  open: OpenSet,
  count: number,
  sends: Uint8Array,
): number => {
  const size = fixed.length
  let cost = 0
  sends.fill(0)
  for (let index = 0; index < items.length; index += 1) {
    const { quantity, weight } = items[index] as (typeof items)[number]
    let left = quantity
    for (let at = 0; at < count && left > 0; at += 1) {
      const place = open[at] as number
      const servable = units[index * size + place] as number
      if (servable === 0) continue
      const taken = servable < left ? servable : left
      left -= taken
      cost += taken * weight * (score[place] as number)
      sends[at] = 1
    }
    if (left > 0) return -1
  }
  return cost
}

/** Adds the candidate that serves most of what is missing for its cost, again and again, until all is served: all candidates together can serve everything. */
export const completeOpenSet = (model: SourcingModel, open: OpenSet): OpenSet => {
  const { items, fixed, score, starts, cellItems, cellShares } = model
  const missing = new Float64Array(items.length).fill(1)
  const isOpen = new Uint8Array(fixed.length)
  const take = (place: number): void => {
    isOpen[place] = 1
    for (let cell = starts[place] as number; cell < (starts[place + 1] as number); cell += 1) {
      const index = cellItems[cell] as number
      const left = (missing[index] as number) - (cellShares[cell] as number)
      missing[index] = left < shareTolerance ? 0 : left
    }
  }
  for (const place of open) take(place)
  while (missing.some((left) => left > 0)) {
    let chosen = -1
    let lowest = Number.POSITIVE_INFINITY
    for (let place = 0; place < fixed.length; place += 1) {
      if (isOpen[place] === 1) continue
      let served = 0
      let cost = fixed[place] as number
      for (let cell = starts[place] as number; cell < (starts[place + 1] as number); cell += 1) {
        const index = cellItems[cell] as number
        const share = Math.min(missing[index] as number, cellShares[cell] as number)
        if (share === 0) continue
        served += share
        const { weight, quantity } = items[index] as (typeof items)[number]
        cost += share * weight * quantity * (score[place] as number)
      }
      if (served > 0 && cost / served < lowest) {
        lowest = cost / served
        chosen = place
      }
    }
    invariant(chosen >= 0, 'somebody has what is missing')
    take(chosen)
  }
  return placesOf(isOpen)
}

/** Shares are fractions; what is missing below this is an error of their sum. */
const shareTolerance = 1e-12

const placesOf = (isOpen: Uint8Array): OpenSet => {
  const places: number[] = []
  for (let place = 0; place < isOpen.length; place += 1) if (isOpen[place] === 1) places.push(place)
  return places
}

/** Shuts one candidate after another, the dearest first, as long as that makes it cheaper. */
export const thinOpenSet = (model: SourcingModel, priced: Priced): Priced => {
  let best = priced
  const dearest = [...priced.used].sort(
    (one, other) => (model.fixed[other] as number) - (model.fixed[one] as number) || other - one,
  )
  for (const place of dearest) {
    const without = priceOpenSet(
      model,
      best.used.filter((each) => each !== place),
    )
    if (without !== undefined && without.cost < best.cost) best = without
  }
  return best
}

/** The units behind the price of an open set, by item and place. */
export const assignOpenSet = (model: SourcingModel, open: OpenSet): readonly ReadonlyMap<number, number>[] =>
  model.items.map(({ quantity }, index) => {
    const taken = new Map<number, number>()
    let left = quantity
    for (const place of open) {
      const units = Math.min(left, model.units[index * model.fixed.length + place] as number)
      if (units > 0) taken.set(place, units)
      left -= units
    }
    return taken
  })
