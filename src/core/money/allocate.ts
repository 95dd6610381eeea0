import { fromMinor, toMinor, type Money } from './money.js'
import { giveOddUnits } from './odd-units.js'

/** Thrown for a negative weight, and where only zero weights (or none) are to share an amount. */
export class AllocationWeights extends Error {
  readonly code = 'allocation_weights'
  override readonly name = 'AllocationWeights'
}

/**
 * Splits minor units in proportion to the weights; the shares add up to `total` exactly, each within one unit of its
 * exact share. A weight of zero gets nothing. Largest remainder (Hamilton); equal remainders: the first one wins, so
 * a reprint shows the same split. Throws `allocation_weights`.
 *
 * @example allocate(100n, [1n, 1n, 1n]) // [34n, 33n, 33n]
 */
export const allocate = (total: bigint, weights: readonly bigint[]): readonly bigint[] => {
  const whole = sumOfWeights(weights)
  if (total === 0n) return weights.map(() => 0n)
  if (whole === 0n) throw new AllocationWeights('an amount other than zero needs a weight above zero')
  // A negative amount is split like its positive twin, so a credit note mirrors the invoice share by share.
  if (total < 0n) return allocate(-total, weights).map((share) => -share)
  const shares = weights.map((weight) => (total * weight) / whole)
  const remainders = weights.map((weight) => (total * weight) % whole)
  const left = shares.reduce((rest, share) => rest - share, total)
  giveOddUnits(shares, remainders, Number(left))
  return shares
}

/** The same split of an amount. */
export const allocateMoney = (total: Money, weights: readonly bigint[]): readonly Money[] =>
  allocate(toMinor(total), weights).map((share) => fromMinor(share, total.currency))

const sumOfWeights = (weights: readonly bigint[]): bigint => {
  let whole = 0n
  for (const weight of weights) {
    if (weight < 0n) throw new AllocationWeights('a weight is negative')
    whole += weight
  }
  return whole
}
