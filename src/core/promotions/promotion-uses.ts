import { noEntries, type DerivedKind } from '../record-kind.js'
import type { Promotion } from './promotion.js'

/**
 * How many placed orders have a promotion whose uses are limited: all of them, or those of one customer. Counted in the commit that places the order, on the
 * locked record, so that no two orders get the last use.
 */
export interface PromotionUses {
  readonly promotion: string
  readonly customer?: string
  readonly uses: number
}

export const promotionUsesKind: DerivedKind<PromotionUses> = {
  name: 'promotion_uses',
  entries: noEntries,
  derived: true,
}

/** The counts that a use of a promotion raises; none where its uses are not limited. */
export const usesOf = (
  { id, mostUses, mostUsesPerCustomer }: Pick<Promotion, 'id' | 'mostUses' | 'mostUsesPerCustomer'>,
  customer: string | undefined,
): readonly string[] => [
  ...(mostUses === undefined ? [] : [id]),
  ...(mostUsesPerCustomer === undefined || customer === undefined ? [] : [`${id}/${customer}`]),
]

/** How many uses a count may have: that of all orders has the promotion's own id. */
export const mostUsesOf = (promotion: Promotion, count: string): number | undefined =>
  count === promotion.id ? promotion.mostUses : promotion.mostUsesPerCustomer
