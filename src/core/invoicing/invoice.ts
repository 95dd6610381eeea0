import type { InvoiceStatus } from '../../state-machines/invoice.machine.js'
import type { Unit } from '../catalog/quantity.js'
import type {
  CreditNoteId,
  InvoiceId,
  LineId,
  OrderId,
  OrderNumber,
  PartyId,
  PaymentId,
  ShipmentId,
  Sku,
} from '../ids/ids.js'
import type { CurrencyCode } from '../money/currency.js'
import type { Money } from '../money/money.js'
import type { UnitPrice } from '../money/unit-price.js'
import type { AgreedTerms } from '../pricing/payment-terms.js'
import type { TaxPlace } from '../tax/tax-table.js'
import type { TaxTreatment } from '../tax/tax-treatment.js'
import type { TaxedBy } from '../tax/taxed-by.js'
import type { LocalDate } from '../time/local-date.js'
import type { DateRange } from '../time/recurrence.js'
import type {
  AgreedAdjustment,
  AgreedDocumentAdjustment,
  Calculation,
  DocumentAmounts,
} from '../totals/calculation.js'
import type { DepositPart } from '../totals/deposit.js'
import type { Withholding } from '../totals/withholdings.js'
import type { Difference } from './difference.js'
import type { DuePart, OfferedDiscount } from './due-dates.js'
import type { Reminder } from './reminder.js'

/** A line of an issued document: what of an order's line it bills. Quantities in base units. */
export interface InvoiceLine {
  readonly line: LineId
  /** Of a consolidated invoice, the order whose line it bills: ids of lines are an order's own. */
  readonly order?: OrderId
  readonly sku: Sku
  readonly name: string
  readonly unit: Unit
  readonly quantity: number
  readonly unitPrice: UnitPrice
  /** Without tax, after the line's own discounts and charges, before those of the document. */
  readonly net: Money
  /** The discounts and charges of the order's line, as they were agreed for all of it. */
  readonly adjustments?: readonly AgreedAdjustment[]
  /** Absent, like `shares`, where the document's amounts are the sum of its lines. */
  readonly tax?: TaxTreatment
  /** Its part of each of the document's discounts and charges: signed, without tax. */
  readonly shares?: readonly Money[]
  /** With tax, its shares included: what the customer was told, where prices contain the tax. Absent on older ones. */
  readonly gross?: Money
  /** Of what is sold by the period, the days it bills (EN 16931 BG-26): from the first up to, but not including, `until`. */
  readonly period?: DateRange
}

/** What a document's amounts came to and how, where they are more than the sum of its lines. */
export interface CalculatedAmounts {
  /** The discounts and charges of the order, as they were agreed for all of it; what this document has of them stands in `totals`. */
  readonly adjustments?: readonly AgreedDocumentAdjustment[]
  readonly taxPlace?: TaxPlace
  /** The outside engine that said how it is taxed, where one did. */
  readonly taxedBy?: TaxedBy
  readonly calculation?: Calculation
  readonly totals?: DocumentAmounts
  /** What of its total the buyer keeps back and pays to the tax office for the seller; absent where nothing is. */
  readonly withholdings?: readonly Withholding[]
}

export interface InvoiceContent extends CalculatedAmounts {
  readonly id: InvoiceId
  /** `deposit`: a claim on part of an order's price before anything is delivered. `debit`: a debit note. Absent on invoices of what was delivered. */
  readonly kind?: 'deposit' | 'debit'
  /** Of a debit note, the invoice that claimed too little (EN 16931 BG-3), and whether its prices or its quantities were too low. */
  readonly corrects?: CorrectedInvoice
  /** Of a debit note, why. */
  readonly reason?: string
  readonly number: string
  /** The order it bills; absent on a consolidated invoice, which bills those of its `parts`. */
  readonly order?: OrderId
  readonly orderNumber?: OrderNumber
  /** The customer's own number of that order (EN 16931 BT-13); of a consolidated invoice that of all its orders, where they have the same. Absent on older ones. */
  readonly purchaseOrder?: string
  /** Of a consolidated invoice, what it claims for each of its orders, in the order of its lines. */
  readonly parts?: readonly BilledPart[]
  readonly shipment?: ShipmentId
  readonly customer?: PartyId
  /** The legal entity that issued it; the business itself where absent. */
  readonly legalEntity?: string
  readonly currency: CurrencyCode
  readonly lines: readonly InvoiceLine[]
  /** What the customer owes on it: with tax, rounded to coins where they are. */
  readonly total: Money
  /** What earlier deposit invoices claimed of it, net and tax (EN 16931 BG-3, BT-113): it is not claimed again. Absent where there is none. */
  readonly deducted?: readonly DepositPart[]
  readonly issuedOn: LocalDate
  /** The day on which all of it is due. */
  readonly dueOn: LocalDate
  /** The terms that were agreed; absent where it is due after the usual number of days. */
  readonly terms?: AgreedTerms
  /** What is due when, in the order of the days; absent where all of it is due on `dueOn`. */
  readonly instalments?: readonly DuePart[]
  /** What is let go when all else is paid in time. */
  readonly discount?: OfferedDiscount
}

/**
 * What a consolidated invoice claims for one of its orders: exactly what an invoice of that order alone would have claimed. Its lines and its discounts and
 * charges are the next ones of the document's own; the places in `totals` count from its first.
 */
export interface BilledPart extends Pick<
  CalculatedAmounts,
  'taxPlace' | 'taxedBy' | 'totals' | 'withholdings'
> {
  readonly order: OrderId
  readonly orderNumber: OrderNumber
  /** The customer's own number of it. Absent on older ones. */
  readonly purchaseOrder?: string
  /** How many of the document's lines, and of its discounts and charges, are its own. */
  readonly lines: number
  readonly adjustments: number
  readonly total: Money
}

export interface CorrectedInvoice {
  readonly invoice: InvoiceId
  readonly number: string
  readonly issuedOn: LocalDate
  readonly what: 'price' | 'quantity'
}

/** A debit note as the invoice that it corrects knows it. */
export interface DebitNote {
  readonly invoice: InvoiceId
  readonly number: string
  readonly issuedOn: LocalDate
  readonly total: Money
}

/** A claim on a customer: issued with its number, never changed afterwards (MO9). Only what was paid and credited on it moves. */
export interface Invoice extends InvoiceContent {
  readonly parts?: readonly InvoicePart[]
  readonly status: InvoiceStatus
  readonly paid: Money
  readonly credited: Money
  /**
   * Of an invoice that was credited, what it no longer deducts; of a deposit invoice, what of it is not deducted any more for that reason, and is owed back.
   * Absent where there is none.
   */
  readonly returned?: Money
  /** What is withheld with `returned`; absent where nothing is. */
  readonly returnedWithheld?: Money
  /** Base units credited, and their amounts, by line in the order of `lines`. */
  readonly creditedLines: readonly CreditedSoFar[]
  /** Sums of what was credited, where the invoice has `totals`; of a consolidated invoice they stand in its parts. */
  readonly creditedTotals?: DocumentAmounts
  /** Of a deposit invoice of which something is withheld, what credit notes have taken back of it. */
  readonly creditedWithholdings?: readonly Withholding[]
  /** What was credited when a price was corrected last: units that are credited later share in what was left then. */
  readonly restFrom?: CreditedFrom
  /** What of it is no longer asked for, without a credit note; absent where there is none. */
  readonly differences?: readonly Difference[]
  /** When it was sent last, and how; absent as long as nobody has recorded that. */
  readonly sent?: { readonly channel: string; readonly on: LocalDate }
  /** Oldest first; absent where there is none. */
  readonly reminders?: readonly Reminder[]
  /** When it was withdrawn, and why; its number stays used. */
  readonly voided?: { readonly on: LocalDate; readonly reason: string }
  /** What was to be withheld of it and was not is to be paid. */
  readonly withheldClaimed?: true
  /** Some of what paid it came after the days of its discount. */
  readonly paidLate?: true
  /** What was claimed later, because it had claimed too little: documents of their own. Oldest first; absent where there is none. */
  readonly debitNotes?: readonly DebitNote[]
}

/** An invoice of one order, or the part of a consolidated invoice that is of one. */
export interface InvoiceOfOrder extends Invoice {
  readonly order: OrderId
  readonly orderNumber: OrderNumber
}

/** A part of a consolidated invoice with what was credited of it. */
export interface InvoicePart extends BilledPart {
  readonly credited: Money
  readonly creditedTotals?: DocumentAmounts
  readonly restFrom?: CreditedFrom
}

interface CreditedFrom {
  readonly lines: readonly CreditedSoFar[]
  readonly totals?: DocumentAmounts
}

export interface CreditedSoFar {
  readonly quantity: number
  readonly net: Money
  /** Signed like the shares of the line; absent where nothing of them was credited. */
  readonly shares?: readonly Money[]
  /** With tax, where a price that contains tax was corrected, or the line of the invoice says what it came to with it. */
  readonly gross?: Money
}

export interface CreditedLine extends CreditedSoFar {
  readonly line: LineId
}

/** What a credit note gives back: `quantity` 0 where it corrects a price and no unit comes back. */
export interface Credit {
  readonly lines: readonly CreditedLine[]
  /** What the customer gets back: with tax, rounded to coins where they are. */
  readonly total: Money
  /** Where the invoice has `totals`. */
  readonly totals?: DocumentAmounts
  /** Of a deposit invoice, what it takes back of what is withheld of it: no later invoice has deducted that. */
  readonly withholdings?: readonly Withholding[]
}

export type InvoiceEvent =
  | { readonly type: 'InvoiceIssued'; readonly invoice: InvoiceContent }
  | {
      readonly type: 'InvoicePaid'
      readonly payment: PaymentId
      readonly amount: Money
      /** The money came after the days of the invoice's discount. */
      readonly late?: true
    }
  | { readonly type: 'InvoiceDifferenceBooked'; readonly difference: Difference }
  | { readonly type: 'InvoiceDifferenceTakenBack'; readonly id: string; readonly reason?: string }
  /** What the buyer was to withhold and has brought no certificate for is to be paid after all. */
  | { readonly type: 'InvoiceWithheldClaimed'; readonly amount: Money; readonly reason: string }
  | { readonly type: 'InvoicePaymentTakenBack'; readonly payment: PaymentId; readonly amount: Money }
  | {
      readonly type: 'InvoiceCredited'
      readonly creditNote: CreditNoteId
      readonly amount: Money
      readonly lines: readonly CreditedLine[]
      readonly totals?: DocumentAmounts
      /** Of a deposit invoice, what it takes back of what is withheld of it. */
      readonly withholdings?: readonly Withholding[]
      /** No units were given back: prices were too high. */
      readonly corrects?: 'price'
      /** Of a consolidated invoice, the order whose part was credited. */
      readonly order?: OrderId
    }
  | { readonly type: 'InvoiceSent'; readonly channel: string; readonly on: LocalDate }
  | { readonly type: 'InvoiceReminded'; readonly reminder: Reminder }
  /** A credit left less than was deducted: the deposit is owed back by so much. Both invoices have this event, each with the other. */
  | {
      readonly type: 'InvoiceDeductionReturned'
      readonly invoice: InvoiceId
      readonly amount: Money
      /** What is withheld of it. */
      readonly withheld?: Money
    }
  /** It had claimed too little, and the debit note claims the rest. */
  | { readonly type: 'InvoiceDebited'; readonly debitNote: DebitNote }
  /** One of its debit notes was voided. */
  | { readonly type: 'InvoiceDebitWithdrawn'; readonly invoice: InvoiceId }
  | { readonly type: 'InvoiceVoided'; readonly voidedOn: LocalDate; readonly reason: string }
  | { readonly type: 'InvoiceSettled' }
  | { readonly type: 'InvoiceReopened' }
