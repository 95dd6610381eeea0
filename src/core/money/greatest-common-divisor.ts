/** The largest that divides both (Euclid); the first where the other is zero. */
export const greatestCommonDivisor = (one: bigint, other: bigint): bigint =>
  other === 0n ? one : greatestCommonDivisor(other, one % other)
