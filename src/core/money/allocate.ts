import { fromMinor, toMinor, type Money } from './money.js'
import { giveOddUnits } from './odd-units.js'

/** Thrown for a negative weight, and where only zero weights (or none) are to share an amount. */
export class AllocationWeights extends Error {
  readonly code = 'allocation_weights'
  override readonly name = 'AllocationWeights'
}

/**
 * How an amount is shared where it does not come out even. `largest_remainder`: in proportion, the units that are left one by one to whoever is owed most of one;
 * `first` and `last`: in proportion, rounded down, all that is left to the first or the last with a weight; `equal`: the same for everybody with a weight.
 */
export const allocationPolicies = ['largest_remainder', 'first', 'last', 'equal'] as const
export type AllocationPolicy = (typeof allocationPolicies)[number]

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

/** The same by a policy that is data. The shares add up to `total` exactly, a weight of zero gets nothing. Throws `allocation_weights`. */
export const allocateBy = (
  policy: AllocationPolicy,
  total: bigint,
  weights: readonly bigint[],
): readonly bigint[] => {
  switch (policy) {
    case 'largest_remainder':
      return allocate(total, weights)
    case 'equal':
      sumOfWeights(weights)
      return allocate(
        total,
        weights.map((weight) => (weight > 0n ? 1n : 0n)),
      )
    case 'first':
    case 'last':
      return withRest(policy, total, weights)
  }
}

/** An amount shared by a policy. */
export const allocateMoney = (
  total: Money,
  weights: readonly bigint[],
  policy: AllocationPolicy = 'largest_remainder',
): readonly Money[] =>
  allocateBy(policy, toMinor(total), weights).map((share) => fromMinor(share, total.currency))

/** Shares rounded towards zero, so that a negative amount is split like its positive twin. */
const withRest = (policy: 'first' | 'last', total: bigint, weights: readonly bigint[]): readonly bigint[] => {
  const whole = sumOfWeights(weights)
  if (total === 0n) return weights.map(() => 0n)
  const isWeighted = (weight: bigint): boolean => weight > 0n
  const at = policy === 'first' ? weights.findIndex(isWeighted) : weights.findLastIndex(isWeighted)
  if (at < 0) throw new AllocationWeights('an amount other than zero needs a weight above zero')
  const shares = weights.map((weight) => (total * weight) / whole)
  const rest = shares.reduce((left, share) => left - share, total)
  return shares.map((share, index) => (index === at ? share + rest : share))
}

const sumOfWeights = (weights: readonly bigint[]): bigint => {
  let whole = 0n
  for (const weight of weights) {
    if (weight < 0n) throw new AllocationWeights('a weight is negative')
    whole += weight
  }
  return whole
}
