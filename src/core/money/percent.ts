import { powerOfTen, readDecimal } from './decimal-string.js'
import { divideRounded, type RoundingMode } from './rounding.js'

/**
 * A share of minor units, rounded once. The percentage is a decimal string in percent. Throws `decimal_malformed`.
 *
 * @example percentOf(10_000n, '8.875', 'half_up') // 888n
 */
export const percentOf = (minor: bigint, percent: string, mode: RoundingMode): bigint => {
  const { digits, scale } = readDecimal(percent)
  return divideRounded(minor * digits, powerOfTen(scale + 2), mode)
}
