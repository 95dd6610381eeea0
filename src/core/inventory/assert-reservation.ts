import { invariant } from '../invariant.js'
import type { Reservation } from './reservation.js'

/** What must be true of every hold that a command leaves behind (RS1, RS2), whatever led there. */
export const assertReservation = (reservation: Reservation): void => {
  const { status, lines, heldAt, expiresAt, order, releasedBecause } = reservation
  const isOver = status === 'released' || status === 'expired'
  const isTaken = status !== 'held' && !isOver
  invariant(heldAt < expiresAt, 'RS2 a hold ends after it begins')
  for (const { quantity } of lines) invariant(quantity > 0, 'RS1 a hold is above zero')
  invariant(
    (order !== undefined) === isTaken && (releasedBecause !== undefined) === isOver,
    'RS1 a hold is whose its status says',
  )
}
