import { daysBetween, type LocalDate } from './local-date.js'

/**
 * How the days of a range are counted: as the calendar has them, or with thirty in every month, so that February is worth as much as March. In the
 * second the 31st of a month counts for nothing and the last day of February for the days that it lacks.
 */
export type DayCount = 'actual_days' | 'thirty_day_months'

/** Counted days of two ranges that meet add up to those of both together. */
export const countDays = (count: DayCount, from: LocalDate, until: LocalDate): number =>
  count === 'actual_days' ? daysBetween(from, until) : thirtyDayNumber(until) - thirtyDayNumber(from)

const thirtyDayNumber = (date: LocalDate): number =>
  360 * Number(date.slice(0, 4)) +
  30 * (Number(date.slice(5, 7)) - 1) +
  Math.min(30, Number(date.slice(8, 10))) -
  1
