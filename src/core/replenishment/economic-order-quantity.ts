import { invariant } from '../invariant.js'
import type { Derived } from './derivation.js'

export interface EconomicOrderQuantityInput {
  /** Base units a year, a whole number above zero. */
  readonly annualDemand: number
  /** What one order costs, whatever its size, in minor units. */
  readonly orderCostMinor: bigint
  /** What it costs to keep `holdingCostPer` base units for a year, in minor units, above zero. */
  readonly holdingCostMinor: bigint
  /** Base units the holding cost is for; 1 when left out. */
  readonly holdingCostPer?: number
}

/**
 * The order size at which a year's ordering and holding costs are least: √(2·D·S / H), rounded to the nearest base unit and at least one.
 * Ford W. Harris, How Many Parts to Make at Once, Factory 10 (1913). Costs are minor units of one currency and stay integers: the
 * root is taken of an integer, so that no amount becomes a float.
 */
export const economicOrderQuantity = (
  input: EconomicOrderQuantityInput,
): Derived<EconomicOrderQuantityInput> => {
  const { annualDemand, orderCostMinor, holdingCostMinor, holdingCostPer = 1 } = input
  if (!Number.isSafeInteger(annualDemand) || annualDemand <= 0)
    throw new RangeError('the demand of a year is a whole number above zero')
  if (orderCostMinor < 0n || holdingCostMinor <= 0n)
    throw new RangeError('an order costs zero or more, and holding something')
  if (!Number.isSafeInteger(holdingCostPer) || holdingCostPer <= 0)
    throw new RangeError('a holding cost is for a whole number of base units')
  const numerator = 2n * BigInt(annualDemand) * orderCostMinor * BigInt(holdingCostPer)
  // Twice the root, so that the last bit says to which side the root is nearer.
  const doubled = squareRoot((4n * numerator) / holdingCostMinor)
  const nearest = (doubled + 1n) / 2n
  invariant(nearest <= BigInt(Number.MAX_SAFE_INTEGER), 'an order quantity can be counted')
  return {
    baseUnits: Math.max(1, Number(nearest)),
    derivation: {
      formula: 'sqrt(2 * annualDemand * orderCost / holdingCost)',
      source: 'Ford W. Harris: How Many Parts to Make at Once (1913)',
      inputs: input,
      exact: Number(doubled) / 2,
      rounding: 'nearest',
    },
  }
}

/** The largest integer whose square is not above `value`: Newton's method from above. */
const squareRoot = (value: bigint): bigint => {
  if (value < 2n) return value
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}
