import type { InvoiceId, PartyId } from '../ids/ids.js'
import { isPositive, type Money } from '../money/money.js'
import type { Work } from '../plan.js'
import type { DerivedKind } from '../record-kind.js'
import type { LocalDate } from '../time/local-date.js'
import type { Invoice } from './invoice.js'
import { nextDueOn, payableAmount } from './invoice-amounts.js'

export interface OpenInvoice {
  readonly invoice: InvoiceId
  readonly number: string
  /** What is to be paid of it, without what the customer is to withhold. */
  readonly open: Money
  readonly dueOn: LocalDate
}

/**
 * What a customer owes, as a record of its own: matching a payment depends on the whole set, so the set is locked like any record and no match
 * rests on a query that may be stale. A function of the customer's invoices.
 */
export interface OpenInvoices {
  readonly invoices: readonly OpenInvoice[]
}

export const openInvoicesKind: DerivedKind<OpenInvoices> = {
  name: 'open_invoices',
  derived: true,
  entries: ({ invoices }) => {
    const [first] = invoices.map(({ dueOn }) => dueOn).sort()
    return first === undefined ? {} : { dueOn: first }
  },
}

/** Brings the customer's set up to date with one invoice. Invoices without a customer are in no set. */
export const keepOpenInvoices = (work: Work, invoice: Invoice): void => {
  const customer: PartyId | undefined = invoice.customer
  if (customer === undefined) return
  const others = (work.find(openInvoicesKind, customer)?.state.invoices ?? []).filter(
    (other) => other.invoice !== invoice.id,
  )
  const open = payableAmount(invoice)
  const invoices = isPositive(open)
    ? [...others, { invoice: invoice.id, number: invoice.number, open, dueOn: nextDueOn(invoice) }]
    : others
  work.put(openInvoicesKind, customer, { invoices })
}
