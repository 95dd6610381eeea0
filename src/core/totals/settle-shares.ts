import { elementAt } from '../invariant.js'
import { giveOddUnits } from '../money/odd-units.js'

type Compare = (one: number, other: number) => number

/**
 * Shares of `total` in proportion to `parts` of `whole`, which add up to it exactly, signs included: a document may have lines that give back.
 * Each is within one of its exact share; the largest remainders get the odd units, of equal ones those that `compare` puts first, or else the first, so every
 * reprint shows the same. Without a whole to share by, all of it goes to the first part.
 */
export const settleShares = (
  total: bigint,
  parts: readonly bigint[],
  whole: bigint,
  compare?: Compare,
): bigint[] => {
  const places = parts.map((_, index) => index)
  if (whole === 0n) {
    const first = compare === undefined ? 0 : places.sort(compare)[0]
    return parts.map((_, index) => (index === first ? total : 0n))
  }
  const shares: bigint[] = parts.map(() => 0n)
  settleAt(shares, places, total, { total, parts, whole, ...(compare !== undefined && { compare }) })
  return shares
}

export interface Proportion {
  readonly total: bigint
  readonly parts: readonly bigint[]
  /** Not zero. */
  readonly whole: bigint
  readonly compare?: Compare
}

/**
 * The same for the parts at some places, whose shares come to `sum`: what is exactly theirs, rounded up or down. A negative amount is split like its
 * positive twin, so a credit note mirrors the invoice share by share.
 */
export const settleAt = (
  shares: bigint[],
  places: readonly number[],
  sum: bigint,
  { total, parts, whole, compare }: Proportion,
): void => {
  const isNegative = total < 0n
  const [factor, divisor] = whole < 0n ? [-total, -whole] : [total, whole]
  const remainders: bigint[] = []
  let left = sum
  for (const place of places) {
    const exact = factor * elementAt(parts, place)
    let share = exact / divisor
    let remainder = isNegative ? share * divisor - exact : exact - share * divisor
    if (remainder < 0n) {
      share -= isNegative ? -1n : 1n
      remainder += divisor
    }
    shares[place] = share
    remainders.push(remainder)
    left -= share
  }
  if (isNegative) giveOddUnits(shares, remainders, Number(-left), places, compare, -1n)
  else giveOddUnits(shares, remainders, Number(left), places, compare)
}

/** Larger parts before smaller ones, so that the same parts in another order have the same shares. */
export const largestFirst =
  (parts: readonly bigint[], whole: bigint): Compare =>
  (one, other) => {
    const difference = elementAt(parts, other) - elementAt(parts, one)
    if (difference === 0n) return 0
    return difference > 0n === whole >= 0n ? 1 : -1
  }
