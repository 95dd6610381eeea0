import { z } from 'zod'
import { mayMove } from '../capacity/booking-decider.js'
import { bookingReceipt } from '../capacity/booking-receipt.js'
import { bookingKind } from '../capacity/booking.js'
import { keysOfBooking, keysOfWanted } from '../capacity/capacity-keys.js'
import { giveCapacityBack, takeCapacity } from '../capacity/take-capacity.js'
import { defineCommand } from '../command.js'
import { bookingIdSchema, wordSchema } from '../ids/id-schema.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { wantedLinesOfCapacitySchema } from './hold-capacity.js'

/**
 * Moves a booking: what it had is freed and what it gets is taken in one commit, or nothing happens at all, so nobody else gets the old place while the
 * new one is refused (F59, M50). Its own old time never stands in its way. A hold is moved by its owner. Refused as `capacity.hold` is, and as
 * `invalid_state` once the service was given or somebody sits on its seats.
 */
export const rescheduleBooking = defineCommand({
  name: 'capacity.reschedule',
  input: z.strictObject({
    booking: bookingIdSchema,
    /** Of a hold that is moved. */
    owner: wordSchema.optional(),
    /** What it has from now on, instead of all it had. */
    lines: wantedLinesOfCapacitySchema,
  }),
  idempotencyKey: 'required',
  touches: (input, seen) => [...keysOfBooking(input.booking, seen), ...keysOfWanted(input.lines, seen)],
  plan: (facts, input, { now }) => {
    const work = workOn(facts)
    const booking = work.find(bookingKind, input.booking)?.state
    if (booking === undefined) return refuse('unknown_booking', { booking: input.booking })
    const movable = mayMove(booking, input.owner, now)
    if (!movable.ok) return movable
    giveCapacityBack(work, booking, 'moved')
    const taken = takeCapacity(work, booking.id, input.lines, now)
    if (!taken.ok) return taken
    const { lines, clockChanges } = taken.value
    const moved = work.append(bookingKind, booking.id, [{ type: 'BookingMoved', lines }])
    return ok(work.finish({ kind: bookingKind.name, id: booking.id }, bookingReceipt(moved, clockChanges)))
  },
})
