import { creditNoteKind, type CreditNote, type CreditNoteIssued } from '../invoicing/credit-note.js'
import { invoiceKind, type Invoice, type InvoiceEvent } from '../invoicing/invoice.js'
import { journalEntry, type JournalEntry } from './journal-entry.js'
import type { Posted } from './posted.js'

/**
 * What an event of an invoice means to the books: issuing claims the total from the customer. Payments and credits on it are the events of payments
 * and credit notes, which are posted where they stand, once.
 */
export const postInvoice = ({ event, version }: Posted<Invoice, InvoiceEvent>): JournalEntry | undefined => {
  switch (event.type) {
    case 'InvoiceIssued': {
      const { id, issuedOn, currency, total } = event.invoice
      return journalEntry(
        { on: issuedOn, what: event.type, document: { kind: invoiceKind.name, id }, version, currency },
        [{ debit: 'receivables', credit: 'revenue', amount: total }],
      )
    }
    case 'InvoicePaid':
    case 'InvoicePaymentTakenBack':
    case 'InvoiceCredited':
    case 'InvoiceSettled':
    case 'InvoiceReopened':
      return undefined
  }
}

/** A credit note takes back what an invoice has claimed; without an invoice it is owed to the customer all the same. */
export const postCreditNote = ({ event, version }: Posted<CreditNote, CreditNoteIssued>): JournalEntry => {
  const { id, issuedOn, currency, total } = event.creditNote
  return journalEntry(
    { on: issuedOn, what: event.type, document: { kind: creditNoteKind.name, id }, version, currency },
    [{ debit: 'revenue', credit: 'receivables', amount: total }],
  )
}
