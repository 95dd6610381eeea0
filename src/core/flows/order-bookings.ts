import { z } from 'zod'
import { decideBooking } from '../capacity/booking-decider.js'
import { bookingKind, type Booking } from '../capacity/booking.js'
import { keysOfBooking, keysOfWanted } from '../capacity/capacity-keys.js'
import { giveCapacityBack, takeCapacity } from '../capacity/take-capacity.js'
import type { DrawnIds, PlanContext, Seen } from '../command.js'
import { bookingIdSchema, lineIdSchema, wordSchema } from '../ids/id-schema.js'
import type { BookingId, LineId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { openQuantity } from '../orders/order-status.js'
import { orderKind, type Order, type OrderBooking } from '../orders/order.js'
import type { Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import type { Instant } from '../time/instant.js'
import { wantedLinesOfCapacitySchema } from './hold-capacity.js'

/** Capacity that an order needs: a hold of it, or what is wanted; for one of its lines, or for the order as a whole. */
export const orderBookingsSchema = z
  .array(
    z
      .strictObject({
        line: lineIdSchema.optional(),
        held: z.strictObject({ booking: bookingIdSchema, owner: wordSchema }).optional(),
        lines: wantedLinesOfCapacitySchema.optional(),
      })
      .refine((booking) => (booking.held === undefined) !== (booking.lines === undefined), 'capacity.source'),
  )
  .min(1, 'lines.min')
  .max(50, 'capacity.range')

export type WantedBookings = z.output<typeof orderBookingsSchema>

export const keysOfWantedBookings = (
  bookings: WantedBookings | undefined,
  seen: Seen,
  ids: DrawnIds,
): readonly Key[] =>
  bookings === undefined
    ? []
    : bookings.flatMap(({ held, lines = [] }, place) => [
        { kind: bookingKind.name, id: held?.booking ?? drawn(ids, place) },
        ...keysOfWanted(lines, seen),
      ])

const drawn = (ids: DrawnIds, place: number): BookingId => ids.of(`booking ${place}`) as BookingId

/** Books what an order needs in the commit that places it (M32, M50): all of it, or the order is not placed. */
export const bookForOrder = (
  work: Work,
  order: Order,
  wanted: WantedBookings,
  { ids, now }: PlanContext,
): Result<readonly OrderBooking[], Refusal> => {
  const bookings: OrderBooking[] = []
  for (const [place, { line, held, lines = [] }] of wanted.entries()) {
    if (line !== undefined && !order.lines.some((one) => one.id === line))
      return refuse('unknown_line', { line })
    const bookedFor = { order: order.id, ...(line !== undefined && { line }) }
    const id = held?.booking ?? drawn(ids, place)
    if (held === undefined) {
      const taken = takeCapacity(work, id, lines, now)
      if (!taken.ok) return atBooking(place, taken.error)
      const booked = {
        type: 'CapacityBooked',
        id,
        lines: taken.value.lines,
        promisedAt: now,
        ...bookedFor,
      } as const
      work.append(bookingKind, id, [booked])
    } else {
      const committed = commitHold(work, held, bookedFor, now)
      if (!committed.ok) return atBooking(place, committed.error)
    }
    bookings.push({ booking: id, ...(line !== undefined && { line }) })
  }
  work.append(orderKind, order.id, [{ type: 'OrderCapacityBooked', bookings }])
  return ok(bookings)
}

/** Turns a hold that still lives into a booking of its owner. */
export const commitHold = (
  work: Work,
  held: { readonly booking: BookingId; readonly owner: string },
  bookedFor: Pick<Booking, 'order' | 'line' | 'reference'>,
  now: Instant,
): Result<Booking, Refusal> => {
  const booking = work.find(bookingKind, held.booking)?.state
  if (booking === undefined) return refuse('unknown_booking', { booking: held.booking })
  const decided = decideBooking(booking, { type: 'CommitHold', owner: held.owner, bookedFor }, now)
  return decided.ok ? ok(work.append(bookingKind, booking.id, decided.value)) : decided
}

const atBooking = (place: number, { code, details }: Refusal) =>
  code === 'validation_failed'
    ? refuse(code, { issues: issuesAt(place, details['issues']) })
    : refuse(code, { bookingAt: place, ...details })

const issuesAt = (place: number, issues: unknown): readonly object[] =>
  (issues as readonly { readonly path: readonly (string | number)[]; readonly rule: string }[]).map(
    ({ path, rule }) => ({ path: ['bookings', place, ...path], rule }),
  )

/** The bookings of an order with what they have taken; none for the many orders that have none. */
export const keysOfOrderBookings = (bookings: readonly OrderBooking[], seen: Seen): readonly Key[] =>
  bookings.flatMap(({ booking }) => keysOfBooking(booking, seen))

/** Gives back what was booked for an order that is canceled, or for lines of it of which nothing is left (M50). What was completed stays. */
export const releaseOrderBookings = (
  work: Work,
  before: Order,
  after: Order,
  reason: string,
  now: Instant,
): void => {
  for (const { booking: id, line } of after.bookings ?? []) {
    const isOver = after.status === 'canceled' || (line !== undefined && hasEnded(before, after, line))
    const booking = isOver ? work.find(bookingKind, id)?.state : undefined
    if (booking?.status !== 'committed') continue
    giveCapacityBack(work, booking, reason)
    const decided = decideBooking(booking, { type: 'CancelBooking', reason }, now)
    work.append(bookingKind, id, granted(decided, 'a booking that stands can be canceled'))
  }
}

const hasEnded = (before: Order, after: Order, id: LineId): boolean => {
  const [had, has] = [before, after].map(({ lines }) => lines.find((line) => line.id === id))
  return had !== undefined && has !== undefined && openQuantity(had) > 0 && openQuantity(has) === 0
}
