import type { WrittenQuantity } from '../../core/catalog/quantity.js'
import type { CurrencyCode } from '../../core/money/currency.js'
import type { Money } from '../../core/money/money.js'
import type { UnitPrice } from '../../core/money/unit-price.js'
import type { TaxTreatment } from '../../core/tax/tax-treatment.js'
import type { LocalDate } from '../../core/time/local-date.js'
import type {
  AgreedAdjustment,
  AgreedDocumentAdjustment,
  Calculation,
  DocumentAmounts,
} from '../../core/totals/calculation.js'
import type { LineItem } from './electronic-invoice.js'
import type { PrintableInvoice } from './printable-invoice.js'

/** A line of an invoice or credit note as `invoices.get` and `invoices.creditNote` answer it. */
export interface IssuedLine {
  readonly line: string
  /** Of a consolidated invoice, the order whose line it bills. */
  readonly order?: string
  readonly sku: string
  readonly name: string
  /** UN/ECE Recommendation 20 code. */
  readonly unit: string
  readonly quantity: WrittenQuantity
  readonly unitPrice: UnitPrice
  readonly net: Money
  readonly adjustments?: readonly AgreedAdjustment[]
  readonly tax?: TaxTreatment
  /** The days it is for, where it is sold by the period: up to, but not including, `until`. */
  readonly period?: { readonly from: LocalDate; readonly until: LocalDate }
}

/** What an electronic document takes from an issued one, of all that `invoices.get` and `invoices.creditNote` answer. */
export interface IssuedDocument {
  readonly number: string
  /** The buyer's number of the order; of a consolidated invoice that of all its orders, where they have the same. */
  readonly purchaseOrder?: string
  readonly issuedOn: string
  readonly currency: CurrencyCode
  readonly lines: readonly IssuedLine[]
  readonly total: Money
  readonly adjustments?: readonly AgreedDocumentAdjustment[]
  readonly calculation?: Calculation
  readonly totals?: DocumentAmounts
  /** What the buyer withholds of it. */
  readonly withholdings?: readonly {
    readonly name: string
    readonly percent: string
    readonly on?: 'net' | 'tax'
    readonly base: Money
    readonly amount: Money
  }[]
  /** The orders of a consolidated invoice. */
  readonly parts?: readonly {
    readonly order: string
    readonly orderNumber: string
    /** The buyer's number of it. */
    readonly purchaseOrder?: string
  }[]
  /** What earlier deposit invoices claimed of it. */
  readonly deducted?: readonly {
    readonly number: string
    readonly issuedOn: string
    readonly amount: Money
    /** What is withheld of it. */
    readonly withholdings?: IssuedDocument['withholdings']
  }[]
}

export interface IssuedInvoice extends IssuedDocument {
  readonly kind?: 'deposit' | 'debit'
  /** Of a debit note, the invoice that claimed too little. */
  readonly corrects?: { readonly number: string; readonly issuedOn: string }
  /** Of a debit note, why. */
  readonly reason?: string
  readonly status: string
  /** Absent on a consolidated invoice. */
  readonly orderNumber?: string
  /** The day on which all of it is due. */
  readonly dueOn: string
  /** What is due when, in the order of the days; absent where all of it is due on one. */
  readonly instalments?: readonly { readonly dueOn: string; readonly amount: Money }[]
  /** What may be kept by whoever pays the rest in time. */
  readonly discount?: { readonly percent: string; readonly until: LocalDate; readonly amount: Money }
}

export interface IssuedCreditNote extends IssuedDocument {
  readonly invoiceNumber?: string
  /** When the invoice was issued. */
  readonly invoiceIssuedOn?: string
  /** What a credit without an invoice refers to, in the host's own numbers. */
  readonly reference?: string
  /** Why it was credited. */
  readonly reason?: string
}

/** What a page takes of a proforma invoice, of all that `invoices.proforma` answers. */
export interface DrawnProforma extends Omit<IssuedDocument, 'number' | 'issuedOn'> {
  readonly orderNumber: string
  readonly drawnOn: string
}

/** What of an invoice tells whether another one follows it. */
export type EarlierInvoice = Pick<IssuedInvoice, 'number' | 'issuedOn' | 'status' | 'kind' | 'corrects'>

/** What the records do not say: who the parties are, how to pay, what a line's goods are besides their name. */
export interface IssuedHeader extends PageHeader {
  /** BT-24: the rules the document keeps; see `specifications`. */
  readonly specification: string
}

/** The same for a document that is for pages only, and claims no specification. */
export interface PageHeader extends Omit<
  PrintableInvoice,
  | 'specification'
  | 'taxesByName'
  | 'number'
  | 'issuedOn'
  | 'typeCode'
  | 'currency'
  | 'dueOn'
  | 'totals'
  | 'taxes'
  | 'allowances'
  | 'charges'
  | 'lines'
  | 'withheld'
  | 'earlyPayment'
  | 'instalments'
> {
  /** UNTDID 1001; 380 (invoice), 386 (deposit invoice), 383 (debit note) and 381 (credit note) when left out. */
  readonly typeCode?: string
  /**
   * Of an invoice that closes an order, all invoices of that order as `invoices.list({ order })` answers them: those before it are named as preceding ones (BG-3), and
   * nothing of them is deducted.
   */
  readonly earlierInvoices?: readonly EarlierInvoice[]
  /** More about the goods of a line (EN 16931 BG-31), such as a customs code. */
  readonly itemOf?: (line: IssuedLine) => Partial<LineItem>
  /** How documents without tax are to be read, where orders are calculated without: exempt, or outside the scope of tax. */
  readonly untaxed?: TaxTreatment
}
