import { z } from 'zod'
import { defineCommand } from '../command.js'
import { wordSchema } from '../ids/id-schema.js'
import { workOn, type Work } from '../plan.js'
import { couponKind } from '../promotions/coupon.js'
import { automaticPromotions, promotionListKind } from '../promotions/promotion-list.js'
import { promotionSchema, termsOf } from '../promotions/promotion-schema.js'
import { promotionKind, type Promotion } from '../promotions/promotion.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import { compareTexts } from '../text/compare-texts.js'

/**
 * Defines a promotion: what it gives, to whom, how it goes together with others, and how often. Defining it again replaces its terms, and makes it active
 * again where it had ended; its uses stay counted, and orders keep what was agreed. Refused as `already_exists` where another active promotion has its
 * coupon, and as `limit_exceeded` for more promotions without a coupon than every order may be asked for.
 */
export const definePromotion = defineCommand({
  name: 'promotions.define',
  input: promotionSchema,
  idempotencyKey: 'optional',
  touches: (input, seen) => {
    const coupons = new Set([input.coupon, seen.get(promotionKind, input.promotion)?.coupon])
    return [
      { kind: promotionKind.name, id: input.promotion },
      { kind: promotionListKind.name, id: automaticPromotions },
      ...[...coupons].flatMap((code) => (code === undefined ? [] : [{ kind: couponKind.name, id: code }])),
    ]
  },
  plan: (facts, input, { settings }) => {
    const work = workOn(facts)
    const { promotion: id, coupon } = input
    const claim = coupon === undefined ? undefined : work.find(couponKind, coupon)?.state
    if (claim !== undefined && claim.promotion !== id) return refuse('already_exists', { coupon })
    freeCoupon(work, work.find(promotionKind, id)?.state)
    const promotion = work.append(promotionKind, id, [
      { type: 'PromotionDefined', id, terms: termsOf(input) },
    ])
    if (coupon !== undefined) work.put(couponKind, coupon, { promotion: id })
    const listed = listAutomatic(work, promotion, settings.limits.automaticPromotions)
    if (!listed.ok) return listed
    return ok(work.finish({ kind: promotionKind.name, id }, { promotion: id, status: promotion.status }))
  },
})

/** Ends a promotion and frees its coupon. Orders keep what was agreed. Ending an ended one changes nothing. */
export const endPromotion = defineCommand({
  name: 'promotions.end',
  input: z.strictObject({ promotion: wordSchema }),
  idempotencyKey: 'optional',
  touches: (input, seen) => {
    const coupon = seen.get(promotionKind, input.promotion)?.coupon
    return [
      { kind: promotionKind.name, id: input.promotion },
      { kind: promotionListKind.name, id: automaticPromotions },
      ...(coupon === undefined ? [] : [{ kind: couponKind.name, id: coupon }]),
    ]
  },
  plan: (facts, input, { settings }) => {
    const work = workOn(facts)
    const { promotion: id } = input
    const known = work.find(promotionKind, id)?.state
    if (known === undefined) return refuse('unknown_promotion', { promotion: id })
    if (known.status === 'active') {
      freeCoupon(work, known)
      const ended = work.append(promotionKind, id, [{ type: 'PromotionEnded' }])
      const listed = listAutomatic(work, ended, settings.limits.automaticPromotions)
      granted(listed, 'a promotion less is not one too many')
    }
    return ok(work.finish({ kind: promotionKind.name, id }, { promotion: id, status: 'ended' as const }))
  },
})

const freeCoupon = (work: Work, known: Promotion | undefined): void => {
  if (known?.coupon === undefined || known.status === 'ended') return
  work.erase(couponKind, known.coupon)
}

/** The list has the promotion if it is active and needs no coupon. */
const listAutomatic = (
  work: Work,
  { id, status, coupon }: Promotion,
  most: number,
): Result<void, Refusal> => {
  const known = work.find(promotionListKind, automaticPromotions)?.state.promotions ?? []
  const isAutomatic = status === 'active' && coupon === undefined
  if (known.includes(id) === isAutomatic) return ok(undefined)
  const promotions = isAutomatic ? [...known, id].sort(compareTexts) : known.filter((other) => other !== id)
  if (promotions.length > most) return refuse('limit_exceeded', { limit: 'automaticPromotions', most })
  work.put(promotionListKind, automaticPromotions, { promotions })
  return ok(undefined)
}
