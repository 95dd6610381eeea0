import currencyCodes from 'currency-codes'
import { describe, expect, it } from 'vitest'
import {
  currencyCode,
  currencyDigits,
  isCurrencyCode,
  isCurrencyInUse,
  type CurrencyCode,
} from '../../../src/core/money/currency.js'
import { ISO_4217 } from '../../../src/core/money/iso-4217.js'

const active = ISO_4217.filter((entry) => entry.validTo === undefined)
const digitsOf = (code: string): number => currencyDigits(currencyCode(code))

describe('the ISO 4217 table', () => {
  // currency-codes 2.2.0 carries list one of 2024-06-25; these are the amendments since then.
  const withdrawnSince = ['ANG', 'BGN', 'CUC']
  const addedSince = ['XAD', 'XCG']
  // ISO 4217 says "not applicable" where the package writes 0.
  const withoutMinorUnit = 'XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX'.split(' ')

  it('holds the codes of currency-codes except for the amendments since', () => {
    const theirs = currencyCodes.data.map((entry) => entry.code)
    const ours = active.map((entry) => entry.code)
    expect(theirs.filter((code) => !ours.includes(code)).sort()).toEqual(withdrawnSince)
    expect(ours.filter((code) => !theirs.includes(code)).sort()).toEqual(addedSince)
  })

  it('F123 agrees with currency-codes on every number and every minor unit', () => {
    const theirs = currencyCodes.data.map(({ code, number, digits }) => ({
      code,
      numeric: number,
      digits: withoutMinorUnit.includes(code) ? undefined : digits,
    }))
    const ours = ISO_4217.map(({ code, numeric, digits }) => ({ code, numeric, digits }))
    for (const entry of theirs) expect(ours).toContainEqual(entry)
  })

  it('has 178 codes in force, 165 of them with a minor unit', () => {
    expect(active).toHaveLength(178)
    expect(active.filter((entry) => entry.digits !== undefined)).toHaveLength(165)
  })

  it('names each code once and in the form of the standard', () => {
    expect(new Set(ISO_4217.map((entry) => entry.code)).size).toBe(ISO_4217.length)
    for (const entry of ISO_4217) {
      expect(entry.code).toMatch(/^[A-Z]{3}$/)
      expect(entry.numeric).toMatch(/^\d{3}$/)
      for (const date of [entry.validFrom, entry.validTo])
        expect(date ?? '2000-01-01').toMatch(/^\d{4}-\d\d-\d\d$/)
    }
  })

  it('gives a number to one currency in force only', () => {
    expect(new Set(active.map((entry) => entry.numeric)).size).toBe(active.length)
  })
})

describe('currencyDigits', () => {
  it.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['CLF', 4],
    ['UYW', 4],
    ['HUF', 2],
    ['IDR', 2],
    ['COP', 2],
    ['ISK', 0],
    ['BGN', 2],
    ['ITL', 0],
  ])('MO10 takes the exponent of %s from ISO 4217: %i', (code, digits) => {
    expect(digitsOf(code)).toBe(digits)
  })
})

describe('isCurrencyCode', () => {
  it('accepts a withdrawn currency, so old documents stay readable', () => {
    expect(isCurrencyCode('DEM')).toBe(true)
  })

  it.each(['XXZ', 'eur', '', 'EURO', 'constructor', '__proto__'])('refuses %j', (text) => {
    expect(isCurrencyCode(text)).toBe(false)
    expect(() => currencyCode(text)).toThrow(expect.objectContaining({ code: 'currency_unknown' }))
  })

  it.each(['XAU', 'XDR', 'XXX', 'XTS'])(
    'refuses %s, which has no minor unit to state an amount in',
    (text) => {
      expect(isCurrencyCode(text)).toBe(false)
    },
  )
})

describe('isCurrencyInUse', () => {
  it('ends the Bulgarian lev with 2025 and the Croatian kuna with 2022', () => {
    expect(isCurrencyInUse(currencyCode('BGN'), '2025-12-31')).toBe(true)
    expect(isCurrencyInUse(currencyCode('BGN'), '2026-01-01')).toBe(false)
    expect(isCurrencyInUse(currencyCode('HRK'), '2022-12-31')).toBe(true)
    expect(isCurrencyInUse(currencyCode('HRK'), '2023-01-01')).toBe(false)
  })

  it('never begins a currency that nobody knows', () => {
    expect(isCurrencyInUse('XXZ' as CurrencyCode, '2026-01-01')).toBe(false)
  })

  it('starts the Caribbean guilder on the day it replaced the Antillean one', () => {
    expect(isCurrencyInUse(currencyCode('XCG'), '2025-03-30')).toBe(false)
    expect(isCurrencyInUse(currencyCode('ANG'), '2025-03-30')).toBe(true)
    expect(isCurrencyInUse(currencyCode('XCG'), '2025-03-31')).toBe(true)
    expect(isCurrencyInUse(currencyCode('ANG'), '2025-03-31')).toBe(false)
  })
})
