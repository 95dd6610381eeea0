import { z } from 'zod'
import { wordSchema } from '../../core/ids/id-schema.js'
import { couponSchema } from '../../core/promotions/promotion-schema.js'
import { promotionUsesKind } from '../../core/promotions/promotion-uses.js'
import { promotionKind, type Promotion } from '../../core/promotions/promotion.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { defineQuery } from '../query.js'
import { listOf, pageOf, pageShape, whereOf } from './page.js'

/** A promotion, and how many placed orders have it. */
export interface PromotionView extends Promotion {
  /** Absent where they were never counted: its uses are not limited. */
  readonly uses?: number
}

/** One promotion. */
export const getPromotion = defineQuery({
  name: 'promotions.get',
  input: z.strictObject({ promotion: wordSchema }),
  run: async ({ promotion }, context) => {
    const found = await context.get(promotionKind, promotion)
    if (found === undefined) return refuse('unknown_promotion', { promotion })
    const counted = await context.get(promotionUsesKind, promotion)
    const value: PromotionView = {
      ...found.state,
      ...(counted !== undefined && { uses: counted.state.uses }),
    }
    return ok({ value, version: found.version })
  },
})

/** The promotions in the order of their ids. */
export const listPromotions = defineQuery({
  name: 'promotions.list',
  input: z.strictObject({
    status: z.enum(['active', 'ended']).optional(),
    coupon: couponSchema.optional(),
    ...pageShape,
  }),
  run: async (input, context) => {
    const where = whereOf({ status: input.status, coupon: input.coupon })
    const page = await context.list(promotionKind, { where, ...pageOf(input) })
    return ok({ value: listOf(page, ({ state }) => state) })
  },
})
