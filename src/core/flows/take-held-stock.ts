import type { z } from 'zod'
import type { PlanContext } from '../command.js'
import { reservationKind, type Reservation } from '../inventory/reservation.js'
import { decideReservation } from '../inventory/reservation-decider.js'
import { demandByLevel, type Demand } from '../inventory/reserve-stock.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import type { WaitingPromise } from '../inventory/backorder-queue.js'
import type { OrderId } from '../ids/ids.js'
import type { heldStockSchema } from '../orders/order-input.js'
import type { Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import { giveBack, heldBack, stopWaiting } from './backorders.js'
import { forgetHold } from './hold-quota.js'

export type HeldStock = z.output<typeof heldStockSchema>

/** What an order gets out of a hold: its promises, or the word that it was over and the stock is asked for afresh. */
export type TakenHold =
  | { readonly outcome: 'committed'; readonly reservation: Reservation; readonly demands: readonly Demand[] }
  | { readonly outcome: 'late' }

/**
 * Turns held stock into the order's own. A hold that is over is refused, or, where the caller asked to `reacquire`, ended now if nobody has done so yet:
 * its stock is free for everybody, this order included, in this very commit (RS4).
 */
export const takeHold = (
  work: Work,
  held: HeldStock,
  order: OrderId,
  context: Pick<PlanContext, 'settings' | 'now'>,
): Result<TakenHold, Refusal> => {
  const reservation = work.find(reservationKind, held.reservation)?.state
  if (reservation === undefined) return refuse('unknown_reservation', { reservation: held.reservation })
  const committed = decideReservation(
    reservation,
    { type: 'CommitHold', owner: held.owner, order },
    context.now,
  )
  if (committed.ok) {
    forgetHold(work, context.settings, reservation)
    const after = work.append(reservationKind, reservation.id, committed.value)
    return ok({ outcome: 'committed', reservation: after, demands: demandByLevel(reservation.lines) })
  }
  const isLate =
    committed.error.code === 'reservation_expired' || committed.error.code === 'reservation_released'
  if (!isLate || held.whenLate !== 'reacquire') return committed
  endLateHold(work, reservation, context)
  return ok({ outcome: 'late' })
}

const endLateHold = (
  work: Work,
  reservation: Reservation,
  context: Pick<PlanContext, 'settings' | 'now'>,
): void => {
  if (reservation.status !== 'held') return
  const expired = decideReservation(reservation, { type: 'ExpireHold' }, context.now)
  forgetHold(work, context.settings, reservation)
  work.append(reservationKind, reservation.id, granted(expired, 'a hold that is late can be ended'))
  const source = { kind: reservationKind.name, id: reservation.id }
  giveBack(work, heldBack(work, reservation.lines, source), source, 'expired')
}

/** Gives back at once what was held and is not wanted (RS8), first of all what had no goods anyway. */
export const giveBackSurplus = (
  work: Work,
  { reservation, demands }: Extract<TakenHold, { readonly outcome: 'committed' }>,
  wanted: readonly Demand[],
): void => {
  const sums = new Map(
    demandByLevel(wanted).map((demand) => [stockLevelId(demand.location, demand.sku), demand.quantity]),
  )
  const surplus = demands.flatMap((demand): readonly Demand[] => {
    const quantity = demand.quantity - (sums.get(stockLevelId(demand.location, demand.sku)) ?? 0)
    return quantity > 0 ? [{ ...demand, quantity }] : []
  })
  if (surplus.length === 0) return
  const source = { kind: reservationKind.name, id: reservation.id }
  giveBack(work, heldBack(work, surplus, source), source, 'not ordered')
}

/** What of a committed hold still waits for goods: it leaves the queue under the hold's name and comes back under the order's, with its place in line. */
export const takeWaiting = (
  work: Work,
  { reservation, demands }: Extract<TakenHold, { readonly outcome: 'committed' }>,
): ReadonlyMap<string, readonly WaitingPromise[]> => {
  const source = { kind: reservationKind.name, id: reservation.id }
  const waiting = new Map<string, readonly WaitingPromise[]>()
  for (const demand of demands) {
    const id = stockLevelId(demand.location, demand.sku)
    if (work.find(stockKind, id)?.state.backordered === undefined) continue
    const left = stopWaiting(work, demand, { source }, demand.quantity)
    if (left.length > 0) waiting.set(id, left)
  }
  return waiting
}
