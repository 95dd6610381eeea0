import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactSum } from 'orderwright/csv'

const sumOf = (...amounts: readonly string[]): string => {
  const sum = exactSum()
  for (const amount of amounts) sum.add(amount)
  return sum.total()
}

describe('exactSum', () => {
  it('adds amounts of any precision without rounding', () => {
    expect(sumOf()).toBe('0')
    expect(sumOf('0.1', '0.2')).toBe('0.3')
    expect(sumOf('1', '-0.999', '0.0005')).toBe('0.0015')
    expect(sumOf('99999999999999999999', '0.01')).toBe('99999999999999999999.01')
    expect(sumOf('1.50', '-1.5')).toBe('0')
  })

  it('refuses what is no plain decimal', () => {
    expect(() => sumOf('1,5')).toThrow(expect.objectContaining({ code: 'decimal_malformed' }))
  })

  it('does not depend on the order of what it adds', () => {
    const amounts = fc.array(fc.constantFrom('0.001', '-12.5', '7', '0.3333', '-0.10', '100000'))
    fc.assert(
      fc.property(amounts, (list) => {
        expect(sumOf(...list)).toBe(sumOf(...[...list].reverse()))
      }),
    )
  })
})
