import { invariant } from '../invariant.js'
import { lockAll, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { minutesBetween, type Instant } from '../time/instant.js'
import type { LocalDate } from '../time/local-date.js'
import { dayAt } from '../time/zone.js'
import { datesOf, type BookedMinutes, type BookedTime } from './booking.js'
import { freeOf } from './capacity.js'
import { freeTimes, isOnGrid } from './free-starts.js'
import { fits } from './resource-day-decider.js'
import {
  emptyDay,
  minutesOf,
  resourceDayId,
  resourceDayKind,
  type ResourceDay,
  type Scheduled,
  type Taking,
} from './resource-day.js'
import { resourceKind, type Resource } from './resource.js'
import { skillKind } from './skill.js'
import { daysToSearch, meantFor, type MeantCapacity, type WantedCapacity } from './wanted-capacity.js'

export interface FoundPlace {
  readonly resource: Resource
  readonly meant: MeantCapacity
}

/** The resource that is named; or, of all who have the skill, whoever is free and has least to do on those days. */
export const placeFor = (work: Work, wish: WantedCapacity, now: Instant): Result<FoundPlace, Refusal> => {
  if (wish.resource === undefined) return placeOfSkill(work, wish, now)
  const resource = work.find(resourceKind, wish.resource)?.state
  return resource === undefined
    ? refuse('unknown_resource', { resource: wish.resource })
    : placeOn(work, resource, wish, now, true)
}

const placeOfSkill = (work: Work, wish: WantedCapacity, now: Instant): Result<FoundPlace, Refusal> => {
  const { skill = '' } = wish
  const found: (FoundPlace & { readonly minutesBooked: number })[] = []
  const candidates: object[] = []
  let misunderstood: Result<FoundPlace, Refusal> | undefined
  for (const id of work.find(skillKind, skill)?.state.resources ?? []) {
    const resource = work.find(resourceKind, id)?.state
    if (resource === undefined || resource.kind === 'seats') continue
    const place = placeOn(work, resource, wish, now, false)
    if (place.ok) {
      found.push({ ...place.value, minutesBooked: minutesBooked(work, resource, place.value.meant) })
    } else if (place.error.code === 'capacity_unavailable') candidates.push(place.error.details)
    else misunderstood = place
  }
  const [best] = found.toSorted((one, other) => one.minutesBooked - other.minutesBooked)
  if (best !== undefined) return ok(best)
  return candidates.length > 0
    ? refuse('capacity_unavailable', { skill, reason: 'nobody_free', candidates })
    : (misunderstood ?? refuse('unknown_resource', { skill }))
}

const placeOn = (
  work: Work,
  resource: Resource,
  wish: WantedCapacity,
  now: Instant,
  withNext: boolean,
): Result<FoundPlace, Refusal> => {
  const meant = meantFor(resource, wish)
  if (!meant.ok) return meant
  if (resource.kind === 'seats' || meant.value.by === 'seats') return ok({ resource, meant: meant.value })
  const reason = whyNot(work, resource, meant.value, now)
  if (reason === undefined) return ok({ resource, meant: meant.value })
  const next = withNext && reason.reason !== 'past' ? nextFree(work, resource, meant.value) : undefined
  return refuse('capacity_unavailable', {
    resource: resource.id,
    ...reason,
    ...(next !== undefined && { next }),
  })
}

interface WhyNot {
  readonly reason: 'past' | 'outside_working_hours' | 'too_much' | 'off_grid' | 'taken'
  readonly free?: number
  /** Of the days it was decided on. */
  readonly versions?: readonly number[]
}

const whyNot = (
  work: Work,
  resource: Scheduled,
  meant: BookedMinutes | BookedTime,
  now: Instant,
): WhyNot | undefined => {
  const { zone } = resource.calendar
  if (meant.by === 'day' ? meant.date < dayAt(zone, now) : meant.startsAt < now) return { reason: 'past' }
  const days = daysOn(work, resource, datesOf(meant))
  const versions = datesOf(meant).map(
    (date) => work.find(resourceDayKind, resourceDayId(resource.id, date))?.version ?? 0,
  )
  if (meant.by === 'day') {
    const [day] = days
    if (day === undefined || fits(days, meant)) return undefined
    const minutes = minutesOf(day)
    const tooMuch = minutes.supply === 0 ? 'outside_working_hours' : 'too_much'
    return {
      reason: meant.minutes > minutes.supply ? tooMuch : 'taken',
      free: freeOf(minutes),
      versions,
    }
  }
  invariant(resource.kind !== 'hours', 'hours are booked by the day')
  const wanted = { ...meant, bufferMinutes: resource.bufferMinutes }
  const empty = days.map((day) => ({ ...day, taken: [] }))
  if (!fits(empty, { ...wanted, places: 1 })) return { reason: 'outside_working_hours' }
  if (!fits(empty, wanted)) return { reason: 'too_much' }
  if (resource.kind === 'slots' && !isOnGrid(days, resource, meant)) return { reason: 'off_grid' }
  return fits(days, wanted) ? undefined : { reason: 'taken', versions }
}

/** The next free time within a week from the wished one, which is not past: true at this moment, since all its days are locked. */
const nextFree = (work: Work, resource: Scheduled, meant: BookedMinutes | BookedTime): object | undefined => {
  const days = daysOn(work, resource, daysToSearch(meant))
  if (meant.by === 'day') {
    const day = days.find((other) => fits([other], meant))
    return day === undefined ? undefined : { date: day.date }
  }
  invariant(resource.kind !== 'hours', 'hours are booked by the day')
  const { startsAt, endsAt, places } = meant
  const minutes = minutesBetween(startsAt, endsAt)
  const [time] = freeTimes(resource, days, { minutes, places, notBefore: startsAt })
  return time === undefined ? undefined : { startsAt: time.startsAt }
}

/** Days as they are booked, locked all at once. */
const daysOn = (work: Work, resource: Scheduled, dates: readonly LocalDate[]): readonly ResourceDay[] => {
  lockAll(
    work,
    resourceDayKind.name,
    dates.map((date) => resourceDayId(resource.id, date)),
  )
  return dates.map((date) => dayOn(work, resource, date))
}

/** A day as it is booked, or as the calendar has it when nobody has booked it yet. */
export const dayOn = (work: Work, resource: Scheduled, date: LocalDate): ResourceDay =>
  work.find(resourceDayKind, resourceDayId(resource.id, date))?.state ?? emptyDay(resource, date)

const minutesBooked = (work: Work, resource: Scheduled, meant: MeantCapacity): number => {
  invariant(meant.by !== 'seats', 'seats are of a pool')
  return daysOn(work, resource, datesOf(meant)).reduce((sum, day) => sum + loadOf(day), 0)
}

/** Minutes of a day that are booked, over all places. */
export const loadOf = (day: ResourceDay): number =>
  day.taken.reduce((sum, taking) => sum + minutesTaken(taking), 0)

const minutesTaken = (taking: Taking): number =>
  'minutes' in taking ? taking.minutes : minutesBetween(taking.startsAt, taking.endsAt) * taking.places
