import { noEntries, type DerivedKind } from '../record-kind.js'

/** The active promotions that need no coupon, in the order of their ids: the set that every order with promotions decides on. */
export interface PromotionList {
  readonly promotions: readonly string[]
}

export const promotionListKind: DerivedKind<PromotionList> = {
  name: 'promotion_list',
  entries: noEntries,
  derived: true,
}

export const automaticPromotions = 'all'
