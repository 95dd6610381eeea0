import type { Derived } from './derivation.js'
import { safetyStock, type SafetyStockInput, type SafetyStockInputs } from './safety-stock.js'
import { wholeUnits } from './whole-units.js'

export interface ReorderPointInputs extends SafetyStockInputs {
  /** Before rounding; it is rounded once, with the sum. */
  readonly safetyStock: number
}

/**
 * The inventory position at which to order: average daily demand × average lead time + safety stock, rounded up once (M41, F162). Throws as
 * `safetyStock` does.
 */
export const reorderPoint = (input: SafetyStockInput): Derived<ReorderPointInputs> => {
  const { derivation } = safetyStock(input)
  const exact = input.dailyDemand.mean * input.leadTimeDays.mean + derivation.exact
  return {
    baseUnits: wholeUnits(exact),
    derivation: {
      formula: 'demand * leadTime + safetyStock',
      source: derivation.source,
      inputs: { ...derivation.inputs, safetyStock: derivation.exact },
      exact,
      rounding: 'up',
    },
  }
}
