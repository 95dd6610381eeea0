import { z } from 'zod'
import { quantitySchema } from '../catalog/quantity.js'
import { skuSchema, wordSchema } from '../ids/id-schema.js'
import { currencySchema, unitPriceSchema } from '../money/money-schema.js'
import { lineSchema } from '../text/text-schema.js'
import { audienceShape, isInOrder, outOfOrder } from './audience-schema.js'

const listedSchema = z
  .strictObject({
    sku: skuSchema,
    /** The price of any quantity. */
    price: unitPriceSchema.optional(),
    /** Prices that begin at a quantity, in the unit of the SKU, in the order in which they begin. */
    tiers: z
      .array(z.strictObject({ from: quantitySchema, price: unitPriceSchema }))
      .min(1, 'tiers.min')
      .max(50, 'tiers.max')
      .optional(),
    /**
     * `volume` (when left out): all units cost what the tier of the whole quantity says. `graduated`: each unit costs what the tier it falls into says.
     */
    tiering: z.enum(['volume', 'graduated']).optional(),
  })
  .refine(({ price, tiers }) => (price === undefined) !== (tiers === undefined), {
    message: 'price.one',
    path: ['price'],
  })

export const priceListSchema = z
  .strictObject({
    list: wordSchema,
    name: lineSchema(200),
    currency: currencySchema,
    /** Whether its prices contain the tax; as the settings say when left out. */
    prices: z.enum(['net', 'gross']).optional(),
    /** The higher goes first; 0 when left out. */
    priority: z.int('type').min(0, 'place.range').max(1_000_000, 'place.range').optional(),
    ...audienceShape,
    /** Prices that are new or changed; SKUs that are not named keep theirs. */
    items: z.array(listedSchema).optional(),
    /** SKUs that the list has no price for any more. */
    withdraw: z.array(skuSchema).optional(),
  })
  .refine(isInOrder, outOfOrder)
  .refine(
    ({ items = [], withdraw = [] }) =>
      new Set([...items.map(({ sku }) => sku), ...withdraw]).size === items.length + withdraw.length,
    { message: 'sku.duplicate', path: ['items'] },
  )

export type PriceListInput = z.output<typeof priceListSchema>
export type ListedInput = z.output<typeof listedSchema>
