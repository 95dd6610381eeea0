import { magnitude } from './magnitude.js'

/** The largest that divides both (Euclid), never below zero: what is divided by it keeps its sign. */
export const greatestCommonDivisor = (one: bigint, other: bigint): bigint =>
  other === 0n ? magnitude(one) : greatestCommonDivisor(other, one % other)
