import type { Seen } from '../command.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { invoiceFormats } from '../invoicing/number-series.js'
import { openInvoicesKind } from '../invoicing/open-invoices.js'
import { partyNumberKind } from '../parties/party-number.js'
import type { Work } from '../plan.js'
import type { BankEntry } from '../reconciliation/bank-entry.js'
import type { MatchFacts } from '../reconciliation/match-entry.js'
import { invoiceNumbersIn } from '../reconciliation/remittance-text.js'
import type { DerivedKind } from '../record-kind.js'
import type { Settings } from '../settings.js'
import type { MatchHints } from './match-hints.js'

/**
 * The facts of a match, from the records the hints point at. Asked twice: over what was seen, to learn what to lock, and over what is locked, to
 * decide. A hint that proves wrong is no fact.
 */
export const matchFacts = (
  entry: BankEntry,
  hints: MatchHints,
  seen: Seen,
  settings: Settings,
): MatchFacts => {
  const numbers = invoiceNumbersIn(entry.remittanceText, invoiceFormats(settings))
  const named = hints.invoices.flatMap((id) => {
    const invoice = seen.get(invoiceKind, id)
    return invoice !== undefined && numbers.includes(invoice.number) ? [invoice] : []
  })
  const { amount, remittanceText } = entry
  const payer = payerOf(entry, seen, named.length === 0)
  return { amount, remittanceText, numbers, named, ...(payer !== undefined && { payer }) }
}

/** What the payer owes is only looked at when nothing of ours is named. */
const payerOf = (entry: BankEntry, seen: Seen, isAsked: boolean): MatchFacts['payer'] => {
  const reference = entry.payerReference
  if (reference === undefined) return undefined
  const customer = seen.get(partyNumberKind, reference)?.party
  if (customer === undefined) return { reference }
  return isAsked
    ? { reference, customer, open: seen.get(openInvoicesKind, customer)?.invoices ?? [] }
    : { reference, customer }
}

/** What a plan has locked and decided so far, asked as if it were only seen. */
export const seenIn = (work: Work): Seen => ({
  get: (kind, id) => work.find(kind as DerivedKind<never>, id)?.state,
})
