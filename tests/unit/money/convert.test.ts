import { describe, expect, it } from 'vitest'
import { currencyCode } from '../../../src/core/money/currency.js'
import { convert, PreciseDecimal } from '../../../src/core/money/decimal.js'

const EUR = currencyCode('EUR')
const JPY = currencyCode('JPY')
const KWD = currencyCode('KWD')

describe('convert', () => {
  it('MO2 converts by an explicit rate, to the digits of the other currency', () => {
    expect(convert({ amount: '10.00', currency: EUR }, '162.345', JPY, 'half_up')).toEqual({
      amount: '1623',
      currency: JPY,
    })
    expect(convert({ amount: '1000', currency: JPY }, '0.0061597', EUR, 'half_up').amount).toBe('6.16')
    expect(convert({ amount: '-1.00', currency: EUR }, '0.3335', KWD, 'half_up').amount).toBe('-0.334')
  })

  it('rounds once, where forty digits would first make a tie of what is none', () => {
    // The exact product is 500000009999999 and a half, less 10^-38.
    const rate = '0.50000001000000000000001000000000000001'
    expect(convert({ amount: '999999999999999', currency: JPY }, rate, JPY, 'half_up').amount).toBe(
      '500000009999999',
    )
  })

  it.each(['0', '-1.1', '', '1e2', '1,1'])('throws for the rate %j', (rate) => {
    expect(() => convert({ amount: '1.00', currency: EUR }, rate, JPY, 'half_up')).toThrow(
      expect.objectContaining({ code: 'rate_malformed' }),
    )
  })
})

describe('PreciseDecimal', () => {
  it('keeps forty digits where decimal.js would round silently at twenty', () => {
    expect(new PreciseDecimal('1').div('3').toString()).toBe(`0.${'3'.repeat(40)}`)
  })

  it('writes no exponents', () => {
    expect(new PreciseDecimal('0.000000000000000000001').toString()).toBe('0.000000000000000000001')
    expect(new PreciseDecimal('1').mul('1000000000000000000000000').toString()).toBe(
      '1000000000000000000000000',
    )
  })
})
