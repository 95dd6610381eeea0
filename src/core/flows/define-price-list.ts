import { productKind } from '../catalog/product.js'
import { toBaseUnits } from '../catalog/quantity.js'
import { defineCommand } from '../command.js'
import type { Sku } from '../ids/ids.js'
import { present } from '../invariant.js'
import { workOn, type Work } from '../plan.js'
import { audienceOf } from '../pricing/audience-schema.js'
import { brokenTiers, type PriceTier, type TieredPrice } from '../pricing/listed-price.js'
import { priceListSchema, type ListedInput, type PriceListInput } from '../pricing/price-list-schema.js'
import { priceListKind, type PriceList, type PriceListEvent } from '../pricing/price-list.js'
import { skuPricesKind, withListed } from '../pricing/sku-prices.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'

/**
 * Defines a price list by customer class, channel and validity, and sets prices on it, with quantity breaks where they have some. Defining it again replaces
 * its terms; prices that are not named stay, so currency and tax of a list cannot change: `invalid_state`. Orders that were captured keep what they were
 * priced with. Refused as `limit_exceeded` for more prices than one commit takes, or where a SKU would stand on too many lists.
 */
export const definePriceList = defineCommand({
  name: 'prices.defineList',
  input: priceListSchema,
  idempotencyKey: 'optional',
  touches: (input) => [
    { kind: priceListKind.name, id: input.list },
    ...(input.items ?? []).map(({ sku }) => ({ kind: productKind.name, id: sku })),
    ...namedSkus(input).map((sku) => ({ kind: skuPricesKind.name, id: sku })),
  ],
  plan: (facts, input, { settings }) => {
    const { pricesPerCommand, listsPerSku } = settings.limits
    if (namedSkus(input).length > pricesPerCommand) {
      return refuse('limit_exceeded', { limit: 'pricesPerCommand', most: pricesPerCommand })
    }
    const work = workOn(facts)
    const known = work.find(priceListKind, input.list)?.state
    const list = listOf(input, known?.prices ?? settings.totals.prices)
    if (known !== undefined && (known.currency !== list.currency || known.prices !== list.prices)) {
      return refuse('invalid_state', { list: known.id, currency: known.currency, prices: known.prices })
    }
    const read = readPrices(work, input)
    if (!read.ok) return read
    const events: PriceListEvent[] = [{ type: 'PriceListDefined', list }]
    if (read.value.length > 0) events.push({ type: 'PricesListed', prices: read.value })
    const gone = (input.withdraw ?? []).filter((sku) => isListed(work, sku, input.list))
    if (gone.length > 0) events.push({ type: 'PricesDelisted', skus: gone })
    const { id, name } = work.append(priceListKind, input.list, events)
    for (const { sku, ...price } of read.value) {
      const before = work.find(skuPricesKind, sku)?.state ?? { sku, prices: [] }
      const listed = withListed(before, id, price)
      if (listed.prices.length > listsPerSku) {
        return refuse('limit_exceeded', { limit: 'listsPerSku', most: listsPerSku, sku })
      }
      work.put(skuPricesKind, sku, listed)
    }
    for (const sku of gone) withdraw(work, sku, id)
    const value = { list: id, name, listed: read.value.length, withdrawn: gone.length }
    return ok(work.finish({ kind: priceListKind.name, id }, value))
  },
})

const namedSkus = ({ items = [], withdraw: gone = [] }: PriceListInput): readonly Sku[] => [
  ...items.map(({ sku }) => sku),
  ...gone,
]

const listOf = (input: PriceListInput, prices: PriceList['prices']): PriceList => ({
  id: input.list,
  name: input.name,
  currency: input.currency,
  prices: input.prices ?? prices,
  priority: input.priority ?? 0,
  ...audienceOf(input),
})

/** The prices as they are kept: quantities in base units, one tier where a price is that of any quantity. */
const readPrices = (
  work: Work,
  { items = [], currency }: PriceListInput,
): Result<readonly (TieredPrice & { readonly sku: Sku })[], Refusal> => {
  const prices: (TieredPrice & { readonly sku: Sku })[] = []
  for (const [index, item] of items.entries()) {
    const { sku } = item
    const product = work.find(productKind, sku)?.state
    if (product === undefined || product.status === 'discontinued') return refuse('unknown_sku', { sku })
    const tiers = tiersOf(item, index, (from) => toBaseUnits(from, product.unit))
    if (!tiers.ok) return tiers
    const price: TieredPrice = { tiering: item.tiering ?? 'volume', tiers: tiers.value }
    const foreign = price.tiers.find((tier) => tier.price.currency !== currency)
    if (foreign !== undefined) {
      return refuse('currency_mismatch', { sku, expected: currency, got: foreign.price.currency })
    }
    const broken = brokenTiers(price)
    if (broken !== undefined) {
      return refuse('validation_failed', { issues: [{ path: ['items', index, 'tiers'], rule: broken }] })
    }
    prices.push({ sku, ...price })
  }
  return ok(prices)
}

const tiersOf = (
  { price, tiers = [] }: ListedInput,
  index: number,
  baseUnits: (from: ListedTier['from']) => number | string,
): Result<readonly PriceTier[], Refusal> => {
  if (price !== undefined) return ok([{ from: 1, price }])
  const read: PriceTier[] = []
  for (const [at, tier] of tiers.entries()) {
    const from = baseUnits(tier.from)
    if (typeof from === 'string') {
      const path = ['items', index, 'tiers', at, 'from']
      return refuse('validation_failed', { issues: [{ path, rule: from }] })
    }
    read.push({ from, price: tier.price })
  }
  return ok(read)
}

type ListedTier = NonNullable<ListedInput['tiers']>[number]

const isListed = (work: Work, sku: Sku, list: string): boolean =>
  work.find(skuPricesKind, sku)?.state.prices.some((price) => price.list === list) === true

const withdraw = (work: Work, sku: Sku, list: string): void => {
  const known = present(work.find(skuPricesKind, sku)?.state, 'what is withdrawn stands on its list')
  const left = withListed(known, list, undefined)
  if (left.prices.length === 0) work.erase(skuPricesKind, sku)
  else work.put(skuPricesKind, sku, left)
}
