import { describe, expect, it } from 'vitest'
import { divideRounded, type RoundingMode } from '../../../src/core/money/rounding.js'

// The quotients -2.5, -1.5, -1.25, -0.5, 0.5, 1.25, 1.5, 1.75, 2.5 as quarters.
const quarters = [-10n, -6n, -5n, -2n, 2n, 5n, 6n, 7n, 10n]

const expected: readonly [RoundingMode, readonly bigint[]][] = [
  ['half_up', [-3n, -2n, -1n, -1n, 1n, 1n, 2n, 2n, 3n]],
  ['half_even', [-2n, -2n, -1n, 0n, 0n, 1n, 2n, 2n, 2n]],
  ['half_down', [-2n, -1n, -1n, 0n, 0n, 1n, 1n, 2n, 2n]],
  ['up', [-3n, -2n, -2n, -1n, 1n, 2n, 2n, 2n, 3n]],
  ['down', [-2n, -1n, -1n, 0n, 0n, 1n, 1n, 1n, 2n]],
  ['ceiling', [-2n, -1n, -1n, 0n, 1n, 2n, 2n, 2n, 3n]],
  ['floor', [-3n, -2n, -2n, -1n, 0n, 1n, 1n, 1n, 2n]],
]

describe('divideRounded', () => {
  it.each(expected)('F124 rounds %s at, below and above the half, on both sides of zero', (mode, whole) => {
    expect(quarters.map((quarter) => divideRounded(quarter, 4n, mode))).toEqual(whole)
  })

  it.each(expected)('gives the same for %s when both signs are turned', (mode, whole) => {
    expect(quarters.map((quarter) => divideRounded(-quarter, -4n, mode))).toEqual(whole)
  })

  it.each(expected)('leaves an exact quotient alone under %s', (mode) => {
    expect(divideRounded(-12n, 4n, mode)).toBe(-3n)
    expect(divideRounded(12n, 1n, mode)).toBe(12n)
    expect(divideRounded(0n, 7n, mode)).toBe(0n)
  })

  it('throws for a denominator of zero', () => {
    expect(() => divideRounded(1n, 0n, 'half_up')).toThrow(RangeError)
  })
})
