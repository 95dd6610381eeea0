import type { SourcingModel } from './sourcing-model.js'

export const FREE = 0
export const OPEN = 1
export const SHUT = 2

/** How many candidates may be open in the end. */
export interface Range {
  readonly least: number
  readonly most: number
}

/**
 * A lower bound of the objective of everything that keeps to the decided candidates, and the prices of the items it comes from. `reduced` is what a candidate costs
 * beyond the prices it serves for; `picked` are the free ones that the bound opens.
 */
export interface Relaxation {
  readonly bound: number
  readonly prices: Float64Array
  readonly reduced: Float64Array
  readonly picked: Uint8Array
  /** What the bound is lowered by, at most, when one more is opened: the pick that could go for it. */
  readonly goes: number
  /** What the bound is raised by, at least, when a pick is shut: the candidate that has to come for it. */
  readonly comes: number
}

type Computed = { -readonly [Field in keyof Relaxation]: Relaxation[Field] }

/** The bound with one more free candidate open. */
export const boundWhenOpen = ({ bound, reduced, picked, goes }: Relaxation, place: number): number =>
  picked[place] === 1 ? bound : bound + (reduced[place] as number) - goes

/** The bound with one more free candidate shut. */
export const boundWhenShut = ({ bound, reduced, picked, comes }: Relaxation, place: number): number =>
  picked[place] === 1 ? bound - (reduced[place] as number) + comes : bound

/** A model and what its relaxations are computed in. */
export interface Relaxer {
  readonly model: SourcingModel
  readonly missing: Float64Array
  /** Relaxations that nobody looks at any more, to be written over. */
  readonly spare: Computed[]
}

export const relaxerOf = (model: SourcingModel): Relaxer => ({
  model,
  missing: new Float64Array(model.items.length),
  spare: [],
})

/**
 * Lagrangian relaxation of "every item is served whole", improved by subgradient steps (Held, Wolfe and Crowder 1974; for the choice of locations Cornuejols,
 * Fisher and Nemhauser 1977). Valid for any prices, and for items that compete as well: competing only makes the true optimum dearer. `stop` is asked with
 * each better bound and ends the steps when it is good enough.
 */
export const relax = (
  { model, missing, spare }: Relaxer,
  state: Uint8Array,
  range: Range,
  startingPrices: Float64Array,
  steps: number,
  upper: () => number,
  stop: (better: Relaxation) => boolean,
): Relaxation => {
  const { largest } = model
  const count = startingPrices.length
  const among = undecidedAndOpen(state)
  // Two take turns, and no step allocates: the best so far, and the one that is tried.
  let best = spare.pop() ?? emptyRelaxation(count, model.fixed.length)
  let tried = spare.pop() ?? emptyRelaxation(count, model.fixed.length)
  const end = (): Relaxation => {
    spare.push(tried)
    return best
  }
  tried.prices.set(startingPrices)
  let pace = 1
  let stale = 0
  for (let step = 0; ; step += 1) {
    computeBound(model, state, among, range, tried, missing)
    const { bound, prices } = tried
    if (step === 0 || bound > best.bound) {
      const beaten = best
      best = tried
      tried = beaten
      stale = 0
      if (stop(best) || step >= steps) return end()
    } else if ((stale += 1) >= 4) {
      pace /= 2
      stale = 0
      if (pace < smallestPace) return end()
    }
    let norm = 0
    for (let index = 0; index < count; index += 1) {
      const amiss = missing[index] as number
      norm += amiss * amiss
    }
    if (norm < smallestNorm || step >= steps) return end()
    const known = upper()
    const target = Number.isFinite(known) ? known : Math.abs(best.bound) * 2 + 1
    const stride = (pace * Math.max(target - bound, 1)) / norm
    const next = tried.prices
    for (let index = 0; index < count; index += 1) {
      const price = (prices[index] as number) + stride * (missing[index] as number)
      next[index] = price > 0 ? (price < largest ? price : largest) : 0
    }
  }
}

const undecidedAndOpen = (state: Uint8Array): readonly number[] => {
  const places: number[] = []
  for (let place = 0; place < state.length; place += 1) if (state[place] !== SHUT) places.push(place)
  return places
}

const emptyRelaxation = (count: number, size: number): Computed => ({
  bound: Number.NEGATIVE_INFINITY,
  prices: new Float64Array(count),
  reduced: new Float64Array(size),
  picked: new Uint8Array(size),
  goes: 0,
  comes: 0,
})

const smallestPace = 1 / 128
/** Below this, what is missing is an error of sums of fractions, and no direction. */
const smallestNorm = 1e-12

/** The bound at the prices in it, less all that rounding can have added; what the picked leave unserved of each item goes to `missing`. */
const computeBound = (
  model: SourcingModel,
  state: Uint8Array,
  among: readonly number[],
  range: Range,
  to: Computed,
  missing: Float64Array,
): void => {
  const { fixed, starts, cellItems, cellShares, cellScores } = model
  const { prices, reduced, picked } = to
  picked.fill(0)
  let bound = 0
  let opened = 0
  let negative = 0
  let magnitude = 0
  for (let index = 0; index < prices.length; index += 1) bound += prices[index] as number
  magnitude += bound
  for (let at = 0; at < among.length; at += 1) {
    const place = among[at] as number
    const end = starts[place + 1] as number
    let value = fixed[place] as number
    for (let cell = starts[place] as number; cell < end; cell += 1) {
      const margin = (prices[cellItems[cell] as number] as number) - (cellScores[cell] as number)
      if (margin > 0) value -= margin * (cellShares[cell] as number)
    }
    reduced[place] = value
    magnitude += 2 * (fixed[place] as number) - value
    if (state[place] === OPEN) opened += 1
    else if (value < 0) {
      picked[place] = 1
      negative += 1
    }
  }
  const least = Math.max(0, range.least - opened)
  const most = Math.max(0, range.most - opened)
  if (negative < least || negative > most)
    pickCheapest(state, reduced, picked, negative < least ? least : most)
  missing.fill(1)
  let worst = Number.NEGATIVE_INFINITY
  let next = Number.POSITIVE_INFINITY
  let picks = 0
  for (let at = 0; at < among.length; at += 1) {
    const place = among[at] as number
    const value = reduced[place] as number
    if (state[place] === FREE && picked[place] === 0) {
      if (value < next) next = value
      continue
    }
    bound += value
    if (state[place] === FREE) {
      picks += 1
      if (value > worst) worst = value
    }
    const end = starts[place + 1] as number
    for (let cell = starts[place] as number; cell < end; cell += 1) {
      const index = cellItems[cell] as number
      if ((prices[index] as number) > (cellScores[cell] as number)) {
        missing[index] = (missing[index] as number) - (cellShares[cell] as number)
      }
    }
  }
  to.bound = bound - magnitude * Number.EPSILON * (cellItems.length + fixed.length + prices.length)
  to.goes = picks === 0 ? 0 : picks >= most ? worst : Math.max(0, worst)
  to.comes = picks <= least ? next : Math.min(0, next)
}

const pickCheapest = (state: Uint8Array, reduced: Float64Array, picked: Uint8Array, wanted: number): void => {
  picked.fill(0)
  for (let pick = 0; pick < wanted; pick += 1) {
    let cheapest = -1
    for (let place = 0; place < state.length; place += 1) {
      if (state[place] !== FREE || picked[place] === 1) continue
      if (cheapest < 0 || (reduced[place] as number) < (reduced[cheapest] as number)) cheapest = place
    }
    if (cheapest < 0) return
    picked[cheapest] = 1
  }
}

/** The least an item costs where an opened candidate serves nothing but full loads: a bound already, and a good place to start from. */
export const startingPrices = (model: SourcingModel): Float64Array => {
  const { items, fixed, starts, cellItems, cellShares, cellScores } = model
  const prices = new Float64Array(items.length).fill(Number.POSITIVE_INFINITY)
  for (let place = 0; place < fixed.length; place += 1) {
    const [begin, end] = [starts[place] as number, starts[place + 1] as number]
    let load = 0
    for (let cell = begin; cell < end; cell += 1) load += cellShares[cell] as number
    const share = (fixed[place] as number) / load
    for (let cell = begin; cell < end; cell += 1) {
      const index = cellItems[cell] as number
      const price = (cellScores[cell] as number) + share
      if (price < (prices[index] as number)) prices[index] = price
    }
  }
  return prices
}
