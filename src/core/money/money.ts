import { currencyDigits, type CurrencyCode } from './currency.js'
import { formatDecimal } from './decimal-string.js'

/**
 * An amount as it is stored, hashed and answered: a decimal string with exactly the currency's digits
 * (`"19.99"` EUR, `"100"` JPY, `"-0.50"` EUR), and never a negative zero.
 */
export interface Money {
  readonly amount: string
  readonly currency: CurrencyCode
}

/** Thrown by every operation over two currencies: converting is an explicit step with a rate. */
export class CurrencyMismatch extends Error {
  readonly code = 'currency_mismatch'
  override readonly name = 'CurrencyMismatch'
}

/** Thrown where an amount is not in its stored form, so a cent is never read as ten. */
export class MalformedMoney extends Error {
  readonly code = 'money_malformed'
  override readonly name = 'MalformedMoney'
}

// Fifteen characters hold at most fifteen digits: an integer below 2^53, which a plain number counts exactly and three
// times faster than a bigint.
const SAFE_LENGTH = 15
const MINUS = 45
const POINT = 46
const ZERO = 48

/** The amount in minor units (cents). Throws `money_malformed` unless it has exactly the currency's digits. */
export const toMinor = (money: Money): bigint => {
  const amount = money.amount
  const length = amount.length
  const digits = currencyDigits(money.currency)
  const point = digits === 0 ? length : length - digits - 1
  const negative = amount.charCodeAt(0) === MINUS
  const start = negative ? 1 : 0
  if (point <= start) throw malformed()
  if (length > SAFE_LENGTH) return longToMinor(amount, point)
  let minor = 0
  for (let at = start; at < length; at += 1) {
    const code = amount.charCodeAt(at)
    if (at === point) {
      if (code !== POINT) throw malformed()
      continue
    }
    const digit = code - ZERO
    if (digit < 0 || digit > 9) throw malformed()
    minor = minor * 10 + digit
  }
  return BigInt(negative ? -minor : minor)
}

const longToMinor = (amount: string, point: number): bigint => {
  const pointIsRight = point === amount.length || amount.charCodeAt(point) === POINT
  const minor = amount.slice(0, point) + amount.slice(point + 1)
  if (!pointIsRight || !/^-?[0-9]+$/.test(minor)) throw malformed()
  return BigInt(minor)
}

const malformed = (): MalformedMoney =>
  new MalformedMoney("expected a decimal with exactly the currency's digits")

/** @example fromMinor(-50n, currencyCode('EUR')) // { amount: '-0.50', currency: 'EUR' } */
export const fromMinor = (minor: bigint, currency: CurrencyCode): Money => ({
  amount: formatDecimal(minor, currencyDigits(currency)),
  currency,
})

export const zero = (currency: CurrencyCode): Money => fromMinor(0n, currency)

/** Throws `currency_mismatch`, as do all operations below that take more than one amount. */
export const add = (a: Money, b: Money): Money => {
  const currency = sharedCurrency(a, b)
  return fromMinor(toMinor(a) + toMinor(b), currency)
}

export const subtract = (a: Money, b: Money): Money => {
  const currency = sharedCurrency(a, b)
  return fromMinor(toMinor(a) - toMinor(b), currency)
}

export const negate = (money: Money): Money => fromMinor(-toMinor(money), money.currency)

/** The currency is named, so the sum of no amounts is a zero of the right kind. */
export const sumOf = (moneys: readonly Money[], currency: CurrencyCode): Money => {
  let minor = 0n
  for (const money of moneys) {
    if (money.currency !== currency) throw mismatch(money.currency, currency)
    minor += toMinor(money)
  }
  return fromMinor(minor, currency)
}

export const compare = (a: Money, b: Money): -1 | 0 | 1 => {
  sharedCurrency(a, b)
  const x = toMinor(a)
  const y = toMinor(b)
  if (x === y) return 0
  return x < y ? -1 : 1
}

/** Throws for two currencies rather than answering false: whoever asks has mixed them up. */
export const equals = (a: Money, b: Money): boolean => compare(a, b) === 0

export const isZero = (money: Money): boolean => toMinor(money) === 0n

export const isNegative = (money: Money): boolean => toMinor(money) < 0n

export const isPositive = (money: Money): boolean => toMinor(money) > 0n

/** The largest amount there can be, in minor units: of what is accepted from outside, and of what an order or a document comes to. */
export const largestMinor = 10n ** 15n

export const isTooLarge = (money: Money): boolean => {
  const minor = toMinor(money)
  return minor > largestMinor || minor < -largestMinor
}

export const absolute = (money: Money): Money => (isNegative(money) ? negate(money) : money)

export const minimum = (a: Money, b: Money): Money => (compare(a, b) <= 0 ? a : b)

const sharedCurrency = (a: Money, b: Money): CurrencyCode => {
  if (a.currency !== b.currency) throw mismatch(a.currency, b.currency)
  return a.currency
}

const mismatch = (a: CurrencyCode, b: CurrencyCode): CurrencyMismatch =>
  new CurrencyMismatch(`amounts in ${a} and ${b} cannot be combined without a rate`)
