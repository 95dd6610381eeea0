import type { PartyId } from '../ids/ids.js'
import type { Invoice } from '../invoicing/invoice.js'
import { nextDueOn, payableAmount } from '../invoicing/invoice-amounts.js'
import type { OpenInvoice } from '../invoicing/open-invoices.js'
import { compare, isPositive, minimum, subtract, type Money } from '../money/money.js'
import { invoiceLifecycle } from '../../state-machines/invoice.machine.js'
import { uniqueSubset } from './invoice-subset.js'
import type { Application, Candidate, MatchDecision, ReviewReason, Verdict } from './match-decision.js'
import { all, byDueDate, candidate, matched, review, totalOf } from './match-result.js'
import { rankCandidates } from './rank-candidates.js'

/**
 * The payer named invoices: they are paid or nothing is. Too little pays them in part; too much, or a second time, is for a person, since
 * the payer gets something back. Whoever pays exactly what somebody else owes means it; a part of it is more likely a mistyped number.
 */
export const matchNamed = (
  named: readonly Invoice[],
  unknown: readonly Candidate[],
  amount: Money,
  payer?: PartyId,
): MatchDecision => {
  const passed = named.flatMap((invoice) => {
    const verdict = notPayable(invoice, amount)
    return verdict === undefined ? [] : [candidate(itemOf(invoice), verdict)]
  })
  const items = byDueDate(named.filter((invoice) => notPayable(invoice, amount) === undefined).map(itemOf))
  const others = [...passed, ...unknown]
  if (items.length === 0) return review(reasonOf(passed), others, amount)
  const comparison = compare(amount, totalOf(items, amount))
  if (comparison > 0) return review('overpayment', [...all(items, 'amount_differs'), ...others], amount)
  if (comparison === 0) return matched({ rule: 'reference' }, items, items, others, amount)
  if (named.some((invoice) => isOfAnother(invoice, payer))) {
    return review('other_customer', [...all(items, 'other_customer'), ...others], amount)
  }
  const subset = uniqueSubset(items, amount)
  if (subset.found === 'several') return review('ambiguous', [...all(items, 'tie'), ...others], amount)
  return subset.found === 'one'
    ? matched({ rule: 'reference', reason: 'short_payment' }, items, subset.items, others, amount)
    : payInPart(items, others, amount)
}

const notPayable = (invoice: Invoice, amount: Money): Verdict | undefined => {
  if (invoice.currency !== amount.currency) return 'other_currency'
  const payable = isPositive(payableAmount(invoice)) && invoiceLifecycle.allows(invoice.status, 'apply_some')
  if (payable) return undefined
  return isPositive(invoice.paid) ? 'already_paid' : 'not_payable'
}

const isOfAnother = ({ customer }: Invoice, payer: PartyId | undefined): boolean =>
  payer !== undefined && customer !== undefined && customer !== payer

const reasonOf = (passed: readonly Candidate[]): ReviewReason => {
  const verdicts = passed.map((one) => one.verdict)
  if (verdicts.includes('already_paid')) return 'duplicate_payment'
  return verdicts.includes('not_payable') ? 'invoice_not_payable' : 'currency_mismatch'
}

/** What is due first is paid first; what the money does not reach stays open. */
const payInPart = (
  items: readonly OpenInvoice[],
  others: readonly Candidate[],
  amount: Money,
): MatchDecision => {
  const applications: Application[] = []
  const candidates: Candidate[] = []
  let left = amount
  for (const item of items) {
    const applied = minimum(left, item.open)
    left = subtract(left, applied)
    if (isPositive(applied)) applications.push({ invoice: item.invoice, amount: applied })
    candidates.push(candidate(item, partVerdict(applied, item.open)))
  }
  return {
    outcome: 'matched',
    rule: 'reference',
    reason: 'short_payment',
    applications,
    ...rankCandidates([...candidates, ...others], amount),
  }
}

const partVerdict = (applied: Money, open: Money): Verdict => {
  if (!isPositive(applied)) return 'not_covered'
  return compare(applied, open) === 0 ? 'chosen' : 'paid_in_part'
}

const itemOf = (invoice: Invoice): OpenInvoice => ({
  invoice: invoice.id,
  number: invoice.number,
  open: payableAmount(invoice),
  dueOn: nextDueOn(invoice),
})
