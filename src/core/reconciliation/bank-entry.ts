import type { BankEntryId, PaymentId, StatementId } from '../ids/ids.js'
import { toMinor, type Money } from '../money/money.js'
import type { RecordKind } from '../record-kind.js'
import type { BankEntryStatus } from '../../state-machines/bank-entry.machine.js'
import type { LocalDate } from '../time/local-date.js'
import type { Matched, NeedsReview } from './match-decision.js'

/** A booking of a bank statement as it was imported; it never changes. */
export interface BankEntryContent {
  readonly id: BankEntryId
  readonly statement: StatementId
  /** Our own account, as the bank names it. */
  readonly account: string
  readonly bookedOn: LocalDate
  /** Positive for money that came in. */
  readonly amount: Money
  readonly bankReference?: string
  /** A customer number, never a name. */
  readonly payerReference?: string
  /** What the payer wrote, with card numbers masked. */
  readonly remittanceText: string
  /** Its line in the file. */
  readonly line: number
}

/**
 * A bank entry and what explains it. Every minor unit is in exactly one bucket (RC2): of a matched entry all of it is its payment, which says
 * what of it was applied, is left and was paid back; of any other entry nothing is explained.
 */
export interface BankEntry extends BankEntryContent {
  readonly status: BankEntryStatus
  /** Made from it when it was matched. */
  readonly payment?: PaymentId
  readonly match?: EntryMatch
  readonly review?: EntryReview
}

export type EntryMatch = Omit<Matched, 'outcome'>

/** Why a person has to look: what the rules found, or a reason that somebody gave. */
export type EntryReview =
  Omit<NeedsReview, 'outcome'> | { readonly reason: 'set_aside'; readonly note: string }

export type BankEntryEvent =
  | { readonly type: 'BankEntryImported'; readonly entry: BankEntryContent }
  | { readonly type: 'BankEntryMatched'; readonly payment: PaymentId; readonly match: EntryMatch }
  | { readonly type: 'BankEntryUnmatched'; readonly payment: PaymentId; readonly reason: string }
  | { readonly type: 'BankEntrySetAside'; readonly review: EntryReview }

const evolve = (known: BankEntry | undefined, event: BankEntryEvent): BankEntry => {
  if (event.type === 'BankEntryImported') return { ...event.entry, status: 'unmatched' }
  const { payment: _payment, match: _match, review: _review, ...entry } = known as BankEntry
  switch (event.type) {
    case 'BankEntryMatched':
      return { ...entry, status: 'matched', payment: event.payment, match: event.match }
    case 'BankEntryUnmatched':
      return { ...entry, status: 'unmatched' }
    case 'BankEntrySetAside':
      return { ...entry, status: 'needs_review', review: event.review }
  }
}

export const bankEntryKind: RecordKind<BankEntry, BankEntryEvent> = {
  name: 'bank_entry',
  evolve,
  entries: (entry) => ({
    status: entry.status,
    statement: entry.statement,
    bookedOn: entry.bookedOn,
    place: placeOf(entry),
    ...(entry.review !== undefined && { reason: entry.review.reason }),
    ...(entry.payment !== undefined && { payment: entry.payment }),
  }),
}

const widest = 10n ** 16n

/** A text that sorts by date, amount and reference: the order in which entries are matched, whatever file and line they came from (RC4). */
const placeOf = ({ bookedOn, amount, bankReference = '' }: BankEntryContent): string => {
  // Shifted above zero, so that amounts sort as texts of one length; no amount from outside reaches 10^15 minor units.
  const size = (toMinor(amount) + widest).toString().padStart(17, '0')
  return `${bookedOn} ${size} ${bankReference}`
}
