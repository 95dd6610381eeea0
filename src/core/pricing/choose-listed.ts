import { choosePrice, type PriceChoice, type PriceQuestion } from './choose-price.js'
import { listedPriceOf, type PriceList } from './price-list.js'
import type { SkuPrices } from './sku-prices.js'

/** Chooses among what the lists ask for a SKU; nobody asks anything for one without a record. */
export const chooseListed = (
  prices: SkuPrices | undefined,
  listOf: (id: string) => PriceList | undefined,
  question: PriceQuestion,
): PriceChoice =>
  choosePrice(
    (prices?.prices ?? []).flatMap((price) => {
      const list = listOf(price.list)
      return list === undefined ? [] : [listedPriceOf(list, price)]
    }),
    question,
  )
