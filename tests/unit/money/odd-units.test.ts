import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { giveOddUnits } from '../../../src/core/money/odd-units.js'

/** What it has to come to, by sorting. */
const bySorting = (remainders: readonly bigint[], units: number): readonly bigint[] => {
  const order = remainders.map((remainder, index) => ({ remainder, index }))
  order.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  const extra = new Set(order.slice(0, units).map(({ index }) => index))
  return remainders.map((_, index) => (extra.has(index) ? 1n : 0n))
}

const given = (remainders: readonly bigint[], units: number): readonly bigint[] => {
  const shares = remainders.map(() => 0n)
  giveOddUnits(shares, remainders, units)
  return shares
}

/** Values of which each middle one is the largest or smallest left, so that every split takes away only one or two of them. */
const lopsided = (length: number): readonly bigint[] => {
  const values: bigint[] = new Array<bigint>(length).fill(0n)
  const places = values.map((_, index) => index)
  for (let low = 0; low < length; low += 1) {
    const middle = (low + length - 1) >> 1
    values[places[middle] ?? 0] = BigInt(length - low)
    const [one = 0, other = 0] = [places[low], places[middle]]
    places[low] = other
    places[middle] = one
  }
  return values
}

describe('odd units', () => {
  it('MO4 go to the largest remainders, of equal ones to the first', () => {
    expect(given([1n, 3n, 2n, 3n, 1n], 2)).toEqual([0n, 1n, 0n, 1n, 0n])
    expect(given([1n, 3n, 2n, 3n, 1n], 1)).toEqual([0n, 1n, 0n, 0n, 0n])
    expect(given([2n, 1n, 2n, 1n, 2n], 4)).toEqual([1n, 1n, 1n, 0n, 1n])
  })

  it('MO4 go where sorting would put them, for remainders of any size and with many equal ones', () => {
    const remainderArb = fc.oneof(fc.bigInt({ min: 0n, max: 9n }), fc.bigInt({ min: 0n, max: 10n ** 30n }))
    const remaindersArb = fc.array(remainderArb, { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(remaindersArb, fc.nat(), (remainders, choice) => {
        const units = choice % remainders.length
        expect(given(remainders, units)).toEqual(bySorting(remainders, units))
      }),
      { numRuns: 2_000 },
    )
  })

  it('LV5 go there too for remainders that no split halves', () => {
    const different = lopsided(1_000)
    for (const remainders of [different, different.map((remainder) => remainder / 2n)])
      for (const units of [1, 65, 500, 999])
        expect(given(remainders, units)).toEqual(bySorting(remainders, units))
  })
})
