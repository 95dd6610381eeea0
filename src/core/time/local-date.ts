import { addMonths } from 'date-fns/addMonths'
import { getISODay } from 'date-fns/getISODay'
import { lastDayOfMonth } from 'date-fns/lastDayOfMonth'
import { UTCDate } from '@date-fns/utc'
import type { Branded } from '../ids/ids.js'
import { epochOf, instantAt, type Instant } from './instant.js'

/** A day of the calendar as `2026-03-01`, without a time or a zone: order dates, due dates, booking dates. */
export type LocalDate = Branded<'LocalDate'>

export const dateOf = (instant: Instant): LocalDate => instant.slice(0, 10) as LocalDate

/** Midnight in UTC at which the day begins. */
export const startOf = (date: LocalDate): Instant => `${date}T00:00:00.000Z` as Instant

/** In milliseconds: in UTC every day has as many. */
const dayLength = 86_400_000

export const plusDays = (date: LocalDate, days: number): LocalDate =>
  dateOf(instantAt(epochOf(startOf(date)) + days * dayLength))

export const endOfMonth = (date: LocalDate): LocalDate =>
  dateOf(lastDayOfMonth(new UTCDate(startOf(date))).toISOString() as Instant)

/** A day of the month that begins so many months after the month of `date`; the last one where that month is shorter. */
export const dayOfMonthAfter = (date: LocalDate, months: number, day: number): LocalDate => {
  const end = endOfMonth(dateOf(addMonths(new UTCDate(startOf(date)), months).toISOString() as Instant))
  return day >= Number(end.slice(8))
    ? end
    : (`${end.slice(0, 8)}${String(day).padStart(2, '0')}` as LocalDate)
}

/** The same day so many months later, or the last of a month that is too short: 31 January and a month is 28 or 29 February. */
export const plusMonths = (date: LocalDate, months: number): LocalDate =>
  dateOf(addMonths(new UTCDate(startOf(date)), months).toISOString() as Instant)

/** Whole days from `earlier` to `later`; negative when they are the other way round. */
export const daysBetween = (earlier: LocalDate, later: LocalDate): number =>
  (epochOf(startOf(later)) - epochOf(startOf(earlier))) / dayLength

export const laterOf = (left: LocalDate, right: LocalDate): LocalDate => (left >= right ? left : right)

export const earlierOf = (left: LocalDate, right: LocalDate): LocalDate => (left <= right ? left : right)

/** The first day of the month of a day. */
export const monthOf = (date: LocalDate): LocalDate => `${date.slice(0, 8)}01` as LocalDate

/** 1 for Monday to 7 for Sunday (ISO 8601). */
export const weekdayOf = (date: LocalDate): number => getISODay(new UTCDate(startOf(date)))
