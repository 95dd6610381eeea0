import type { BookingId } from '../ids/ids.js'
import type { ReservationStatus } from '../../state-machines/reservation.machine.js'
import type { Instant } from '../time/instant.js'
import type { BookedLine, Booking } from './booking.js'
import type { ClockNote } from './take-capacity.js'

/** The answer of the commands about bookings. A hold is over at `expiresAt` (RS2). */
export interface BookingReceipt {
  readonly booking: BookingId
  readonly status: ReservationStatus
  readonly lines: readonly BookedLine[]
  readonly expiresAt?: Instant
  /** Local times that the clock skips or shows twice, and the moments they were taken for; absent when there are none. */
  readonly clockChanges?: readonly ClockNote[]
}

export const bookingReceipt = (
  booking: Booking,
  clockChanges: readonly ClockNote[] = [],
): BookingReceipt => ({
  booking: booking.id,
  status: booking.status,
  lines: booking.lines,
  ...(booking.status === 'held' && booking.expiresAt !== undefined && { expiresAt: booking.expiresAt }),
  ...(clockChanges.length > 0 && { clockChanges }),
})
