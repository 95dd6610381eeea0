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
      return reservation.status === 'held' && reservation.owner !== command.owner
        ? refuse('reservation_owned_by_another', { reservation: reservation.id })
        : whenAllowed(reservation, 'release', [{ type: 'HoldReleased', reason: command.reason }])
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
  if (status === 'committed' || status === 'shipped')
    return refuse('reservation_already_committed', { reservation: id })
  if (status === 'released' || status === 'canceled') {
    return refuse('reservation_released', { reservation: id, because: reservation.releasedBecause })
  }
  if (status === 'expired' || isAtOrAfter(now, reservation.expiresAt)) {
    return refuse('reservation_expired', { reservation: id, expiresAt: reservation.expiresAt })
  }
  return reservation.owner === owner
    ? ok(events)
    : refuse('reservation_owned_by_another', { reservation: id })
}

/** RS9: never beyond the longest life, counted from the moment the stock was held. */
const extended = (
  reservation: Reservation,
  command: Extract<ReservationCommand, { readonly type: 'ExtendHold' }>,
): readonly ReservationEvent[] => {
  const latest = plus(reservation.heldAt, command.longestSeconds * 1_000)
  return [{ type: 'HoldExtended', expiresAt: command.until < latest ? command.until : latest }]
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
