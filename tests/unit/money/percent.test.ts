import { describe, expect, it } from 'vitest'
import { percentOf } from '../../../src/core/money/percent.js'

describe('percentOf', () => {
  it('takes a percentage with decimals exactly', () => {
    expect(percentOf(10_000n, '8.875', 'half_up')).toBe(888n)
    expect(percentOf(10_000n, '8.875', 'half_even')).toBe(888n)
    expect(percentOf(10_000n, '8.875', 'down')).toBe(887n)
  })

  it('rounds a negative amount symmetrically', () => {
    expect(percentOf(-50n, '19', 'half_up')).toBe(-10n)
    expect(percentOf(-50n, '19', 'half_down')).toBe(-9n)
  })

  it('gives nothing at 0 and everything at 100', () => {
    expect(percentOf(1999n, '0', 'up')).toBe(0n)
    expect(percentOf(1999n, '100', 'up')).toBe(1999n)
  })

  it('throws for a percentage that is not a plain decimal', () => {
    expect(() => percentOf(1n, '19%', 'half_up')).toThrow(
      expect.objectContaining({ code: 'decimal_malformed' }),
    )
  })
})
