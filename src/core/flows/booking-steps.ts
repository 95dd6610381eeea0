import { z } from 'zod'
import { decideBooking, type BookingCommand } from '../capacity/booking-decider.js'
import { bookingReceipt, type BookingReceipt } from '../capacity/booking-receipt.js'
import { bookingKind, type BookedLine } from '../capacity/booking.js'
import { keysOfBooking } from '../capacity/capacity-keys.js'
import { giveCapacityBack } from '../capacity/take-capacity.js'
import { defineCommand } from '../command.js'
import { bookingIdSchema, wordSchema } from '../ids/id-schema.js'
import type { BookingId } from '../ids/ids.js'
import { holdSecondsSchema, withinLongestHold } from '../inventory/hold-lifetime.js'
import { workOn, type Facts, type Plan } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { plus, type Instant } from '../time/instant.js'

/**
 * Lets a hold of capacity live `seconds` from now, while it lives at all (RS9). It never gets shorter, and never older than `longestHoldSeconds` from
 * the moment of the promise: the answer says until when it holds.
 */
export const extendCapacityHold = defineCommand({
  name: 'capacity.extendHold',
  input: z.strictObject({ booking: bookingIdSchema, owner: wordSchema, seconds: holdSecondsSchema }),
  idempotencyKey: 'optional',
  touches: (input) => [{ kind: bookingKind.name, id: input.booking }],
  plan: (facts, { booking, owner, seconds }, { now, settings }) => {
    const lifetime = withinLongestHold(seconds, settings.longestHoldSeconds)
    if (!lifetime.ok) return lifetime
    const longestSeconds = settings.longestHoldSeconds
    const until = plus(now, seconds * 1_000)
    return step(facts, booking, { type: 'ExtendHold', owner, until, longestSeconds }, now)
  },
})

/** Gives held capacity back before its time is over (RS1). What was booked for good is given back with `capacity.release`. */
export const releaseCapacityHold = defineCommand({
  name: 'capacity.releaseHold',
  input: z.strictObject({
    booking: bookingIdSchema,
    owner: wordSchema,
    /** Why, in a word of the host's own; `released` when left out. */
    reason: wordSchema.optional(),
  }),
  idempotencyKey: 'optional',
  touches: (input, seen) => keysOfBooking(input.booking, seen),
  plan: (facts, { booking, owner, reason = 'released' }, { now }) =>
    step(facts, booking, { type: 'ReleaseHold', owner, reason }, now, reason),
})

/**
 * Ends one hold of capacity whose time is over by the store's clock and frees what it held, once: however many sweepers try, all but the first are
 * refused as `invalid_state` (RS6, RS7).
 */
export const expireCapacityHold = defineCommand({
  name: 'capacity.expireHold',
  input: z.strictObject({ booking: bookingIdSchema }),
  idempotencyKey: 'optional',
  touches: (input, seen) => keysOfBooking(input.booking, seen),
  plan: (facts, { booking }, { now }) => step(facts, booking, { type: 'ExpireHold' }, now, 'expired'),
})

/**
 * Gives booked capacity back because the service is not wanted any more; whoever sits on a seat of it has it no longer. A hold is given back with
 * `capacity.releaseHold`, and what was completed is no longer given back: both are refused as `invalid_state`.
 */
export const releaseBooking = defineCommand({
  name: 'capacity.release',
  input: z.strictObject({
    booking: bookingIdSchema,
    /** Why, in a word of the host's own. */
    reason: wordSchema,
  }),
  idempotencyKey: 'optional',
  touches: (input, seen) => keysOfBooking(input.booking, seen),
  plan: (facts, { booking, reason }, { now }) =>
    step(facts, booking, { type: 'CancelBooking', reason }, now, reason),
})

/**
 * The service was given (the status becomes `shipped`). Time that was worked stays taken; seats go back to their pool, since their term is over, and
 * whoever sits on one has it no longer.
 */
export const completeBooking = defineCommand({
  name: 'capacity.complete',
  input: z.strictObject({ booking: bookingIdSchema }),
  idempotencyKey: 'optional',
  touches: (input, seen) => keysOfBooking(input.booking, seen),
  plan: (facts, { booking }, { now }) =>
    step(facts, booking, { type: 'CompleteBooking' }, now, 'completed', (line) => line.by === 'seats'),
})

/** One step of a booking's life; `because` says that, and why, what it has comes back. */
const step = (
  facts: Facts,
  id: BookingId,
  command: BookingCommand,
  now: Instant,
  because?: string,
  which?: (line: BookedLine) => boolean,
): Result<Plan<BookingReceipt>, Refusal> => {
  const work = workOn(facts)
  const booking = work.find(bookingKind, id)?.state
  if (booking === undefined) return refuse('unknown_booking', { booking: id })
  const decided = decideBooking(booking, command, now)
  if (!decided.ok) return decided
  if (because !== undefined) giveCapacityBack(work, booking, because, which)
  const after = work.append(bookingKind, id, decided.value)
  return ok(work.finish({ kind: bookingKind.name, id }, bookingReceipt(after)))
}
