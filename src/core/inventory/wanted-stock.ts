import { brokenOrderQuantity } from '../catalog/order-quantity.js'
import { stockedComponents, type KitLimits } from '../catalog/kit.js'
import type { Product } from '../catalog/product.js'
import { toBaseUnits, type WrittenQuantity } from '../catalog/quantity.js'
import type { LocationId, Sku } from '../ids/ids.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Demand } from './reserve-stock.js'
import { stockDemandOf } from './stock-demand.js'

/** Stock as it is asked for outside of an order. */
export interface WantedStock {
  readonly sku: Sku
  readonly quantity: WrittenQuantity
  readonly location?: LocationId | undefined
}

/** What is wanted in base units of each product's own unit, kits taken apart and nothing of what is not stocked. Refuses SKUs that are unknown or no longer sold. */
export const demandsFor = (
  wanted: readonly WantedStock[],
  defaultLocation: LocationId,
  limits: KitLimits,
  productOf: (sku: Sku) => Product | undefined,
): Result<readonly Demand[], Refusal> => {
  const demands: Demand[] = []
  const limited: { readonly index: number; readonly sku: Sku; readonly quantity: number }[] = []
  for (const [index, { sku, quantity, location = defaultLocation }] of wanted.entries()) {
    const product = productOf(sku)
    if (product === undefined || product.status === 'discontinued') return refuse('unknown_sku', { sku })
    const baseUnits = toBaseUnits(quantity, product.unit)
    if (typeof baseUnits === 'string') {
      return refuse('validation_failed', {
        issues: [{ path: ['lines', index, 'quantity'], rule: baseUnits }],
      })
    }
    if (product.orderQuantity !== undefined) limited.push({ index, sku, quantity: baseUnits })
    if (product.components === undefined) {
      if (product.stocked !== false) demands.push({ sku, location, quantity: baseUnits })
      continue
    }
    const components = stockedComponents(product, limits, productOf)
    if (!components.ok) return components
    for (const demand of stockDemandOf({ sku, location, components: components.value }, baseUnits))
      demands.push(demand)
  }
  const broken = brokenOrderQuantity(limited, (sku) => productOf(sku)?.orderQuantity)
  return broken === undefined
    ? ok(demands)
    : refuse('validation_failed', {
        issues: [{ path: ['lines', broken.line.index, 'quantity'], rule: broken.rule }],
      })
}
