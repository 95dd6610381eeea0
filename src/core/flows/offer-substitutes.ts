import { stockedComponents, type KitLimits } from '../catalog/kit.js'
import { productKind, type Product } from '../catalog/product.js'
import { writeQuantity, type WrittenQuantity } from '../catalog/quantity.js'
import type { PlanContext } from '../command.js'
import type { LocationId, Sku } from '../ids/ids.js'
import { askerOf, type Asker } from '../inventory/keep-back.js'
import { promisable, type Shortage } from '../inventory/reserve-stock.js'
import { kitAvailability, stockDemandOf } from '../inventory/stock-demand.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import type { Order } from '../orders/order.js'
import { lockAll, type Work } from '../plan.js'
import type { Refusal } from '../refusal.js'
import type { Result } from '../result.js'
import { dateOf } from '../time/local-date.js'
import { lockedProducts } from './compose-kit.js'

/** A product that could be sold instead, with how much of it is available now, at the location where the other one is short. */
export interface Substitute {
  readonly sku: Sku
  readonly name: string
  readonly available: WrittenQuantity
}

/** What could be offered for a SKU that is short, best first. */
export interface Offer {
  readonly sku: Sku
  readonly location: LocationId
  readonly substitutes: readonly Substitute[]
}

/**
 * Adds to an `out_of_stock` refusal what could be sold instead (F68, M40). Only a refusal pays for it: the records of the alternatives are asked for here,
 * and the command is decided once more with all of them locked, so that the offer is as true as the refusal.
 */
export const withSubstitutes = (
  work: Work,
  order: Order,
  refusal: Refusal,
  context: PlanContext,
): Result<never, Refusal> => {
  if (refusal.code !== 'out_of_stock') return { ok: false, error: refusal }
  const shortages = refusal.details['shortages'] as readonly Shortage[]
  const short = new Set(shortages.map(({ location, sku }) => stockLevelId(location, sku)))
  const wanted = order.lines.filter((line) =>
    stockDemandOf(line, 1).some(({ location, sku }) => short.has(stockLevelId(location, sku))),
  )
  lockAll(
    work,
    productKind.name,
    wanted.map(({ sku }) => sku),
  )
  const offers = new Map<string, Offer>()
  for (const { sku, location } of wanted) {
    const substitutes = availableSubstitutes(work, sku, location, askerOf(work, order), context)
    if (substitutes.length > 0) offers.set(stockLevelId(location, sku), { sku, location, substitutes })
  }
  return {
    ok: false,
    error:
      offers.size === 0
        ? refusal
        : { ...refusal, details: { ...refusal.details, offers: [...offers.values()] } },
  }
}

const availableSubstitutes = (
  work: Work,
  sku: Sku,
  location: LocationId,
  asker: Asker,
  context: PlanContext,
): readonly Substitute[] => {
  const ranked = work.find(productKind, sku)?.state.substitutes ?? []
  if (ranked.length === 0) return []
  lockAll(work, productKind.name, ranked)
  const productOf = lockedProducts(work)
  const products = ranked.flatMap((substitute) => productOf(substitute) ?? [])
  const needed = products.flatMap((product) =>
    levelsOf(product, location, context.settings.limits, productOf),
  )
  lockAll(work, stockKind.name, needed)
  const terms = { today: dateOf(context.now), asker }
  return rankedSubstitutes(products, context.settings.limits, productOf, (substitute) => {
    const level = work.find(stockKind, stockLevelId(location, substitute))?.state
    return level === undefined ? 0 : promisable(level, terms)
  })
}

/** The stock levels that say how much of a product is available at a location. */
export const levelsOf = (
  product: Product,
  location: LocationId,
  limits: KitLimits,
  productOf: (sku: Sku) => Product | undefined,
): readonly string[] => {
  if (product.stocked === false) return []
  if (product.components === undefined) return [stockLevelId(location, product.sku)]
  const parts = stockedComponents(product, limits, productOf)
  return parts.ok ? parts.value.map(({ sku }) => stockLevelId(location, sku)) : []
}

/** Those of the products that are sold and available, in the same order. */
export const rankedSubstitutes = (
  products: readonly Product[],
  limits: KitLimits,
  productOf: (sku: Sku) => Product | undefined,
  availableAt: (sku: Sku) => number,
): readonly Substitute[] =>
  products.flatMap((product) => {
    // What is not stocked is never short, and so nothing to fall back on either.
    if (product.status === 'discontinued' || product.stocked === false) return []
    const parts = product.components === undefined ? undefined : stockedComponents(product, limits, productOf)
    if (parts?.ok === false) return []
    const available =
      parts === undefined ? availableAt(product.sku) : kitAvailability(parts.value, availableAt)
    return available > 0 && Number.isFinite(available)
      ? [{ sku: product.sku, name: product.name, available: writeQuantity(available, product.unit) }]
      : []
  })
