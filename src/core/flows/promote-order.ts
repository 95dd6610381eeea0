import type { PlanContext, Seen } from '../command.js'
import type { Key } from '../ids/key.js'
import { present } from '../invariant.js'
import { currencyDigits } from '../money/currency.js'
import { fromMinor } from '../money/money.js'
import type { OrderContentInput } from '../orders/order-input.js'
import type { OrderContent } from '../orders/order-content.js'
import type { Work } from '../plan.js'
import type { PricedLine } from '../pricing/price-lines.js'
import type { AppliedPromotion } from '../promotions/applied-promotion.js'
import {
  applyPromotions,
  totalOf,
  type OfferedPromotion,
  type PromotionAmounts,
  type PromotionOutcome,
} from '../promotions/apply-promotions.js'
import type { Basket } from '../promotions/basket.js'
import { couponKind } from '../promotions/coupon.js'
import { automaticPromotions, promotionListKind } from '../promotions/promotion-list.js'
import { promotionUsesKind, usesOf } from '../promotions/promotion-uses.js'
import { promotionKind } from '../promotions/promotion.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { dateOf } from '../time/local-date.js'
import type { AgreedDocumentAdjustment } from '../totals/calculation.js'
import { lineAmounts } from '../totals/line-amounts.js'
import { adjustmentOf } from '../totals/signed-adjustments.js'
import { readAdjustment } from '../totals/stored-totals.js'

type PromotedInput = Pick<
  OrderContentInput,
  'promotions' | 'customer' | 'channel' | 'orderedOn' | 'currency' | 'adjustments'
>

/** The promotions that an order is to be asked for, and the counts of those whose uses are limited. */
export const promotionKeys = (
  { promotions, customer }: Pick<PromotedInput, 'promotions' | 'customer'>,
  seen: Seen,
): readonly Key[] => {
  const coupons = promotions?.coupons ?? []
  const automatic = seen.get(promotionListKind, automaticPromotions)?.promotions ?? []
  const ids = new Set(automatic)
  for (const code of coupons) {
    const coupon = seen.get(couponKind, code)
    if (coupon !== undefined) ids.add(coupon.promotion)
  }
  return [
    { kind: promotionListKind.name, id: automaticPromotions },
    ...coupons.map((code) => ({ kind: couponKind.name, id: code })),
    ...[...ids].flatMap((id) => {
      const promotion = seen.get(promotionKind, id)
      const counts = promotion === undefined ? [] : usesOf(promotion, customer)
      return [
        { kind: promotionKind.name, id },
        ...counts.map((count) => ({ kind: promotionUsesKind.name, id: count })),
      ]
    }),
  ]
}

/** Which promotions an order gets, what each takes, and why the others take nothing. */
export const decidePromotions = (
  work: Work,
  input: PromotedInput,
  lines: readonly PricedLine[],
  customerClass: string | undefined,
  context: PlanContext,
): PromotionOutcome => {
  const automatic = work.find(promotionListKind, automaticPromotions)?.state.promotions ?? []
  const ids = new Set(automatic)
  for (const code of input.promotions?.coupons ?? []) {
    const coupon = work.find(couponKind, code)?.state
    if (coupon !== undefined) ids.add(coupon.promotion)
  }
  const offered = [...ids].flatMap((id): readonly OfferedPromotion[] => {
    const found = present(work.find(promotionKind, id), 'a promotion that is listed or has a coupon exists')
    const counted = (count: string): number => work.find(promotionUsesKind, count)?.state.uses ?? 0
    const counts = usesOf(found.state, input.customer)
    const [all, own] = [counts.filter((count) => count === id), counts.filter((count) => count !== id)]
    return [
      {
        promotion: found.state,
        version: found.version,
        uses: all.reduce((sum, count) => sum + counted(count), 0),
        usesByCustomer: own.reduce((sum, count) => sum + counted(count), 0),
      },
    ]
  })
  return applyPromotions(offered, basketOf(input, lines, customerClass, context))
}

/**
 * Takes what promotions give from what was priced: goods by discounts on the lines, shipping by discounts that are taxed as its charges are. Refused as
 * `promotion_unavailable`, with the reason, where a coupon that was named gives nothing.
 */
export const promoteOrder = (
  work: Work,
  input: PromotedInput,
  content: OrderContent,
  customerClass: string | undefined,
  context: PlanContext,
): Result<OrderContent, Refusal> => {
  const { applied, passedOver } = decidePromotions(work, input, content.lines, customerClass, context)
  for (const coupon of input.promotions?.coupons ?? []) {
    const id = work.find(couponKind, coupon)?.state.promotion
    if (id === undefined) return refuse('promotion_unavailable', { coupon, reason: 'unknown_coupon' })
    const missed = passedOver.find(({ promotion }) => promotion === id)
    if (missed !== undefined) return refuse('promotion_unavailable', { coupon, ...missed })
  }
  if (applied.length === 0) return ok(content)
  const adjustments = [...(content.adjustments ?? []), ...waivedShipping(content, applied)]
  return ok({
    ...content,
    lines: content.lines.map((line, index) => discounted(line, index, applied, content)),
    ...(adjustments.length > 0 && { adjustments }),
    promotions: applied.map((amounts) => appliedPromotion(amounts, input.customer, content)),
  })
}

const basketOf = (
  { channel, orderedOn, currency, adjustments = [], customer, promotions }: PromotedInput,
  priced: readonly PricedLine[],
  customerClass: string | undefined,
  { now, settings }: PlanContext,
): Basket => {
  const { rounding } = settings.totals
  const lines = priced.map(({ sku, quantity, unit, unitPrice, adjustments: own = [] }) => {
    const line = {
      quantity: { baseUnits: BigInt(quantity), digits: unit.digits },
      price: unitPrice,
      adjustments: own.map(readAdjustment),
    }
    const { amount } = lineAmounts(line, currencyDigits(currency), rounding)
    return { sku, quantity, isPieces: unit.digits === 0, amount: amount > 0n ? amount : 0n }
  })
  const whole = lines.reduce((sum, { amount }) => sum + amount, 0n)
  const discounts = adjustments.filter(
    ({ kind, tax, taxClass }) => kind === 'discount' && (tax ?? taxClass) === undefined,
  )
  return {
    channel,
    on: orderedOn ?? dateOf(now),
    ...(customerClass !== undefined && { customerClass }),
    ...(customer !== undefined && { customer }),
    currency,
    rounding,
    lines,
    shipping: shippingOf(adjustments).map(readAdjustment),
    otherDiscounts: discounts.reduce(
      (sum, discount) => sum - adjustmentOf(readAdjustment(discount), whole, rounding),
      0n,
    ),
    coupons: promotions?.coupons ?? [],
  }
}

const shippingOf = <Charge extends { readonly kind: string; readonly purpose?: string }>(
  adjustments: readonly Charge[],
): readonly Charge[] => adjustments.filter(({ kind, purpose }) => kind === 'charge' && purpose === 'shipping')

const discounted = (
  line: PricedLine,
  index: number,
  applied: readonly PromotionAmounts[],
  { currency }: OrderContent,
): PricedLine => {
  const discounts = applied.flatMap(({ offered: { promotion }, lines }) => {
    const amount = present(lines[index], 'a promotion says what it takes from each line')
    return amount === 0n
      ? []
      : [
          {
            kind: 'discount' as const,
            reason: promotion.name,
            promotion: promotion.id,
            amount: fromMinor(amount, currency),
          },
        ]
  })
  return discounts.length === 0 ? line : { ...line, adjustments: [...(line.adjustments ?? []), ...discounts] }
}

/** Taxed as the charge is, and so no part of it is left. */
const waivedShipping = (
  { adjustments = [], currency }: OrderContent,
  applied: readonly PromotionAmounts[],
): readonly AgreedDocumentAdjustment[] =>
  shippingOf(adjustments).flatMap(({ tax, taxClass }, index) =>
    applied.flatMap(({ offered: { promotion }, shipping }): readonly AgreedDocumentAdjustment[] => {
      const amount = present(shipping[index], 'a promotion says what it takes from each charge')
      if (amount === 0n) return []
      return [
        {
          kind: 'discount',
          reason: promotion.name,
          promotion: promotion.id,
          amount: fromMinor(amount, currency),
          ...(tax !== undefined && { tax }),
          ...(taxClass !== undefined && { taxClass }),
        },
      ]
    }),
  )

const appliedPromotion = (
  amounts: PromotionAmounts,
  customer: string | undefined,
  { currency }: OrderContent,
): AppliedPromotion => {
  const { promotion, version } = amounts.offered
  const counts = usesOf(promotion, customer)
  return {
    promotion: promotion.id,
    version,
    name: promotion.name,
    ...(promotion.coupon !== undefined && { coupon: promotion.coupon }),
    amount: fromMinor(totalOf(amounts), currency),
    ...(counts.length > 0 && { counts }),
    ...(counts.length > 0 && promotion.returnsUses === true && { returnsUses: true }),
  }
}
