import { describe, expect, it } from 'vitest'
import { largestFirst, settleShares } from '../../../src/core/totals/settle-shares.js'

describe('shares in proportion', () => {
  it.each([
    ['parts of an amount', 2n, [1n, 3n], 4n, [0n, 2n]],
    ['the same in another order', 2n, [3n, 1n], 4n, [2n, 0n]],
    ['an amount that goes back', -2n, [1n, 3n], 4n, [0n, -2n]],
    ['parts that give back', 2n, [-1n, -3n], -4n, [0n, 2n]],
    ['both', -2n, [-3n, -1n], -4n, [-2n, 0n]],
    ['a line that gives back among others', 10n, [-1n, 3n], 2n, [-5n, 15n]],
    ['the same, where shares are rounded', 10n, [-1n, 4n], 3n, [-3n, 13n]],
    ['the same of an amount that goes back', -10n, [-1n, 4n], 3n, [3n, -13n]],
    ['parts that are equal', 1n, [2n, 2n], 4n, [1n, 0n]],
    ['parts that come to nothing', 5n, [-1n, 1n], 0n, [0n, 5n]],
  ])('MO4 add up, odd units to the larger part: %s', (_what, total, parts, whole, shares) => {
    expect(settleShares(total, parts, whole, largestFirst(parts, whole))).toEqual(shares)
  })

  it('MO4 go to the first of equal remainders, and without a whole to the first of all, where nobody compares', () => {
    expect(settleShares(2n, [1n, 3n], 4n)).toEqual([1n, 1n])
    expect(settleShares(5n, [1n, -1n], 0n)).toEqual([5n, 0n])
  })
})
