import type { OpenInvoice } from '../invoicing/open-invoices.js'
import { sumOf, type Money } from '../money/money.js'
import { compareTexts } from '../text/compare-texts.js'
import type { Candidate, Matched, NeedsReview, ReviewReason, Verdict } from './match-decision.js'
import { rankCandidates } from './rank-candidates.js'

export const review = (
  reason: ReviewReason,
  candidates: readonly Candidate[],
  amount: Money,
): NeedsReview => ({ outcome: 'needs_review', reason, ...rankCandidates(candidates, amount) })

/** The chosen invoices are paid in full. */
export const matched = (
  found: Pick<Matched, 'rule' | 'reason'>,
  items: readonly OpenInvoice[],
  chosen: readonly OpenInvoice[],
  others: readonly Candidate[],
  amount: Money,
): Matched => ({
  outcome: 'matched',
  ...found,
  applications: chosen.map((item) => ({ invoice: item.invoice, amount: item.open })),
  ...rankCandidates([...verdicts(items, chosen, 'chosen', 'not_covered'), ...others], amount),
})

/** What is due first comes first; the order in which the facts came in plays no part (RC4). */
export const byDueDate = (items: readonly OpenInvoice[]): readonly OpenInvoice[] =>
  items.toSorted(
    (left, right) => compareTexts(left.dueOn, right.dueOn) || compareTexts(left.number, right.number),
  )

export const totalOf = (items: readonly OpenInvoice[], amount: Money): Money =>
  sumOf(
    items.map((item) => item.open),
    amount.currency,
  )

export const all = (items: readonly OpenInvoice[], verdict: Verdict): readonly Candidate[] =>
  items.map((item) => candidate(item, verdict))

export const verdicts = (
  items: readonly OpenInvoice[],
  chosen: readonly OpenInvoice[],
  verdict: Verdict,
  otherwise: Verdict,
): readonly Candidate[] => items.map((item) => candidate(item, chosen.includes(item) ? verdict : otherwise))

export const candidate = ({ invoice, number, open }: OpenInvoice, verdict: Verdict): Candidate => ({
  number,
  invoice,
  open,
  verdict,
})
