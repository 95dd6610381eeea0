import type { Money } from '../money/money.js'

/** A promotion that an order has, as it was when it was agreed: no later change of the promotion touches it. */
export interface AppliedPromotion {
  readonly promotion: string
  /** The version that the record of the promotion had. */
  readonly version: number
  readonly name: string
  readonly coupon?: string
  /** What it takes altogether: with tax where the prices contain it. */
  readonly amount: Money
  /** The counts of its uses that placing the order raises; absent where its uses are not limited. */
  readonly counts?: readonly string[]
  /** Canceling the order lowers them again. */
  readonly returnsUses?: true
}
