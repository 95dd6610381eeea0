import { powerOfTen, readDecimal, trimDecimal } from './decimal-string.js'
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

/** Percentages as one: a single one as it is written, several without zeros at the end. Throws `decimal_malformed`. */
export const sumOfPercents = (percents: readonly string[]): string => {
  const [first = '0', ...others] = percents
  if (others.length === 0) return first
  const parts = percents.map(readDecimal)
  const scale = Math.max(...parts.map((part) => part.scale))
  const digits = parts.reduce((sum, part) => sum + part.digits * powerOfTen(scale - part.scale), 0n)
  return trimDecimal({ digits, scale }, 0)
}
