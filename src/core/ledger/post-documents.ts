import { present } from '../invariant.js'
import { creditNoteKind, type CreditNote, type CreditNoteIssued } from '../invoicing/credit-note.js'
import type { Difference, DifferenceKind } from '../invoicing/difference.js'
import type { Invoice, InvoiceEvent } from '../invoicing/invoice.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { negate, subtract, type Money } from '../money/money.js'
import type { LocalDate } from '../time/local-date.js'
import { journalEntry, type Account, type JournalEntry, type Transfer } from './journal-entry.js'
import type { Posted } from './posted.js'

/**
 * What an event of an invoice means to the books: issuing claims the total from the customer, voiding takes all of it back, and a difference lets some of it go. Payments and credits
 * on it are the events of payments and credit notes, which are posted where they stand, once.
 */
export const postInvoice = ({
  event,
  before,
  version,
  recordedOn,
}: Posted<Invoice, InvoiceEvent>): JournalEntry | undefined => {
  const entry = (
    { id, currency }: Pick<Invoice, 'id' | 'currency'>,
    on: LocalDate,
    ...transfers: readonly Transfer[]
  ) =>
    journalEntry(
      { on, what: event.type, document: { kind: invoiceKind.name, id }, version, currency },
      transfers,
    )
  switch (event.type) {
    case 'InvoiceIssued':
      return entry(event.invoice, event.invoice.issuedOn, ...claimed(event.invoice))
    case 'InvoiceVoided':
      return before && entry(before, event.voidedOn, ...givenBack(before))
    case 'InvoiceDifferenceBooked': {
      const { difference } = event
      return before && entry(before, difference.on, letGo(difference))
    }
    case 'InvoiceDifferenceTakenBack': {
      const known = present(before, 'a difference is booked before it is taken back')
      const difference = present(
        known.differences?.find(({ id }) => id === event.id),
        'a difference is booked before it is taken back',
      )
      return entry(known, recordedOn, letGo({ ...difference, amount: negate(difference.amount) }))
    }
    case 'InvoiceDeductionReturned':
    case 'InvoicePaid':
    case 'InvoicePaymentTakenBack':
    case 'InvoiceWithheldClaimed':
    case 'InvoiceCredited':
    case 'InvoiceDebited':
    case 'InvoiceDebitWithdrawn':
    case 'InvoiceSent':
    case 'InvoiceReminded':
    case 'InvoiceSettled':
    case 'InvoiceReopened':
      return undefined
  }
}

const accountsOfDifferences: Readonly<Record<DifferenceKind, Account>> = {
  early_payment_discount: 'discounts',
  small_difference: 'write_offs',
  write_off: 'write_offs',
  withholding: 'withheld_taxes',
}

const letGo = ({ kind, amount }: Difference): Transfer => ({
  debit: accountsOfDifferences[kind],
  credit: 'receivables',
  amount,
})

/** A credit note takes back what an invoice has claimed; without an invoice it is owed to the customer all the same. */
export const postCreditNote = ({ event, version }: Posted<CreditNote, CreditNoteIssued>): JournalEntry => {
  const { id, issuedOn, currency } = event.creditNote
  return journalEntry(
    { on: issuedOn, what: event.type, document: { kind: creditNoteKind.name, id }, version, currency },
    givenBack(event.creditNote),
  )
}

type Claim = Pick<Invoice, 'kind' | 'total' | 'totals' | 'deducted'>

/**
 * What of a document's total is tax is owed to the tax office and no revenue; what it is rounded to coins by is. A deposit is no revenue before it is deducted,
 * and its tax is owed from the deposit on.
 */
const claimed = ({ kind, total, totals, deducted = [] }: Claim): readonly Transfer[] => [
  ...ofAmount(total, totals?.tax, kind === 'deposit' ? 'deposits' : 'revenue'),
  ...deducted.flatMap(({ amount, tax }) => reversed(ofAmount(amount, tax, 'deposits'))),
]

const ofAmount = (amount: Money, tax: Money | undefined, account: Account): readonly Transfer[] =>
  tax === undefined
    ? [{ debit: 'receivables', credit: account, amount }]
    : [
        { debit: 'receivables', credit: account, amount: subtract(amount, tax) },
        { debit: 'receivables', credit: 'output_tax', amount: tax },
      ]

const givenBack = (document: Claim): readonly Transfer[] => reversed(claimed(document))

const reversed = (transfers: readonly Transfer[]): readonly Transfer[] =>
  transfers.map(({ debit, credit, amount }) => ({ debit: credit, credit: debit, amount }))
