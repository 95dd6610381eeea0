import { canonicalJson } from '../canonical-json.js'
import { bookingKind } from '../capacity/booking.js'
import { defineResourceSchema, resourceOf } from '../capacity/define-input.js'
import { displacedBy } from '../capacity/resource-day-decider.js'
import {
  emptyDay,
  openedDaysKind,
  resourceDayId,
  resourceDayKind,
  type Scheduled,
} from '../capacity/resource-day.js'
import { resourceKind, type Resource } from '../capacity/resource.js'
import { seatPoolKind } from '../capacity/seat-pool.js'
import { mostResourcesOfSkill, skillKind } from '../capacity/skill.js'
import { giveDaysBack, moveSeats } from '../capacity/take-capacity.js'
import { defineCommand } from '../command.js'
import type { BookingId, ResourceId } from '../ids/ids.js'
import { workOn, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Instant } from '../time/instant.js'
import type { LocalDate } from '../time/local-date.js'

/** A line of a booking that has no place in a changed calendar. */
export interface Conflict {
  readonly booking: BookingId
  readonly line: number
  readonly date: LocalDate
  readonly startsAt?: Instant
  readonly minutes?: number
}

export interface ResourceReceipt {
  readonly resource: ResourceId
  /** What was displaced; empty where every booking still fits. */
  readonly conflicts: readonly Conflict[]
}

const calendarChanged = 'calendar_changed'

/**
 * Defines whose capacity can be promised (F59, M64): seats, hours of labor, slots or a machine, with its calendar; or brings it up to date, as a
 * whole. Its kind and its time zone stay: another one is refused as `invalid_state`. A change for which bookings no longer fit is refused as
 * `capacity_below_promised` and names them; told to displace them, it takes their place but not their promise, and names them in its answer (ST9).
 * Fewer seats than are promised are always refused.
 */
export const defineResource = defineCommand({
  name: 'capacity.defineResource',
  input: defineResourceSchema,
  idempotencyKey: 'optional',
  touches: (input, seen) => {
    const id = input.resource
    const skills = new Set([...(seen.get(resourceKind, id)?.skills ?? []), ...(input.skills ?? [])])
    const own = [
      { kind: resourceKind.name, id },
      ...[...skills].map((skill) => ({ kind: skillKind.name, id: skill })),
    ]
    if (input.kind === 'seats') return [...own, { kind: seatPoolKind.name, id }]
    const dates = seen.get(openedDaysKind, id)?.dates ?? []
    const days = dates.map((date) => ({ kind: resourceDayKind.name, id: resourceDayId(id, date) }))
    const bookings =
      input.whenBooked !== 'displace'
        ? []
        : dates.flatMap((date) =>
            (seen.get(resourceDayKind, resourceDayId(id, date))?.taken ?? []).map((taking) => taking.booking),
          )
    return [
      ...own,
      { kind: openedDaysKind.name, id },
      ...days,
      ...[...new Set(bookings)].map((booking) => ({ kind: bookingKind.name, id: booking })),
    ]
  },
  plan: (facts, input, { now }) => {
    const work = workOn(facts)
    const resource = resourceOf(input)
    const known = work.find(resourceKind, resource.id)?.state
    const fixed = staysTheSame(known, resource)
    if (!fixed.ok) return fixed
    const conflicts =
      resource.kind === 'seats'
        ? resizePool(work, resource.id, resource.seats)
        : refit(work, resource, now, input.whenBooked === 'displace')
    if (!conflicts.ok) return conflicts
    const listed = listSkills(work, known, resource)
    if (!listed.ok) return listed
    if (known === undefined) work.append(resourceKind, resource.id, [{ type: 'ResourceDefined', resource }])
    else if (canonicalJson(known) !== canonicalJson(resource)) {
      work.append(resourceKind, resource.id, [{ type: 'ResourceChanged', resource }])
    }
    const receipt: ResourceReceipt = { resource: resource.id, conflicts: conflicts.value }
    return ok(work.finish({ kind: resourceKind.name, id: resource.id }, receipt))
  },
})

/** Days are those of a zone, and bookings those of a kind: neither can be exchanged under them. */
const staysTheSame = (known: Resource | undefined, next: Resource): Result<void, Refusal> => {
  if (known === undefined) return ok(undefined)
  if (known.kind !== next.kind) return refuse('invalid_state', { resource: known.id, kind: known.kind })
  if (known.kind === 'seats' || next.kind === 'seats') return ok(undefined)
  return known.calendar.zone === next.calendar.zone
    ? ok(undefined)
    : refuse('invalid_state', { resource: known.id, zone: known.calendar.zone })
}

const resizePool = (work: Work, id: ResourceId, seats: number): Result<readonly Conflict[], Refusal> => {
  const pool = work.find(seatPoolKind, id)?.state
  if (pool === undefined) work.append(seatPoolKind, id, [{ type: 'SeatPoolOpened', resource: id, seats }])
  else if (pool.supply !== seats) {
    const resized = moveSeats(work, id, { type: 'ResizePool', seats })
    if (!resized.ok) return resized
  }
  return ok([])
}

/** Gives every day that was opened its new working time. */
const refit = (
  work: Work,
  resource: Scheduled,
  now: Instant,
  mayDisplace: boolean,
): Result<readonly Conflict[], Refusal> => {
  const changes = (work.find(openedDaysKind, resource.id)?.state.dates ?? []).flatMap((date) => {
    const day = work.find(resourceDayKind, resourceDayId(resource.id, date))?.state
    if (day === undefined || day.endsAt <= now) return []
    const { open, places } = emptyDay(resource, date)
    const isSame = places === day.places && canonicalJson(open) === canonicalJson(day.open)
    return isSame ? [] : [{ day, open, places, displaced: displacedBy(day, { open, places }, now) }]
  })
  const conflicts = changes.flatMap(({ day, displaced }) =>
    displaced.map((taking): Conflict => ({
      booking: taking.booking,
      line: taking.line,
      date: day.date,
      ...('minutes' in taking ? { minutes: taking.minutes } : { startsAt: taking.startsAt }),
    })),
  )
  if (conflicts.length > 0 && !mayDisplace) {
    return refuse('capacity_below_promised', { resource: resource.id, conflicts })
  }
  for (const { booking, line } of conflicts) displace(work, booking, line)
  for (const { day, open, places } of changes) {
    const id = resourceDayId(resource.id, day.date)
    work.append(resourceDayKind, id, [{ type: 'ResourceDayChanged', open, places }])
  }
  return ok(conflicts)
}

/** A booking over midnight may be in conflict on both days; it is displaced once, on all of them. */
const displace = (work: Work, id: BookingId, place: number): void => {
  const booking = work.find(bookingKind, id)?.state
  const line = booking?.lines[place]
  if (line === undefined || line.by === 'seats' || line.displaced === true) return
  giveDaysBack(work, id, place, line, calendarChanged)
  work.append(bookingKind, id, [{ type: 'BookingDisplaced', lines: [place], reason: calendarChanged }])
}

const listSkills = (work: Work, known: Resource | undefined, next: Resource): Result<void, Refusal> => {
  const before = new Set(known?.skills)
  const after = new Set(next.skills)
  for (const skill of new Set([...before, ...after])) {
    if (before.has(skill) === after.has(skill)) continue
    const others = (work.find(skillKind, skill)?.state.resources ?? []).filter((id) => id !== next.id)
    const resources = after.has(skill) ? [...others, next.id].sort() : others
    if (resources.length > mostResourcesOfSkill) {
      return refuse('limit_exceeded', { limit: 'resourcesOfSkill', most: mostResourcesOfSkill, skill })
    }
    work.put(skillKind, skill, { resources })
  }
  return ok(undefined)
}
