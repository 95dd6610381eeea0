import { largestQuantity } from '../catalog/quantity.js'

/**
 * The one place at which an estimate becomes base units: upwards, since a part of a unit cannot be kept and less than the estimate would be less
 * service than was asked for. What a sum of floats adds to a whole number (2.0000000000000004) is not a part of a unit.
 */
export const wholeUnits = (estimate: number): number => {
  const nearest = Math.round(estimate)
  const isWhole = Math.abs(estimate - nearest) <= 1e-9 * Math.max(1, Math.abs(estimate))
  return Math.min(largestQuantity, Math.max(0, isWhole ? nearest : Math.ceil(estimate)))
}
