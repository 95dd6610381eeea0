import type { ReservationId } from '../ids/ids.js'
import type { ReservationStatus } from '../../state-machines/reservation.machine.js'
import type { Instant } from '../time/instant.js'
import type { Reservation } from './reservation.js'

/** The answer of the commands about a stock hold. At `expiresAt` the hold is over (RS2). */
export interface ReservationReceipt {
  readonly reservation: ReservationId
  readonly status: ReservationStatus
  readonly expiresAt: Instant
}

export const reservationReceipt = ({ id, status, expiresAt }: Reservation): ReservationReceipt => ({
  reservation: id,
  status,
  expiresAt,
})
