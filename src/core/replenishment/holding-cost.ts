import { powerOfTen, readDecimal } from '../money/decimal-string.js'
import { currencyDigits } from '../money/currency.js'
import { fromMinor, type Money } from '../money/money.js'
import { divideRounded } from '../money/rounding.js'
import type { UnitPrice } from '../money/unit-price.js'
import type { Unit } from '../catalog/quantity.js'

/** What one of so many units cost the business; the same form as a price. */
export type UnitCost = UnitPrice

/**
 * What `numerator / denominator` base units are worth at cost, rounded half up to the currency once. Fractions, because an average stock is rarely a
 * whole number and no float comes near an amount.
 */
export const valueAtCost = (numerator: bigint, denominator: bigint, cost: UnitCost, unit: Unit): Money => {
  const { digits, scale } = readDecimal(cost.amount)
  const worth = numerator * digits * powerOfTen(currencyDigits(cost.currency))
  const parts = denominator * BigInt(cost.per ?? 1) * powerOfTen(scale + unit.digits)
  return fromMinor(divideRounded(worth, parts, 'half_up'), cost.currency)
}

/**
 * What keeping stock cost over a span of days (M59): base-unit-days × unit cost × yearly rate ÷ 365, rounded half up once. The rate is a percentage of
 * the stock's value a year and covers capital, space, insurance, shrinkage; trade texts put it at 15 to 30. `unitDays` is the sum of the
 * stock at the end of each day.
 */
export const holdingCost = (unitDays: bigint, cost: UnitCost, unit: Unit, yearlyPercent: string): Money => {
  const rate = readDecimal(yearlyPercent)
  return valueAtCost(unitDays * rate.digits, 365n * powerOfTen(rate.scale + 2), cost, unit)
}
