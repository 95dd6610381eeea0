import { describe, expect, it } from 'vitest'
import { defaultNumbering, numberSeriesKind, takeNumber } from '../../../src/core/invoicing/number-series.js'
import type { NumberFormat } from '../../../src/core/invoicing/number-format.js'
import { workOn } from '../../../src/core/plan.js'
import { cleanRemittanceText, invoiceNumbersIn } from '../../../src/core/reconciliation/remittance-text.js'
import { looksLikeCardNumber } from '../../../src/core/text/card-number.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'

const settings = { numberingOf: () => defaultNumbering }
const formats = [defaultNumbering.invoice]
const calendarYear = { startsOn: '01-01', written: 'YYYY' } as const
const indianYear = { startsOn: '04-01', written: 'YY-YY' } as const
const date = '2026-03-01' as LocalDate

describe('the text of a bank entry', () => {
  it.each([
    ['INV-000123', ['INV-000123']],
    ['invoice inv-000123 of march', ['INV-000123']],
    ['INV 123', ['INV-000123']],
    ['Inv.000123/Inv.000124', ['INV-000123', 'INV-000124']],
    ['INV000123', ['INV-000123']],
    ['inv # 123', ['INV-000123']],
    ['INV-1234567', ['INV-1234567']],
    ['INV-000002, INV-000001, INV-2', ['INV-000001', 'INV-000002']],
    ['XINV-000123', []],
    ['INV-000123B', []],
    ['INVOICE 000123', []],
    ['123', []],
    ['', []],
  ])('reads the numbers of invoices in "%s"', (text, numbers) => {
    expect(invoiceNumbersIn(text, formats)).toEqual(numbers)
  })

  it('finds the numbers that the series gives', () => {
    for (const last of [0, 41, 999_998, 999_999, 12_345_677]) {
      const work = workOn({
        find: (key) =>
          key.kind === numberSeriesKind.name && last > 0
            ? { state: { last, lastIssuedOn: '2026-01-01' }, version: last }
            : undefined,
      })
      const document = { kind: 'invoice', id: 'x' }
      const taken = takeNumber(work, settings, { series: 'invoice', date }, document)
      const number = taken.ok ? taken.value.number : ''
      expect(invoiceNumbersIn(`thanks for ${number}.`, formats)).toEqual([number])
    }
  })

  it.each<[string, NumberFormat, readonly string[]]>([
    ['rechnung 2026/17', { pattern: 'R{year}/{number}', digits: 4, fiscalYear: calendarYear }, []],
    [
      'rechnung r 2026 17',
      { pattern: 'R{year}/{number}', digits: 4, fiscalYear: calendarYear },
      ['R2026/0017'],
    ],
    ['2627/000123', { pattern: '{year}/{number}', digits: 6, fiscalYear: indianYear }, ['26-27/000123']],
    ['pay 12.50 for 000042', { pattern: '{number}', digits: 6 }, ['000042']],
  ])('reads "%s" as the format of the series has it', (text, format, numbers) => {
    expect(invoiceNumbersIn(text, [format])).toEqual(numbers)
  })

  it('looks for no more numbers than a person would check', () => {
    const text = Array.from({ length: 80 }, (_, index) => `INV-${index + 1}`).join(' ')
    expect(invoiceNumbersIn(text, formats)).toHaveLength(50)
  })

  it('PY6 masks whatever looks like a card number and nothing else', () => {
    expect(cleanRemittanceText('card 4111 1111 1111 1111 INV-000001', 100)).toBe(
      'card **** **** **** **** INV-000001',
    )
    expect(cleanRemittanceText('order 4111111111111112', 100)).toBe('order 4111111111111112')
    expect(looksLikeCardNumber(cleanRemittanceText('4111111111111111-4111111111111111', 100))).toBe(false)
  })

  it('keeps one line of bounded length and never half a character', () => {
    expect(cleanRemittanceText('a\r\nb\u0000c\td', 100)).toBe('a b c d')
    expect(cleanRemittanceText('ab😀', 3)).toBe('ab')
    expect(cleanRemittanceText('e\u0301', 10)).toBe('é')
    expect(cleanRemittanceText('a\ud800b', 10)).toBe('a\ufffdb')
  })
})
