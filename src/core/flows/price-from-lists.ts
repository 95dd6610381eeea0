import { productKind } from '../catalog/product.js'
import { toBaseUnits } from '../catalog/quantity.js'
import type { PlanContext, Seen } from '../command.js'
import type { Key } from '../ids/key.js'
import { present } from '../invariant.js'
import type { OrderContentInput } from '../orders/order-input.js'
import type { Work } from '../plan.js'
import { averagePrice } from '../pricing/average-price.js'
import { chooseListed } from '../pricing/choose-listed.js'
import type { PriceQuestion } from '../pricing/choose-price.js'
import { priceListKind } from '../pricing/price-list.js'
import { lineIdAt, type WantedLine } from '../pricing/price-lines.js'
import { skuPricesKind } from '../pricing/sku-prices.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'
import type { Instant } from '../time/instant.js'
import { dateOf } from '../time/local-date.js'

type ListPricedInput = Pick<OrderContentInput, 'lines' | 'currency' | 'channel' | 'prices' | 'orderedOn'>

/** What the lists ask for the SKUs of an order's lines without a price, and the lists. */
export const listPriceKeys = ({ lines }: Pick<ListPricedInput, 'lines'>, seen: Seen): readonly Key[] => {
  const skus = new Set(lines.filter(({ unitPrice }) => unitPrice === undefined).map(({ sku }) => sku))
  const lists = new Set(
    [...skus].flatMap((sku) => seen.get(skuPricesKind, sku)?.prices.map(({ list }) => list) ?? []),
  )
  return [
    ...[...skus].map((sku) => ({ kind: skuPricesKind.name, id: sku })),
    ...[...lists].map((id) => ({ kind: priceListKind.name, id })),
  ]
}

/** What an order asks the lists for each of its lines. */
export const priceQuestion = (
  { currency, prices, channel, orderedOn }: Omit<ListPricedInput, 'lines'>,
  customerClass: string | undefined,
  { totals }: Settings,
  now: Instant,
): Omit<PriceQuestion, 'quantity' | 'unit'> => ({
  currency,
  prices: prices ?? totals.prices,
  rounding: totals.rounding,
  channel,
  ...(customerClass !== undefined && { customerClass }),
  on: orderedOn ?? dateOf(now),
})

/**
 * Gives every line without a price the one that the price lists ask. Graduated prices become the one price at which the line comes to the same amount. Refused as
 * `price_missing`, with the lists that were passed over and why, where none of them has a price that holds.
 */
export const priceFromLists = (
  work: Work,
  input: ListPricedInput,
  customerClass: string | undefined,
  context: PlanContext,
): Result<readonly WantedLine[], Refusal> => {
  const asked = priceQuestion(input, customerClass, context.settings, context.now)
  const lines: WantedLine[] = []
  for (const [index, line] of input.lines.entries()) {
    const unit = work.find(productKind, line.sku)?.state.unit
    const quantity = unit === undefined ? undefined : toBaseUnits(line.quantity, unit)
    // What has a price keeps it; what cannot be priced at all is refused where every line is.
    if (line.unitPrice !== undefined || unit === undefined || typeof quantity !== 'number') {
      lines.push(line)
      continue
    }
    const { chosen, passedOver } = chooseListed(
      work.find(skuPricesKind, line.sku)?.state,
      (id) => work.find(priceListKind, id)?.state,
      { ...asked, quantity, unit },
    )
    if (chosen === undefined) {
      return refuse('price_missing', { sku: line.sku, line: lineIdAt(line.id, index), passedOver })
    }
    const { list, shares, amount } = chosen
    const [only, ...more] = shares
    const isOne = only !== undefined && more.length === 0
    const { version } = present(work.find(priceListKind, list), 'a list that has a price exists')
    lines.push({
      ...line,
      unitPrice: isOne ? only.price : averagePrice(amount, quantity, unit),
      listed: isOne ? { list, version } : { list, version, tiers: shares },
    })
  }
  return ok(lines)
}
