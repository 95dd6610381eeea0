import type { BookingId, LineId, OrderId, ResourceId } from '../ids/ids.js'
import type { RecordKind } from '../record-kind.js'
import type { ReservationStatus } from '../../state-machines/reservation.machine.js'
import type { Instant } from '../time/instant.js'
import type { LocalDate } from '../time/local-date.js'

/** What a booking has of one resource: seats, minutes of a day, or places for a time. */
export type BookedLine = BookedSeats | BookedMinutes | BookedTime

interface OnResource {
  readonly resource: ResourceId
  /** Its capacity was lost to a change of the calendar; the promise stands and waits to be moved or given up. */
  readonly displaced?: true
}

export interface BookedSeats extends OnResource {
  readonly by: 'seats'
  readonly seats: number
  /** How many of them somebody sits on; absent while there is nobody. */
  readonly assigned?: number
}

export interface BookedMinutes extends OnResource {
  readonly by: 'day'
  readonly date: LocalDate
  readonly minutes: number
}

export interface BookedTime extends OnResource {
  readonly by: 'time'
  readonly startsAt: Instant
  readonly endsAt: Instant
  /** The end with the buffer that is kept free behind it. */
  readonly blockedUntil: Instant
  readonly places: number
  /** The days of the resource it touches. */
  readonly dates: readonly LocalDate[]
}

/** The days of its resource that a line touches. */
export const datesOf = (booked: BookedMinutes | BookedTime): readonly LocalDate[] =>
  booked.by === 'day' ? [booked.date] : booked.dates

/** What a booking is for: an order or one of its lines, or a word of the host's own. */
export interface BookedFor {
  readonly order?: OrderId
  readonly line?: LineId
  readonly reference?: string
}

/**
 * Capacity promised to somebody, all of its lines or none. It lives by the reservation's machine: `held` until `expiresAt`, half-open (RS2);
 * `committed` to an order or a reference; `shipped` when the service was given; `canceled`, `released` or `expired` when it was not.
 */
export interface Booking extends BookedFor {
  readonly id: BookingId
  readonly status: ReservationStatus
  readonly lines: readonly BookedLine[]
  readonly promisedAt: Instant
  /** Who may use the hold. */
  readonly owner?: string
  readonly expiresAt?: Instant
  readonly releasedBecause?: string
}

export type BookingEvent =
  | {
      readonly type: 'CapacityHeld'
      readonly id: BookingId
      readonly owner: string
      readonly lines: readonly BookedLine[]
      readonly promisedAt: Instant
      readonly expiresAt: Instant
    }
  | ({
      readonly type: 'CapacityBooked'
      readonly id: BookingId
      readonly lines: readonly BookedLine[]
      readonly promisedAt: Instant
    } & BookedFor)
  | { readonly type: 'HoldExtended'; readonly expiresAt: Instant }
  | ({ readonly type: 'HoldCommitted' } & BookedFor)
  | { readonly type: 'HoldReleased'; readonly reason: string }
  | { readonly type: 'HoldExpired' }
  | { readonly type: 'BookingMoved'; readonly lines: readonly BookedLine[] }
  | { readonly type: 'BookingDisplaced'; readonly lines: readonly number[]; readonly reason: string }
  | { readonly type: 'SeatsAssigned'; readonly line: number; readonly assigned: number }
  | { readonly type: 'BookingCompleted' }
  | { readonly type: 'BookingCanceled'; readonly reason: string }

const evolve = (known: Booking | undefined, event: BookingEvent): Booking => {
  const booking = known as Booking
  switch (event.type) {
    case 'CapacityHeld': {
      const { type: _type, ...held } = event
      return { ...held, status: 'held' }
    }
    case 'CapacityBooked': {
      const { type: _type, ...booked } = event
      return { ...booked, status: 'committed' }
    }
    case 'HoldExtended':
      return { ...booking, expiresAt: event.expiresAt }
    case 'HoldCommitted': {
      const { type: _type, ...bookedFor } = event
      return { ...booking, ...bookedFor, status: 'committed' }
    }
    case 'HoldReleased':
      return { ...booking, status: 'released', releasedBecause: event.reason }
    case 'HoldExpired':
      return { ...booking, status: 'expired', releasedBecause: 'expired' }
    case 'BookingMoved':
      return { ...booking, lines: event.lines }
    case 'BookingDisplaced':
      return {
        ...booking,
        lines: booking.lines.map((line, place) =>
          event.lines.includes(place) ? { ...line, displaced: true } : line,
        ),
      }
    case 'SeatsAssigned':
      return {
        ...booking,
        lines: booking.lines.map((line, place) =>
          place === event.line && line.by === 'seats' ? { ...line, assigned: event.assigned } : line,
        ),
      }
    case 'BookingCompleted':
      return { ...booking, status: 'shipped' }
    case 'BookingCanceled':
      return { ...booking, status: 'canceled', releasedBecause: event.reason }
  }
}

export const bookingKind: RecordKind<Booking, BookingEvent> = {
  name: 'booking',
  evolve,
  entries: (booking) => ({
    status: booking.status,
    displaced: booking.lines.some((line) => line.displaced) ? 'yes' : 'no',
    ...(booking.owner !== undefined && { owner: booking.owner }),
    ...(booking.expiresAt !== undefined && { expiresAt: booking.expiresAt }),
    ...(booking.order !== undefined && { order: booking.order }),
    ...(booking.reference !== undefined && { reference: booking.reference }),
  }),
}
