import { invariant } from '../invariant.js'
import type { Key } from '../ids/key.js'
import type { CurrencyCode } from '../money/currency.js'
import { add, isNegative, isZero, negate, subtract, zero, type Money } from '../money/money.js'
import type { Exchange } from '../payments/exchange.js'
import type { LocalDate } from '../time/local-date.js'

/**
 * The accounts that orders move, named as in any chart of accounts; a host maps them to its own numbers. `receivables` is what customers owe on issued
 * documents, `deposits` what deposit invoices claim of orders that are not billed yet, `unapplied_payments` what customers have paid that pays for no document
 * yet, `money` what came in and went out, by the method on the entry, `discounts` and `write_offs` what of issued documents is no longer asked for, `withheld_taxes`
 * what customers have paid to the tax office for the business, `exchange_gains` and `exchange_losses` what money of another currency was worth beside what it counted for.
 */
export type Account =
  | 'receivables'
  | 'deposits'
  | 'unapplied_payments'
  | 'money'
  | 'revenue'
  | 'output_tax'
  | 'discounts'
  | 'write_offs'
  | 'withheld_taxes'
  | 'exchange_gains'
  | 'exchange_losses'

/** One line of a journal entry: an amount greater than zero on one side of an account. */
export interface Posting {
  readonly account: Account
  readonly side: 'debit' | 'credit'
  readonly amount: Money
}

/** What one event means to the books. Its debits and credits are equal (MO8). */
export interface JournalEntry {
  /** The day in the books: of the document or payment, or else the day on which it was done. */
  readonly on: LocalDate
  /** The event behind it: `InvoiceIssued`, `PaymentApplied`, … */
  readonly what: string
  /** The record whose event it is. */
  readonly document: Key
  /** The version that the event gave it: with `document` the name of this entry, the same whenever it is asked for. */
  readonly version: number
  readonly currency: CurrencyCode
  /** The money as it came in and the rate, where it came in another currency than the entry's. */
  readonly exchange?: Exchange
  readonly postings: readonly Posting[]
}

/** An amount that moves from one account to another: a debit of `debit`, a credit of `credit`. */
export interface Transfer {
  readonly debit: Account
  readonly credit: Account
  readonly amount: Money
}

/**
 * The postings of one event. An amount below zero is the same amount the other way round, and none is left out of the books but nothing, so
 * there is no line of zero.
 */
export const postingsOf = (transfers: readonly Transfer[]): readonly Posting[] => {
  const postings = transfers.flatMap(({ debit, credit, amount }): readonly Posting[] => {
    if (isZero(amount)) return []
    const [from, to] = isNegative(amount) ? [credit, debit] : [debit, credit]
    const moved = isNegative(amount) ? negate(amount) : amount
    return [
      { account: from, side: 'debit', amount: moved },
      { account: to, side: 'credit', amount: moved },
    ]
  })
  return mergePostings(postings)
}

/** One line an account and side, in the order in which they first appear. */
const mergePostings = (postings: readonly Posting[]): readonly Posting[] => {
  const merged = new Map<string, Posting>()
  for (const posting of postings) {
    const key = `${posting.side} ${posting.account}`
    const known = merged.get(key)
    merged.set(key, known === undefined ? posting : { ...known, amount: add(known.amount, posting.amount) })
  }
  return [...merged.values()]
}

/** Debits less credits, which is nothing for every entry and so for any number of them (MO8). */
export const imbalanceOf = (postings: readonly Posting[], currency: CurrencyCode): Money =>
  postings.reduce(
    (sum, { side, amount }) => (side === 'debit' ? add(sum, amount) : subtract(sum, amount)),
    zero(currency),
  )

/** Nothing leaves this module that does not balance. */
export const journalEntry = (
  entry: Omit<JournalEntry, 'postings'>,
  transfers: readonly Transfer[],
): JournalEntry => {
  const postings = postingsOf(transfers)
  invariant(isZero(imbalanceOf(postings, entry.currency)), 'debits and credits of an entry must be equal')
  return { ...entry, postings }
}
