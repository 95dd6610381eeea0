import type { CurrencyCode } from '../money/currency.js'
import { add, isZero, subtract, zero, type Money } from '../money/money.js'
import type { Account, JournalEntry } from './journal-entry.js'

export interface AccountBalance {
  readonly account: Account
  readonly debit: Money
  readonly credit: Money
  /** Debits less credits: what an account of claims or money holds, and below zero what one of debts or revenue does. */
  readonly balance: Money
}

/** All accounts of one currency. Currencies are never added up. */
export interface TrialBalance {
  readonly currency: CurrencyCode
  /** In the order of `accounts`, those without any posting left out. */
  readonly accounts: readonly AccountBalance[]
  readonly debit: Money
  readonly credit: Money
  /** Debits and credits are equal (MO8). */
  readonly balanced: boolean
}

/** In the order of a balance sheet, then of the income statement. */
const accounts: readonly Account[] = [
  'money',
  'receivables',
  'deposits',
  'unapplied_payments',
  'output_tax',
  'revenue',
  'discounts',
  'write_offs',
  'withheld_taxes',
  'exchange_gains',
  'exchange_losses',
]

interface Sums {
  readonly debit: Money
  readonly credit: Money
}

/** Adds up entries one by one, so that books of any length fit. */
export interface RunningBalances {
  count(entry: JournalEntry): void
  /** By currency code. */
  read(): readonly TrialBalance[]
}

export const runningBalances = (): RunningBalances => {
  const byCurrency = new Map<CurrencyCode, Map<Account, Sums>>()
  return {
    count: ({ currency, postings }) => {
      const sums = byCurrency.get(currency) ?? new Map<Account, Sums>()
      byCurrency.set(currency, sums)
      for (const { account, side, amount } of postings) {
        const known = sums.get(account) ?? { debit: zero(currency), credit: zero(currency) }
        sums.set(account, { ...known, [side]: add(known[side], amount) })
      }
    },
    read: () =>
      [...byCurrency]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, sums]) => trialBalance(currency, sums)),
  }
}

const trialBalance = (currency: CurrencyCode, sums: ReadonlyMap<Account, Sums>): TrialBalance => {
  const listed = accounts.flatMap((account): readonly AccountBalance[] => {
    const sum = sums.get(account)
    return sum === undefined ? [] : [{ account, ...sum, balance: subtract(sum.debit, sum.credit) }]
  })
  const debit = listed.reduce((total, account) => add(total, account.debit), zero(currency))
  const credit = listed.reduce((total, account) => add(total, account.credit), zero(currency))
  return { currency, accounts: listed, debit, credit, balanced: isZero(subtract(debit, credit)) }
}
