import { z } from 'zod'
import { quantitySchema } from '../catalog/quantity.js'
import { skuSchema, wordSchema } from '../ids/id-schema.js'
import { currencySchema, unitPriceSchema } from '../money/money-schema.js'
import { lineSchema } from '../text/text-schema.js'
import { localDateSchema } from '../time/time-schema.js'

/** Of whom and when something is asked or given. What is left out holds for everybody and at any time. */
export const audienceShape = {
  /** The classes of customers that it is for, as `parties.classify` gives them. */
  customerClasses: z.array(wordSchema).min(1, 'names.min').max(50, 'names.max').optional(),
  channels: z.array(wordSchema).min(1, 'names.min').max(50, 'names.max').optional(),
  /** The first day on which it holds, compared with the day of the order. */
  validFrom: localDateSchema.optional(),
  /** The last day on which it holds. */
  validUntil: localDateSchema.optional(),
} as const

export const prioritySchema = z.int('type').min(0, 'place.range').max(1_000_000, 'place.range')

export const isInOrder = ({
  validFrom,
  validUntil,
}: {
  readonly validFrom?: string | undefined
  readonly validUntil?: string | undefined
}): boolean => validFrom === undefined || validUntil === undefined || validFrom <= validUntil

export const outOfOrder = { message: 'range.order', path: ['validUntil'] }

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
    priority: prioritySchema.optional(),
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
