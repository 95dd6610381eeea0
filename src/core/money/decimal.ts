import { Decimal } from 'decimal.js'
import { currencyDigits, type CurrencyCode } from './currency.js'
import { parseDecimal, powerOfTen } from './decimal-string.js'
import { fromMinor, toMinor, type Money } from './money.js'
import { divideRounded, type RoundingMode } from './rounding.js'

/** decimal.js with 40 digits; its own default rounds silently at 20. For factors and rates, never for stored amounts. */
export const PreciseDecimal = Decimal.clone({
  precision: 40,
  rounding: Decimal.ROUND_HALF_EVEN,
  toExpNeg: -1000,
  toExpPos: 1000,
  defaults: true,
})

/** Thrown where a rate is not a plain decimal above zero. */
export class MalformedRate extends Error {
  readonly code = 'rate_malformed'
  override readonly name = 'MalformedRate'
}

/**
 * Converts at `rate` units of `to` for one unit of the money's currency, rounded once. The rate, its source and its
 * time belong into the entry that records the conversion. Throws `rate_malformed`.
 *
 * @example convert({ amount: '10.00', currency: EUR }, '162.345', JPY, 'half_up') // 1623 JPY
 */
export const convert = (money: Money, rate: string, to: CurrencyCode, mode: RoundingMode): Money => {
  const parts = parseDecimal(rate)
  if (parts === undefined || parts.digits <= 0n) throw new MalformedRate('expected a decimal above zero')
  // Amount and rate are finite decimals: their product in bigint is exact, where 40 digits could round a second time.
  const numerator = toMinor(money) * parts.digits * powerOfTen(currencyDigits(to))
  const denominator = powerOfTen(currencyDigits(money.currency) + parts.scale)
  return fromMinor(divideRounded(numerator, denominator, mode), to)
}
