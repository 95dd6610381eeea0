import { formatDecimal, powerOfTen, readDecimal } from './decimal-string.js'
import { greatestCommonDivisor } from './greatest-common-divisor.js'

/** A number as it is before it is rounded. The denominator is above zero. */
export interface Exact {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** The product of decimals divided by another that is not zero, exact. Throws `decimal_malformed`. */
export const exactQuotient = (factors: readonly string[], divisor: string): Exact => {
  let [numerator, denominator] = [1n, 1n]
  for (const factor of factors) {
    const { digits, scale } = readDecimal(factor)
    numerator *= digits
    denominator *= powerOfTen(scale)
  }
  const { digits, scale } = readDecimal(divisor)
  numerator *= powerOfTen(scale)
  denominator *= digits
  return denominator < 0n ? { numerator: -numerator, denominator: -denominator } : { numerator, denominator }
}

/**
 * As a plain decimal where it ends, as a fraction in lowest terms where it does not.
 *
 * @example 6.15 / 2 is `3.075`, 20 / 3 is `20/3`
 */
export const writeExact = (exact: Exact): string => {
  const { numerator, denominator } = lowestTerms(exact)
  const scale = decimalsOf(denominator)
  return scale === undefined
    ? `${numerator}/${denominator}`
    : formatDecimal((numerator * powerOfTen(scale)) / denominator, scale)
}

/** For people: a decimal that does not end is cut after six decimals, and says so: `6.666666…`. */
export const printExact = (exact: Exact): string => {
  const { numerator, denominator } = exact
  if (decimalsOf(lowestTerms(exact).denominator) !== undefined) return writeExact(exact)
  const cut = (numerator * powerOfTen(6)) / denominator
  const sign = cut === 0n && numerator < 0n ? '-' : ''
  return `${sign}${formatDecimal(cut, 6)}…`
}

const lowestTerms = ({ numerator, denominator }: Exact): Exact => {
  const divisor = greatestCommonDivisor(numerator, denominator)
  return { numerator: numerator / divisor, denominator: denominator / divisor }
}

/** How many decimals a fraction in lowest terms ends after; `undefined` where it does not end. */
const decimalsOf = (denominator: bigint): number | undefined => {
  let [left, twos, fives] = [denominator, 0, 0]
  for (; left % 2n === 0n; left /= 2n) twos += 1
  for (; left % 5n === 0n; left /= 5n) fives += 1
  return left === 1n ? Math.max(twos, fives) : undefined
}
