/** `half_*` decide only the exact half, symmetric about zero: `half_up` and `up` go away from zero, `down` toward it. */
export type RoundingMode = 'half_up' | 'half_even' | 'half_down' | 'up' | 'down' | 'ceiling' | 'floor'

/**
 * The quotient as a whole number, rounded once. A denominator of zero throws a `RangeError`.
 *
 * @example divideRounded(-5n, 2n, 'half_up') // -3n
 */
export const divideRounded = (numerator: bigint, denominator: bigint, mode: RoundingMode): bigint => {
  if (denominator === 1n) return numerator
  const truncated = numerator / denominator
  // A product costs less than a second division.
  const remainder = numerator - truncated * denominator
  if (remainder === 0n) return truncated
  const negative = numerator < 0n !== denominator < 0n
  if (!roundsAway(truncated, remainder, denominator, negative, mode)) return truncated
  return negative ? truncated - 1n : truncated + 1n
}

const roundsAway = (
  truncated: bigint,
  remainder: bigint,
  denominator: bigint,
  negative: boolean,
  mode: RoundingMode,
): boolean => {
  switch (mode) {
    case 'half_up':
      return againstHalf(remainder, denominator) >= 0
    case 'half_down':
      return againstHalf(remainder, denominator) > 0
    case 'half_even': {
      const side = againstHalf(remainder, denominator)
      return side > 0 || (side === 0 && truncated % 2n !== 0n)
    }
    case 'up':
      return true
    case 'down':
      return false
    case 'ceiling':
      return !negative
    case 'floor':
      return negative
  }
}

const againstHalf = (remainder: bigint, denominator: bigint): -1 | 0 | 1 => {
  const doubled = 2n * (remainder < 0n ? -remainder : remainder)
  const whole = denominator < 0n ? -denominator : denominator
  if (doubled === whole) return 0
  return doubled < whole ? -1 : 1
}
