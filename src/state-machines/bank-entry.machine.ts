import { setup } from 'xstate'
import { lifecycle } from './lifecycle.js'
import type { Lifecycle, StatusOf } from './lifecycle.js'

/** What can happen to a bank entry. `match_some` leaves an amount unexplained; `match` explains the whole entry. */
export type BankEntryStep = 'match' | 'match_some' | 'set_aside' | 'unmatch'

/**
 * One line of a bank statement, until its whole amount is explained. No status is the end: a match can always be undone.
 *
 * - `unmatched`: nothing explains it yet.
 * - `needs_review`: no certain explanation was found; a person has to look, with the reason at hand.
 * - `partly_matched`: a part of the amount is explained. Setting the rest aside keeps the part.
 * - `matched`: the whole amount is explained.
 */
export const bankEntryMachine = setup({ types: { events: {} as { type: BankEntryStep } } }).createMachine({
  id: 'bank-entry',
  initial: 'unmatched',
  states: {
    unmatched: { on: { match: 'matched', match_some: 'partly_matched', set_aside: 'needs_review' } },
    needs_review: { on: { match: 'matched', match_some: 'partly_matched', set_aside: 'needs_review' } },
    partly_matched: { on: { match: 'matched', set_aside: 'partly_matched', unmatch: 'unmatched' } },
    matched: { on: { unmatch: 'unmatched' } },
  },
})

export type BankEntryStatus = StatusOf<typeof bankEntryMachine>
export const bankEntryLifecycle: Lifecycle<BankEntryStatus, BankEntryStep> = lifecycle(bankEntryMachine)
