/** A decimal number without a float: `digits` divided by ten to the power of `scale`. */
export interface DecimalParts {
  readonly digits: bigint
  readonly scale: number
}

/** Thrown where the core meets a text it was promised to be a plain decimal. */
export class MalformedDecimal extends Error {
  readonly code = 'decimal_malformed'
  override readonly name = 'MalformedDecimal'
}

/** Longest decimal text read, sign and point included. */
const LONGEST_DECIMAL = 40

// Up to fifteen digits are an integer below 2^53, which a plain number counts exactly and three times faster than a bigint.
const SAFE_DIGITS = 15
const MINUS = 45
const POINT = 46
const ZERO = 48

/**
 * Reads the plain form only: an optional minus, digits, an optional point with digits. No exponent, plus, blank,
 * leading zeros, grouping or digits of another script; at most 40 characters. Anything else is `undefined`.
 *
 * @example parseDecimal('-19.90') // { digits: -1990n, scale: 2 }
 */
export const parseDecimal = (text: string): DecimalParts | undefined => {
  const length = text.length
  if (length === 0 || length > LONGEST_DECIMAL) return undefined
  const negative = text.charCodeAt(0) === MINUS
  const start = negative ? 1 : 0
  let point = -1
  let units = 0
  for (let at = start; at < length; at += 1) {
    const code = text.charCodeAt(at)
    const digit = code - ZERO
    if (digit >= 0 && digit <= 9) units = units * 10 + digit
    else if (code === POINT && point < 0) point = at
    else return undefined
  }
  const wholeLength = (point < 0 ? length : point) - start
  if (wholeLength < 1 || point === length - 1) return undefined
  if (wholeLength > 1 && text.charCodeAt(start) === ZERO) return undefined
  const scale = point < 0 ? 0 : length - point - 1
  // Above fifteen digits the running count is inexact, and unused.
  const exact = wholeLength + scale <= SAFE_DIGITS
  return { digits: exact ? BigInt(negative ? -units : units) : longDigits(text, point), scale }
}

const longDigits = (text: string, point: number): bigint =>
  BigInt(point < 0 ? text : text.slice(0, point) + text.slice(point + 1))

/** The same, for text that was checked at the door. Throws `decimal_malformed`. */
export const readDecimal = (text: string): DecimalParts => {
  const parts = parseDecimal(text)
  if (parts === undefined) throw new MalformedDecimal('expected a plain decimal of at most 40 characters')
  return parts
}

/**
 * Writes exactly `scale` decimals; zero has no sign.
 *
 * @example formatDecimal(-50n, 2) // '-0.50'
 */
export const formatDecimal = (digits: bigint, scale: number): string => {
  const text = digits.toString()
  if (scale === 0) return text
  const start = digits < 0n ? 1 : 0
  const whole = text.length - scale
  if (whole > start) return text.slice(0, whole) + '.' + text.slice(whole)
  return (start === 1 ? '-0.' : '0.') + text.slice(start).padStart(scale, '0')
}

/** Writes the number with at least `fewest` decimals and no zero at the end beyond them. */
export const trimDecimal = (parts: DecimalParts, fewest: number): string => {
  let { digits, scale } = parts
  while (scale > fewest && digits % 10n === 0n) {
    digits /= 10n
    scale -= 1
  }
  if (scale >= fewest) return formatDecimal(digits, scale)
  return formatDecimal(digits * powerOfTen(fewest - scale), fewest)
}

/** One text per number: `'8.50'` and `'8.5'` both give `'8.5'`, `'-0'` gives `'0'`. Throws `decimal_malformed`. */
export const normalizeDecimal = (text: string): string => trimDecimal(readDecimal(text), 0)

/** Compares by value: `'1.50'` and `'1.5'` are 0. Throws `decimal_malformed`. */
export const compareDecimal = (left: string, right: string): -1 | 0 | 1 => {
  const a = readDecimal(left)
  const b = readDecimal(right)
  const scale = Math.max(a.scale, b.scale)
  const x = a.digits * powerOfTen(scale - a.scale)
  const y = b.digits * powerOfTen(scale - b.scale)
  if (x === y) return 0
  return x < y ? -1 : 1
}

const powersOfTen: readonly bigint[] = Array.from({ length: 24 }, (_, exponent) => 10n ** BigInt(exponent))

/** Ten to a power of zero or more. */
export const powerOfTen = (exponent: number): bigint => powersOfTen[exponent] ?? 10n ** BigInt(exponent)
