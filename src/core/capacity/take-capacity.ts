import type { BookingId, ResourceId } from '../ids/ids.js'
import { invariant } from '../invariant.js'
import type { Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import type { Instant } from '../time/instant.js'
import { plusDays, type LocalDate } from '../time/local-date.js'
import { dayAt, type ClockChange } from '../time/zone.js'
import {
  bookingKind,
  datesOf,
  type BookedLine,
  type BookedMinutes,
  type BookedTime,
  type Booking,
} from './booking.js'
import { placeFor } from './find-place.js'
import { giveBackOfDay, takeOfDay } from './resource-day-decider.js'
import {
  emptyDay,
  openedDaysKind,
  resourceDayId,
  resourceDayKind,
  type ResourceDay,
  type Scheduled,
  type Taking,
} from './resource-day.js'
import type { Resource } from './resource.js'
import { decideSeats, type SeatCountCommand } from './seat-pool-decider.js'
import { seatPoolKind } from './seat-pool.js'
import type { MeantCapacity, WantedCapacity } from './wanted-capacity.js'

/** What was taken, and which of the local times asked for the clock skips or shows twice. */
export interface TakenCapacity {
  readonly lines: readonly BookedLine[]
  readonly clockChanges: readonly ClockNote[]
}

/** A local time was not what it seemed: `startsAt` is what it was taken for. */
export interface ClockNote {
  readonly line: number
  readonly clockChange: ClockChange
  readonly startsAt: Instant
}

/** Takes all that is wanted, or nothing: each line sees what the lines before it have taken, and one refusal undoes them all. */
export const takeCapacity = (
  work: Work,
  booking: BookingId,
  wanted: readonly WantedCapacity[],
  now: Instant,
): Result<TakenCapacity, Refusal> => {
  const lines: BookedLine[] = []
  const clockChanges: ClockNote[] = []
  for (const [line, wish] of wanted.entries()) {
    const found = placeFor(work, wish, now)
    if (!found.ok) return refusedAt(line, found.error)
    const { resource, meant } = found.value
    const takenOff = takeLine(work, booking, line, resource, meant, now)
    if (!takenOff.ok) return refusedAt(line, takenOff.error)
    if (meant.by === 'time' && meant.clockChange !== undefined) {
      clockChanges.push({ line, clockChange: meant.clockChange, startsAt: meant.startsAt })
    }
    lines.push(bookedLine(meant))
  }
  return ok({ lines, clockChanges })
}

/** Gives back what a booking has taken and has not lost. */
export const giveCapacityBack = (
  work: Work,
  booking: Booking,
  reason: string,
  which: (line: BookedLine) => boolean = () => true,
): void => {
  for (const [line, booked] of booking.lines.entries()) {
    if (booked.displaced === true || !which(booked)) continue
    if (booked.by === 'seats') {
      const source = { kind: bookingKind.name, id: booking.id }
      const back: SeatCountCommand = { type: 'GiveSeatsBack', seats: booked.seats, source, reason }
      granted(moveSeats(work, booked.resource, back), 'what was booked can be given back')
    } else giveDaysBack(work, booking.id, line, booked, reason)
  }
}

/** Takes one line off all the days it touches. */
export const giveDaysBack = (
  work: Work,
  booking: BookingId,
  line: number,
  booked: BookedMinutes | BookedTime,
  reason: string,
): void => {
  for (const date of datesOf(booked)) {
    const id = resourceDayId(booked.resource, date)
    const day = work.find(resourceDayKind, id)?.state
    invariant(day !== undefined, 'a day that is booked is there')
    work.append(resourceDayKind, id, giveBackOfDay(day, booking, line, reason))
  }
}

export const moveSeats = (
  work: Work,
  resource: ResourceId,
  command: SeatCountCommand,
): Result<void, Refusal> => {
  const pool = work.find(seatPoolKind, resource)
  invariant(pool !== undefined, 'a resource of seats has a pool')
  const decided = decideSeats(pool.state, command)
  if (!decided.ok) return refuse(decided.error.code, { ...decided.error.details, version: pool.version })
  work.append(seatPoolKind, resource, decided.value)
  return ok(undefined)
}

const takeLine = (
  work: Work,
  booking: BookingId,
  line: number,
  resource: Resource,
  meant: MeantCapacity,
  now: Instant,
): Result<void, Refusal> => {
  if (meant.by === 'seats') {
    return moveSeats(work, resource.id, {
      type: 'TakeSeats',
      seats: meant.seats,
      source: { kind: bookingKind.name, id: booking },
    })
  }
  invariant(resource.kind !== 'seats', 'seats are booked by their number')
  for (const date of datesOf(meant)) {
    const day = openDay(work, resource, date, now)
    const taking =
      meant.by === 'day' ? { booking, line, minutes: meant.minutes } : partOn(day, booking, line, meant)
    work.append(resourceDayKind, resourceDayId(resource.id, date), takeOfDay(day, taking))
  }
  return ok(undefined)
}

/** What a time takes of one day; a day that only has the buffer is not worked on. */
const partOn = (day: ResourceDay, booking: BookingId, line: number, meant: BookedTime): Taking => {
  const startsAt = later(meant.startsAt, day.startsAt)
  const endsAt = later(startsAt, earlier(meant.endsAt, day.endsAt))
  const blockedUntil = earlier(meant.blockedUntil, day.endsAt)
  return { booking, line, startsAt, endsAt, blockedUntil, places: meant.places }
}

const later = (one: Instant, other: Instant): Instant => (one > other ? one : other)
const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other)

const openDay = (work: Work, resource: Scheduled, date: LocalDate, now: Instant): ResourceDay => {
  const id = resourceDayId(resource.id, date)
  const known = work.find(resourceDayKind, id)?.state
  if (known !== undefined) return known
  const { taken: _taken, ...opened } = emptyDay(resource, date)
  const dates = work.find(openedDaysKind, resource.id)?.state.dates ?? []
  // Yesterday may still have a job that runs over midnight; what is older cannot be changed any more.
  const yesterday = plusDays(dayAt(resource.calendar.zone, now), -1)
  const coming = [...dates, date].filter((other) => other >= yesterday).sort()
  work.put(openedDaysKind, resource.id, { dates: coming })
  return work.append(resourceDayKind, id, [{ type: 'ResourceDayOpened', ...opened }])
}

const bookedLine = (meant: MeantCapacity): BookedLine => {
  if (meant.by !== 'time') return meant
  const { clockChange: _clockChange, ...booked } = meant
  return booked
}

const refusedAt = (line: number, { code, details }: Refusal) =>
  code === 'validation_failed'
    ? refuse(code, { issues: issuesAt(line, details['issues']) })
    : refuse(code, { line, ...details })

const issuesAt = (line: number, issues: unknown): readonly object[] =>
  (issues as readonly { readonly path: readonly string[]; readonly rule: string }[]).map(
    ({ path, rule }) => ({
      path: ['lines', line, ...path],
      rule,
    }),
  )
