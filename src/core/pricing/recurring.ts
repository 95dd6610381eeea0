import { present } from '../invariant.js'
import type { DayCount } from '../time/day-count.js'
import { daysBetween, earlierOf, laterOf, plusDays, type LocalDate } from '../time/local-date.js'
import { periodAt, periodOn, type DateRange, type Recurrence } from '../time/recurrence.js'
import { amountUpTo } from './prorate.js'

/** When the periods of a line are billed: each with its first day, or when it is over. */
export const periodTriggers = ['period_start', 'period_end'] as const
export type PeriodTrigger = (typeof periodTriggers)[number]

/** What is sold by the period, as it is wanted: so many periods, or until a day. */
export interface WantedRecurring extends Recurrence {
  /** How the days of a part of a period are counted. */
  readonly count: DayCount
  readonly billed: PeriodTrigger
  readonly periods?: number | undefined
  /** The last day. */
  readonly endsOn?: LocalDate | undefined
}

/** The same as it was agreed. */
export interface Recurring extends Recurrence {
  readonly count: DayCount
  readonly billed: PeriodTrigger
  /** The day after the last one. */
  readonly until: LocalDate
  /** What one whole period is, in base units. */
  readonly perPeriod: number
}

/** The decimals of units that are sold by the period: a part of one is a share of them. */
export const recurringDigits = 6

/** More periods than this are sold by nobody in one order. */
export const mostPeriods = 1_200

/** The terms, or nothing where there would be too many periods, or no day that counts. */
export const agreeRecurring = (
  { periods, endsOn, anchor, every, unit, align, count, billed }: WantedRecurring,
  perPeriod: number,
): Recurring | undefined => {
  const recurrence = { anchor, every, unit, align }
  const until = endsOn === undefined ? periodAt(recurrence, (periods ?? 1) - 1).until : plusDays(endsOn, 1)
  const agreed = { ...recurrence, count, billed, until, perPeriod }
  const last = periodOn(recurrence, plusDays(until, -1))
  return last === undefined || last.index >= mostPeriods || unitsUpTo(agreed, until) === 0
    ? undefined
    : agreed
}

/**
 * The units of all days before a date: those of whole periods, and of a part its share by the days (`prorate`). Parts of a period therefore add up to its units
 * exactly, and ranges that meet to those of both together (TM7).
 */
export const unitsUpTo = (recurring: Recurring, date: LocalDate): number => {
  const day = earlierOf(laterOf(date, recurring.anchor), recurring.until)
  return unitsOf(recurring, day) - unitsOf(recurring, recurring.anchor)
}

const agreedDay = 'every day from the first one on is in a period'

const unitsOf = (recurring: Recurring, day: LocalDate): number => {
  const { perPeriod, count } = recurring
  const period = present(periodOn(recurring, day), agreedDay)
  return period.index * perPeriod + Number(amountUpTo(BigInt(perPeriod), period.whole, day, count))
}

/** The units of the periods that have begun on a day. */
export const unitsBegun = (recurring: Recurring, on: LocalDate): number => {
  const period = periodOn(recurring, on)
  return period === undefined ? 0 : unitsUpTo(recurring, period.until)
}

/** The units of the periods that are over on a day. */
export const unitsEnded = (recurring: Recurring, on: LocalDate): number => {
  if (on >= recurring.until) return unitsUpTo(recurring, recurring.until)
  const period = periodOn(recurring, on)
  return period === undefined ? 0 : unitsUpTo(recurring, period.from)
}

/** The first day that is not among the days of so many units: that of the next period where they end with one. */
export const dayAfter = (recurring: Recurring, units: number): LocalDate => {
  if (units === 0) return recurring.anchor
  if (units >= unitsUpTo(recurring, recurring.until)) return recurring.until
  const last = present(periodOn(recurring, recurring.until), agreedDay).index
  const index = leastFrom(0, last, (each) => unitsUpTo(recurring, periodAt(recurring, each).until) >= units)
  const { from, until } = periodAt(recurring, index)
  if (unitsUpTo(recurring, until) === units) return until
  const reaches = (days: number) => unitsUpTo(recurring, plusDays(from, days)) >= units
  return plusDays(from, leastFrom(0, daysBetween(from, until), reaches))
}

/** The days of the units between two counts of them. */
export const daysOfUnits = (recurring: Recurring, before: number, after: number): DateRange => ({
  from: dayAfter(recurring, before),
  until: dayAfter(recurring, after),
})

/** The day on which the period ends that a day is in. */
export const endOfPeriod = (recurring: Recurring, day: LocalDate): LocalDate =>
  earlierOf(periodOn(recurring, day)?.until ?? recurring.anchor, recurring.until)

/** The least of these whole numbers that has what all after it have. */
const leastFrom = (least: number, most: number, has: (each: number) => boolean): number => {
  let [low, high] = [least, most]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (has(middle)) high = middle
    else low = middle + 1
  }
  return low
}
