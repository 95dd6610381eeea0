import { z } from 'zod'
import { currencyDigits, isCurrencyCode, type CurrencyCode } from './currency.js'
import { parseDecimal, powerOfTen, trimDecimal, type DecimalParts } from './decimal-string.js'
import { isPositive, largestMinor, type Money } from './money.js'
import { UNIT_PRICE_DECIMALS, type UnitPrice } from './unit-price.js'
import { magnitude } from './magnitude.js'

/** Largest price base quantity (`per`), the same as the largest quantity. */
const LARGEST_PER = 1_000_000_000

/** What a host writes for an amount: a decimal string and an ISO 4217 code. */
export interface MoneyInput {
  readonly amount: string
  readonly currency: string
}

export interface UnitPriceInput extends MoneyInput {
  readonly per?: number | undefined
}

type Context = z.core.$RefinementCtx
type Read = Readonly<Record<string, unknown>>

interface AmountRules {
  readonly nonNegative: boolean
  /** Decimals allowed; the currency's own digits where absent. */
  readonly decimals?: number
}

// One transform a schema: an order parses several prices, and an object schema with refinements costs several times this.

/** An amount with at most the currency's decimals: `"19.9"` EUR becomes `"19.90"`, `"19.999"` EUR is refused. */
export const moneySchema = z.transform<MoneyInput, Money>((input, context) =>
  readMoney(input, context, { nonNegative: false }),
)

/** The same, refusing amounts below zero (`money.min`). */
export const nonNegativeMoneySchema = z.transform<MoneyInput, Money>((input, context) =>
  readMoney(input, context, { nonNegative: true }),
)

/** An amount above zero (`money.positive`). */
export const positiveMoneySchema = nonNegativeMoneySchema.refine(isPositive, 'money.positive')

/** A price of zero or more with up to eight decimals, for `per` units (a whole number of 1 or more, default 1). */
export const unitPriceSchema = z.transform<UnitPriceInput, UnitPrice>((input, context) =>
  readUnitPrice(input, context),
)

/** A percentage from 0 to 100 as a decimal string in percent (`"8.875"`), normalized. */
export const percentSchema = z.transform<string, string>((input, context) => readPercent(input, context))

/** The same for a tax rate, which a JSON number could state in two units: refused as `tax.unit`. */
export const taxPercentSchema = z.transform<string, string>((input, context) =>
  readPercent(input, context, 'tax.unit'),
)

/** An exchange rate above zero and at most a billion, as a decimal string with at most 12 decimals, normalized. */
export const exchangeRateSchema = z.transform<string, string>((input, context) => readRate(input, context))

/** An ISO 4217 alphabetic code in upper case. */
export const currencySchema = z.transform<string, CurrencyCode>(
  (input, context) => readCurrency(input, context) ?? z.NEVER,
)

const readMoney = (input: unknown, context: Context, rules: AmountRules): Money => {
  const read = readObject(input, context, false)
  if (read === undefined) return z.NEVER
  const currency = readCurrency(read['currency'], context, 'currency')
  const amount = readAmount(read['amount'], currency, context, rules)
  return currency === undefined || amount === undefined ? z.NEVER : { amount, currency }
}

const priceRules: AmountRules = { nonNegative: true, decimals: UNIT_PRICE_DECIMALS }

const readUnitPrice = (input: unknown, context: Context): UnitPrice => {
  const read = readObject(input, context, true)
  if (read === undefined) return z.NEVER
  const currency = readCurrency(read['currency'], context, 'currency')
  const amount = readAmount(read['amount'], currency, context, priceRules)
  const per = readPer(read['per'], context)
  if (currency === undefined || amount === undefined || per === undefined) return z.NEVER
  return per === 1 ? { amount, currency } : { amount, currency, per }
}

const readObject = (input: unknown, context: Context, withPer: boolean): Read | undefined => {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return refuse(context, 'money.type', input)
  }
  const read = input as Read
  const keys: string[] = []
  for (const key in read) {
    if (key !== 'amount' && key !== 'currency' && !(withPer && key === 'per')) keys.push(key)
  }
  if (keys.length > 0) {
    context.issues.push({ code: 'unrecognized_keys', keys, message: 'unknownField', input: read })
  }
  return read
}

const readCurrency = (text: unknown, context: Context, field?: string): CurrencyCode | undefined => {
  if (typeof text !== 'string') return refuse(context, 'currency.type', text, field)
  if (isCurrencyCode(text)) return text
  const wellFormed = text.length === 3 && /^[A-Z]{3}$/.test(text)
  return refuse(context, wellFormed ? 'currency.unknown' : 'currency.format', text, field)
}

const readAmount = (
  text: unknown,
  currency: CurrencyCode | undefined,
  context: Context,
  rules: AmountRules,
): string | undefined => {
  if (typeof text !== 'string') return refuse(context, 'money.type', text, 'amount')
  const parts = parseDecimal(text)
  if (parts === undefined) return refuse(context, 'money.format', text, 'amount')
  if (rules.nonNegative && parts.digits < 0n) return refuse(context, 'money.min', text, 'amount')
  if (currency === undefined) return undefined
  const digits = currencyDigits(currency)
  if (parts.scale > (rules.decimals ?? digits)) return refuse(context, 'money.precision', text, 'amount')
  if (exceedsLargest(parts, digits)) return refuse(context, 'money.max', text, 'amount')
  return isNormalized(text, parts.scale, digits) ? text : trimDecimal(parts, digits)
}

const exceedsLargest = ({ digits, scale }: DecimalParts, currencyDecimals: number): boolean => {
  const size = magnitude(digits)
  return scale <= currencyDecimals
    ? size * powerOfTen(currencyDecimals - scale) > largestMinor
    : size > largestMinor * powerOfTen(scale - currencyDecimals)
}

const MINUS = 45
const ZERO = 48

// The common case keeps the caller's own text; a leading minus goes the long way because of "-0.00".
const isNormalized = (text: string, scale: number, currencyDecimals: number): boolean =>
  text.charCodeAt(0) !== MINUS &&
  (scale === currencyDecimals || (scale > currencyDecimals && text.charCodeAt(text.length - 1) !== ZERO))

const readPer = (per: unknown, context: Context): number | undefined => {
  if (per === undefined) return 1
  const valid = typeof per === 'number' && Number.isInteger(per) && per >= 1 && per <= LARGEST_PER
  return valid ? per : refuse(context, 'price.per', per, 'per')
}

const readPercent = (text: unknown, context: Context, wrongType = 'percent.type'): string => {
  if (typeof text !== 'string') return refuse(context, wrongType, text) ?? z.NEVER
  const parts = parseDecimal(text)
  if (parts === undefined) return refuse(context, 'percent.format', text) ?? z.NEVER
  const inRange = parts.digits >= 0n && parts.digits <= 100n * powerOfTen(parts.scale)
  return inRange ? trimDecimal(parts, 0) : (refuse(context, 'percent.range', text) ?? z.NEVER)
}

const rateDecimals = 12
const largestRate = 1_000_000_000n

const readRate = (text: unknown, context: Context): string => {
  if (typeof text !== 'string') return refuse(context, 'rate.type', text) ?? z.NEVER
  const parts = parseDecimal(text)
  if (parts === undefined) return refuse(context, 'rate.format', text) ?? z.NEVER
  if (parts.digits <= 0n) return refuse(context, 'rate.positive', text) ?? z.NEVER
  if (parts.scale > rateDecimals) return refuse(context, 'rate.precision', text) ?? z.NEVER
  const inRange = parts.digits <= largestRate * powerOfTen(parts.scale)
  return inRange ? trimDecimal(parts, 0) : (refuse(context, 'rate.max', text) ?? z.NEVER)
}

/** The message of an issue is the rule it names. */
const refuse = (context: Context, rule: string, input: unknown, field?: string): undefined => {
  context.issues.push({
    code: 'custom',
    message: rule,
    input,
    ...(field === undefined ? {} : { path: [field] }),
  })
  return undefined
}
