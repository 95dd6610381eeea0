import type { EntryMatch, EntryReview, OrderManagementFor } from 'orderwright'
import { centsOf, type Cents } from '../exact-money.js'
import type { Leftover, Share } from '../report/report-data.js'
import { everyItem } from '../store-pages.js'
import { shareCounter } from './share-counter.js'

/** What became of the bank's entries. */
export interface BankEntriesRead {
  readonly count: number
  readonly sum: Cents
  readonly matched: number
  readonly matchedSum: Cents
  /** Not looked at yet. */
  readonly waiting: number
  readonly byRule: readonly Share[]
  readonly byReason: readonly Share[]
  readonly leftovers: readonly Leftover[]
  /** The invoices each matched entry was applied to, by the bank's reference of the entry. */
  readonly appliedTo: ReadonlyMap<string, readonly string[]>
}

export const readBankEntries = async (books: OrderManagementFor): Promise<BankEntriesRead> => {
  const sums = { count: 0, sum: 0n, matched: 0, matchedSum: 0n, waiting: 0 }
  const [rules, reasons] = [shareCounter(), shareCounter()]
  const leftovers: Leftover[] = []
  const appliedTo = new Map<string, readonly string[]>()
  for await (const entry of everyItem((page) => books.orThrow.reconciliation.entries(page))) {
    const amount = centsOf(entry.amount.amount)
    sums.count += 1
    sums.sum += amount
    if (entry.match !== undefined) {
      sums.matched += 1
      sums.matchedSum += amount
      rules.add(ruleNames[entry.match.reason ?? entry.match.rule], amount)
      appliedTo.set(entry.bankReference ?? '', paidNumbers(entry.match))
    } else if (entry.review !== undefined) {
      const reason = reasonNames[entry.review.reason]
      reasons.add(reason, amount)
      leftovers.push({ on: entry.bookedOn, amount, text: entry.remittanceText, reason })
    } else {
      sums.waiting += 1
    }
  }
  return { ...sums, byRule: rules.shares(), byReason: reasons.shares(), leftovers, appliedTo }
}

const paidNumbers = ({ candidates }: EntryMatch): readonly string[] =>
  candidates
    .filter(({ verdict }) => verdict === 'chosen' || verdict === 'paid_in_part')
    .map(({ number }) => number)

const ruleNames: Readonly<Record<EntryMatch['rule'] | NonNullable<EntryMatch['reason']>, string>> = {
  reference: 'invoice number in the text',
  short_payment: 'number given, paid less',
  exact_amount: "customer's only such amount",
  several_invoices: 'several invoices, exact sum',
  manual: 'by hand',
}

const reasonNames: Readonly<Record<EntryReview['reason'], string>> = {
  bank_fee: 'a fee of the bank',
  outgoing: 'money that went out',
  no_reference: 'no number, no customer',
  unknown_payer: 'unknown customer number',
  nothing_open: 'customer owes nothing',
  ambiguous: 'two or more answers fit',
  amount_differs: 'amount fits nothing',
  too_many_open_invoices: 'too many open invoices',
  duplicate_payment: 'invoice was paid before',
  overpayment: 'more than is owed',
  other_customer: 'number of another customer',
  invoice_not_payable: 'invoice was credited',
  currency_mismatch: 'another currency',
  set_aside: 'set aside by hand',
}
