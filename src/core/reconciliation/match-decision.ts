import type { InvoiceId } from '../ids/ids.js'
import type { Money } from '../money/money.js'

/** How an entry found its invoices, in the order in which the rules are tried; `manual` when a person named them. */
export type MatchRule = 'reference' | 'exact_amount' | 'several_invoices' | 'manual'

/** Why an entry needs a person. */
export type ReviewReason =
  /** Money that went out, or came back. */
  | 'outgoing'
  | 'bank_fee'
  /** No invoice number in the text, and no payer our books know. */
  | 'no_reference'
  | 'unknown_payer'
  /** The payer owes nothing in this currency. */
  | 'nothing_open'
  /** Two or more choices fit. */
  | 'ambiguous'
  | 'amount_differs'
  | 'too_many_open_invoices'
  /** The invoice named has been paid before. */
  | 'duplicate_payment'
  | 'overpayment'
  /** The invoice named is another customer's, and the amount is not exactly what is open on it. */
  | 'other_customer'
  /** The invoice named was credited in full or withdrawn. */
  | 'invoice_not_payable'
  | 'currency_mismatch'

/** What became of one invoice that was considered, and why. */
export type Verdict =
  | 'chosen'
  | 'paid_in_part'
  | 'tie'
  | 'amount_differs'
  | 'not_covered'
  | 'already_paid'
  | 'not_payable'
  | 'other_currency'
  | 'other_customer'
  | 'unknown_number'

export interface Candidate {
  readonly number: string
  readonly invoice?: InvoiceId
  readonly open?: Money
  readonly verdict: Verdict
}

export interface Application {
  readonly invoice: InvoiceId
  readonly amount: Money
}

/** The invoices considered, the chosen first and then the nearest to the amount; what did not fit into the list is counted. */
export interface Considered {
  readonly candidates: readonly Candidate[]
  readonly leftOut: number
}

/** What is decided about an entry, with its reasons as data (F137). */
export type MatchDecision = Matched | NeedsReview

export interface Matched extends Considered {
  readonly outcome: 'matched'
  readonly rule: MatchRule
  /** The payer named the invoice and paid less: the rest stays open. */
  readonly reason?: 'short_payment'
  readonly applications: readonly Application[]
}

export interface NeedsReview extends Considered {
  readonly outcome: 'needs_review'
  readonly reason: ReviewReason
}
