import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Instant } from '../time/instant.js'
import type { BookedFor, Booking, BookingEvent } from './booking.js'
import { extendedEnd, isOver, mayStep, stillHeld } from './promise-life.js'

export type BookingCommand =
  | {
      readonly type: 'ExtendHold'
      readonly owner: string
      readonly until: Instant
      readonly longestSeconds: number
    }
  | { readonly type: 'CommitHold'; readonly owner: string; readonly bookedFor: BookedFor }
  | { readonly type: 'ReleaseHold'; readonly owner: string; readonly reason: string }
  | { readonly type: 'ExpireHold' }
  | { readonly type: 'CompleteBooking' }
  | { readonly type: 'CancelBooking'; readonly reason: string }

/** `now` is the store's clock: no caller's time ever decides whether a hold is over (RS3). */
export const decideBooking = (
  booking: Booking,
  command: BookingCommand,
  now: Instant,
): Result<readonly BookingEvent[], Refusal> => {
  switch (command.type) {
    case 'ExtendHold': {
      const expiresAt = extendedEnd(booking, command.until, command.longestSeconds)
      return when(stillHeld(booking, command.owner, now), { type: 'HoldExtended', expiresAt })
    }
    case 'CommitHold':
      return when(stillHeld(booking, command.owner, now), { type: 'HoldCommitted', ...command.bookedFor })
    case 'ReleaseHold':
      return booking.owner === command.owner
        ? when(mayStep(booking, 'release'), { type: 'HoldReleased', reason: command.reason })
        : refuse('reservation_owned_by_another', { booking: booking.id })
    case 'ExpireHold':
      return isOver(booking, now) || booking.status !== 'held'
        ? when(mayStep(booking, 'expire'), { type: 'HoldExpired' })
        : refuse('invalid_state', { status: booking.status, expiresAt: booking.expiresAt })
    case 'CompleteBooking':
      return when(mayStep(booking, 'ship_rest'), { type: 'BookingCompleted' })
    case 'CancelBooking':
      return when(mayStep(booking, 'cancel_rest'), { type: 'BookingCanceled', reason: command.reason })
  }
}

const when = (
  allowed: Result<void, Refusal>,
  event: BookingEvent,
): Result<readonly BookingEvent[], Refusal> => (allowed.ok ? ok([event]) : allowed)

/** A hold is moved by its owner while it lives, a booking as long as the service was not given; nobody may sit on its seats. */
export const mayMove = (booking: Booking, owner: string | undefined, now: Instant): Result<void, Refusal> => {
  const assigned = booking.lines.reduce(
    (sum, line) => sum + (line.by === 'seats' ? (line.assigned ?? 0) : 0),
    0,
  )
  if (assigned > 0) return refuse('invalid_state', { booking: booking.id, assigned })
  return booking.status === 'held' ? stillHeld(booking, owner, now) : mayStep(booking, 'cancel_rest')
}
