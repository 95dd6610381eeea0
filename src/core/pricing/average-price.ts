import type { Unit } from '../catalog/quantity.js'
import { currencyDigits } from '../money/currency.js'
import { powerOfTen, trimDecimal } from '../money/decimal-string.js'
import { greatestCommonDivisor } from '../money/greatest-common-divisor.js'
import { toMinor, type Money } from '../money/money.js'
import { UNIT_PRICE_DECIMALS, type UnitPrice } from '../money/unit-price.js'

/**
 * The one price at which a quantity (base units, 1 or more) comes to exactly this amount, where its units cost different prices: for one unit if that takes no
 * more than eight decimals, else for the fewest units that divide it without a remainder (EN 16931 BT-149).
 *
 * @example 10.00 EUR for three pieces: 10.00 EUR per 3
 */
export const averagePrice = (amount: Money, quantity: number, unit: Unit): UnitPrice => {
  const { currency } = amount
  const digits = currencyDigits(currency)
  const numerator = toMinor(amount) * powerOfTen(unit.digits)
  const units = BigInt(quantity)
  const fine = numerator * powerOfTen(UNIT_PRICE_DECIMALS - digits)
  if (fine % units === 0n) {
    return { amount: trimDecimal({ digits: fine / units, scale: UNIT_PRICE_DECIMALS }, digits), currency }
  }
  const common = greatestCommonDivisor(numerator, units)
  const price = trimDecimal({ digits: numerator / common, scale: digits }, digits)
  return { amount: price, currency, per: Number(units / common) }
}
