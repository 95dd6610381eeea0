import { elementAt, present } from '../invariant.js'
import { toMinor } from '../money/money.js'
import { outsideAudience, type OutsideAudience } from '../pricing/audience.js'
import { compareTexts } from '../text/compare-texts.js'
import { adjustmentOf } from '../totals/signed-adjustments.js'
import type { Basket } from './basket.js'
import { benefitAmounts, sharesOf, sumOf } from './benefit-amounts.js'
import type { Promotion } from './promotion.js'

/** A promotion with what the decision needs to know besides its terms. */
export interface OfferedPromotion {
  readonly promotion: Promotion
  /** That of its record. */
  readonly version: number
  /** How many orders have it, and how many of this customer, where that is limited. */
  readonly uses: number
  readonly usesByCustomer: number
}

export type PassedOverPromotionReason =
  | OutsideAudience
  | 'coupon_missing'
  | 'other_currency'
  | 'used_up'
  | 'customer_unknown'
  | 'below_minimum'
  | 'nothing_to_discount'
  | 'excluded'
  | 'nothing_left'

/** What one promotion takes: from each line and from each charge for shipping, in minor units. */
export interface PromotionAmounts {
  readonly offered: OfferedPromotion
  readonly lines: readonly bigint[]
  readonly shipping: readonly bigint[]
}

export interface PassedOverPromotion {
  readonly promotion: string
  readonly reason: PassedOverPromotionReason
  /** The promotion that it does not go together with. */
  readonly by?: string
}

export interface PromotionOutcome {
  /** In the order in which they were applied. */
  readonly applied: readonly PromotionAmounts[]
  /** By id. */
  readonly passedOver: readonly PassedOverPromotion[]
}

/**
 * Decides which promotions a basket gets and what each takes. Conditions are asked of the basket as it came. Of those that are met the highest priority goes first,
 * then the lowest id; an exclusive one that comes first stays alone, and one that does not is passed over. Each takes its share of what those before it have
 * left, goods before shipping. The order in which promotions are given and lines are written changes nothing, and nothing falls below zero.
 */
export const applyPromotions = (
  promotions: readonly OfferedPromotion[],
  basket: Basket,
): PromotionOutcome => {
  const order = orderOf(basket.lines)
  const lines = order.map((index) => elementAt(basket.lines, index))
  const { applied, passedOver } = applyInOrder(promotions, { ...basket, lines })
  return {
    applied: applied.map((amounts) => ({ ...amounts, lines: asWritten(amounts.lines, order) })),
    passedOver,
  }
}

/** By what odd cents and cheapest pieces are given to the first of, none of which depends on where a line stands: its tax may be another than its neighbor's. */
const orderOf = (lines: Basket['lines']): readonly number[] =>
  lines
    .map((line, index) => ({ ...line, index }))
    .sort((one, other) => {
      if (one.amount !== other.amount) return one.amount > other.amount ? -1 : 1
      return compareTexts(one.sku, other.sku) || one.quantity - other.quantity
    })
    .map(({ index }) => index)

const asWritten = (amounts: readonly bigint[], order: readonly number[]): readonly bigint[] => {
  const written = amounts.map(() => 0n)
  order.forEach((index, at) => {
    written[index] = elementAt(amounts, at)
  })
  return written
}

const applyInOrder = (promotions: readonly OfferedPromotion[], basket: Basket): PromotionOutcome => {
  const passedOver: PassedOverPromotion[] = []
  const met: OfferedPromotion[] = []
  for (const offered of promotions.toSorted(byRank)) {
    const reason = whyNot(offered, basket)
    if (reason === undefined) met.push(offered)
    else passedOver.push({ promotion: offered.promotion.id, reason })
  }
  const [first] = met
  const together = met.filter((offered) => offered === first || goTogether(offered, first))
  for (const { promotion } of met.filter((offered) => !together.includes(offered))) {
    passedOver.push({
      promotion: promotion.id,
      reason: 'excluded',
      by: present(first, 'only what applies keeps others out').promotion.id,
    })
  }
  const applied: PromotionAmounts[] = []
  let rest = restOf(basket)
  for (const offered of [...together.filter(isOnGoods), ...together.filter((each) => !isOnGoods(each))]) {
    const amounts = amountsOf(offered, rest, basket)
    if (totalOf(amounts) === 0n) passedOver.push({ promotion: offered.promotion.id, reason: 'nothing_left' })
    else applied.push(amounts)
    rest = without(rest, amounts)
  }
  return {
    applied,
    passedOver: passedOver.sort((one, other) => compareTexts(one.promotion, other.promotion)),
  }
}

/** What one promotion takes altogether. */
export const totalOf = ({ lines, shipping }: Pick<PromotionAmounts, 'lines' | 'shipping'>): bigint =>
  sumOf(lines) + sumOf(shipping)

const byRank = ({ promotion: one }: OfferedPromotion, { promotion: other }: OfferedPromotion): number =>
  other.priority - one.priority || compareTexts(one.id, other.id)

const goTogether = ({ promotion }: OfferedPromotion, first: OfferedPromotion | undefined): boolean =>
  promotion.exclusive !== true && first?.promotion.exclusive !== true

const isOnGoods = ({ promotion }: OfferedPromotion): boolean => promotion.benefit.kind !== 'free_shipping'

/** What is still there to be discounted. */
interface Rest {
  readonly lines: Basket['lines']
  /** What promotions may take from all lines together. */
  readonly goods: bigint
  /** What was taken from each charge for shipping. */
  readonly waived: readonly bigint[]
}

const restOf = ({ lines, otherDiscounts, shipping }: Basket): Rest => {
  const goods = sumOf(lines.map(({ amount }) => amount)) - otherDiscounts
  return { lines, goods: goods > 0n ? goods : 0n, waived: shipping.map(() => 0n) }
}

const without = ({ lines, goods, waived }: Rest, taken: PromotionAmounts): Rest => ({
  lines: lines.map((line, index) => ({ ...line, amount: line.amount - elementAt(taken.lines, index) })),
  goods: goods - sumOf(taken.lines),
  waived: waived.map((amount, index) => amount + elementAt(taken.shipping, index)),
})

const whyNot = (offered: OfferedPromotion, basket: Basket): PassedOverPromotionReason | undefined => {
  const { promotion, uses, usesByCustomer } = offered
  const { coupon, mostUses, mostUsesPerCustomer, minimumOrder, mostDiscount, benefit } = promotion
  if (coupon !== undefined && !basket.coupons.includes(coupon)) return 'coupon_missing'
  const outside = outsideAudience(promotion, basket)
  if (outside !== undefined) return outside
  const amounts = [minimumOrder, mostDiscount, benefit.kind === 'amount' ? benefit.amount : undefined]
  if (amounts.some((amount) => amount !== undefined && amount.currency !== basket.currency)) {
    return 'other_currency'
  }
  if (mostUsesPerCustomer !== undefined && basket.customer === undefined) return 'customer_unknown'
  if (uses >= (mostUses ?? Infinity) || usesByCustomer >= (mostUsesPerCustomer ?? Infinity)) return 'used_up'
  const goods = sumOf(basket.lines.map(({ amount }) => amount))
  if (minimumOrder !== undefined && goods < toMinor(minimumOrder)) return 'below_minimum'
  return totalOf(amountsOf(offered, restOf(basket), basket)) === 0n ? 'nothing_to_discount' : undefined
}

const amountsOf = (offered: OfferedPromotion, rest: Rest, basket: Basket): PromotionAmounts => {
  const { benefit, mostDiscount } = offered.promotion
  const cap = mostDiscount === undefined ? undefined : toMinor(mostDiscount)
  const nothing = { offered, lines: rest.lines.map(() => 0n), shipping: rest.waived.map(() => 0n) }
  return benefit.kind === 'free_shipping'
    ? { ...nothing, shipping: capped(shippingLeft(rest, basket), cap) }
    : {
        ...nothing,
        lines: capped(capped(benefitAmounts(benefit, rest.lines, basket.rounding), cap), rest.goods),
      }
}

const shippingLeft = ({ lines, waived }: Rest, { shipping, rounding }: Basket): readonly bigint[] => {
  const whole = sumOf(lines.map(({ amount }) => amount))
  return shipping.map((charge, index) => adjustmentOf(charge, whole, rounding) - elementAt(waived, index))
}

/** No more than the cap, shared out as the amounts are. */
const capped = (amounts: readonly bigint[], cap: bigint | undefined): readonly bigint[] =>
  cap === undefined || sumOf(amounts) <= cap ? amounts : sharesOf(cap, amounts)
