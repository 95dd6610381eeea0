import { powerOfTen, readDecimal } from './decimal-string.js'
import { fromMinor, toMinor, type Money } from './money.js'
import { divideRounded } from './rounding.js'

/** How a year is counted: the days that passed, over 365 or over 360 (the money market's, "French" year). */
export type InterestBasis = 'act/365' | 'act/360'

export interface InterestRate {
  /** A decimal text in percent a year. */
  readonly percent: string
  readonly basis: InterestBasis
}

/** An amount that was owed for so many days. */
export interface OwedDays {
  readonly principal: Money
  readonly days: number
}

/** An amount in minor units as a fraction, not rounded. */
export interface ExactAmount {
  readonly numerator: bigint
  readonly denominator: bigint
}

/**
 * Simple interest: principal × percent / 100 × days / 365 or 360, exact. Interest on interest is not computed. Two periods that meet add up to the
 * one they make. Throws `decimal_malformed`.
 */
export const exactInterest = (owed: readonly OwedDays[], { percent, basis }: InterestRate): ExactAmount => {
  const { digits, scale } = readDecimal(percent)
  const daysOfMinor = owed.reduce((sum, { principal, days }) => sum + toMinor(principal) * BigInt(days), 0n)
  return {
    numerator: daysOfMinor * digits,
    denominator: powerOfTen(scale + 2) * (basis === 'act/365' ? 365n : 360n),
  }
}

/**
 * The same, rounded once for all of it, half up.
 *
 * @example 1,000.00 EUR for 30 days at 9 percent act/365: 7.40
 */
export const simpleInterest = (
  owed: readonly OwedDays[],
  rate: InterestRate,
  currency: Money['currency'],
): Money => {
  const { numerator, denominator } = exactInterest(owed, rate)
  return fromMinor(divideRounded(numerator, denominator, 'half_up'), currency)
}
