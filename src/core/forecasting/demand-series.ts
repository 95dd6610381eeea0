import { daysBetween, plusDays, type LocalDate } from '../time/local-date.js'

export type Period = 'day' | 'week' | 'month'

/** So many base units were demanded on a day. */
export interface DatedDemand {
  readonly on: LocalDate
  readonly quantity: number
}

/** Demand per period, oldest first, with the first day of each. Periods without demand are zero, never left out. */
export interface DemandSeries {
  readonly period: Period
  readonly begins: readonly LocalDate[]
  readonly values: readonly number[]
}

/**
 * Sums demand by period over the whole periods between two days, both included. Weeks are counted back from `to`, so that the newest is whole; months are
 * those of the calendar. Days are texts and counted as such: no zone of the process has a say. Demand outside is left out.
 */
export const demandSeries = (
  demands: Iterable<DatedDemand>,
  from: LocalDate,
  to: LocalDate,
  period: Period,
): DemandSeries => {
  const begins =
    period === 'month' ? monthsBetween(from, to) : spansBetween(from, to, period === 'day' ? 1 : 7)
  const values = begins.map(() => 0)
  const first = begins[0]
  if (first === undefined) return { period, begins, values }
  for (const { on, quantity } of demands) {
    if (on < first || on > to) continue
    const place =
      period === 'month'
        ? monthOf(on) - monthOf(first)
        : Math.floor(daysBetween(first, on) / (period === 'day' ? 1 : 7))
    const known = values[place]
    if (known !== undefined) values[place] = known + quantity
  }
  return { period, begins, values }
}

const spansBetween = (from: LocalDate, to: LocalDate, days: number): readonly LocalDate[] => {
  const whole = Math.max(0, Math.floor((daysBetween(from, to) + 1) / days))
  const first = plusDays(to, 1 - whole * days)
  return Array.from({ length: whole }, (_, index) => plusDays(first, index * days))
}

const monthsBetween = (from: LocalDate, to: LocalDate): readonly LocalDate[] => {
  const first = from.endsWith('-01') ? monthOf(from) : monthOf(from) + 1
  // A month is whole when its last day is in: the day after `to` then begins another.
  const last = monthOf(plusDays(to, 1)) - 1
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => beginOf(first + index))
}

/** Months since the year 0. */
const monthOf = (date: LocalDate): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1

const beginOf = (month: number): LocalDate =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01` as LocalDate
