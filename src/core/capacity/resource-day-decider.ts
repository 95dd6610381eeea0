import type { BookingId } from '../ids/ids.js'
import { invariant } from '../invariant.js'
import { minutesBetween, plus, type Instant } from '../time/instant.js'
import type { Period } from './calendar.js'
import { covers } from './capacity.js'
import { freeRuns } from './free-runs.js'
import { minutesOf, type ResourceDay, type ResourceDayEvent, type Taking } from './resource-day.js'

/** Whether minutes fit into a day, or a time with the buffer behind it between what is booked on the days it touches. */
export const fits = (days: readonly ResourceDay[], wanted: FittingMinutes | FittingTime): boolean => {
  if ('minutes' in wanted) return days.every((day) => covers(minutesOf(day), wanted.minutes))
  const { startsAt, endsAt, places, bufferMinutes } = wanted
  const during = { startsAt, endsAt: plus(endsAt, bufferMinutes * 60_000) }
  // What is booked at other times is left out: a full day has hundreds of bookings, and few of them are near.
  const near = days.map((day) => ({ ...day, taken: day.taken.filter((taking) => isNear(taking, during)) }))
  return freeRuns(near, places, bufferMinutes).some((run) => run.startsAt <= startsAt && endsAt <= run.endsAt)
}

const isNear = (taking: Taking, during: Period): boolean =>
  !('minutes' in taking) && taking.startsAt < during.endsAt && taking.blockedUntil > during.startsAt

export interface FittingMinutes {
  readonly minutes: number
}

export interface FittingTime {
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly places: number
  readonly bufferMinutes: number
}

/** Promised by whoever asks: that it fits was asked of all days it touches before (`fits`). */
export const takeOfDay = (day: ResourceDay, taking: Taking): readonly ResourceDayEvent[] => {
  invariant(takingOf(day, taking.booking, taking.line) === undefined, 'a line is booked once a day')
  return [{ type: 'CapacityTaken', taking }]
}

export const giveBackOfDay = (
  day: ResourceDay,
  booking: BookingId,
  line: number,
  reason: string,
): readonly ResourceDayEvent[] => {
  invariant(takingOf(day, booking, line) !== undefined, 'only what was booked comes back')
  return [{ type: 'CapacityGivenBack', booking, line, reason }]
}

const takingOf = (day: ResourceDay, booking: BookingId, line: number): Taking | undefined =>
  day.taken.find((taking) => taking.booking === booking && taking.line === line)

/**
 * Which bookings no longer fit when the working time of a day is another, in the order in which they were booked: whoever came first stays. What
 * is over at `now` has happened and stays too.
 */
export const displacedBy = (
  day: ResourceDay,
  changed: Pick<ResourceDay, 'open' | 'places'>,
  now: Instant,
): readonly Taking[] => {
  const displaced: Taking[] = []
  let kept: ResourceDay = { ...day, ...changed, taken: [] }
  for (const taking of day.taken) {
    const isOver = !('minutes' in taking) && taking.endsAt <= now
    if (!isOver && !stillFits(kept, taking)) displaced.push(taking)
    else kept = { ...kept, taken: [...kept.taken, taking] }
  }
  return displaced
}

/** A part of a booking that is only its buffer needs no working time. */
const stillFits = (day: ResourceDay, taking: Taking): boolean => {
  if ('minutes' in taking) return fits([day], taking)
  const { startsAt, endsAt, blockedUntil, places } = taking
  const bufferMinutes = minutesBetween(endsAt, blockedUntil)
  return startsAt === endsAt || fits([day], { startsAt, endsAt, places, bufferMinutes })
}
