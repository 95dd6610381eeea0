import { z } from 'zod'
import { bookingReceipt } from '../capacity/booking-receipt.js'
import { bookingKind, type BookedFor, type Booking } from '../capacity/booking.js'
import { keysOfWanted } from '../capacity/capacity-keys.js'
import { takeCapacity, type ClockNote } from '../capacity/take-capacity.js'
import type { WantedCapacity } from '../capacity/wanted-capacity.js'
import { defineCommand } from '../command.js'
import {
  bookingIdSchema,
  lineIdSchema,
  orderIdSchema,
  referenceSchema,
  wordSchema,
} from '../ids/id-schema.js'
import type { BookingId, LineId, OrderId } from '../ids/ids.js'
import { present } from '../invariant.js'
import { orderKind } from '../orders/order.js'
import { workOn, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Instant } from '../time/instant.js'
import { wantedLinesOfCapacitySchema } from './hold-capacity.js'
import { commitHold } from './order-bookings.js'

const bookCapacitySchema = z
  .strictObject({
    /** A hold and who owns it, or … */
    held: z.strictObject({ booking: bookingIdSchema, owner: wordSchema }).optional(),
    /** … what is wanted, all of it or nothing. */
    lines: wantedLinesOfCapacitySchema.optional(),
    /** The order it serves, and the line of it. */
    order: orderIdSchema.optional(),
    line: lineIdSchema.optional(),
    /** What it is for, where there is no order: a number of the host's own. */
    reference: referenceSchema.optional(),
  })
  .refine((input) => (input.held === undefined) !== (input.lines === undefined), 'capacity.source')

/**
 * Books capacity for an order or for a reference of the host's own, from a hold or at once (F59, M32, M50). A hold that is over is refused as
 * `reservation_expired`, an order that is not placed yet or over as `invalid_state`; the rest as `capacity.hold` does.
 */
export const bookCapacity = defineCommand({
  name: 'capacity.book',
  input: bookCapacitySchema,
  idempotencyKey: 'required',
  touches: (input, seen, { ids }) => [
    { kind: bookingKind.name, id: input.held?.booking ?? ids.of('booking') },
    ...(input.order === undefined ? [] : [{ kind: orderKind.name, id: input.order }]),
    ...keysOfWanted(input.lines ?? [], seen),
  ],
  plan: (facts, input, { ids, now }) => {
    const work = workOn(facts)
    const served = servesOrder(work, input.order, input.line)
    if (!served.ok) return served
    const bookedFor: BookedFor = {
      ...(input.order !== undefined && { order: input.order }),
      ...(input.line !== undefined && { line: input.line }),
      ...(input.reference !== undefined && { reference: input.reference }),
    }
    const booked =
      input.held === undefined
        ? bookNow(work, ids.of('booking') as BookingId, present(input.lines, eitherOr), bookedFor, now)
        : withoutNotes(commitHold(work, input.held, bookedFor, now))
    if (!booked.ok) return booked
    const { booking, clockChanges } = booked.value
    tellOrder(work, booking)
    return ok(work.finish({ kind: bookingKind.name, id: booking.id }, bookingReceipt(booking, clockChanges)))
  },
})

const eitherOr = 'what is booked is held already, or named'

interface Booked {
  readonly booking: Booking
  readonly clockChanges: readonly ClockNote[]
}

const bookNow = (
  work: Work,
  id: BookingId,
  wanted: readonly WantedCapacity[],
  bookedFor: BookedFor,
  now: Instant,
): Result<Booked, Refusal> => {
  const taken = takeCapacity(work, id, wanted, now)
  if (!taken.ok) return taken
  const { lines, clockChanges } = taken.value
  const booking = work.append(bookingKind, id, [
    { type: 'CapacityBooked', id, lines, promisedAt: now, ...bookedFor },
  ])
  return ok({ booking, clockChanges })
}

const withoutNotes = (committed: Result<Booking, Refusal>): Result<Booked, Refusal> =>
  committed.ok ? ok({ booking: committed.value, clockChanges: [] }) : committed

/** Only placed orders: a draft that is changed would forget its bookings. */
const servesOrder = (
  work: Work,
  id: OrderId | undefined,
  line: LineId | undefined,
): Result<void, Refusal> => {
  if (id === undefined) return ok(undefined)
  const order = work.find(orderKind, id)?.state
  if (order === undefined) return refuse('unknown_order', { order: id })
  if (order.status !== 'placed' && order.status !== 'confirmed')
    return refuse('invalid_state', { status: order.status })
  return line === undefined || order.lines.some((one) => one.id === line)
    ? ok(undefined)
    : refuse('unknown_line', { line })
}

/** The order knows what was booked for it, so that it can be given back when it is canceled. */
const tellOrder = (work: Work, { id, order, line }: Booking): void => {
  if (order === undefined) return
  const booking = { booking: id, ...(line !== undefined && { line }) }
  work.append(orderKind, order, [{ type: 'OrderCapacityBooked', bookings: [booking] }])
}
