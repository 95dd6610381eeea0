import type { Sku } from '../ids/ids.js'
import { noEntries, type DerivedKind } from '../record-kind.js'
import type { TieredPrice } from './listed-price.js'

/** What each price list asks for one SKU, in the order of their ids: the set that pricing a line decides on, so it is locked like any other record. */
export interface SkuPrices {
  readonly sku: Sku
  readonly prices: readonly (TieredPrice & { readonly list: string })[]
}

export const skuPricesKind: DerivedKind<SkuPrices> = { name: 'sku_prices', entries: noEntries, derived: true }

/** With the price of one list in place of the one it had; without any where it has none any more. */
export const withListed = (
  { sku, prices }: SkuPrices,
  list: string,
  price: TieredPrice | undefined,
): SkuPrices => {
  const others = prices.filter((known) => known.list !== list)
  if (price === undefined) return { sku, prices: others }
  const { tiering, tiers } = price
  const all = [...others, { list, tiering, tiers }]
  return { sku, prices: all.sort((one, other) => (one.list < other.list ? -1 : 1)) }
}
