import type { BookingId, ResourceId } from '../ids/ids.js'
import type { DerivedKind, RecordKind } from '../record-kind.js'
import type { Instant } from '../time/instant.js'
import { plusDays, type LocalDate } from '../time/local-date.js'
import { startOfDay } from '../time/zone.js'
import { minutesIn, openPeriods, type Period } from './calendar.js'
import type { Capacity } from './capacity.js'
import type { Resource, SeatPool } from './resource.js'

/** What one line of a booking takes of a day: minutes without a time, or places from a moment to another. */
export type Taking = MinutesTaken | TimeTaken

export interface MinutesTaken {
  readonly booking: BookingId
  readonly line: number
  readonly minutes: number
}

/** `blockedUntil` is the end with the buffer that is kept free behind it. Of a booking over midnight each day has its part. */
export interface TimeTaken extends Period {
  readonly booking: BookingId
  readonly line: number
  readonly blockedUntil: Instant
  readonly places: number
}

/** One local day of a resource: its working time as moments, fixed when the day was opened or its calendar changed, and what is booked of it. */
export interface ResourceDay extends Period {
  readonly resource: ResourceId
  readonly date: LocalDate
  readonly open: readonly Period[]
  readonly places: number
  /** In the order in which it was booked. */
  readonly taken: readonly Taking[]
}

export type ResourceDayEvent =
  | ({ readonly type: 'ResourceDayOpened' } & Omit<ResourceDay, 'taken'>)
  | { readonly type: 'ResourceDayChanged'; readonly open: readonly Period[]; readonly places: number }
  | { readonly type: 'CapacityTaken'; readonly taking: Taking }
  | {
      readonly type: 'CapacityGivenBack'
      readonly booking: BookingId
      readonly line: number
      readonly reason: string
    }

const evolve = (known: ResourceDay | undefined, event: ResourceDayEvent): ResourceDay => {
  const day = known as ResourceDay
  switch (event.type) {
    case 'ResourceDayOpened': {
      const { type: _type, ...opened } = event
      return { ...opened, taken: [] }
    }
    case 'ResourceDayChanged':
      return { ...day, open: event.open, places: event.places }
    case 'CapacityTaken':
      return { ...day, taken: [...day.taken, event.taking] }
    case 'CapacityGivenBack':
      return {
        ...day,
        taken: day.taken.filter(({ booking, line }) => booking !== event.booking || line !== event.line),
      }
  }
}

export const resourceDayKind: RecordKind<ResourceDay, ResourceDayEvent> = {
  name: 'resource_day',
  evolve,
  entries: (day) => ({ resource: day.resource, date: day.date }),
}

export const resourceDayId = (resource: ResourceId, date: LocalDate): string => `${resource}/${date}`

/** Resources that work by a calendar. */
export type Scheduled = Exclude<Resource, SeatPool>

/** The day as the calendar has it, with nothing booked. */
export const emptyDay = (resource: Scheduled, date: LocalDate): ResourceDay => ({
  resource: resource.id,
  date,
  startsAt: startOfDay(resource.calendar.zone, date),
  endsAt: startOfDay(resource.calendar.zone, plusDays(date, 1)),
  open: openPeriods(resource.calendar, date),
  places: resource.places,
  taken: [],
})

/** Minutes that can be promised of a day, over all who work side by side. */
export const minutesOf = (day: ResourceDay): Capacity => ({
  supply: minutesIn(day.open) * day.places,
  promised: day.taken.filter(isOfMinutes).reduce((sum, { minutes }) => sum + minutes, 0),
})

const isOfMinutes = (taking: Taking): taking is MinutesTaken => 'minutes' in taking

/** The days of a resource that were ever opened and may hold bookings still to come: a changed calendar is compared with all of them. */
export interface OpenedDays {
  readonly dates: readonly LocalDate[]
}

export const openedDaysKind: DerivedKind<OpenedDays> = {
  name: 'opened_days',
  entries: () => ({}),
  derived: true,
}
