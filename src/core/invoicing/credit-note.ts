import type { CreditNoteId, InvoiceId, OrderId, PartyId } from '../ids/ids.js'
import type { CurrencyCode } from '../money/currency.js'
import type { Money } from '../money/money.js'
import type { RecordKind } from '../record-kind.js'
import type { LocalDate } from '../time/local-date.js'
import type { CalculatedAmounts, InvoiceLine } from './invoice.js'

/** Takes back part of an invoice, or, without one, grants a credit by an explicit rule. Issued once, never changed. */
export interface CreditNote extends CalculatedAmounts {
  readonly id: CreditNoteId
  readonly number: string
  /** The invoice it corrects (EN 16931 BT-25). */
  readonly invoice?: InvoiceId
  readonly invoiceNumber?: string
  /** The day on which that was issued (EN 16931 BT-26). Absent on older ones. */
  readonly invoiceIssuedOn?: LocalDate
  /** What a credit without an invoice refers to, in the host's own numbers. */
  readonly reference?: string
  readonly order?: OrderId
  /** The customer's own number of that order, as it stands on the invoice. */
  readonly purchaseOrder?: string
  readonly customer?: PartyId
  /** The legal entity that issued it; the business itself where absent. */
  readonly legalEntity?: string
  readonly currency: CurrencyCode
  /** With `quantity` 0 where a price is corrected and no unit comes back. */
  readonly lines: readonly InvoiceLine[]
  /** What the customer gets back: with tax, rounded to coins where they are. */
  readonly total: Money
  /** It corrects a deposit invoice, or a debit note. */
  readonly kind?: 'deposit' | 'debit'
  /** Prices were too high: no units came back. */
  readonly corrects?: 'price'
  readonly issuedOn: LocalDate
  readonly reason: string
}

export interface CreditNoteIssued {
  readonly type: 'CreditNoteIssued'
  readonly creditNote: CreditNote
}

export const creditNoteKind: RecordKind<CreditNote, CreditNoteIssued> = {
  name: 'credit_note',
  evolve: (_known, event) => event.creditNote,
  entries: (note) => ({
    number: note.number,
    issuedOn: note.issuedOn,
    reason: note.reason,
    ...(note.invoice !== undefined && { invoice: note.invoice }),
    ...(note.order !== undefined && { order: note.order }),
    ...(note.customer !== undefined && { customer: note.customer }),
  }),
}
