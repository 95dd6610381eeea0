import type { Sku } from '../ids/ids.js'
import type { CurrencyCode } from '../money/currency.js'
import type { RoundingMode } from '../money/rounding.js'
import type { Buyer } from '../pricing/audience.js'
import type { Adjustment } from '../totals/totals-input.js'

/** What is bought, as far as promotions look at it. Amounts in minor units, with tax where the prices contain it. */
export interface Basket extends Buyer {
  readonly customer?: string
  readonly currency: CurrencyCode
  readonly rounding: RoundingMode
  readonly lines: readonly BasketLine[]
  /** What delivery is charged with. */
  readonly shipping: readonly Adjustment[]
  /** What the order's own discounts take from all lines together: promotions leave that much. */
  readonly otherDiscounts: bigint
  readonly coupons: readonly string[]
}

export interface BasketLine {
  readonly sku: Sku
  /** In base units. */
  readonly quantity: number
  /** It is counted in whole pieces. */
  readonly isPieces: boolean
  /** Price times quantity, after the line's own discounts and charges. */
  readonly amount: bigint
}
