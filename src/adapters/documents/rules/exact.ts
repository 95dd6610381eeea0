import { parseDecimal, powerOfTen, type DecimalParts } from '../../../core/money/decimal-string.js'
import { divideRounded } from '../../../core/money/rounding.js'

/** An exact number; undefined where a text is missing or no decimal: other rules name that, and arithmetic is silent about it. */
export type Exact = DecimalParts | undefined

export const zero: DecimalParts = { digits: 0n, scale: 0 }

export const exact = (text: string | undefined): Exact =>
  text === undefined || text === '' ? undefined : parseDecimal(text)

/** The number, or zero for a text that is absent. */
export const exactOrZero = (text: string | undefined): Exact =>
  text === undefined || text === '' ? zero : parseDecimal(text)

const atScale = ({ digits, scale }: DecimalParts, wanted: number): bigint =>
  digits * powerOfTen(wanted - scale)

export const plus = (left: Exact, right: Exact): Exact => {
  if (left === undefined || right === undefined) return undefined
  const scale = Math.max(left.scale, right.scale)
  return { digits: atScale(left, scale) + atScale(right, scale), scale }
}

export const negative = (value: Exact): Exact => value && { digits: -value.digits, scale: value.scale }

export const minus = (left: Exact, right: Exact): Exact => plus(left, negative(right))

export const times = (left: Exact, right: Exact): Exact =>
  left && right && { digits: left.digits * right.digits, scale: left.scale + right.scale }

export const sumOf = (values: readonly Exact[]): Exact => values.reduce(plus, zero)

/** Hundredths of a number, half away from zero. */
export const rounded = (value: Exact): Exact =>
  value === undefined || value.scale <= 2
    ? value
    : { digits: divideRounded(value.digits, powerOfTen(value.scale - 2), 'half_up'), scale: 2 }

/** -1, 0 or 1; undefined where a number is. */
export const compare = (left: Exact, right: Exact): number | undefined => {
  const difference = minus(left, right)
  if (difference === undefined) return undefined
  return difference.digits === 0n ? 0 : difference.digits < 0n ? -1 : 1
}

/** Whether two numbers are equal, or cannot be compared. */
export const agrees = (left: Exact, right: Exact): boolean => (compare(left, right) ?? 0) === 0

/** Whether two numbers differ by less than `most`, or cannot be compared. */
export const isWithin = (left: Exact, right: Exact, most: DecimalParts): boolean => {
  const difference = minus(left, right)
  if (difference === undefined) return true
  const size = difference.digits < 0n ? negative(difference) : difference
  return compare(size, most) === -1
}

export const isZero = (value: Exact): boolean => value === undefined || value.digits === 0n

export const isNegative = (value: Exact): boolean => value !== undefined && value.digits < 0n

export const isPositive = (value: Exact): boolean => value !== undefined && value.digits > 0n

/** A percentage of an amount, to the hundredth. */
export const percentageOf = (amount: Exact, percent: Exact): Exact =>
  rounded(times(times(amount, percent), { digits: 1n, scale: 2 }))
