import { describe, expect, it } from 'vitest'
import { currencyCode } from '../../../src/core/money/currency.js'
import type { RoundingMode } from '../../../src/core/money/rounding.js'
import { extendPrice, type UnitPrice } from '../../../src/core/money/unit-price.js'

const price = (amount: string, currency = 'EUR', per?: number): UnitPrice => ({
  amount,
  currency: currencyCode(currency),
  ...(per === undefined ? {} : { per }),
})
const pieces = (count: bigint) => ({ baseUnits: count, digits: 0 })

describe('extendPrice', () => {
  it('MO5 rounds the product once, not the price', () => {
    expect(extendPrice(price('191.5155'), pieces(5n), 'half_up')).toEqual(price('957.58'))
    expect(extendPrice(price('0.004'), pieces(1000n), 'half_up')).toEqual(price('4.00'))
  })

  it('divides by the price base quantity, BT-149', () => {
    expect(extendPrice(price('2.50', 'EUR', 100), pieces(30n), 'half_up').amount).toBe('0.75')
    expect(extendPrice(price('957.5775', 'EUR', 5), pieces(1n), 'half_up').amount).toBe('191.52')
    expect(extendPrice(price('10.00', 'EUR', 3), pieces(1n), 'half_up').amount).toBe('3.33')
  })

  it('takes a quantity in parts of its unit', () => {
    expect(extendPrice(price('3.99'), { baseUnits: 1500n, digits: 3 }, 'half_up').amount).toBe('5.99')
    expect(extendPrice(price('2'), { baseUnits: 25n, digits: 1 }, 'half_up').amount).toBe('5.00')
  })

  it.each<[RoundingMode, string]>([
    ['half_up', '0.13'],
    ['half_even', '0.12'],
    ['half_down', '0.12'],
    ['up', '0.13'],
    ['down', '0.12'],
    ['ceiling', '0.13'],
    ['floor', '0.12'],
  ])('rounds 0.125 by the named mode: %s gives %s', (mode, amount) => {
    expect(extendPrice(price('0.125'), pieces(1n), mode).amount).toBe(amount)
  })

  it('MO10 rounds to the digits of the currency', () => {
    expect(extendPrice(price('33.5', 'JPY'), pieces(3n), 'half_up').amount).toBe('101')
    expect(extendPrice(price('0.3335', 'KWD'), pieces(3n), 'half_up').amount).toBe('1.001')
    expect(extendPrice(price('1', 'CLF'), pieces(2n), 'half_up').amount).toBe('2.0000')
  })

  it('gives a negative amount for a negative quantity, mirrored under half_up', () => {
    expect(extendPrice(price('0.125'), pieces(-1n), 'half_up').amount).toBe('-0.13')
  })
})
