import type { Money } from '../money/money.js'
import type { InterestRate } from '../money/simple-interest.js'
import type { LocalDate } from '../time/local-date.js'

/** What was asked for when, at which level of the ladder. The fee and the interest are claims of their own: they are no part of the invoice. */
export interface Reminder {
  /** 1 for the first level. */
  readonly level: number
  readonly on: LocalDate
  /** The due day of the part of the invoice that it is about; each part goes up the ladder by itself. */
  readonly dueOn: LocalDate
  readonly daysOverdue: number
  /** All that was overdue of the invoice. */
  readonly overdue: Money
  readonly fee?: Money
  readonly interest?: ClaimedInterest
}

/** How interest was computed: simple interest on each part for its days, the sum rounded once, half up. */
export interface ClaimedInterest extends InterestRate {
  readonly amount: Money
  readonly parts: readonly InterestPart[]
}

export interface InterestPart {
  readonly principal: Money
  readonly from: LocalDate
  /** The day it was counted to. */
  readonly until: LocalDate
  readonly days: number
}
