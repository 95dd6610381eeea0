import type { OpenSet } from './open-set.js'
import type { SourcingModel } from './sourcing-model.js'

/** The best that is known, and what is still allowed to be spent on a better one. */
export interface Progress {
  readonly upper: () => number
  readonly accept: (open: OpenSet) => void
  /** Numbers looked at, some ten nanoseconds each. */
  readonly spend: (work: number) => void
  readonly exhausted: () => boolean
}

/** The least objective that is possible at a bound: objectives are whole numbers, and a few sums may have been rounded up. */
export const floorOf = (model: SourcingModel, bound: number): number =>
  Number.isFinite(bound) ? model.tighten(Math.ceil(bound - 1 / 64 - bound * 4 * Number.EPSILON)) : bound
