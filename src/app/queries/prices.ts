import { z } from 'zod'
import { productKind } from '../../core/catalog/product.js'
import {
  quantitySchema,
  toBaseUnits,
  writeQuantity,
  type WrittenQuantity,
} from '../../core/catalog/quantity.js'
import { priceQuestion } from '../../core/flows/price-from-lists.js'
import { partyIdSchema, skuSchema, wordSchema } from '../../core/ids/id-schema.js'
import type { Sku } from '../../core/ids/ids.js'
import { currencySchema } from '../../core/money/money-schema.js'
import { isTooLarge, type Money } from '../../core/money/money.js'
import type { UnitPrice } from '../../core/money/unit-price.js'
import { partyKind } from '../../core/parties/party.js'
import { chooseListed } from '../../core/pricing/choose-listed.js'
import type { PriceChoice } from '../../core/pricing/choose-price.js'
import { priceListKind } from '../../core/pricing/price-list.js'
import { skuPricesKind, type SkuPrices } from '../../core/pricing/sku-prices.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { localDateSchema } from '../../core/time/time-schema.js'
import { defineQuery } from '../query.js'
import { listOf, pageOf, pageShape, whereOf } from './page.js'

/** A price list with its terms. */
export const getPriceList = defineQuery({
  name: 'prices.getList',
  input: z.strictObject({ list: wordSchema }),
  run: async ({ list }, context) => {
    const found = await context.get(priceListKind, list)
    return found === undefined
      ? refuse('unknown_price_list', { list })
      : ok({ value: found.state, version: found.version })
  },
})

/** The price lists in the order of their ids. */
export const listPriceLists = defineQuery({
  name: 'prices.lists',
  input: z.strictObject({ currency: currencySchema.optional(), ...pageShape }),
  run: async (input, context) => {
    const where = whereOf({ currency: input.currency })
    const page = await context.list(priceListKind, { where, ...pageOf(input) })
    return ok({ value: listOf(page, ({ state }) => state) })
  },
})

/** What the lists ask for each SKU, in the order of the SKUs: quantities in base units. With `list`, that list alone; a page may then have fewer than it could. */
export const listSkuPrices = defineQuery({
  name: 'prices.items',
  input: z.strictObject({ list: wordSchema.optional(), ...pageShape }),
  run: async (input, context) => {
    const page = await context.list(skuPricesKind, pageOf(input))
    const all = listOf(page, ({ state }): SkuPrices => state)
    if (input.list === undefined) return ok({ value: all })
    const items = all.items.map(({ sku, prices }) => ({
      sku,
      prices: prices.filter(({ list }) => list === input.list),
    }))
    return ok({ value: { ...all, items: items.filter(({ prices }) => prices.length > 0) } })
  },
})

/** What a line would cost by the price lists, and why it is that list. */
export interface QuotedLine {
  readonly sku: Sku
  readonly quantity: WrittenQuantity
  /** Absent where no list has a price that holds: an order would be refused as `price_missing`. */
  readonly chosen?: {
    readonly list: string
    /** Of the record of the list. */
    readonly version: number
    /** What of the quantity costs which price. */
    readonly tiers: readonly { readonly quantity: WrittenQuantity; readonly price: UnitPrice }[]
    /** What all of it costs; with tax where the prices contain it. */
    readonly amount: Money
  }
  /** The lists that have a price for the SKU but not the one that holds, in the order of their ids. */
  readonly passedOver: PriceChoice['passedOver']
}

/**
 * What the price lists ask for so much of each SKU, which list won and why the others did not. Nothing is promised: placing an order chooses again, on locked
 * records.
 */
export const quotePrices = defineQuery({
  name: 'prices.quote',
  input: z.strictObject({
    lines: z.array(z.strictObject({ sku: skuSchema, quantity: quantitySchema })).min(1, 'lines.min'),
    currency: currencySchema,
    channel: wordSchema,
    /** The customer whose class counts. */
    customer: partyIdSchema.optional(),
    /** Whether the prices are to contain the tax; as the settings say when left out. */
    prices: z.enum(['net', 'gross']).optional(),
    /** The day of the order; today when left out. */
    orderedOn: localDateSchema.optional(),
  }),
  run: async (input, context) => {
    const party = input.customer === undefined ? undefined : await context.get(partyKind, input.customer)
    if (input.customer !== undefined && party?.state.status !== 'active') {
      return refuse('unknown_party', { party: input.customer })
    }
    const skus = [...new Set(input.lines.map(({ sku }) => sku))]
    const found = await context.getAll(productKind, skus)
    const products = new Map(found.map(({ state }) => [state.sku, state]))
    const listed = await context.getAll(skuPricesKind, skus)
    const prices = new Map(listed.map(({ state }) => [state.sku, state]))
    const ids = new Set(listed.flatMap(({ state }) => state.prices.map(({ list }) => list)))
    const lists = new Map(
      (await context.getAll(priceListKind, [...ids])).map((list) => [list.state.id, list]),
    )
    const asked = priceQuestion(input, party?.state.class, context.settings, context.now())
    const quoted: QuotedLine[] = []
    for (const [index, { sku, quantity: written }] of input.lines.entries()) {
      const product = products.get(sku)
      if (product === undefined || product.status === 'discontinued') return refuse('unknown_sku', { sku })
      const { unit } = product
      const quantity = toBaseUnits(written, unit)
      if (typeof quantity === 'string') {
        return refuse('validation_failed', {
          issues: [{ path: ['lines', index, 'quantity'], rule: quantity }],
        })
      }
      const { chosen, passedOver } = chooseListed(prices.get(sku), (id) => lists.get(id)?.state, {
        ...asked,
        quantity,
        unit,
      })
      if (chosen !== undefined && isTooLarge(chosen.amount)) {
        return refuse('validation_failed', { issues: [{ path: ['lines', index], rule: 'money.max' }] })
      }
      quoted.push({
        sku,
        quantity: written,
        ...(chosen !== undefined && {
          chosen: {
            list: chosen.list,
            version: lists.get(chosen.list)?.version ?? 0,
            tiers: chosen.shares.map((share) => ({
              quantity: writeQuantity(share.quantity, unit),
              price: share.price,
            })),
            amount: chosen.amount,
          },
        }),
        passedOver,
      })
    }
    return ok({ value: { lines: quoted } })
  },
})
