import type { AddressId, PartyId } from '../ids/ids.js'
import type { CurrencyCode } from '../money/currency.js'
import { add, sumOf, type Money } from '../money/money.js'
import type { AgreedWithholding } from '../parties/agreed-withholding.js'
import type { InvoiceTrigger } from '../pricing/invoice-trigger.js'
import type { AgreedTerms } from '../pricing/payment-terms.js'
import type { PricedLine } from '../pricing/price-lines.js'
import type { AppliedPromotion } from '../promotions/applied-promotion.js'
import type { TaxPlace } from '../tax/tax-table.js'
import type { TaxedBy } from '../tax/taxed-by.js'
import type { LocalDate } from '../time/local-date.js'
import type { AgreedDocumentAdjustment, Calculation, DocumentAmounts } from '../totals/calculation.js'
import type { DepositsAgreed } from './deposit-input.js'

/** What was agreed at capture. Names, addresses and free text stand in a personal-data record, never here. */
export interface OrderContent {
  readonly channel: string
  /** The channel's own number of this order; unique within the channel. */
  readonly reference?: string
  readonly purchaseOrder?: string
  readonly customer?: PartyId
  /** The legal entity of the business that sells; the business itself where absent. */
  readonly legalEntity?: string
  readonly shipTo?: AddressId
  readonly billTo?: AddressId
  readonly currency: CurrencyCode
  readonly lines: readonly PricedLine[]
  readonly orderedOn: LocalDate
  readonly payment: {
    readonly method: string
    readonly terms: 'prepaid' | 'on_account'
    /** When its invoices are due; after the usual number of days where absent. */
    readonly agreed?: AgreedTerms
  }
  readonly delivery: { readonly method: string; readonly requestedOn?: LocalDate }
  readonly metadata?: Readonly<Record<string, string>>
  /** Whose backorders are filled first, where the setting `backorders` goes by priority: the higher the sooner. 0 when absent. */
  readonly priority?: number
  /** Discounts and charges on the whole order. */
  readonly adjustments?: readonly AgreedDocumentAdjustment[]
  /** The promotions it got; what they take stands in `adjustments`, here and on the lines. */
  readonly promotions?: readonly AppliedPromotion[]
  /** Where it is taxed. */
  readonly taxPlace?: TaxPlace
  /** The outside engine that said how; absent where the tax table or the order itself did. */
  readonly taxedBy?: TaxedBy
  /** What the customer keeps back of its invoices and pays to the tax office for the seller. */
  readonly withholdings?: readonly AgreedWithholding[]
  /** How its amounts were calculated, and to what; both absent where nothing is taxed, discounted or charged: it comes to the sum of its lines. */
  readonly calculation?: Calculation
  readonly totals?: DocumentAmounts
  /** What makes its units billable, where a line does not say it; `on_shipment` when absent. */
  readonly invoiceTrigger?: InvoiceTrigger
  /** What becomes billable waits to be billed with other orders of its customer; it is billed with the fact when absent. */
  readonly billing?: 'consolidated'
  /** The deposits that are claimed in the commit of a fact; absent where none are. */
  readonly depositOn?: DepositsAgreed
}

/** What the customer owes for all that was agreed: with tax, rounded to coins where they are. */
export const totalOf = ({
  lines,
  currency,
  totals,
}: Pick<OrderContent, 'lines' | 'currency' | 'totals'>): Money =>
  totals === undefined
    ? sumOf(
        lines.map((line) => line.net),
        currency,
      )
    : add(totals.gross, totals.rounding)
