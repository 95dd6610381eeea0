import { z } from 'zod'
import { freeOf } from '../../core/capacity/capacity.js'
import { placesFreeDuring } from '../../core/capacity/free-runs.js'
import { freeTimes } from '../../core/capacity/free-starts.js'
import { minutesOf } from '../../core/capacity/resource-day.js'
import type { Resource } from '../../core/capacity/resource.js'
import { seatPoolKind } from '../../core/capacity/seat-pool.js'
import { resourceIdSchema, wordSchema } from '../../core/ids/id-schema.js'
import type { ResourceId } from '../../core/ids/ids.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import type { Instant } from '../../core/time/instant.js'
import { dateOf, daysBetween, laterOf, plusDays, type LocalDate } from '../../core/time/local-date.js'
import { planDateSchema } from '../../core/time/zone-schema.js'
import { dayAt } from '../../core/time/zone.js'
import { defineQuery, type QueryContext } from '../query.js'
import { datesFrom, daysOf, resourcesAsked } from './capacity-days.js'

/** What can be booked: a time, minutes of a day, or seats. True when it was read; a booking decides anew. */
export type FreeCapacity =
  | {
      readonly resource: ResourceId
      readonly startsAt: Instant
      /** Of slots the end of the appointment; of a machine the end of the stretch in which the job fits. */
      readonly endsAt: Instant
      /** Free side by side all the while. */
      readonly places: number
    }
  | { readonly resource: ResourceId; readonly date: LocalDate; readonly minutes: number }
  | { readonly resource: ResourceId; readonly seats: number }

export interface FreeCapacityList {
  readonly items: readonly FreeCapacity[]
  /** There is more than was asked for. */
  readonly more: boolean
}

const asked = {
  resource: resourceIdSchema.optional(),
  /** Whoever has this skill. */
  skill: wordSchema.optional(),
  /** How long, or how much of a day; one slot when left out for slots, 1 minute for the rest. */
  minutes: z.int('type').min(1, 'minutes.range').max(10_080, 'minutes.range').optional(),
  places: z.int('type').min(1, 'capacity.range').max(10_000, 'capacity.range').optional(),
} as const

const oneOf = (input: { readonly resource?: unknown; readonly skill?: unknown }): boolean =>
  (input.resource === undefined) !== (input.skill === undefined)

const oneOfRule = { path: ['resource'], message: 'capacity.resource' }

/** Days are read one by one, so a question has an end. */
const mostDays = 62
const mostDaysRead = 4_000

/**
 * What is free from one day to another, both included, in the time zone of each resource: earliest first, nothing that has begun already. Asks about
 * at most 62 days, and 4,000 days of all resources together.
 */
export const freeCapacity = defineQuery({
  name: 'capacity.free',
  input: z
    .strictObject({
      ...asked,
      from: planDateSchema,
      to: planDateSchema,
      limit: z.int('type').min(1, 'limit.range').max(200, 'limit.range').optional(),
    })
    .refine(oneOf, oneOfRule)
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'range.order' }),
  run: async (input, context) => {
    const resources = await resourcesAsked(context, input)
    if (!resources.ok) return resources
    const days = daysBetween(input.from, input.to) + 1
    if (days > mostDays) return refuse('limit_exceeded', { limit: 'days', most: mostDays })
    if (days * resources.value.length > mostDaysRead)
      return refuse('limit_exceeded', { limit: 'days of all resources', most: mostDaysRead })
    const free: FreeCapacity[] = []
    for (const resource of resources.value) free.push(...(await freeOn(context, resource, input)))
    const { limit = 50 } = input
    const items = free.toSorted(byTime)
    return ok({
      value: { items: items.slice(0, limit), more: items.length > limit } satisfies FreeCapacityList,
    })
  },
})

/** How far ahead the earliest time is looked for, and in which steps. */
const horizonDays = 366
const stepDays = 14

/**
 * The earliest that can be booked from a day on (today when left out), within a year. Refused as `capacity_unavailable` when there is nothing.
 */
export const earliestCapacity = defineQuery({
  name: 'capacity.earliest',
  input: z.strictObject({ ...asked, from: planDateSchema.optional() }).refine(oneOf, oneOfRule),
  run: async (input, context) => {
    const resources = await resourcesAsked(context, input)
    if (!resources.ok) return resources
    // A day early: somewhere in the world it is still yesterday.
    const start = laterOf(
      input.from ?? plusDays(dateOf(context.now()), -1),
      plusDays(dateOf(context.now()), -1),
    )
    for (let day = 0; day < horizonDays; day += stepDays) {
      const from = plusDays(start, day)
      const to = plusDays(from, stepDays - 1)
      const free: FreeCapacity[] = []
      for (const resource of resources.value) {
        free.push(...(await freeOn(context, resource, { ...input, from, to })).slice(0, 1))
      }
      const [earliest] = free.toSorted(byTime)
      if (earliest !== undefined) return ok({ value: earliest })
    }
    return refuse('capacity_unavailable', {
      ...(input.resource === undefined ? { skill: input.skill } : { resource: input.resource }),
      reason: 'nothing_free',
      searchedTo: plusDays(start, horizonDays),
    })
  },
})

interface Asked {
  readonly from: LocalDate
  readonly to: LocalDate
  readonly minutes?: number | undefined
  readonly places?: number | undefined
}

const freeOn = async (
  context: QueryContext,
  resource: Resource,
  { from, to, minutes, places = 1 }: Asked,
): Promise<readonly FreeCapacity[]> => {
  const { id } = resource
  if (resource.kind === 'seats') {
    const seats = freeOf((await context.get(seatPoolKind, id))?.state ?? { supply: 0, promised: 0 })
    return seats > 0 ? [{ resource: id, seats }] : []
  }
  const now = context.now()
  const first = laterOf(from, dayAt(resource.calendar.zone, now))
  const count = daysBetween(first, to) + 1
  if (resource.kind === 'hours') {
    const days = await daysOf(context, resource, datesFrom(first, count))
    return days
      .map((day) => ({ resource: id, date: day.date, minutes: freeOf(minutesOf(day)) }))
      .filter((day) => day.minutes >= (minutes ?? 1))
  }
  const wanted = minutes ?? (resource.kind === 'slots' ? resource.slotMinutes : 1)
  // A time that begins on the last day may end, with the buffer behind it, some days later.
  const beyond = Math.ceil((wanted + resource.bufferMinutes) / 1_440) + 1
  const days = await daysOf(context, resource, datesFrom(first, count + beyond))
  const end = days[count - 1]?.endsAt ?? now
  return freeTimes(resource, days, { minutes: wanted, places, notBefore: now })
    .filter(({ startsAt }) => startsAt < end)
    .map((time) => ({ resource: id, ...time, places: placesFreeDuring(days, time) }))
}

const timeOf = (free: FreeCapacity): string =>
  'startsAt' in free ? free.startsAt : 'date' in free ? free.date : ''

const byTime = (one: FreeCapacity, other: FreeCapacity): number =>
  timeOf(one) < timeOf(other) ? -1 : timeOf(one) > timeOf(other) ? 1 : 0
