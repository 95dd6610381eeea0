import type { Money } from '../money/money.js'
import type { RoundingMode } from '../money/rounding.js'
import type { TaxTreatment } from '../tax/tax-treatment.js'
import type { TotalsProfile } from './totals-input.js'

/** How the amounts of a document are calculated. Stored on the document, since each choice moves cents (MO5). */
export interface Calculation {
  /** Whether prices, discounts and charges contain the tax. */
  readonly prices: 'net' | 'gross'
  readonly profile: TotalsProfile
  readonly rounding: RoundingMode
  /** What is due is rounded to a multiple of `step` minor units, where the smallest coin is larger than one. */
  readonly cashRounding?: CashRounding
  /** Whether charges with a tax of their own, such as freight, are billed whole with the first invoice or with each in proportion. */
  readonly ownTaxCharges: 'first' | 'in_proportion'
  /**
   * Discounts with a tax of their own are billed with charges that are taxed alike, up to as much, and what they take off beyond these with the lines that are
   * taxed alike. Absent on documents of before, which have them as charges.
   */
  readonly ownTaxDiscounts?: 'with_lines'
}

export interface CashRounding {
  /** In minor units of the currency: 5 for five centimes. */
  readonly step: number
  readonly mode: RoundingMode
}

/** A discount or charge as it was agreed. Percentages are decimal strings in percent. */
export type AgreedAdjustment = {
  readonly kind: 'discount' | 'charge'
  /** As it stands on documents (EN 16931 BT-97, BT-104, BT-139, BT-144). */
  readonly reason: string
  /** The promotion that it is from; absent where the order brought it. */
  readonly promotion?: string
} & ({ readonly percent: string } | { readonly amount: Money })

/** One on the whole document: spread over its lines unless it has a tax treatment of its own, as freight may. */
export type AgreedDocumentAdjustment = AgreedAdjustment & {
  readonly tax?: TaxTreatment
  /** The tax class that `tax` was found by. */
  readonly taxClass?: string
  /** What it is for, where promotions are to know. */
  readonly purpose?: 'shipping'
}

/** The amounts of a document besides those of its lines, as they are stored. Names in brackets are business terms of EN 16931. */
export interface DocumentAmounts {
  /** Sum of the lines' net amounts (BT-106). */
  readonly lineNet: Money
  /** Zero or more for a sale (BT-107). */
  readonly discounts: Money
  readonly charges: Money
  /** Without tax (BT-109). */
  readonly net: Money
  readonly tax: Money
  /** With tax (BT-112). */
  readonly gross: Money
  /** Zero unless what is due is rounded to coins (BT-114). */
  readonly rounding: Money
  readonly adjustments: readonly AdjustmentAmount[]
  readonly taxes: readonly TaxAmount[]
}

/** What a discount or charge of the document comes to under one tax treatment: signed, without tax. */
export interface AdjustmentAmount {
  /** Its place among the document's `adjustments`. */
  readonly index: number
  readonly tax: TaxTreatment
  readonly amount: Money
}

/** What is due under one tax treatment (BG-23): `base` without tax, and each of its taxes in the order of its components. */
export interface TaxAmount {
  readonly treatment: TaxTreatment
  readonly base: Money
  readonly amounts: readonly Money[]
  readonly tax: Money
}
