import { describe, expect, it } from 'vitest'
import { currencyCode, type CurrencyCode } from '../../../src/core/money/currency.js'
import {
  add,
  compare,
  equals,
  fromMinor,
  isNegative,
  isPositive,
  isZero,
  minimum,
  negate,
  subtract,
  sumOf,
  toMinor,
  zero,
  type Money,
} from '../../../src/core/money/money.js'

const EUR = currencyCode('EUR')
const USD = currencyCode('USD')
const JPY = currencyCode('JPY')
const KWD = currencyCode('KWD')
const euros = (amount: string): Money => ({ amount, currency: EUR })

describe('toMinor and fromMinor', () => {
  it.each<[string, CurrencyCode, bigint]>([
    ['19.99', EUR, 1999n],
    ['0.00', EUR, 0n],
    ['0.05', EUR, 5n],
    ['-0.50', EUR, -50n],
    ['-12.00', EUR, -1200n],
    ['100', JPY, 100n],
    ['-7', JPY, -7n],
    ['0', JPY, 0n],
    ['1.234', KWD, 1234n],
    ['999999999999.99', EUR, 99_999_999_999_999n],
    ['10000000000000.00', EUR, 1_000_000_000_000_000n],
    ['90071992547409.93', EUR, 9_007_199_254_740_993n],
    ['-90071992547409.93', EUR, -9_007_199_254_740_993n],
    ['900719925474099300', JPY, 900_719_925_474_099_300n],
    ['123456789012345678901234567890.12', EUR, 12_345_678_901_234_567_890_123_456_789_012n],
  ])('MO1 reads and writes %s %s without losing a digit', (amount, currency, minor) => {
    expect(toMinor({ amount, currency })).toBe(minor)
    expect(fromMinor(minor, currency)).toEqual({ amount, currency })
  })

  it.each([
    '',
    '-',
    '.',
    '19',
    '19.9',
    '19.999',
    '1,00',
    '.50',
    '-.50',
    '1e3.00',
    ' 1.00',
    '+1.00',
    '--1.00',
    '１.00',
    '1.0０',
    '123456789012345.6',
    '1234567890123456,78',
    '12345678901234-5.67',
  ])('MO10 refuses %j instead of reading cents as tens', (amount) => {
    expect(() => toMinor(euros(amount))).toThrow(expect.objectContaining({ code: 'money_malformed' }))
  })

  it('refuses decimals of a currency that has none', () => {
    expect(() => toMinor({ amount: '1.5', currency: JPY })).toThrow(
      expect.objectContaining({ code: 'money_malformed' }),
    )
  })

  it('reads a negative zero as zero and never writes one', () => {
    expect(toMinor(euros('-0.00'))).toBe(0n)
    expect(negate(euros('0.00'))).toEqual(euros('0.00'))
  })

  it('refuses a currency it does not know', () => {
    expect(() => fromMinor(1n, 'XXZ' as CurrencyCode)).toThrow(
      expect.objectContaining({ code: 'currency_unknown' }),
    )
  })
})

describe('arithmetic', () => {
  it('adds, subtracts and negates', () => {
    expect(add(euros('0.10'), euros('0.20'))).toEqual(euros('0.30'))
    expect(subtract(euros('0.10'), euros('0.20'))).toEqual(euros('-0.10'))
    expect(negate(euros('-3.00'))).toEqual(euros('3.00'))
  })

  it('sums a list, and gives zero for an empty one', () => {
    expect(sumOf([euros('1.00'), euros('2.50'), euros('-0.51')], EUR)).toEqual(euros('2.99'))
    expect(sumOf([], JPY)).toEqual({ amount: '0', currency: JPY })
    expect(zero(KWD)).toEqual({ amount: '0.000', currency: KWD })
  })

  it('compares by value, not by text', () => {
    expect(compare(euros('9.00'), euros('10.00'))).toBe(-1)
    expect(compare(euros('-9.00'), euros('-10.00'))).toBe(1)
    expect(compare(euros('9.00'), euros('9.00'))).toBe(0)
    expect(equals(euros('9.00'), euros('9.00'))).toBe(true)
    expect(equals(euros('9.00'), euros('9.01'))).toBe(false)
    expect(minimum(euros('9.00'), euros('10.00'))).toEqual(euros('9.00'))
    expect(minimum(euros('10.00'), euros('9.00'))).toEqual(euros('9.00'))
  })

  it.each([
    ['-0.01', { negative: true, none: false, positive: false }],
    ['0.00', { negative: false, none: true, positive: false }],
    ['0.01', { negative: false, none: false, positive: true }],
  ])('tells the sign of %s', (amount, { negative, none, positive }) => {
    expect(isNegative(euros(amount))).toBe(negative)
    expect(isZero(euros(amount))).toBe(none)
    expect(isPositive(euros(amount))).toBe(positive)
  })
})

describe('two currencies', () => {
  const dollar: Money = { amount: '1.00', currency: USD }
  const operations: readonly [string, (a: Money, b: Money) => unknown][] = [
    ['add', add],
    ['subtract', subtract],
    ['compare', compare],
    ['equals', equals],
    ['minimum', minimum],
    ['sumOf', (a, b) => sumOf([a, b], a.currency)],
  ]

  it.each(operations)('MO2 throws from %s', (_name, operation) => {
    expect(() => operation(euros('1.00'), dollar)).toThrow(
      expect.objectContaining({ code: 'currency_mismatch', message: expect.stringContaining('EUR') }),
    )
  })

  it('MO2 throws from sumOf when the list is of another currency than named', () => {
    expect(() => sumOf([dollar], EUR)).toThrow(expect.objectContaining({ code: 'currency_mismatch' }))
  })
})
