import { invariant } from '../invariant.js'
import { decideReservation } from '../inventory/reservation-decider.js'
import { reservationKind } from '../inventory/reservation.js'
import { openQuantity } from '../orders/order-status.js'
import type { Order } from '../orders/order.js'
import type { Work } from '../plan.js'
import type { Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Instant } from '../time/instant.js'

/** A hold that became an order's reservation has done its work when nothing of the order is promised any more, with or without goods. */
export const finishReservation = (
  work: Work,
  order: Order,
  as: 'shipped' | 'canceled',
  now: Instant,
): Result<void, Refusal> => {
  if (order.reservation === undefined || order.lines.some((line) => openQuantity(line) > 0))
    return ok(undefined)
  const reservation = work.find(reservationKind, order.reservation)?.state
  invariant(reservation !== undefined, 'the reservation that an order names exists')
  const finished = decideReservation(reservation, { type: 'FinishReservation', as }, now)
  if (!finished.ok) return finished
  work.append(reservationKind, reservation.id, finished.value)
  return ok(undefined)
}
