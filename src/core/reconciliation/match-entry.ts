import type { PartyId } from '../ids/ids.js'
import type { Invoice } from '../invoicing/invoice.js'
import type { OpenInvoice } from '../invoicing/open-invoices.js'
import { isNegative, isPositive, type Money } from '../money/money.js'
import type { Candidate, MatchDecision } from './match-decision.js'
import { matchNamed } from './match-named.js'
import { matchPayer } from './match-payer.js'
import { review } from './match-result.js'

/** All that a match rests on, locked: nothing outside is looked at. */
export interface MatchFacts {
  /** Above zero for money that came in. */
  readonly amount: Money
  readonly remittanceText: string
  /** The invoice numbers in the text, and the invoices of those that exist. */
  readonly numbers: readonly string[]
  readonly named: readonly Invoice[]
  /** What the bank says about the payer, and what our customer of that number owes, where there is one. */
  readonly payer?: {
    readonly reference: string
    readonly customer?: PartyId
    readonly open?: readonly OpenInvoice[]
  }
}

/**
 * Finds the invoices a bank entry pays: 1. those named in its text, 2. the payer's only open invoice of exactly this amount, 3. the payer's
 * open invoices that alone add up to it. Never guesses: where two answers fit, a person decides. The same facts give the same answer
 * in whatever order they come (RC4); invoices in another currency are never chosen (RC6).
 */
export const matchEntry = (facts: MatchFacts): MatchDecision => {
  const { amount, named, payer } = facts
  if (!isPositive(amount)) return review(isFee(facts) ? 'bank_fee' : 'outgoing', [], amount)
  const unknown = facts.numbers
    .filter((number) => !named.some((invoice) => invoice.number === number))
    .map((number): Candidate => ({ number, verdict: 'unknown_number' }))
  if (named.length > 0) return matchNamed(named, unknown, amount, payer?.customer)
  if (payer?.open !== undefined) return matchPayer(payer.open, unknown, amount)
  return review(payer === undefined ? 'no_reference' : 'unknown_payer', unknown, amount)
}

const isFee = (facts: MatchFacts): boolean =>
  isNegative(facts.amount) && /\b(?:fees?|charges?|interest)\b/i.test(facts.remittanceText)
