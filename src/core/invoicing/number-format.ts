import { present } from '../invariant.js'
import type { LocalDate } from '../time/local-date.js'

/** How the numbers of a series of documents are written, as data. */
export interface NumberFormat {
  /** `{number}` once, and `{year}` once where the series begins anew each fiscal year: `INV-{year}-{number}`. ASCII letters, digits and `-/._`. */
  readonly pattern: string
  /** Fewest digits of the number, 1 to 12; it is filled with zeros. */
  readonly digits: number
  readonly fiscalYear?: FiscalYear
  /** Most characters of a written number: 16 in India (Rule 46 (b) of the CGST Rules). */
  readonly longest?: number
  /** The signs that may stand beside letters and digits: `-/` in India (the same rule). Left out, `-/._` may. */
  readonly signs?: string
}

export interface FiscalYear {
  /** Month and day on which it begins: `01-01`, or `04-01` in India. */
  readonly startsOn: string
  readonly written: 'YYYY' | 'YY' | 'YYYY-YY' | 'YY-YY'
}

export const seriesNames = ['invoice', 'credit_note'] as const
export type Series = (typeof seriesNames)[number]

/** How each series is numbered: one such set for the business, and one for each further legal entity. */
export type Numbering = Readonly<Record<Series, NumberFormat>>

/** What is wrong with a format, in words for whoever configures it; nothing when it can be used. */
export const formatProblem = (format: NumberFormat): string | undefined => {
  const { pattern, digits, fiscalYear, longest } = format
  if (!/^[\w\-/.{}]{1,60}$/.test(pattern))
    return 'its pattern has characters other than letters, digits and -/._'
  if (pattern.split('{number}').length !== 2) return 'its pattern does not name {number} once'
  const years = pattern.split('{year}').length - 1
  if (fiscalYear === undefined && years > 0) return 'its pattern names a {year}, but it has no fiscal year'
  if (fiscalYear !== undefined && years !== 1) {
    return 'it begins anew each fiscal year without a {year} in its pattern, so numbers would come twice'
  }
  if (/[{}]/.test(pattern.replace('{number}', '').replace('{year}', '')))
    return 'its pattern has stray braces'
  if (!Number.isInteger(digits) || digits < 1 || digits > 12)
    return 'its digits are not a whole number from 1 to 12'
  if (fiscalYear !== undefined && !isMonthAndDay(fiscalYear.startsOn))
    return 'its fiscal year begins on no day'
  const foreign = foreignSign(format)
  if (foreign !== undefined) return foreign
  const shortest = fixedLength(pattern, fiscalYear) + digits
  if (longest !== undefined && !(Number.isInteger(longest) && longest >= shortest)) {
    return `its numbers have ${shortest} characters and may not have so many`
  }
  return undefined
}

const knownSigns = '-/._'

/** The hyphen of a fiscal year written as `26-27` counts as one of the pattern's own. */
const foreignSign = ({ pattern, fiscalYear, signs = knownSigns }: NumberFormat): string | undefined => {
  if (typeof signs !== 'string' || [...signs].some((sign) => !knownSigns.includes(sign)))
    return `its signs are not some of ${knownSigns}`
  const written = withYear(pattern, fiscalYear).replace('{number}', '')
  const foreign = [...written].find((sign) => knownSigns.includes(sign) && !signs.includes(sign))
  return foreign === undefined ? undefined : `its numbers have a ${foreign} and may not have it`
}

/** February 29 is left out: it is there every fourth year only. */
const isMonthAndDay = (text: string): boolean =>
  /^(?:(?:01|03|05|07|08|10|12)-(?:0[1-9]|[12]\d|3[01])|(?:04|06|09|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))$/.test(
    text,
  )

const fixedLength = (pattern: string, fiscalYear: FiscalYear | undefined): number =>
  withYear(pattern, fiscalYear).replace('{number}', '').length

const withYear = (pattern: string, fiscalYear: FiscalYear | undefined): string =>
  pattern.replace('{year}', fiscalYear?.written ?? '')

/** The year in which the fiscal year of a day begins; absent where numbers never begin anew. */
export const fiscalYearOf = (format: NumberFormat, date: LocalDate): number | undefined => {
  if (format.fiscalYear === undefined) return undefined
  const year = Number(date.slice(0, 4))
  return date.slice(5) >= format.fiscalYear.startsOn ? year : year - 1
}

/** The number as it stands on a document; nothing when it would be longer than the format allows. */
export const writeNumber = (
  { pattern, digits, fiscalYear, longest }: NumberFormat,
  year: number | undefined,
  number: number,
): string | undefined => {
  const counted = pattern.replace('{number}', String(number).padStart(digits, '0'))
  const written =
    fiscalYear === undefined || year === undefined
      ? counted
      : counted.replace('{year}', writtenYear(fiscalYear, year))
  return longest !== undefined && written.length > longest ? undefined : written
}

const writtenYear = ({ written }: FiscalYear, year: number): string => {
  const four = String(year).padStart(4, '0')
  const next = String(year + 1).slice(-2)
  switch (written) {
    case 'YYYY':
      return four
    case 'YY':
      return four.slice(-2)
    case 'YYYY-YY':
      return `${four}-${next}`
    case 'YY-YY':
      return `${four.slice(-2)}-${next}`
  }
}

/**
 * Two formats of one shape could write the same number, sooner or later: `A{number}` and `A1{number}` both write A11. The shape is the text with each
 * run of digits, years and numbers taken as one, in lower case: people and tax offices take A-1 and a-1 for one number.
 */
export const shapeOf = ({ pattern, fiscalYear }: NumberFormat): string =>
  pattern
    .replace('{year}', (fiscalYear?.written ?? '').replaceAll('Y', '9'))
    .replace('{number}', '9')
    .replaceAll(/\d+/g, '#')
    .toLowerCase()

/**
 * The numbers of a format that stand in a text people wrote: in any case, with other signs or blanks between, without leading zeros. Where the
 * format has no letters of its own, all its digits are wanted, so that not every amount looks like a number.
 */
export const numbersIn = (text: string, format: NumberFormat): readonly string[] => {
  const found: string[] = []
  for (const { groups } of text.matchAll(writtenShape(format))) {
    const number = Number(groups?.['number'])
    const year = groups?.['year']?.replaceAll(/\D/g, '')
    const written = writeNumber(format, undefined, number)
    if (written !== undefined)
      found.push(year === undefined ? written : written.replace('{year}', yearOf(format, year)))
  }
  return found
}

const between = '[-_ ./#:]{0,3}'

/** What finds the numbers of a format. Each of its quantifiers is bounded, so that it searches a text in linear time (LV5). */
export const writtenShape = (format: NumberFormat): RegExp => {
  const fewest = /[A-Za-z]/.test(format.pattern.replaceAll(/\{\w+\}/g, '')) ? 1 : format.digits
  const year = format.fiscalYear?.written.replace('-', between).replaceAll('Y', String.raw`\d`) ?? ''
  const parts = format.pattern.split(/(\{number\}|\{year\})/).map((part) => {
    if (part === '{number}') return String.raw`(?<number>\d{${fewest},15})`
    if (part === '{year}') return `(?<year>${year})`
    return part.replaceAll(/[^A-Za-z0-9]+/g, between).replace(/[A-Za-z]$/, `$&${between}`)
  })
  // eslint-disable-next-line no-restricted-syntax -- put together from bounded parts
  return new RegExp(`(?<![A-Z0-9])${parts.join('')}(?![A-Z0-9])`, 'gi')
}

/** The year's digits in the places the format has for them. */
const yearOf = ({ fiscalYear }: NumberFormat, digits: string): string => {
  const { written } = present(fiscalYear, 'a format that writes a year has one')
  const rest = [...digits]
  return written.replaceAll('Y', () => present(rest.shift(), 'a year is read with all its digits'))
}
