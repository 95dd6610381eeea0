import type { Sku } from '../ids/ids.js'
import type { RecordKind } from '../record-kind.js'
import type { ListedPrice, PriceListTerms, TieredPrice } from './listed-price.js'

/**
 * A price list: of whom, where and when its prices are asked. The prices themselves stand with their SKUs, so that pricing a line reads no others; each
 * change of one is an event here, and so a version of the list.
 */
export interface PriceList extends PriceListTerms {
  readonly id: string
  readonly name: string
}

export type PriceListEvent =
  | { readonly type: 'PriceListDefined'; readonly list: PriceList }
  | { readonly type: 'PricesListed'; readonly prices: readonly (TieredPrice & { readonly sku: Sku })[] }
  | { readonly type: 'PricesDelisted'; readonly skus: readonly Sku[] }

const evolve = (list: PriceList | undefined, event: PriceListEvent): PriceList => {
  switch (event.type) {
    case 'PriceListDefined':
      return event.list
    case 'PricesListed':
    case 'PricesDelisted':
      return list as PriceList
  }
}

export const priceListKind: RecordKind<PriceList, PriceListEvent> = {
  name: 'price_list',
  evolve,
  entries: ({ name, currency }) => ({ name, currency }),
}

export const listedPriceOf = ({ id, name: _name, ...terms }: PriceList, price: TieredPrice): ListedPrice => ({
  ...terms,
  list: id,
  tiering: price.tiering,
  tiers: price.tiers,
})
