import { describe, expect, it } from 'vitest'
import {
  allocate,
  allocateBy,
  allocateMoney,
  AllocationWeights,
  type AllocationPolicy,
} from '../../../src/core/money/allocate.js'
import { currencyCode } from '../../../src/core/money/currency.js'

const refusal = expect.objectContaining({ code: 'allocation_weights' }) as Error

describe('allocate', () => {
  it('MO4 gives the odd cent to the first of equal weights', () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n])
    expect(allocate(101n, [1n, 1n, 1n])).toEqual([34n, 34n, 33n])
  })

  it('F125 MO4 gives the odd cent to the largest remainder, wherever it stands', () => {
    // Exact shares 1.2, 1.2, 3.6: the last has lost most by cutting.
    expect(allocate(6n, [1n, 1n, 3n])).toEqual([1n, 1n, 4n])
    // Exact shares 3.5, 0.875, 2.625.
    expect(allocate(7n, [4n, 1n, 3n])).toEqual([3n, 1n, 3n])
  })

  it('MO4 splits a negative total as the mirror of the positive one', () => {
    expect(allocate(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n])
  })

  it('MO4 gives nothing to a weight of zero', () => {
    expect(allocate(5n, [0n, 1n, 0n, 1n])).toEqual([0n, 3n, 0n, 2n])
  })

  it('splits zero into zeros, even over weights of zero or none', () => {
    expect(allocate(0n, [0n, 0n])).toEqual([0n, 0n])
    expect(allocate(0n, [3n, 4n])).toEqual([0n, 0n])
    expect(allocate(0n, [])).toEqual([])
  })

  it('row 30 throws when only weights of zero, or none, are to share an amount', () => {
    expect(() => allocate(1n, [0n, 0n])).toThrow(refusal)
    expect(() => allocate(-1n, [])).toThrow(refusal)
  })

  it('throws for a negative weight, even where the total is zero', () => {
    expect(() => allocate(10n, [2n, -1n])).toThrow(refusal)
    expect(() => allocate(0n, [-1n])).toThrow(refusal)
  })

  it('takes the numbers beyond 2^53 exactly', () => {
    expect(allocate(9_007_199_254_740_993n, [9_007_199_254_740_992n, 1n])).toEqual([
      9_007_199_254_740_992n,
      1n,
    ])
  })
})

describe('allocateMoney', () => {
  it('splits in the smallest unit of the currency', () => {
    const amounts = (total: string, currency: string) =>
      allocateMoney({ amount: total, currency: currencyCode(currency) }, [1n, 1n, 1n]).map(
        (share) => share.amount,
      )
    expect(amounts('10.00', 'EUR')).toEqual(['3.34', '3.33', '3.33'])
    expect(amounts('-10', 'JPY')).toEqual(['-4', '-3', '-3'])
    expect(amounts('0.010', 'KWD')).toEqual(['0.004', '0.003', '0.003'])
  })
})

describe('allocation by a policy that is data', () => {
  it.each<[AllocationPolicy, readonly bigint[]]>([
    ['largest_remainder', [0n, 17n, 33n, 50n, 1n]],
    ['first', [0n, 18n, 33n, 50n, 0n]],
    ['last', [0n, 16n, 33n, 50n, 2n]],
    ['equal', [0n, 26n, 25n, 25n, 25n]],
  ])('MO4 shares 101 by %s', (policy, shares) => {
    const weights = [0n, 50n, 100n, 150n, 2n]
    expect(allocateBy(policy, 101n, weights)).toEqual(shares)
    expect(allocateBy(policy, -101n, weights)).toEqual(shares.map((share) => -share))
  })

  it.each<AllocationPolicy>(['largest_remainder', 'first', 'last', 'equal'])(
    'row 30 refuses by %s what nobody has a weight for, and weights below zero',
    (policy) => {
      expect(() => allocateBy(policy, 1n, [0n])).toThrow(AllocationWeights)
      expect(() => allocateBy(policy, 1n, [2n, -1n])).toThrow(AllocationWeights)
      expect(allocateBy(policy, 0n, [0n, 0n])).toEqual([0n, 0n])
    },
  )
})
