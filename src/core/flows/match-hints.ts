import type { GatherContext } from '../command.js'
import type { InvoiceId, PartyId } from '../ids/ids.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { invoiceFormats } from '../invoicing/number-series.js'
import { openInvoicesKind } from '../invoicing/open-invoices.js'
import { partyNumberKind } from '../parties/party-number.js'
import type { BankEntry } from '../reconciliation/bank-entry.js'
import { invoiceNumbersIn } from '../reconciliation/remittance-text.js'

/** What the text and the payer of an entry point at, read without a lock: it tells what to lock, and decides nothing. */
export interface MatchHints {
  readonly invoices: readonly InvoiceId[]
  readonly customer?: PartyId
  /** The entry was not there to be looked at: that it points at nothing is not known. */
  readonly isUnread?: true
}

export const findMatchHints = async (
  entry: BankEntry,
  context: Pick<GatherContext, 'find' | 'read' | 'settings'>,
): Promise<MatchHints> => {
  const { payerReference } = entry
  const customer =
    payerReference === undefined ? undefined : (await context.read(partyNumberKind, payerReference))?.party
  const numbers = invoiceNumbersIn(entry.remittanceText, invoiceFormats(context.settings))
  // Most payers name what they owe, and the set of that is one read; only what is not in it needs a search.
  const owed =
    numbers.length === 0 || customer === undefined
      ? undefined
      : await context.read(openInvoicesKind, customer)
  const invoices: InvoiceId[] = []
  for (const number of numbers) {
    const open = owed?.invoices.find((invoice) => invoice.number === number)
    const id = open === undefined ? await onlyInvoice(context, number) : open.invoice
    if (id !== undefined) invoices.push(id)
  }
  return { invoices, ...(customer !== undefined && { customer }) }
}

/** A number that two invoices share, as imported ones may, names neither. */
const onlyInvoice = async (
  context: Pick<GatherContext, 'find'>,
  number: string,
): Promise<InvoiceId | undefined> => {
  const [first, second] = await context.find(invoiceKind.name, { number }, 2)
  return second === undefined ? (first?.id as InvoiceId | undefined) : undefined
}
