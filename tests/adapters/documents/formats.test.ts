import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentLanguages } from 'orderwright/documents'
import {
  formatDate,
  formatMoney,
  formatNumber,
  formatPercent,
} from '../../../src/adapters/documents/printed/formats.js'

/** Intl reads a decimal string exactly; its types know only literals. */
type Exact = Intl.StringNumericLiteral

const decimals = fc
  .tuple(fc.boolean(), fc.bigInt(1n, 10n ** 15n), fc.integer({ min: 0, max: 99 }))
  .map(([isNegative, whole, cents]) => `${isNegative ? '-' : ''}${whole}.${String(cents).padStart(2, '0')}`)

const local: Readonly<Record<string, readonly string[]>> = {
  en: ['USD', 'EUR', 'GBP', 'CHF'],
  'en-GB': ['GBP', 'EUR'],
  'en-IN': ['INR', 'EUR'],
  ja: ['EUR'],
}

describe('formats of a language', () => {
  it.each(documentLanguages)('writes numbers and amounts in %s as Intl does', (language) => {
    fc.assert(
      fc.property(decimals, fc.constantFrom(...(local[language] ?? ['EUR', 'CHF'])), (text, currency) => {
        const number = new Intl.NumberFormat(language, { minimumFractionDigits: 2 })
        expect(formatNumber(text, language, 2)).toBe(number.format(text as Exact))
        const money = new Intl.NumberFormat(language, { style: 'currency', currency })
        expect(formatMoney(text, currency, language)).toBe(money.format(text as Exact))
      }),
    )
  })

  it.each(documentLanguages)('writes dates in %s as Intl does', (language) => {
    for (let month = 1; month <= 12; month += 1) {
      const day = `2026-${String(month).padStart(2, '0')}-07`
      const intl = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
      expect(formatDate(day, language)).toBe(intl.format(new Date(`${day}T00:00:00Z`)))
    }
  })

  it('writes as many decimals as the currency has, and never drops one that counts', () => {
    expect(formatMoney('1234567', 'JPY', 'ja')).toBe('￥1,234,567')
    expect(formatMoney('1', 'KWD', 'en')).toBe('KWD\u00a01.000')
    expect(formatMoney('12345.6', 'EUR', 'de')).toBe('12.345,60\u00a0€')
    expect(formatNumber('0.12345678', 'de', 2)).toBe('0,12345678')
    expect(formatMoney('12345678901234567890.05', 'EUR', 'en')).toBe('€12,345,678,901,234,567,890.05')
    expect(formatMoney('12345678.9', 'INR', 'en-IN')).toBe('₹1,23,45,678.90')
    expect(formatPercent('8.8750', 'fr')).toBe('8,875\u202f%')
  })

  it('leaves alone what is neither a number nor a date', () => {
    expect(formatNumber('', 'de')).toBe('')
    expect(formatMoney('1e3', 'EUR', 'de')).toBe('1e3 EUR')
    expect(formatDate('soon', 'de')).toBe('soon')
  })
})
