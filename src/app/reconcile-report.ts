import type { MatchReceipt } from '../core/flows/pay-from-bank-entry.js'
import type { BankEntryId } from '../core/ids/ids.js'
import type { Money } from '../core/money/money.js'
import type { BankEntry } from '../core/reconciliation/bank-entry.js'
import type { MatchRule, ReviewReason } from '../core/reconciliation/match-decision.js'
import type { LocalDate } from '../core/time/local-date.js'
import type { AnswerError } from '../core/ports/errors.js'
import type { Answer } from './answer.js'

export interface ReconcileReport {
  /** Entries looked at: matched + set aside + skipped. */
  readonly entries: number
  readonly matched: Readonly<Partial<Record<MatchRule, number>>>
  /** Of the matched by reference, those that paid less than was named. */
  readonly shortPayments: number
  readonly setAside: Readonly<Partial<Record<ReviewReason, number>>>
  /** Entries that somebody else matched meanwhile. */
  readonly skipped: number
  /** What could not be matched, and why; the candidates stand on each entry. */
  readonly needsReview: readonly UnmatchedEntry[]
}

export interface UnmatchedEntry {
  readonly entry: BankEntryId
  readonly bookedOn: LocalDate
  readonly amount: Money
  readonly reason: ReviewReason
}

/** The report as it grows. */
export interface Counting {
  entries: number
  matched: Partial<Record<MatchRule, number>>
  shortPayments: number
  setAside: Partial<Record<ReviewReason, number>>
  skipped: number
  needsReview: UnmatchedEntry[]
}

export const emptyReport = (): Counting => ({
  entries: 0,
  matched: {},
  shortPayments: 0,
  setAside: {},
  skipped: 0,
  needsReview: [],
})

export const count = (report: Counting, entry: BankEntry, answer: Answer<MatchReceipt>): void => {
  report.entries += 1
  if (!answer.ok) {
    report.skipped += 1
    return
  }
  const { rule, reason } = answer.value
  if (rule !== undefined) {
    report.matched[rule] = (report.matched[rule] ?? 0) + 1
    if (reason === 'short_payment') report.shortPayments += 1
  } else if (reason !== undefined && reason !== 'short_payment') {
    report.setAside[reason] = (report.setAside[reason] ?? 0) + 1
    report.needsReview.push({ entry: entry.id, bookedOn: entry.bookedOn, amount: entry.amount, reason })
  }
}

/** The trouble that ended a run, and how far it came. */
export const failure = (error: AnswerError, report: Counting): AnswerError => ({
  ...error,
  details: { ...error.details, entriesDone: report.entries },
})

/** Somebody else matched it meanwhile. */
export const isTaken = (answer: Answer<MatchReceipt>): boolean =>
  !answer.ok && answer.error.code === 'invalid_state'
