import { daysBetween, laterOf, plusDays, plusMonths, weekdayOf, type LocalDate } from './local-date.js'

/** Days from `from` up to, but not including, `until`: what one range ends with is where the next begins. */
export interface DateRange {
  readonly from: LocalDate
  readonly until: LocalDate
}

/** Periods that follow each other without end. */
export interface Recurrence {
  /** The first day of the first period. */
  readonly anchor: LocalDate
  readonly every: number
  readonly unit: 'day' | 'week' | 'month' | 'year'
  /**
   * `anchor`: every period begins on the anchor's day of the month or week. `calendar`: on a Monday, the first of a month (of a quarter, of a half-year),
   * or 1 January, so the first period may be a part. Months of the calendar divide a year: 1, 2, 3, 4, 6 or 12; weeks and years go one by one.
   */
  readonly align: 'anchor' | 'calendar'
}

export interface RecurringPeriod extends DateRange {
  /** 0 for the first. */
  readonly index: number
  /** The period of which it is a part; itself where it is whole. */
  readonly whole: DateRange
}

/**
 * The period of an index, counted from the anchor and never from the period before (TM2): monthly from 31 January it begins on 29 February, then on
 * 31 March. Every day from the anchor on is in exactly one period (TM3).
 */
export const periodAt = (recurrence: Recurrence, index: number): RecurringPeriod => {
  const origin = originOf(recurrence)
  const whole = {
    from: stepFrom(origin, recurrence, index),
    until: stepFrom(origin, recurrence, index + 1),
  }
  return { index, from: laterOf(recurrence.anchor, whole.from), until: whole.until, whole }
}

/** The period a day belongs to; nothing for a day before the anchor. */
export const periodOn = (recurrence: Recurrence, date: LocalDate): RecurringPeriod | undefined => {
  if (date < recurrence.anchor) return undefined
  let index = Math.floor(unitsBetween(originOf(recurrence), date, recurrence.unit) / recurrence.every)
  let period = periodAt(recurrence, index)
  // The 30th of a month may be before the day its period begins on, which is the 31st.
  while (date < period.from) period = periodAt(recurrence, (index -= 1))
  while (date >= period.until) period = periodAt(recurrence, (index += 1))
  return period
}

const originOf = ({ anchor, every, unit, align }: Recurrence): LocalDate => {
  if (align === 'anchor' || unit === 'day') return anchor
  if (unit === 'week') return plusDays(anchor, 1 - weekdayOf(anchor))
  const january = `${anchor.slice(0, 4)}-01-01` as LocalDate
  if (unit === 'year') return january
  const months = Number(anchor.slice(5, 7)) - 1
  return plusMonths(january, months - (months % every))
}

const stepFrom = (origin: LocalDate, { every, unit }: Recurrence, steps: number): LocalDate => {
  const units = steps * every
  switch (unit) {
    case 'day':
      return plusDays(origin, units)
    case 'week':
      return plusDays(origin, 7 * units)
    case 'month':
      return plusMonths(origin, units)
    case 'year':
      return plusMonths(origin, 12 * units)
  }
}

const unitsBetween = (origin: LocalDate, date: LocalDate, unit: Recurrence['unit']): number => {
  switch (unit) {
    case 'day':
      return daysBetween(origin, date)
    case 'week':
      return daysBetween(origin, date) / 7
    case 'month':
      return monthNumber(date) - monthNumber(origin)
    case 'year':
      return (monthNumber(date) - monthNumber(origin)) / 12
  }
}

const monthNumber = (date: LocalDate): number => 12 * Number(date.slice(0, 4)) + Number(date.slice(5, 7))
