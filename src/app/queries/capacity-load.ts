import { z } from 'zod'
import { minutesIn, type Period } from '../../core/capacity/calendar.js'
import { loadOf } from '../../core/capacity/find-place.js'
import type { Taking } from '../../core/capacity/resource-day.js'
import { resourceIdSchema } from '../../core/ids/id-schema.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { daysBetween, type LocalDate } from '../../core/time/local-date.js'
import { planDateSchema } from '../../core/time/zone-schema.js'
import { defineQuery } from '../query.js'
import { datesFrom, daysOf, resourcesAsked } from './capacity-days.js'

/** One day of a resource: how much of its working time is booked. */
export interface CapacityLoad {
  readonly date: LocalDate
  readonly open: readonly Period[]
  /** Who works side by side. */
  readonly places: number
  /** Working minutes over all places, and how many of them are booked; buffers are not counted. */
  readonly minutes: number
  readonly booked: number
  readonly bookings: readonly Taking[]
}

const mostDays = 62

/** How much of a resource is booked, day by day in its own time zone, both days included, at most 62. Seats have no days: `invalid_state`. */
export const capacityLoad = defineQuery({
  name: 'capacity.load',
  input: z
    .strictObject({ resource: resourceIdSchema, from: planDateSchema, to: planDateSchema })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'range.order' }),
  run: async (input, context) => {
    const resources = await resourcesAsked(context, input)
    if (!resources.ok) return resources
    const [resource] = resources.value
    if (resource === undefined || resource.kind === 'seats')
      return refuse('invalid_state', { resource: input.resource, kind: 'seats' })
    const count = daysBetween(input.from, input.to) + 1
    if (count > mostDays) return refuse('limit_exceeded', { limit: 'days', most: mostDays })
    const days = await daysOf(context, resource, datesFrom(input.from, count))
    const items = days.map((day): CapacityLoad => ({
      date: day.date,
      open: day.open,
      places: day.places,
      minutes: minutesIn(day.open) * day.places,
      booked: loadOf(day),
      bookings: day.taken,
    }))
    return ok({ value: { items } })
  },
})
