import { powerOfTen, readDecimal } from '../money/decimal-string.js'
import { divideRounded, type RoundingMode } from '../money/rounding.js'
import { adjustmentsOf } from './signed-adjustments.js'
import type { TotalsLine } from './totals-input.js'

/** The amounts of one line in minor units: `amount` = `extended` - discounts + charges. */
export interface LineAmounts {
  readonly extended: bigint
  /** Signed: discounts below zero, in the order of the line's adjustments. */
  readonly adjustments: readonly bigint[]
  readonly amount: bigint
}

const none: readonly bigint[] = []

/** Price times quantity is rounded once to the decimals of the currency; so is each percentage of it. Amounts are exact as they stand. */
export const lineAmounts = (
  { price, quantity, adjustments }: Omit<TotalsLine, 'tax'>,
  decimals: number,
  mode: RoundingMode,
): LineAmounts => {
  const extended = extend(price.amount, price.per, quantity.baseUnits, quantity.digits, decimals, mode)
  if (adjustments === undefined || adjustments.length === 0) {
    return { extended, adjustments: none, amount: extended }
  }
  let amount = extended
  const signed = adjustmentsOf(adjustments, extended, mode)
  for (const value of signed) amount += value
  return { extended, adjustments: signed, amount }
}

const extend = (
  amount: string,
  per: number | undefined,
  baseUnits: bigint,
  quantityDigits: number,
  decimals: number,
  mode: RoundingMode,
): bigint => {
  const { digits, scale } = readDecimal(amount)
  const surplus = scale + quantityDigits - decimals
  const product = digits * baseUnits
  if (surplus === 0 && per === undefined) return product
  const numerator = surplus < 0 ? product * powerOfTen(-surplus) : product
  const divisor = surplus > 0 ? powerOfTen(surplus) : 1n
  return divideRounded(numerator, per === undefined ? divisor : divisor * BigInt(per), mode)
}
