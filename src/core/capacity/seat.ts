import type { BookingId, ResourceId } from '../ids/ids.js'
import type { RecordKind } from '../record-kind.js'
import type { Instant } from '../time/instant.js'
import type { Booking } from './booking.js'

/**
 * The seat of one holder in one pool. There is one record per holder, so nobody ever has two (M33), and a pool of a million seats is no larger to
 * lock than one of three.
 */
export interface Seat {
  readonly pool: ResourceId
  readonly holder: string
  readonly status: 'assigned' | 'free'
  readonly assignedAt: Instant
  /** The booking whose seat it is; a seat without one is taken from the pool itself. */
  readonly booking?: BookingId
  readonly line?: number
}

export type SeatEvent =
  | {
      readonly type: 'SeatAssigned'
      readonly pool: ResourceId
      readonly holder: string
      readonly assignedAt: Instant
      readonly booking?: BookingId
      readonly line?: number
    }
  | { readonly type: 'SeatReleased'; readonly reason: string }

const evolve = (known: Seat | undefined, event: SeatEvent): Seat => {
  switch (event.type) {
    case 'SeatAssigned': {
      const { type: _type, ...assigned } = event
      return { ...assigned, status: 'assigned' }
    }
    case 'SeatReleased':
      return { ...(known as Seat), status: 'free' }
  }
}

export const seatKind: RecordKind<Seat, SeatEvent> = {
  name: 'seat',
  evolve,
  entries: (seat) => ({
    pool: seat.pool,
    holder: seat.holder,
    status: seat.status,
    ...(seat.booking !== undefined && { booking: seat.booking }),
  }),
}

export const seatId = (pool: ResourceId, holder: string): string => `${pool}/${holder}`

/** Whether somebody sits there. A seat of a booking is gone with the booking, without being touched. */
export const isTaken = (seat: Seat | undefined, booking: Booking | undefined): boolean =>
  seat?.status === 'assigned' && (seat.booking === undefined || booking?.status === 'committed')
