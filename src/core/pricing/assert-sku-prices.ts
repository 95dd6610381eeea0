import { invariant } from '../invariant.js'
import type { SkuPrices } from './sku-prices.js'

/** What must be true of the prices of every SKU that a command leaves behind, whatever led there. */
export const assertSkuPrices = ({ prices }: SkuPrices): void => {
  let before = ''
  for (const { list, tiers } of prices) {
    let last = 0
    for (const { from } of tiers) {
      invariant(before < list && last < from, 'prices and tiers stand in order')
      last = from
    }
    before = list
  }
}
