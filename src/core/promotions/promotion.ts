import type { Sku } from '../ids/ids.js'
import type { Money } from '../money/money.js'
import type { Audience } from '../pricing/audience.js'
import type { RecordKind } from '../record-kind.js'

/**
 * What a promotion gives. Without `skus` it is about all lines. Percentages are decimal strings in percent. Of `buy_get`, so many pieces of each group of
 * `buy` + `get` are discounted, the cheapest first; where `get` names SKUs of its own, so many of those for every `buy` of the others.
 */
export type Benefit =
  | { readonly kind: 'percentage'; readonly percent: string; readonly skus?: readonly Sku[] }
  | { readonly kind: 'amount'; readonly amount: Money; readonly skus?: readonly Sku[] }
  | {
      readonly kind: 'buy_get'
      readonly buy: { readonly quantity: number; readonly skus?: readonly Sku[] }
      readonly get: { readonly quantity: number; readonly percent: string; readonly skus?: readonly Sku[] }
    }
  | { readonly kind: 'free_shipping' }

/** Who gets what, and how it goes together with others. */
export interface PromotionTerms extends Audience {
  /** As it stands on documents. */
  readonly name: string
  readonly benefit: Benefit
  /** The higher goes first. */
  readonly priority: number
  /** It goes together with no other. */
  readonly exclusive?: true
  /** What the lines come to at least, after the discounts they brought and before promotions. */
  readonly minimumOrder?: Money
  /** The cap: no order gets more by it. */
  readonly mostDiscount?: Money
  /** Only orders that name it get it. */
  readonly coupon?: string
  /** How many orders get it at most. */
  readonly mostUses?: number
  /** How many orders of one customer get it at most; who is unknown gets none. */
  readonly mostUsesPerCustomer?: number
  /** An order that is canceled gives its use back. */
  readonly returnsUses?: true
}

export interface Promotion extends PromotionTerms {
  readonly id: string
  readonly status: 'active' | 'ended'
}

export type PromotionEvent =
  | { readonly type: 'PromotionDefined'; readonly id: string; readonly terms: PromotionTerms }
  | { readonly type: 'PromotionEnded' }

const evolve = (promotion: Promotion | undefined, event: PromotionEvent): Promotion => {
  switch (event.type) {
    case 'PromotionDefined':
      return { id: event.id, status: 'active', ...event.terms }
    case 'PromotionEnded':
      return { ...(promotion as Promotion), status: 'ended' }
  }
}

export const promotionKind: RecordKind<Promotion, PromotionEvent> = {
  name: 'promotion',
  evolve,
  entries: ({ status, name, coupon }) => ({ status, name, ...(coupon !== undefined && { coupon }) }),
}
