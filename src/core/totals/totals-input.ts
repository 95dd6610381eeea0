import type { CurrencyCode } from '../money/currency.js'
import type { RoundingMode } from '../money/rounding.js'
import type { Quantity, UnitPrice } from '../money/unit-price.js'
import type { TaxTreatment } from '../tax/tax-treatment.js'

/**
 * Where tax is rounded: once per tax and treatment, as EN 16931 demands (BR-CO-17), or once per line and tax, as many tax authorities outside
 * Europe and many tills do. Stored on the document, since the two differ by cents.
 */
export type TotalsProfile = 'per_category' | 'per_line'

/** Amounts in minor units of the document's currency. Everything a document's totals are computed from. */
export interface TotalsInput {
  readonly currency: CurrencyCode
  /** Whether prices, discounts and charges contain the tax. */
  readonly prices: 'net' | 'gross'
  readonly profile: TotalsProfile
  readonly rounding: RoundingMode
  readonly lines: readonly TotalsLine[]
  /** Discounts and charges on the whole document (EN 16931 BG-20, BG-21). */
  readonly adjustments?: readonly DocumentAdjustment[]
  /** Whether parts have discounts with a tax treatment of their own with the lines under it, as far as they are more than the charges; else as charges. */
  readonly ownTaxDiscounts?: 'with_lines'
  /** Paid before (BT-113). */
  readonly prepaid?: bigint
  /** What is due is rounded to a multiple of so many minor units, as where the smallest coin is 5 cents; the difference is BT-114. */
  readonly cashRounding?: { readonly step: bigint; readonly mode: RoundingMode }
}

export interface TotalsLine {
  readonly quantity: Quantity
  readonly price: UnitPrice
  /** Discounts and charges on this line (BG-27, BG-28), each of the extended price. */
  readonly adjustments?: readonly Adjustment[]
  readonly tax: TaxTreatment
}

/** Percentages are decimal strings in percent. */
export type Adjustment = { readonly kind: 'discount' | 'charge' } & (
  { readonly percent: string } | { readonly amount: bigint }
)

/** Spread over the lines in proportion to their amounts, and so over their taxes, unless it has a tax treatment of its own, as freight may. */
export type DocumentAdjustment = Adjustment & { readonly tax?: TaxTreatment }
