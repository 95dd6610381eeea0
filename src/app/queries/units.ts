import { piece, type Unit } from '../../core/catalog/quantity.js'
import { productKind } from '../../core/catalog/product.js'
import type { Sku } from '../../core/ids/ids.js'
import type { QueryContext } from '../query.js'

/** The units in which quantities of these SKUs are written. */
export const unitsOf = async (context: QueryContext, skus: readonly Sku[]): Promise<(sku: Sku) => Unit> => {
  const products = await context.getAll(productKind, skus)
  const units = new Map(products.map(({ state }) => [state.sku, state.unit]))
  return (sku) => units.get(sku) ?? piece
}
