import type { OrderId } from '../ids/ids.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { reservationLifecycle } from '../../state-machines/reservation.machine.js'
import { isAtOrAfter, plus, type Instant } from '../time/instant.js'
import type { Reservation, ReservationEvent } from './reservation.js'

export type ReservationCommand =
  | {
      readonly type: 'ExtendHold'
      readonly owner: string
      readonly until: Instant
      readonly longestSeconds: number
    }
  | { readonly type: 'CommitHold'; readonly owner: string; readonly order: OrderId }
  | { readonly type: 'ReleaseHold'; readonly owner: string; readonly reason: string }
  | { readonly type: 'ExpireHold' }
  | { readonly type: 'FinishReservation'; readonly as: 'shipped' | 'canceled' }

/** `now` is the store's clock: no caller's time ever decides whether a hold is over (RS3). */
export const decideReservation = (
  reservation: Reservation,
  command: ReservationCommand,
  now: Instant,
): Result<readonly ReservationEvent[], Refusal> => {
  switch (command.type) {
    case 'ExtendHold':
      return whileHeld(reservation, command.owner, now, extended(reservation, command))
    case 'CommitHold':
      return whileHeld(reservation, command.owner, now, [{ type: 'HoldCommitted', order: command.order }])
    case 'ReleaseHold':
      return reservation.owner === command.owner
        ? whenAllowed(reservation, 'release', [{ type: 'HoldReleased', reason: command.reason }])
        : refuse('reservation_owned_by_another', { reservation: reservation.id })
    case 'ExpireHold':
      return isAtOrAfter(now, reservation.expiresAt)
        ? whenAllowed(reservation, 'expire', [{ type: 'HoldExpired' }])
        : refuse('invalid_state', { status: reservation.status, expiresAt: reservation.expiresAt })
    case 'FinishReservation':
      return command.as === 'shipped'
        ? whenAllowed(reservation, 'ship_rest', [{ type: 'ReservationShipped' }])
        : whenAllowed(reservation, 'cancel_rest', [{ type: 'ReservationCanceled' }])
  }
}

const whileHeld = (
  reservation: Reservation,
  owner: string,
  now: Instant,
  events: readonly ReservationEvent[],
): Result<readonly ReservationEvent[], Refusal> => {
  const { id, status } = reservation
  // Whoever does not own a hold learns nothing else about it.
  if (reservation.owner !== owner) return refuse('reservation_owned_by_another', { reservation: id })
  if (status === 'committed' || status === 'shipped' || status === 'canceled')
    return refuse('reservation_already_committed', { reservation: id })
  if (status === 'released') {
    return refuse('reservation_released', { reservation: id, because: reservation.releasedBecause })
  }
  return status === 'expired' || isAtOrAfter(now, reservation.expiresAt)
    ? refuse('reservation_expired', { reservation: id, expiresAt: reservation.expiresAt })
    : ok(events)
}

/** RS9: never beyond the longest life, counted from the moment the stock was held; and never shorter than it was. */
const extended = (
  reservation: Reservation,
  command: Extract<ReservationCommand, { readonly type: 'ExtendHold' }>,
): readonly ReservationEvent[] => {
  const latest = plus(reservation.heldAt, command.longestSeconds * 1_000)
  const wanted = command.until < latest ? command.until : latest
  const { expiresAt } = reservation
  return [{ type: 'HoldExtended', expiresAt: wanted > expiresAt ? wanted : expiresAt }]
}

const whenAllowed = (
  reservation: Reservation,
  step: 'release' | 'expire' | 'ship_rest' | 'cancel_rest',
  events: readonly ReservationEvent[],
): Result<readonly ReservationEvent[], Refusal> =>
  reservationLifecycle.allows(reservation.status, step)
    ? ok(events)
    : refuse('invalid_state', {
        status: reservation.status,
        allowed: reservationLifecycle.allowed(reservation.status),
      })
