import { currencyDigits, type CurrencyCode } from './currency.js'
import { powerOfTen, readDecimal } from './decimal-string.js'
import { fromMinor, type Money } from './money.js'
import { divideRounded, type RoundingMode } from './rounding.js'

/** Most decimals of a unit price; an invoice line may need more than the currency has (EN 16931 BT-146). */
export const UNIT_PRICE_DECIMALS = 8

/**
 * The price of `per` units (default 1; the item price base quantity, EN 16931 BT-149), not yet rounded to the currency:
 * `"2.50"`, `"191.5155"`. Normalized: at least the currency's digits, no zero at the end beyond them, no `per` of 1.
 */
export interface UnitPrice {
  readonly amount: string
  readonly currency: CurrencyCode
  readonly per?: number
}

/** A count in the smallest part of its unit: 1.5 kg weighed to the gram is 1500 base units with 3 digits. */
export interface Quantity {
  readonly baseUnits: bigint
  readonly digits: number
}

/**
 * Price × quantity ÷ per, rounded once, to the currency's digits.
 *
 * @example five pieces at 191.5155 EUR, `half_up`: 957.58 EUR
 */
export const extendPrice = (price: UnitPrice, quantity: Quantity, mode: RoundingMode): Money => {
  const { digits, scale } = readDecimal(price.amount)
  const surplus = scale + quantity.digits - currencyDigits(price.currency)
  const product = digits * quantity.baseUnits
  const numerator = surplus < 0 ? product * powerOfTen(-surplus) : product
  const per = price.per === undefined ? 1n : BigInt(price.per)
  const denominator = surplus > 0 ? per * powerOfTen(surplus) : per
  return fromMinor(divideRounded(numerator, denominator, mode), price.currency)
}
