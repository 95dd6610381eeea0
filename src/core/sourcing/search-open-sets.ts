import { branch } from './branch-open-sets.js'
import { boundByUnits } from './bound-by-units.js'
import {
  completeOpenSet,
  exchanged,
  priceOpenSet,
  thinOpenSet,
  type OpenSet,
  type Priced,
} from './open-set.js'
import { boundWhenOpen, relax, relaxerOf, startingPrices, type Relaxation } from './relax-sourcing.js'
import { boundBySenders } from './covered-by-few.js'
import { floorOf, type Progress } from './search-progress.js'
import { restrictTo, type SourcingModel } from './sourcing-model.js'

export interface Solution {
  /** Undefined when nobody found an assignment. */
  readonly best: Priced | undefined
  /** No assignment costs less than this; equal to the cost of `best` when it is proven. */
  readonly lowerBound: number
  readonly proven: boolean
}

/** Prices an open set. Undefined: these cannot serve everything; `gave_up`: it was not found out. */
export type PriceSet = (open: OpenSet) => Priced | 'gave_up' | undefined

/**
 * Branch and bound over the sets of candidates that send something. A relaxation gives a lower bound, guesses assignments, and rules out candidates that no
 * better assignment can use; the others are searched. With its effort used up it answers with the best it has and how far that can be from the
 * optimum at most.
 */
export const searchOpenSets = (model: SourcingModel, priceSet: PriceSet, effort: number): Solution => {
  const size = model.fixed.length
  const everywhere = Array.from({ length: size }, (_, place) => place)
  // Competing items may still be too many.
  const everything = priceOpenSet(model, everywhere)
  if (everything === undefined) return { best: undefined, lowerBound: Number.POSITIVE_INFINITY, proven: true }
  let best: Priced | undefined
  let gaveUp = false
  let work = 0
  const upper = (): number => best?.cost ?? Number.POSITIVE_INFINITY
  const progress: Progress = {
    upper,
    accept: (open) => {
      work += model.items.length * open.length
      const priced = priceSet(open)
      if (priced === 'gave_up') gaveUp = true
      else if (priced !== undefined && priced.cost < upper() && priced.used.length <= model.mostShipments) {
        best = priced
      }
    },
    spend: (more) => {
      work += more
    },
    exhausted: () => work > effort,
  }
  const guess = (open: OpenSet): void => {
    const priced = priceOpenSet(model, completeOpenSet(model, open))
    // Of very many units the last one may be less than the error of the shares.
    if (priced === undefined) return
    progress.spend((model.cellItems.length + size) * (1 + priced.used.length - open.length))
    progress.accept(thinOpenSet(model, priced).used)
  }

  guess([])
  progress.accept(thinOpenSet(model, everything).used)
  const byUnits = model.coupled ? 0 : boundByUnits(model, everything, upper())
  if (byUnits >= upper()) return { best, lowerBound: upper(), proven: true }
  const { root, least } = relaxAll(model, progress, guess)
  const rootBound = Math.max(0, byUnits, floorOf(model, root.bound))
  if (rootBound >= upper() && !gaveUp) return { best, lowerBound: upper(), proven: true }
  const useful = everywhere.filter((place) => floorOf(model, boundWhenOpen(root, place)) < upper())
  const unexplored = branch(
    restrictTo(model, useful),
    { bound: root.bound, prices: root.prices, least },
    {
      upper,
      accept: (open) => progress.accept(open.map((at) => useful[at] as number)),
      spend: progress.spend,
      exhausted: progress.exhausted,
    },
  )
  // What is not proven is at least such that exchanging one sender for another does not help.
  if (unexplored < upper() && !model.coupled) exchange(progress, everywhere, () => best?.used ?? [])
  const proven = !gaveUp && unexplored >= upper()
  if (proven) return { best, lowerBound: upper(), proven }
  const lowerBound = gaveUp ? rootBound : Math.max(rootBound, unexplored)
  if (best === undefined) return { best, lowerBound, proven }
  const bySenders = boundBySenders(model, Math.min(upper(), lowerBound), effort)
  return { best, lowerBound: Math.min(upper(), Math.max(lowerBound, bySenders)), proven }
}

const relaxAll = (
  model: SourcingModel,
  { upper, spend }: Progress,
  guess: (open: OpenSet) => void,
): { readonly root: Relaxation; readonly least: number } => {
  const relaxer = relaxerOf(model)
  const state = new Uint8Array(model.fixed.length)
  const enough = ({ bound }: Relaxation): boolean => floorOf(model, bound) >= upper()
  let visits = 0
  const most = model.mostShipments
  spend(stepsAtRoot * model.cellItems.length)
  const first = relax(
    relaxer,
    state,
    { least: 1, most },
    startingPrices(model),
    stepsAtRoot,
    upper,
    (better) => {
      if (visits++ % 4 === 0) guess(placesOf(better.picked))
      return enough(better)
    },
  )
  const least = model.leastShipments(floorOf(model, first.bound))
  if (least === 1 || enough(first)) return { root: first, least: 1 }
  spend(stepsAtRoot * model.cellItems.length)
  const second = relax(relaxer, state, { least, most }, first.prices, stepsAtRoot, upper, enough)
  return { root: second.bound > first.bound ? second : first, least }
}

const stepsAtRoot = 80

const placesOf = (picked: Uint8Array): OpenSet => {
  const places: number[] = []
  for (let place = 0; place < picked.length; place += 1) if (picked[place] === 1) places.push(place)
  return places
}

const exchange = ({ accept, upper }: Progress, places: OpenSet, used: () => OpenSet): void => {
  for (let improved = true, rounds = 0; improved && rounds < mostRounds; rounds += 1) {
    improved = false
    for (const place of places) {
      if (used().includes(place)) continue
      const before = upper()
      for (const dropped of [-1, ...used()]) accept(exchanged(used(), dropped, place))
      improved ||= upper() < before
    }
  }
}

const mostRounds = 4
