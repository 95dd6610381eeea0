import type { OpenInvoice } from '../invoicing/open-invoices.js'
import { compare, type Money } from '../money/money.js'
import { uniqueSubset } from './invoice-subset.js'
import type { Candidate, MatchDecision } from './match-decision.js'
import { all, byDueDate, matched, review, totalOf, verdicts } from './match-result.js'

/** The payer is known and named no invoice of ours: the amount alone has to tell, and only when it does so without doubt. */
export const matchPayer = (
  open: readonly OpenInvoice[],
  unknown: readonly Candidate[],
  amount: Money,
): MatchDecision => {
  const items = byDueDate(open.filter((item) => item.open.currency === amount.currency))
  const foreign = open.filter((item) => item.open.currency !== amount.currency)
  const others = [...all(foreign, 'other_currency'), ...unknown]
  const reject = (reason: 'overpayment' | 'amount_differs' | 'too_many_open_invoices') =>
    review(reason, [...all(items, 'amount_differs'), ...others], amount)
  const tie = (tied: readonly OpenInvoice[]) =>
    review('ambiguous', [...verdicts(items, tied, 'tie', 'amount_differs'), ...others], amount)

  if (items.length === 0)
    return review(foreign.length > 0 ? 'currency_mismatch' : 'nothing_open', others, amount)
  const exact = items.filter((item) => compare(item.open, amount) === 0)
  if (exact.length === 1) return matched({ rule: 'exact_amount' }, items, exact, others, amount)
  if (exact.length > 1) return tie(exact)
  if (compare(amount, totalOf(items, amount)) > 0) return reject('overpayment')
  const subset = uniqueSubset(items, amount)
  switch (subset.found) {
    case 'one':
      return matched({ rule: 'several_invoices' }, items, subset.items, others, amount)
    case 'several':
      return tie(subset.items)
    case 'none':
      return reject('amount_differs')
    case 'too_many_items':
      return reject('too_many_open_invoices')
  }
}
