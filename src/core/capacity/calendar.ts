import { epochOf, type Instant } from '../time/instant.js'
import { weekdayOf, type LocalDate } from '../time/local-date.js'
import { reaching, type LocalTime, type ZoneId } from '../time/zone.js'

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const

export type Weekday = (typeof weekdays)[number]

/** Working time on the wall clock, half-open: at `to` it is over. Hours over midnight are two: up to `24:00`, and from `00:00` of the next day. */
export interface WorkingHours {
  readonly from: LocalTime
  readonly to: LocalTime
}

/** A day that differs from the week; a holiday has no hours. */
export interface CalendarException {
  readonly date: LocalDate
  readonly hours?: readonly WorkingHours[] | undefined
  readonly name?: string | undefined
}

/** When somebody or something works, in the local time of a zone. */
export interface Calendar {
  readonly zone: ZoneId
  readonly weekly: Readonly<Partial<Record<Weekday, readonly WorkingHours[] | undefined>>>
  readonly exceptions?: readonly CalendarException[] | undefined
  /** First and last day of the calendar, both included. Outside of them nobody works. */
  readonly from?: LocalDate | undefined
  readonly to?: LocalDate | undefined
}

/** A stretch of time, half-open: at `endsAt` it is over. */
export interface Period {
  readonly startsAt: Instant
  readonly endsAt: Instant
}

/** The working time of a day as moments, hours that meet made one. A clock change within them makes them shorter or longer than they look. */
export const openPeriods = (calendar: Calendar, date: LocalDate): readonly Period[] => {
  const open: Period[] = []
  for (const { from, to } of hoursOn(calendar, date)) {
    const startsAt = reaching(calendar.zone, date, from)
    const endsAt = reaching(calendar.zone, date, to)
    const last = open.at(-1)
    if (startsAt === endsAt) continue
    if (last?.endsAt === startsAt) open.splice(-1, 1, { startsAt: last.startsAt, endsAt })
    else open.push({ startsAt, endsAt })
  }
  return open
}

/** Whole minutes of some stretches of time together. */
export const minutesIn = (periods: readonly Period[]): number =>
  Math.floor(
    periods.reduce((sum, { startsAt, endsAt }) => sum + epochOf(endsAt) - epochOf(startsAt), 0) / 60_000,
  )

const hoursOn = (calendar: Calendar, date: LocalDate): readonly WorkingHours[] => {
  const { from, to } = calendar
  if ((from !== undefined && date < from) || (to !== undefined && date > to)) return []
  const exception = calendar.exceptions?.find((other) => other.date === date)
  const hours = exception === undefined ? weeklyHours(calendar, date) : (exception.hours ?? [])
  return hours.toSorted((left, right) => (left.from < right.from ? -1 : 1))
}

const weeklyHours = (calendar: Calendar, date: LocalDate): readonly WorkingHours[] => {
  const weekday = weekdays[weekdayOf(date) - 1] as Weekday
  return calendar.weekly[weekday] ?? []
}
