import { elementAt } from '../invariant.js'

/**
 * Gives one unit more to as many shares as there are odd units, those with the largest remainders first and of equal ones those that `compare` puts first, or else
 * the first, so that every reprint shows the same split. A `unit` is below zero where the shares are. `remainders` are those of the shares at `places`, of which there are no fewer than `units`.
 */
export const giveOddUnits = (
  shares: bigint[],
  remainders: readonly bigint[],
  units: number,
  places: readonly number[] = remainders.map((_, index) => index),
  compare?: (one: number, other: number) => number,
  unit = 1n,
): void => {
  if (units === 0) return
  const least = nthLargest(remainders, units - 1)
  const equal: number[] = []
  let left = units
  for (let index = 0; index < remainders.length; index += 1) {
    const remainder = elementAt(remainders, index)
    if (remainder < least) continue
    const place = elementAt(places, index)
    if (remainder === least) equal.push(place)
    else {
      left -= 1
      shares[place] = elementAt(shares, place) + unit
    }
  }
  if (compare !== undefined && equal.length > left) equal.sort(compare)
  for (let index = 0; index < left; index += 1) {
    const place = elementAt(equal, index)
    shares[place] = elementAt(shares, place) + unit
  }
}

/** So many lopsided splits no amounts make by chance; what is left of them is sorted, which bounds the work for any. */
const MOST_SPLITS = 64

/** The value with `nth` larger ones before it, found by splitting (Hoare 1961): a tenth of the time of sorting a hundred. */
const nthLargest = (values: readonly bigint[], nth: number): bigint => {
  const left = [...values]
  let low = 0
  let high = left.length - 1
  for (let splits = 0; low < high; splits += 1) {
    if (splits === MOST_SPLITS) {
      const rest = left.slice(low, high + 1).sort((a, b) => (a === b ? 0 : a > b ? -1 : 1))
      return elementAt(rest, nth - low)
    }
    const [before, after] = split(left, low, high)
    if (nth <= before) high = before
    else if (nth >= after) low = after
    else break
  }
  return elementAt(left, nth)
}

/** Moves what is larger than the middle value to the front and what is smaller to the back; answers where the two parts end and begin. */
const split = (values: bigint[], low: number, high: number): readonly [before: number, after: number] => {
  const pivot = elementAt(values, (low + high) >> 1)
  let from = low
  let to = high
  while (from <= to) {
    while (elementAt(values, from) > pivot) from += 1
    while (elementAt(values, to) < pivot) to -= 1
    if (from > to) break
    const value = elementAt(values, from)
    values[from] = elementAt(values, to)
    values[to] = value
    from += 1
    to -= 1
  }
  return [to, from]
}
