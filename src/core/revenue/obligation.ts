import { percentOf } from '../money/percent.js'
import type { Money } from '../money/money.js'
import { amountUpTo } from '../pricing/prorate.js'
import type { LocalDate } from '../time/local-date.js'

/** A promise to the customer that can be told apart from the others (ASC 606-10-25-14, IFRS 15.22). */
export interface Obligation {
  readonly id: string
  /** What it would be sold for by itself: the weight of its share of the price (ASC 606-10-32-31, IFRS 15.76). */
  readonly standAlonePrice: Money
  readonly recognition: Recognition
}

/** When the revenue of an obligation is earned. */
export type Recognition =
  /** When control passes, in one amount; not yet known where no day is given (ASC 606-10-25-30, IFRS 15.38). */
  | { readonly at: 'point'; readonly on?: LocalDate | undefined }
  /** In a straight line from a day up to, but not including, another: the same for every day, or the same for every month. */
  | {
      readonly at: 'over_time'
      readonly from: LocalDate
      readonly until: LocalDate
      readonly by: 'day' | 'month'
    }
  /** As the work is done: the percentage of the whole reached on a day (ASC 606-10-25-31, IFRS 15.39). Days and percentages rise. */
  | {
      readonly at: 'progress'
      readonly steps: readonly { readonly on: LocalDate; readonly percent: string }[]
    }

/** What of an amount is earned when a day begins, in minor units. Each is rounded once and never summed up from parts. */
export const earnedUpTo = (minor: bigint, recognition: Recognition, date: LocalDate): bigint => {
  switch (recognition.at) {
    case 'point':
      return recognition.on !== undefined && recognition.on < date ? minor : 0n
    case 'over_time':
      return amountUpTo(
        minor,
        recognition,
        date,
        recognition.by === 'day' ? 'actual_days' : 'thirty_day_months',
      )
    case 'progress': {
      const reached = recognition.steps.findLast((step) => step.on < date)
      return reached === undefined ? 0n : percentOf(minor, reached.percent, 'half_up')
    }
  }
}

/** The days on which something about it begins, ends or happens. */
export const daysOf = (recognition: Recognition): readonly LocalDate[] => {
  switch (recognition.at) {
    case 'point':
      return recognition.on === undefined ? [] : [recognition.on]
    case 'over_time':
      return [recognition.from, recognition.until]
    case 'progress':
      return recognition.steps.map((step) => step.on)
  }
}
