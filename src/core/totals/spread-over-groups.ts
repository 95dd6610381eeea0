import { elementAt } from '../invariant.js'
import { largestFirst, settleAt, settleShares } from './settle-shares.js'
import { compareLevies } from './tax-amounts.js'
import type { TaxGroup } from './tax-group.js'

/** What a discount or charge of the document comes to by line, and under each tax. */
export interface Spread {
  readonly shares: bigint[]
  readonly sums: bigint[]
}

/**
 * Each line's share of a discount or charge of the document, in proportion to its amount. The odd units go to the taxes first, by largest remainder of
 * all of their lines, of equal ones to the one that levies more; then, within each tax, to its lines. What falls under a tax therefore depends
 * neither on the order of the lines nor on how many lines an amount is written in. Each share is within one unit of its exact one.
 */
export const spreadOverGroups = (
  total: bigint,
  parts: readonly bigint[],
  whole: bigint,
  groups: readonly TaxGroup[],
): Spread => {
  const amounts = groups.map(({ lineAmount }) => lineAmount)
  const sums = settleShares(total, amounts, whole, byLevy(groups))
  const compare = largestFirst(parts, whole)
  const shares: bigint[] = parts.map(() => 0n)
  groups.forEach(({ lines }, index) => {
    const sum = elementAt(sums, index)
    if (whole !== 0n) settleAt(shares, lines, sum, { total, parts, whole, compare })
    // Lines that come to nothing together leave no proportion to share by.
    else if (sum !== 0n) shares[elementAt(lines.toSorted(compare), 0)] = sum
  })
  return { shares, sums }
}

export const byLevy =
  (groups: readonly TaxGroup[]) =>
  (one: number, other: number): number =>
    compareLevies(elementAt(groups, one).read, elementAt(groups, other).read)
