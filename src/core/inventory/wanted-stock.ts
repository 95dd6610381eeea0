import type { Product } from '../catalog/product.js'
import { toBaseUnits, type WrittenQuantity } from '../catalog/quantity.js'
import type { LocationId, Sku } from '../ids/ids.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Demand } from './reserve-stock.js'

/** Stock as it is asked for outside of an order. */
export interface WantedStock {
  readonly sku: Sku
  readonly quantity: WrittenQuantity
  readonly location?: LocationId | undefined
}

/** What is wanted in base units of each product's own unit. Refuses SKUs that are unknown or no longer sold. */
export const demandsFor = (
  wanted: readonly WantedStock[],
  defaultLocation: LocationId,
  productOf: (sku: Sku) => Product | undefined,
): Result<readonly Demand[], Refusal> => {
  const demands: Demand[] = []
  for (const [index, { sku, quantity, location = defaultLocation }] of wanted.entries()) {
    const product = productOf(sku)
    if (product === undefined || product.status === 'discontinued') return refuse('unknown_sku', { sku })
    const baseUnits = toBaseUnits(quantity, product.unit)
    if (typeof baseUnits === 'string') {
      return refuse('validation_failed', {
        issues: [{ path: ['lines', index, 'quantity'], rule: baseUnits }],
      })
    }
    demands.push({ sku, location, quantity: baseUnits })
  }
  return ok(demands)
}
