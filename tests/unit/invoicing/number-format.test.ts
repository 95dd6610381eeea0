import { describe, expect, it } from 'vitest'
import {
  fiscalYearOf,
  formatProblem,
  numbersIn,
  shapeOf,
  writeNumber,
  writtenShape,
  type FiscalYear,
  type NumberFormat,
} from '../../../src/core/invoicing/number-format.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'

const plain: NumberFormat = { pattern: 'INV-{number}', digits: 6 }
const yearly = (written: FiscalYear['written'], startsOn = '04-01'): NumberFormat => ({
  pattern: '{year}/{number}',
  digits: 4,
  fiscalYear: { startsOn, written },
})

describe('NR6 the format of a number', () => {
  it('is told what is wrong with it', () => {
    expect(formatProblem(plain)).toBeUndefined()
    expect(formatProblem(yearly('YYYY'))).toBeUndefined()
    for (const [format, problem] of [
      [{ ...plain, pattern: 'Ä{number}' }, 'its pattern has characters other than letters, digits and -/._'],
      [{ ...plain, pattern: '' }, 'its pattern has characters other than letters, digits and -/._'],
      [{ ...plain, pattern: 'INV' }, 'its pattern does not name {number} once'],
      [{ ...plain, pattern: '{number}{number}' }, 'its pattern does not name {number} once'],
      [{ ...plain, pattern: '{year}{number}' }, 'its pattern names a {year}, but it has no fiscal year'],
      [
        { ...yearly('YYYY'), pattern: '{number}' },
        'it begins anew each fiscal year without a {year} in its pattern, so numbers would come twice',
      ],
      [
        { ...yearly('YYYY'), pattern: '{year}{year}{number}' },
        'it begins anew each fiscal year without a {year} in its pattern, so numbers would come twice',
      ],
      [{ ...plain, pattern: '{INV}{number}' }, 'its pattern has stray braces'],
      [yearly('YYYY', '02-29'), 'its fiscal year begins on no day'],
    ] as const) {
      expect(formatProblem(format), JSON.stringify(format)).toBe(problem)
    }
  })

  it('has one to twelve digits', () => {
    const problem = 'its digits are not a whole number from 1 to 12'
    for (const digits of [1, 12]) expect(formatProblem({ ...plain, digits })).toBeUndefined()
    for (const digits of [0, 13, 1.5]) expect(formatProblem({ ...plain, digits })).toBe(problem)
  })

  it('has room for its shortest number, year included', () => {
    expect(formatProblem({ ...plain, longest: 10 })).toBeUndefined()
    expect(formatProblem({ ...plain, longest: 9 })).toBe(
      'its numbers have 10 characters and may not have so many',
    )
    expect(formatProblem({ ...plain, longest: 10.5 })).toBeDefined()
    expect(formatProblem({ ...yearly('YYYY-YY'), longest: 12 })).toBeUndefined()
    expect(formatProblem({ ...yearly('YYYY-YY'), longest: 11 })).toBeDefined()
  })
})

describe('a number', () => {
  it('is filled with zeros, and grows beyond its digits', () => {
    expect(writeNumber(plain, undefined, 7)).toBe('INV-000007')
    expect(writeNumber(plain, undefined, 12_345_678)).toBe('INV-12345678')
  })

  it('is not written where it would be longer than it may be', () => {
    const format = { ...plain, longest: 10 }
    expect(writeNumber(format, undefined, 999_999)).toBe('INV-999999')
    expect(writeNumber(format, undefined, 1_000_000)).toBeUndefined()
  })

  it.each([
    ['YYYY', '2026/0001'],
    ['YY', '26/0001'],
    ['YYYY-YY', '2026-27/0001'],
    ['YY-YY', '26-27/0001'],
  ] as const)('has its year written as %s', (written, number) => {
    expect(writeNumber(yearly(written), 2026, 1)).toBe(number)
  })

  it('has the year 999 in four digits, and the last of a century before the first of the next', () => {
    expect(writeNumber(yearly('YYYY'), 999, 1)).toBe('0999/0001')
    expect(writeNumber(yearly('YY-YY'), 2099, 1)).toBe('99-00/0001')
  })
})

it('a fiscal year is named after the calendar year in which it begins', () => {
  expect(fiscalYearOf(plain, '2026-03-31' as LocalDate)).toBeUndefined()
  expect(fiscalYearOf(yearly('YYYY'), '2026-03-31' as LocalDate)).toBe(2025)
  expect(fiscalYearOf(yearly('YYYY'), '2026-04-01' as LocalDate)).toBe(2026)
})

it('formats that could write one number have one shape', () => {
  expect(shapeOf({ pattern: 'A{number}', digits: 1 })).toBe(shapeOf({ pattern: 'A1{number}', digits: 3 }))
  expect(shapeOf({ pattern: 'A-{number}', digits: 1 })).not.toBe(shapeOf({ pattern: 'A{number}', digits: 1 }))
  expect(shapeOf(yearly('YYYY'))).toBe('#/#')
  expect(shapeOf(yearly('YY-YY'))).toBe('#-#/#')
})

describe('numbers in a text that people wrote', () => {
  it('are found in any case, with other signs, without leading zeros', () => {
    expect(numbersIn('pays inv 7, INV-000012 and Inv_13', plain)).toEqual([
      'INV-000007',
      'INV-000012',
      'INV-000013',
    ])
    expect(numbersIn('nothing of ours, XINV-7', plain)).toEqual([])
  })

  it('are none where the number is longer than the format can be', () => {
    expect(numbersIn('INV-000012 INV-99999999999999', { ...plain, longest: 10 })).toEqual(['INV-000012'])
  })

  it('have all their digits where the format has no letters of its own', () => {
    const digits: NumberFormat = { pattern: '{number}', digits: 6 }
    expect(numbersIn('1234 and 001234', digits)).toEqual(['001234'])
  })

  it('have their year in the places that the format has for it', () => {
    expect(numbersIn('our 2026-27/0003', yearly('YYYY-YY'))).toEqual(['2026-27/0003'])
    expect(numbersIn('our 26/0003', yearly('YY'))).toEqual(['26/0003'])
  })

  it.each([
    plain,
    { pattern: 'A-_./-{number}--B', digits: 1 },
    { pattern: '{number}', digits: 12 },
    ...(['YYYY', 'YY', 'YYYY-YY', 'YY-YY'] as const).map((written) => yearly(written)),
  ])('LV5 are looked for with bounded quantifiers only, as $pattern', (format) => {
    expect(writtenShape(format).source).not.toMatch(/[*+]|\{\d+,\}|\(\?:/)
  })
})
