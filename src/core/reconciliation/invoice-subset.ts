import { elementAt } from '../invariant.js'
import { toMinor, type Money } from '../money/money.js'

export type Subset<Item> =
  | { readonly found: 'one'; readonly items: readonly Item[] }
  | { readonly found: 'none' }
  /** Two that add up; there may be more. */
  | { readonly found: 'several'; readonly items: readonly Item[] }
  | { readonly found: 'too_many_items' }

/** Two halves of ten are 2 × 1,024 sums; one more item would double the work for every payment of a large customer. */
const mostItems = 20

/**
 * The one choice of items whose open amounts add up to exactly `amount`. All of them come first, however many they are: everything open in one
 * payment is the commonest case. Two choices are as good as none (RC4).
 */
export const uniqueSubset = <Item extends { readonly open: Money }>(
  items: readonly Item[],
  amount: Money,
): Subset<Item> => {
  const target = toMinor(amount)
  const sums = items.map((item) => toMinor(item.open))
  if (items.length > 0 && sums.reduce((sum, open) => sum + open, 0n) === target)
    return { found: 'one', items }
  const fitting = items.filter((_item, index) => elementAt(sums, index) <= target)
  if (fitting.length > mostItems) return { found: 'too_many_items' }
  const solutions = solve(
    fitting.map((item) => toMinor(item.open)),
    target,
  )
  const chosen = fitting.filter((_item, index) => solutions.some((mask) => (mask & (1 << index)) !== 0))
  if (solutions.length === 0) return { found: 'none' }
  return { found: solutions.length === 1 ? 'one' : 'several', items: chosen }
}

/** At most two choices, as bit masks, by meeting in the middle: every sum of the one half is looked up among those of the other. */
const solve = (amounts: readonly bigint[], target: bigint): readonly number[] => {
  const middle = amounts.length >> 1
  const left = sumsByMask(amounts.slice(0, middle))
  const right = sumsByMask(amounts.slice(middle))
  const masksBySum = new Map<bigint, number[]>()
  for (const [mask, sum] of left.entries()) {
    const masks = masksBySum.get(sum)
    if (masks === undefined) masksBySum.set(sum, [mask])
    else if (masks.length < 2) masks.push(mask)
  }
  const solutions: number[] = []
  for (const [mask, sum] of right.entries()) {
    for (const other of masksBySum.get(target - sum) ?? []) {
      solutions.push(other | (mask << middle))
      if (solutions.length === 2) return solutions
    }
  }
  return solutions
}

/** The sum of every choice; the place in the list is the choice. */
const sumsByMask = (amounts: readonly bigint[]): readonly bigint[] => {
  const sums = [0n]
  for (const amount of amounts) {
    const known = sums.length
    for (let mask = 0; mask < known; mask += 1) sums.push(elementAt(sums, mask) + amount)
  }
  return sums
}
