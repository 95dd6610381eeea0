import type { Derived } from './derivation.js'
import { normalQuantile } from './normal-quantile.js'
import type { Varying } from './varying.js'
import { wholeUnits } from './whole-units.js'

export interface SafetyStockInput {
  /** Base units a day. */
  readonly dailyDemand: Varying
  /** Days from the order to the goods. */
  readonly leadTimeDays: Varying
  /** The chance that a replenishment cycle passes without a stockout, above 0 and below 1. */
  readonly serviceLevel: number
}

export interface SafetyStockInputs extends SafetyStockInput {
  /** The standard normal deviate of the service level. */
  readonly z: number
}

/**
 * What is kept against demand and lead times that differ from their means: z × √(L·σd² + d²·σL²), demand of different days and the lead
 * time being independent. Silver, Pyke and Thomas, Inventory and Production Management in Supply Chains, section on variable lead times. A
 * service level below one half would ask for less than nothing, so zero is kept. Throws a `RangeError` for figures that cannot be.
 */
export const safetyStock = (input: SafetyStockInput): Derived<SafetyStockInputs> => {
  const { dailyDemand, leadTimeDays, serviceLevel } = input
  for (const figure of [dailyDemand.mean, dailyDemand.deviation, leadTimeDays.mean, leadTimeDays.deviation]) {
    if (!(figure >= 0 && figure < Infinity)) throw new RangeError('demand and lead time are zero or more')
  }
  const z = normalQuantile(serviceLevel)
  const variance =
    leadTimeDays.mean * dailyDemand.deviation ** 2 + (dailyDemand.mean * leadTimeDays.deviation) ** 2
  const exact = Math.max(0, z * Math.sqrt(variance))
  return {
    baseUnits: wholeUnits(exact),
    derivation: {
      formula: 'z * sqrt(leadTime * demandDeviation^2 + demand^2 * leadTimeDeviation^2)',
      source: 'Silver, Pyke, Thomas: Inventory and Production Management in Supply Chains',
      inputs: { ...input, z },
      exact,
      rounding: 'up',
    },
  }
}
