import { z } from 'zod'
import { bookingKind } from '../../core/capacity/booking.js'
import { resourceKind } from '../../core/capacity/resource.js'
import { isTaken, seatKind } from '../../core/capacity/seat.js'
import {
  bookingIdSchema,
  orderIdSchema,
  referenceSchema,
  resourceIdSchema,
  wordSchema,
} from '../../core/ids/id-schema.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { reservationLifecycle } from '../../state-machines/reservation.machine.js'
import { defineQuery } from '../query.js'
import { listOf, pageOf, pageShape, whereOf } from './page.js'

/** A resource with its calendar. */
export const getResource = defineQuery({
  name: 'capacity.resource',
  input: z.strictObject({ resource: resourceIdSchema }),
  run: async ({ resource }, context) => {
    const found = await context.get(resourceKind, resource)
    return found === undefined
      ? refuse('unknown_resource', { resource })
      : ok({ value: found.state, version: found.version })
  },
})

/** Resources of a kind, or all. */
export const listResources = defineQuery({
  name: 'capacity.resources',
  input: z.strictObject({ kind: z.enum(['seats', 'hours', 'slots', 'machine']).optional(), ...pageShape }),
  run: async (input, context) => {
    const page = await context.list(resourceKind, { where: whereOf({ kind: input.kind }), ...pageOf(input) })
    return ok({ value: listOf(page, ({ state }) => state) })
  },
})

/** One booking. A hold is over from `expiresAt` on, whatever its status still says. */
export const getBooking = defineQuery({
  name: 'capacity.booking',
  input: z.strictObject({ booking: bookingIdSchema }),
  run: async ({ booking }, context) => {
    const found = await context.get(bookingKind, booking)
    return found === undefined
      ? refuse('unknown_booking', { booking })
      : ok({ value: found.state, version: found.version })
  },
})

/** Bookings of an order, a reference or an owner, in a status, or those that lost their place to a change of the calendar. */
export const listBookings = defineQuery({
  name: 'capacity.bookings',
  input: z.strictObject({
    order: orderIdSchema.optional(),
    reference: referenceSchema.optional(),
    owner: wordSchema.optional(),
    status: z.enum(reservationLifecycle.states).optional(),
    displaced: z.enum(['yes', 'no']).optional(),
    ...pageShape,
  }),
  run: async (input, context) => {
    const { order, reference, owner, status, displaced } = input
    const page = await context.list(bookingKind, {
      where: whereOf({ order, reference, owner, status, displaced }),
      ...pageOf(input),
    })
    return ok({ value: listOf(page, ({ state }) => state) })
  },
})

/** Who sits on the seats of a pool. A page may be short: seats whose booking is over are left out. */
export const listSeats = defineQuery({
  name: 'capacity.seats',
  input: z.strictObject({ resource: resourceIdSchema, ...pageShape }),
  run: async (input, context) => {
    const page = await context.list(seatKind, {
      where: whereOf({ pool: input.resource, status: 'assigned' }),
      ...pageOf(input),
    })
    const ids = page.items.flatMap(({ state }) => (state.booking === undefined ? [] : [state.booking]))
    const bookings = await context.getAll(bookingKind, [...new Set(ids)])
    const bookingOf = new Map(bookings.map(({ state }) => [state.id, state]))
    const items = page.items.filter(({ state }) =>
      isTaken(state, state.booking === undefined ? undefined : bookingOf.get(state.booking)),
    )
    return ok({ value: listOf({ ...page, items }, ({ state }) => state) })
  },
})
