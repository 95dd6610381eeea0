import { z } from 'zod'
import { resourceIdSchema, wordSchema } from '../ids/id-schema.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { plus, type Instant } from '../time/instant.js'
import { plusDays, type LocalDate } from '../time/local-date.js'
import { dayAt, resolveLocal, startOfDay, type ClockChange, type ZoneId } from '../time/zone.js'
import { instantSchema, localDateTimeSchema, planDateSchema, zoneSchema } from '../time/zone-schema.js'
import type { BookedMinutes, BookedSeats, BookedTime } from './booking.js'
import type { Resource } from './resource.js'

/** A week: longer jobs are several bookings. */
const longestMinutes = 10_080

/** Capacity as it is asked for: seats of a pool, minutes of a day, or a time. */
export const wantedCapacitySchema = z
  .strictObject({
    /** The resource itself, or … */
    resource: resourceIdSchema.optional(),
    /** … whoever has this skill and is free: the one with the least work on those days. */
    skill: wordSchema.optional(),
    seats: z.int('type').min(1, 'capacity.range').max(1_000_000_000, 'capacity.range').optional(),
    /** The day on which minutes of labor are wanted. */
    date: planDateSchema.optional(),
    /** When the time begins: a moment with `Z` or an offset. */
    startsAt: instantSchema.optional(),
    /** When it begins on the wall clock of a zone, of the resource's own when none is named. */
    local: z
      .strictObject({
        time: localDateTimeSchema,
        zone: zoneSchema.optional(),
        /** Refuse a time that the clock skips or shows twice, instead of taking the later or the first. */
        strict: z.boolean('type').optional(),
      })
      .optional(),
    /** How long; one slot when left out for slots. */
    minutes: z.int('type').min(1, 'minutes.range').max(longestMinutes, 'minutes.range').optional(),
    /** Places side by side, 1 when left out. */
    places: z.int('type').min(1, 'capacity.range').max(10_000, 'capacity.range').optional(),
  })
  .superRefine((wanted, context) => {
    const broken = (rule: string, ...path: string[]) =>
      context.addIssue({ code: 'custom', message: rule, path })
    if ((wanted.resource === undefined) === (wanted.skill === undefined))
      broken('capacity.resource', 'resource')
    const ways = [wanted.seats, wanted.date, wanted.startsAt, wanted.local]
    if (ways.filter((way) => way !== undefined).length !== 1) broken('capacity.when')
    if (wanted.date !== undefined && wanted.minutes === undefined) broken('required', 'minutes')
    if (wanted.skill === undefined) return
    if (wanted.seats !== undefined) broken('capacity.resource', 'seats')
    if (wanted.local !== undefined && wanted.local.zone === undefined) broken('required', 'local', 'zone')
  })

export type WantedCapacity = z.output<typeof wantedCapacitySchema>

/** What is wanted of one resource, as it would be booked. */
export type MeantCapacity = BookedSeats | BookedMinutes | MeantTime

export interface MeantTime extends BookedTime {
  readonly clockChange?: ClockChange
}

/** What a wish means for one resource. Refuses wishes that this kind of resource cannot have and, when strict, times that no clock or two clocks show. */
export const meantFor = (resource: Resource, wanted: WantedCapacity): Result<MeantCapacity, Refusal> => {
  if (resource.kind === 'seats') {
    if (wanted.seats === undefined) return misplaced('seats')
    return ok({ by: 'seats', resource: resource.id, seats: wanted.seats })
  }
  if (resource.kind === 'hours') {
    const { date, minutes } = wanted
    if (date === undefined || minutes === undefined) return misplaced('date')
    return ok({ by: 'day', resource: resource.id, date, minutes })
  }
  const minutes = wanted.minutes ?? (resource.kind === 'slots' ? resource.slotMinutes : undefined)
  if (minutes === undefined) return misplaced('minutes')
  const start = startOf(resource.calendar.zone, wanted)
  if (!start.ok) return start
  const { instant, clockChange } = start.value
  const endsAt = plus(instant, minutes * 60_000)
  const blockedUntil = plus(endsAt, resource.bufferMinutes * 60_000)
  return ok({
    by: 'time',
    resource: resource.id,
    startsAt: instant,
    endsAt,
    blockedUntil,
    places: wanted.places ?? 1,
    dates: datesBetween(resource.calendar.zone, instant, blockedUntil),
    ...(clockChange !== undefined && { clockChange }),
  })
}

const misplaced = (field: string) =>
  refuse('validation_failed', { issues: [{ path: [field], rule: 'capacity.when' }] })

const startOf = (
  zone: ZoneId,
  { startsAt, local }: WantedCapacity,
): Result<{ readonly instant: Instant; readonly clockChange?: ClockChange }, Refusal> => {
  if (startsAt !== undefined) return ok({ instant: startsAt })
  if (local === undefined) return misplaced('startsAt')
  const resolved = resolveLocal(local.zone ?? zone, local.time)
  if (local.strict !== true || resolved.clockChange === undefined) return ok(resolved)
  const code = resolved.clockChange === 'skipped' ? 'time_nonexistent' : 'time_ambiguous'
  return refuse(code, { local: local.time, zone: local.zone ?? zone, wouldBe: resolved.instant })
}

/** The days of a zone that a stretch of time touches. */
const datesBetween = (zone: ZoneId, from: Instant, until: Instant): readonly LocalDate[] => {
  const dates = [dayAt(zone, from)]
  for (let next = after(dates); startOfDay(zone, next) < until; next = after(dates)) dates.push(next)
  return dates
}

const after = (dates: readonly LocalDate[]): LocalDate => plusDays(dates.at(-1) as LocalDate, 1)

/** The days on which a next free time is looked for when a wish is refused: the wished one and a week on. */
export const daysToSearch = (meant: BookedMinutes | BookedTime): readonly LocalDate[] => {
  const dates = meant.by === 'day' ? [meant.date] : [...meant.dates]
  const more = 8 - dates.length
  for (let count = 0; count < more; count += 1) dates.push(after(dates))
  return dates
}
