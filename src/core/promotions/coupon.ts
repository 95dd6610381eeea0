import { noEntries, type DerivedKind } from '../record-kind.js'

/** Which promotion a coupon code is for: the record that stops a second promotion with it. */
export interface Coupon {
  readonly promotion: string
}

export const couponKind: DerivedKind<Coupon> = { name: 'coupon', entries: noEntries, derived: true }
