import { move, demandByLevel, type Demand } from '../inventory/reserve-stock.js'
import { reservationKind } from '../inventory/reservation.js'
import { decideReservation } from '../inventory/reservation-decider.js'
import { stockLevelId } from '../inventory/stock-level.js'
import type { ReservationId } from '../ids/ids.js'
import type { Order } from '../orders/order.js'
import type { Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Instant } from '../time/instant.js'

/**
 * Turns held stock into the order's own: commits the hold and gives back what the order does not want. Answers what the order has reserved
 * that way, so that its owner is never blocked by its own hold.
 */
export const takeHeldStock = (
  work: Work,
  held: { readonly reservation: ReservationId; readonly owner: string } | undefined,
  order: Order,
  now: Instant,
): Result<readonly Demand[], Refusal> => {
  if (held === undefined) return ok([])
  const reservation = work.find(reservationKind, held.reservation)?.state
  if (reservation === undefined) return refuse('unknown_reservation', { reservation: held.reservation })
  const committed = decideReservation(
    reservation,
    { type: 'CommitHold', owner: held.owner, order: order.id },
    now,
  )
  if (!committed.ok) return committed
  work.append(reservationKind, held.reservation, committed.value)
  const wanted = new Map(
    demandByLevel(order.lines).map((line) => [stockLevelId(line.location, line.sku), line.quantity]),
  )
  const source = { kind: reservationKind.name, id: held.reservation }
  for (const line of demandByLevel(reservation.lines)) {
    const surplus = line.quantity - (wanted.get(stockLevelId(line.location, line.sku)) ?? 0)
    if (surplus <= 0) continue
    const released = move(work, line, {
      type: 'ReleaseStock',
      quantity: surplus,
      source,
      reason: 'not ordered',
    })
    if (!released.ok) return released
  }
  return ok(reservation.lines)
}
