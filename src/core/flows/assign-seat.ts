import { z } from 'zod'
import { bookingKind, type Booking } from '../capacity/booking.js'
import { isTaken, seatId, seatKind, type Seat } from '../capacity/seat.js'
import { seatPoolKind } from '../capacity/seat-pool.js'
import { moveSeats } from '../capacity/take-capacity.js'
import { defineCommand, type Seen } from '../command.js'
import { bookingIdSchema, resourceIdSchema, wordSchema } from '../ids/id-schema.js'
import type { BookingId, ResourceId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { invariant } from '../invariant.js'
import { workOn, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'

export interface SeatReceipt {
  readonly resource: ResourceId
  readonly holder: string
  readonly booking?: BookingId
}

/**
 * Gives a named holder a seat of a pool, once (M33): a second one is refused as `seat_taken`. The seat is one of a booking, or one that nobody has
 * booked; when there is none left, `capacity_unavailable`.
 */
export const assignSeat = defineCommand({
  name: 'capacity.assignSeat',
  input: z.strictObject({
    resource: resourceIdSchema,
    /** Who sits there: a word of the host's own, such as a user's id. */
    holder: wordSchema,
    /** The booking whose seats they are; a free seat of the pool when left out. */
    booking: bookingIdSchema.optional(),
  }),
  idempotencyKey: 'optional',
  touches: (input, seen) => [
    { kind: seatPoolKind.name, id: input.resource },
    ...(input.booking === undefined ? [] : [{ kind: bookingKind.name, id: input.booking }]),
    ...keysOfSeat(input.resource, input.holder, seen),
  ],
  plan: (facts, { resource, holder, booking }, { now }) => {
    const work = workOn(facts)
    const id = seatId(resource, holder)
    if (work.find(seatPoolKind, resource) === undefined) return refuse('unknown_resource', { resource })
    if (sits(work, resource, holder) !== undefined) return refuse('seat_taken', { resource, holder })
    const seated = seatOf(work, resource, holder, booking)
    if (!seated.ok) return seated
    work.append(seatKind, id, [
      { type: 'SeatAssigned', pool: resource, holder, assignedAt: now, ...seated.value },
    ])
    return ok(work.finish({ kind: seatKind.name, id }, receipt(resource, holder, booking)))
  },
})

/** Takes a seat from its holder: it can be given to somebody else. Who has none is refused as `unknown_seat`. */
export const releaseSeat = defineCommand({
  name: 'capacity.releaseSeat',
  input: z.strictObject({
    resource: resourceIdSchema,
    holder: wordSchema,
    /** Why, in a word of the host's own; `released` when left out. */
    reason: wordSchema.optional(),
  }),
  idempotencyKey: 'optional',
  touches: (input, seen) => [
    { kind: seatPoolKind.name, id: input.resource },
    ...keysOfSeat(input.resource, input.holder, seen),
  ],
  plan: (facts, { resource, holder, reason = 'released' }) => {
    const work = workOn(facts)
    const seat = sits(work, resource, holder)
    if (seat === undefined) return refuse('unknown_seat', { resource, holder })
    const id = seatId(resource, holder)
    if (seat.booking === undefined || seat.line === undefined) {
      const source = { kind: seatKind.name, id }
      const freed = moveSeats(work, resource, { type: 'GiveSeatsBack', seats: 1, source, reason })
      granted(freed, 'a seat that was taken can be given back')
    } else countAssigned(work, seat.booking, seat.line, -1)
    work.append(seatKind, id, [{ type: 'SeatReleased', reason }])
    return ok(work.finish({ kind: seatKind.name, id }, receipt(resource, holder, seat.booking)))
  },
})

/** Gives the seat of one holder to another, in one commit. Refused as `unknown_seat` and `seat_taken` are elsewhere. */
export const transferSeat = defineCommand({
  name: 'capacity.transferSeat',
  input: z.strictObject({ resource: resourceIdSchema, from: wordSchema, to: wordSchema }),
  idempotencyKey: 'optional',
  touches: (input, seen) => [
    ...keysOfSeat(input.resource, input.from, seen),
    ...keysOfSeat(input.resource, input.to, seen),
  ],
  plan: (facts, { resource, from, to }, { now }) => {
    const work = workOn(facts)
    const seat = sits(work, resource, from)
    if (seat === undefined) return refuse('unknown_seat', { resource, holder: from })
    if (sits(work, resource, to) !== undefined) return refuse('seat_taken', { resource, holder: to })
    const { booking, line } = seat
    work.append(seatKind, seatId(resource, from), [{ type: 'SeatReleased', reason: 'transferred' }])
    work.append(seatKind, seatId(resource, to), [
      {
        type: 'SeatAssigned',
        pool: resource,
        holder: to,
        assignedAt: now,
        ...(booking !== undefined && { booking }),
        ...(line !== undefined && { line }),
      },
    ])
    return ok(work.finish({ kind: seatKind.name, id: seatId(resource, to) }, receipt(resource, to, booking)))
  },
})

/** A seat with the booking it belongs to: without that it is no seat any more. */
const keysOfSeat = (pool: ResourceId, holder: string, seen: Seen): readonly Key[] => {
  const id = seatId(pool, holder)
  const booking = seen.get(seatKind, id)?.booking
  return [
    { kind: seatKind.name, id },
    ...(booking === undefined ? [] : [{ kind: bookingKind.name, id: booking }]),
  ]
}

const sits = (work: Work, pool: ResourceId, holder: string): Seat | undefined => {
  const seat = work.find(seatKind, seatId(pool, holder))?.state
  const booking = seat?.booking === undefined ? undefined : work.find(bookingKind, seat.booking)?.state
  return isTaken(seat, booking) ? seat : undefined
}

/** A free seat of the booking, or one of the pool itself. */
const seatOf = (
  work: Work,
  pool: ResourceId,
  holder: string,
  id: BookingId | undefined,
): Result<{ readonly booking?: BookingId; readonly line?: number }, Refusal> => {
  if (id === undefined) {
    const source = { kind: seatKind.name, id: seatId(pool, holder) }
    const taken = moveSeats(work, pool, { type: 'TakeSeats', seats: 1, source })
    return taken.ok ? ok({}) : taken
  }
  const booking = work.find(bookingKind, id)?.state
  if (booking === undefined) return refuse('unknown_booking', { booking: id })
  if (booking.status !== 'committed') return refuse('invalid_state', { booking: id, status: booking.status })
  const line = freeLine(booking, pool)
  if (line < 0)
    return refuse('capacity_unavailable', { resource: pool, booking: id, reason: 'taken', free: 0 })
  countAssigned(work, id, line, 1)
  return ok({ booking: id, line })
}

const freeLine = (booking: Booking, pool: ResourceId): number =>
  booking.lines.findIndex(
    (line) => line.by === 'seats' && line.resource === pool && (line.assigned ?? 0) < line.seats,
  )

const countAssigned = (work: Work, id: BookingId, line: number, more: 1 | -1): void => {
  const seats = work.find(bookingKind, id)?.state.lines[line]
  invariant(seats?.by === 'seats', 'a seat of a booking is one of a line of seats')
  work.append(bookingKind, id, [{ type: 'SeatsAssigned', line, assigned: (seats.assigned ?? 0) + more }])
}

const receipt = (resource: ResourceId, holder: string, booking: BookingId | undefined): SeatReceipt => ({
  resource,
  holder,
  ...(booking !== undefined && { booking }),
})
