import { divideRounded, type RoundingMode } from '../money/rounding.js'

/** What of an amount belongs to so much `done` of a `whole`, rounded once; nothing where there is no whole. */
export const portion = (amount: bigint, done: bigint, whole: bigint, mode: RoundingMode): bigint =>
  whole === 0n ? 0n : divideRounded(amount * done, whole, mode)
