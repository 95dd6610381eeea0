import { currencyDigits, isCurrencyCode } from '../../../core/money/currency.js'
import { parseDecimal, trimDecimal } from '../../../core/money/decimal-string.js'
import type { DocumentLanguage } from './words.js'

/** How a language writes numbers, amounts and dates. The table is our own, so that a document reads the same wherever it is printed. */
interface Formats {
  readonly decimal: string
  readonly group: string
  /** Thousands, or as in India thousands and then hundreds. */
  readonly grouping: 'thousands' | 'lakhs'
  /** Spanish and Italian leave four digits together. */
  readonly groupsFrom: 4 | 5
  readonly money: (sign: string, number: string, currency: string) => string
  readonly symbols: Readonly<Record<string, string>>
  readonly percent: string
  readonly date: (year: string, month: number, day: number) => string
}

const noBreak = '\u00a0'
const narrow = '\u202f'

const before: Formats['money'] = (sign, number, currency) =>
  `${sign}${currency}${/[A-Z]$/.test(currency) ? noBreak : ''}${number}`
const after: Formats['money'] = (sign, number, currency) => `${sign}${number}${noBreak}${currency}`

const english = {
  decimal: '.',
  group: ',',
  grouping: 'thousands',
  groupsFrom: 4,
  money: before,
  symbols: { EUR: '€', USD: '$', GBP: '£', JPY: '¥', INR: '₹' },
  percent: '%',
} as const

const englishMonths =
  'January February March April May June July August September October November December'.split(' ')
const germanMonths =
  'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ')
const spanishMonths =
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' ')
const frenchMonths =
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ')
const italianMonths =
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'.split(' ')
const dutchMonths =
  'januari februari maart april mei juni juli augustus september oktober november december'.split(' ')

const dayMonthYear =
  (months: readonly string[]): Formats['date'] =>
  (year, month, day) =>
    `${day} ${months[month - 1] ?? ''} ${year}`

const euro = { EUR: '€' } as const

const formats: Readonly<Record<DocumentLanguage, Formats>> = {
  en: { ...english, date: (year, month, day) => `${englishMonths[month - 1] ?? ''} ${day}, ${year}` },
  'en-GB': { ...english, date: dayMonthYear(englishMonths) },
  'en-IN': { ...english, grouping: 'lakhs', date: dayMonthYear(englishMonths) },
  de: {
    decimal: ',',
    group: '.',
    grouping: 'thousands',
    groupsFrom: 4,
    money: after,
    symbols: euro,
    percent: `${noBreak}%`,
    date: (year, month, day) => `${day}. ${germanMonths[month - 1] ?? ''} ${year}`,
  },
  es: {
    decimal: ',',
    group: '.',
    grouping: 'thousands',
    groupsFrom: 5,
    money: after,
    symbols: euro,
    percent: `${noBreak}%`,
    date: (year, month, day) => `${day} de ${spanishMonths[month - 1] ?? ''} de ${year}`,
  },
  fr: {
    decimal: ',',
    group: narrow,
    grouping: 'thousands',
    groupsFrom: 4,
    money: after,
    symbols: euro,
    percent: `${narrow}%`,
    date: dayMonthYear(frenchMonths),
  },
  it: {
    decimal: ',',
    group: '.',
    grouping: 'thousands',
    groupsFrom: 5,
    money: after,
    symbols: euro,
    percent: '%',
    date: dayMonthYear(italianMonths),
  },
  nl: {
    decimal: ',',
    group: '.',
    grouping: 'thousands',
    groupsFrom: 4,
    money: (sign, number, currency) => `${currency}${noBreak}${sign}${number}`,
    symbols: euro,
    percent: '%',
    date: dayMonthYear(dutchMonths),
  },
  ja: {
    decimal: '.',
    group: ',',
    grouping: 'thousands',
    groupsFrom: 4,
    money: before,
    symbols: { EUR: '€', JPY: '￥' },
    percent: '%',
    date: (year, month, day) => `${year}年${month}月${day}日`,
  },
}

/** A decimal string as the language writes it: at least so many decimals, more where it needs them. What is no decimal stays as it is. */
export const formatNumber = (text: string, language: DocumentLanguage, fewestDecimals = 0): string => {
  const number = signAndDigits(text, language, fewestDecimals)
  return number === undefined ? text : number.sign + number.digits
}

/** An amount with its currency and at least the decimals the currency has. No symbol that could mean two currencies: then it is the code. */
export const formatMoney = (text: string, currency: string, language: DocumentLanguage): string => {
  const number = signAndDigits(text, language, decimalsOf(currency))
  const { money, symbols } = formats[language]
  return number === undefined
    ? `${text} ${currency}`.trim()
    : money(number.sign, number.digits, symbols[currency] ?? currency)
}

/** An amount without its currency, as in a column of a table. */
export const formatAmount = (text: string, currency: string, language: DocumentLanguage): string =>
  formatNumber(text, language, decimalsOf(currency))

/** A rate in percent. */
export const formatPercent = (text: string, language: DocumentLanguage): string => {
  const parts = parseDecimal(text)
  const plain = parts === undefined ? text : trimDecimal(parts, 0)
  return `${formatNumber(plain, language)}${formats[language].percent}`
}

/** A date such as `2026-03-01`, written so that no country reads another day in it. What is no date stays as it is. */
export const formatDate = (text: string, language: DocumentLanguage): string => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  if (year === undefined) return text
  return formats[language].date(year, Number(month), Number(day))
}

const decimalsOf = (currency: string): number => (isCurrencyCode(currency) ? currencyDigits(currency) : 2)

const signAndDigits = (
  text: string,
  language: DocumentLanguage,
  fewestDecimals: number,
): { readonly sign: string; readonly digits: string } | undefined => {
  const parts = parseDecimal(text)
  if (parts === undefined) return undefined
  const { decimal, group, grouping, groupsFrom } = formats[language]
  const plain = trimDecimal(parts, fewestDecimals)
  const [whole = '', fraction] = plain.replace('-', '').split('.')
  const grouped = whole.length < groupsFrom ? whole : inGroups(whole, grouping).join(group)
  return {
    sign: plain.startsWith('-') ? '-' : '',
    digits: fraction === undefined ? grouped : `${grouped}${decimal}${fraction}`,
  }
}

/** From the right three digits; the groups before them have three as well, those of lakhs two. */
const inGroups = (whole: string, grouping: 'thousands' | 'lakhs'): readonly string[] => {
  const size = grouping === 'lakhs' ? 2 : 3
  const groups = [whole.slice(-3)]
  for (let end = whole.length - 3; end > 0; end -= size)
    groups.unshift(whole.slice(Math.max(end - size, 0), end))
  return groups
}
