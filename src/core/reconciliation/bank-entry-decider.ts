import type { PaymentId } from '../ids/ids.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { bankEntryLifecycle, type BankEntryStep } from '../../state-machines/bank-entry.machine.js'
import type { BankEntry, BankEntryEvent, EntryMatch, EntryReview } from './bank-entry.js'

export type BankEntryCommand =
  | { readonly type: 'MatchEntry'; readonly payment: PaymentId; readonly match: EntryMatch }
  | { readonly type: 'UnmatchEntry'; readonly payment: PaymentId; readonly reason: string }
  | { readonly type: 'SetEntryAside'; readonly review: EntryReview }

export const decideBankEntry = (
  entry: BankEntry,
  command: BankEntryCommand,
): Result<readonly BankEntryEvent[], Refusal> => {
  switch (command.type) {
    case 'MatchEntry':
      return step(entry, 'match', {
        type: 'BankEntryMatched',
        payment: command.payment,
        match: command.match,
      })
    case 'UnmatchEntry':
      return step(entry, 'unmatch', {
        type: 'BankEntryUnmatched',
        payment: command.payment,
        reason: command.reason,
      })
    case 'SetEntryAside':
      return step(entry, 'set_aside', { type: 'BankEntrySetAside', review: command.review })
  }
}

const step = (
  entry: BankEntry,
  taken: BankEntryStep,
  event: BankEntryEvent,
): Result<readonly BankEntryEvent[], Refusal> => notAllowed(entry, taken) ?? ok([event])

export const notAllowed = (entry: BankEntry, step: BankEntryStep) =>
  bankEntryLifecycle.allows(entry.status, step)
    ? undefined
    : refuse('invalid_state', {
        entry: entry.id,
        status: entry.status,
        allowed: bankEntryLifecycle.allowed(entry.status),
      })
