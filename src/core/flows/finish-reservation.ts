import { invariant } from '../invariant.js'
import { decideReservation } from '../inventory/reservation-decider.js'
import { reservationKind } from '../inventory/reservation.js'
import { openQuantity } from '../orders/order-status.js'
import type { Order } from '../orders/order.js'
import type { Work } from '../plan.js'
import { granted } from '../result.js'
import type { Instant } from '../time/instant.js'

/** A hold that became an order's reservation has done its work when nothing of the order is promised any more, with or without goods. */
export const finishReservation = (
  work: Work,
  order: Order,
  as: 'shipped' | 'canceled',
  now: Instant,
): void => {
  if (order.reservation === undefined || order.lines.some((line) => openQuantity(line) > 0)) return
  const reservation = work.find(reservationKind, order.reservation)?.state
  invariant(reservation !== undefined, 'the reservation that an order names exists')
  const finished = decideReservation(reservation, { type: 'FinishReservation', as }, now)
  work.append(
    reservationKind,
    reservation.id,
    granted(finished, 'the reservation of an order lasts until its goods are gone'),
  )
}
