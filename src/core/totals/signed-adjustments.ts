import { elementAt } from '../invariant.js'
import { powerOfTen, readDecimal } from '../money/decimal-string.js'
import { percentOf } from '../money/percent.js'
import type { RoundingMode } from '../money/rounding.js'
import type { Adjustment } from './totals-input.js'

/** What a discount or charge on `base` comes to, signed. */
export const adjustmentOf = (adjustment: Adjustment, base: bigint, mode: RoundingMode): bigint => {
  const size = 'percent' in adjustment ? percentOf(base, adjustment.percent, mode) : adjustment.amount
  return adjustment.kind === 'discount' ? -size : size
}

/**
 * What discounts and charges on `base` come to, each rounded once. Where all of them leave no less than nothing and only their roundings together would
 * leave less, the last of those that were rounded that way are rounded the other way, until just nothing is left.
 */
export const adjustmentsOf = (
  adjustments: readonly Adjustment[],
  base: bigint,
  mode: RoundingMode,
): readonly bigint[] => {
  if (adjustments.length === 1) return [adjustmentOf(elementAt(adjustments, 0), base, mode)]
  const signed: bigint[] = []
  let left = base
  for (const adjustment of adjustments) {
    const value = adjustmentOf(adjustment, base, mode)
    signed.push(value)
    left += value
  }
  const isOverdrawn = base < 0n ? left > 0n : left < 0n
  return isOverdrawn ? roundedBack(adjustments, base, signed, left) : signed
}

const roundedBack = (
  adjustments: readonly Adjustment[],
  base: bigint,
  signed: readonly bigint[],
  rest: bigint,
): readonly bigint[] => {
  const scale = Math.max(...adjustments.map(scaleOf))
  const one = powerOfTen(scale + 2)
  const exact = adjustments.map((adjustment) => exactly(adjustment, base, scale))
  const sign = base < 0n ? -1n : 1n
  if (sign * exact.reduce((sum, value) => sum + value, base * one) < 0n) return signed
  const rounded = [...signed]
  let left = sign * rest
  for (let at = rounded.length - 1; left < 0n; at -= 1) {
    const value = elementAt(rounded, at)
    if (sign * value * one >= sign * elementAt(exact, at)) continue
    rounded[at] = value + sign
    left += 1n
  }
  return rounded
}

const scaleOf = (adjustment: Adjustment): number =>
  'percent' in adjustment ? readDecimal(adjustment.percent).scale : 0

/** In hundredths of as many decimals as `scale`. */
const exactly = (adjustment: Adjustment, base: bigint, scale: number): bigint => {
  const { digits, scale: own } =
    'percent' in adjustment ? readDecimal(adjustment.percent) : { digits: 100n, scale: 0 }
  const size = ('percent' in adjustment ? base : adjustment.amount) * digits * powerOfTen(scale - own)
  return adjustment.kind === 'discount' ? -size : size
}
