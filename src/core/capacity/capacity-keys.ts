import type { BookingId, ResourceId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import type { DerivedKind, RecordKind } from '../record-kind.js'
import { bookingKind, datesOf, type Booking } from './booking.js'
import { fits } from './resource-day-decider.js'
import { emptyDay, openedDaysKind, resourceDayId, resourceDayKind } from './resource-day.js'
import { resourceKind, type Resource } from './resource.js'
import { seatPoolKind } from './seat-pool.js'
import { skillKind } from './skill.js'
import { daysToSearch, meantFor, type WantedCapacity } from './wanted-capacity.js'

/** Records read without a lock. */
interface SeenRecords {
  get<State>(kind: DerivedKind<State> | RecordKind<State, never>, id: string): State | undefined
}

/** The records on which a wish for capacity is decided. */
export const keysOfWanted = (wanted: readonly WantedCapacity[], seen: SeenRecords): readonly Key[] =>
  wanted.flatMap((wish) => {
    if (wish.resource !== undefined) return keysOn(wish.resource, wish, seen)
    const { skill = '' } = wish
    const resources = seen.get(skillKind, skill)?.resources ?? []
    return [{ kind: skillKind.name, id: skill }, ...resources.flatMap((id) => keysOn(id, wish, seen))]
  })

const keysOn = (id: ResourceId, wish: WantedCapacity, seen: SeenRecords): readonly Key[] => {
  const resource = seen.get(resourceKind, id)
  const own = { kind: resourceKind.name, id }
  return resource === undefined ? [own] : [own, ...keysOfMeant(resource, wish, seen)]
}

const keysOfMeant = (resource: Resource, wish: WantedCapacity, seen: SeenRecords): readonly Key[] => {
  const meant = meantFor(resource, wish)
  if (!meant.ok) return []
  if (resource.kind === 'seats' || meant.value.by === 'seats')
    return [{ kind: seatPoolKind.name, id: resource.id }]
  const days = datesOf(meant.value).map((date) => ({
    date,
    known: seen.get(resourceDayKind, resourceDayId(resource.id, date)),
  }))
  const bufferMinutes = resource.kind === 'hours' ? 0 : resource.bufferMinutes
  const looksFree = fits(
    days.map(({ date, known }) => known ?? emptyDay(resource, date)),
    { ...meant.value, bufferMinutes },
  )
  // Whoever is refused is told what is free next, and that is only true of days that are locked.
  const dates = looksFree || wish.resource === undefined ? datesOf(meant.value) : daysToSearch(meant.value)
  return [
    ...dates.map((date) => ({ kind: resourceDayKind.name, id: resourceDayId(resource.id, date) })),
    ...(days.every(({ known }) => known !== undefined)
      ? []
      : [{ kind: openedDaysKind.name, id: resource.id }]),
  ]
}

/** A booking with everything it has taken. */
export const keysOfBooking = (id: BookingId, seen: SeenRecords): readonly Key[] => [
  { kind: bookingKind.name, id },
  ...(seen.get(bookingKind, id)?.lines ?? []).flatMap(keysOfLine),
]

const keysOfLine = (line: Booking['lines'][number]): readonly Key[] =>
  line.by === 'seats'
    ? [{ kind: seatPoolKind.name, id: line.resource }]
    : datesOf(line).map((date) => ({ kind: resourceDayKind.name, id: resourceDayId(line.resource, date) }))
