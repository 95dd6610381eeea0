import { z } from 'zod'
import { skuSchema, wordSchema } from '../ids/id-schema.js'
import { nonNegativeMoneySchema, percentSchema } from '../money/money-schema.js'
import { audienceOf, audienceShape, isInOrder, outOfOrder } from '../pricing/audience-schema.js'
import { lineSchema } from '../text/text-schema.js'
import type { Benefit, PromotionTerms } from './promotion.js'

const skusSchema = z.array(skuSchema).min(1, 'names.min').max(1_000, 'names.max')
const piecesSchema = z.int('type').min(1, 'limit.least').max(1_000_000, 'quantity.max')
const usesSchema = z.int('type').min(1, 'limit.least').max(1_000_000_000, 'quantity.max')

/** A code that buyers type: letters of either case are the same. */
export const couponSchema = wordSchema.transform((code) => code.toUpperCase())

const benefitSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('percentage'),
    percent: percentSchema,
    /** The SKUs that it is about; all lines when left out. */
    skus: skusSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('amount'),
    /** As prices are: without tax, or with it where prices contain it. */
    amount: nonNegativeMoneySchema,
    skus: skusSchema.optional(),
  }),
  z
    .strictObject({
      kind: z.literal('buy_get'),
      buy: z.strictObject({ quantity: piecesSchema, skus: skusSchema.optional() }),
      get: z.strictObject({
        quantity: piecesSchema,
        /** SKUs other than those that are to be bought; pieces of the same, the cheapest, when left out. */
        skus: skusSchema.optional(),
        /** What is taken off their price; all of it when left out. */
        percent: percentSchema.optional(),
      }),
    })
    .refine(
      ({ buy, get }) => get.skus === undefined || buy.skus?.some((sku) => get.skus?.includes(sku)) === false,
      { message: 'promotion.overlap', path: ['get', 'skus'] },
    ),
  z.strictObject({ kind: z.literal('free_shipping') }),
])

export const promotionSchema = z
  .strictObject({
    promotion: wordSchema,
    /** As it stands on documents. */
    name: lineSchema(200),
    benefit: benefitSchema,
    /** The higher goes first; 0 when left out. */
    priority: z.int('type').min(0, 'place.range').max(1_000_000, 'place.range').optional(),
    /** Whether it goes together with no other. */
    exclusive: z.boolean('type').optional(),
    ...audienceShape,
    /** What the lines come to at least, after the discounts they bring and before promotions. */
    minimumOrder: nonNegativeMoneySchema.optional(),
    /** The cap: no order gets more by it. */
    mostDiscount: nonNegativeMoneySchema.optional(),
    /** Only orders that name this code get it. */
    coupon: couponSchema.optional(),
    /** How many orders get it at most. */
    mostUses: usesSchema.optional(),
    /** How many orders of one customer get it at most; an order without a customer gets none. */
    mostUsesPerCustomer: usesSchema.optional(),
    /** Whether an order that is canceled as a whole gives its use back. */
    returnsUses: z.boolean('type').optional(),
  })
  .refine(isInOrder, outOfOrder)

/** What an order asks for: the promotions that need no coupon, and those of these codes. */
export const wantedPromotionsSchema = z.strictObject({
  coupons: z.array(couponSchema).min(1, 'names.min').max(10, 'names.max').optional(),
})

type Written = z.output<typeof promotionSchema>

/** The terms as they are kept: what was left out is absent. */
export const termsOf = (input: Written): PromotionTerms => {
  const { name, priority, minimumOrder, mostDiscount, coupon, mostUses, mostUsesPerCustomer } = input
  return {
    name,
    benefit: benefitOf(input.benefit),
    priority: priority ?? 0,
    ...audienceOf(input),
    ...(input.exclusive === true && { exclusive: true }),
    ...(minimumOrder !== undefined && { minimumOrder }),
    ...(mostDiscount !== undefined && { mostDiscount }),
    ...(coupon !== undefined && { coupon }),
    ...(mostUses !== undefined && { mostUses }),
    ...(mostUsesPerCustomer !== undefined && { mostUsesPerCustomer }),
    ...(input.returnsUses === true && { returnsUses: true }),
  }
}

const benefitOf = (written: Written['benefit']): Benefit => {
  switch (written.kind) {
    case 'percentage':
      return { kind: 'percentage', percent: written.percent, ...skusOf(written) }
    case 'amount':
      return { kind: 'amount', amount: written.amount, ...skusOf(written) }
    case 'buy_get': {
      const { buy, get } = written
      return {
        kind: 'buy_get',
        buy: { quantity: buy.quantity, ...skusOf(buy) },
        get: { quantity: get.quantity, percent: get.percent ?? '100', ...skusOf(get) },
      }
    }
    case 'free_shipping':
      return { kind: 'free_shipping' }
  }
}

const skusOf = <Skus>({ skus }: { readonly skus?: Skus | undefined }): { readonly skus?: Skus } =>
  skus === undefined ? {} : { skus }
