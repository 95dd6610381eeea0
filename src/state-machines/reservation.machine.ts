import { setup } from 'xstate'
import { lifecycle } from './lifecycle.js'
import type { Lifecycle, StatusOf } from './lifecycle.js'

/** What can happen to a reservation. `…_some` leaves something reserved; `…_rest` uses up all that was reserved. */
export type ReservationStep =
  'extend' | 'commit' | 'release' | 'expire' | 'ship_some' | 'ship_rest' | 'cancel_some' | 'cancel_rest'

/**
 * A promise of stock, seats or hours to one demand. It leaves `held` exactly once.
 *
 * - `held`: promised for a limited time, before the order is placed; only here the time can be extended or run out.
 * - `committed`: promised to a placed order; never expires.
 * - `shipped`: the last promised unit has left. Also the end of a promise of which the first part was canceled.
 * - `canceled`: the last promised units were given up with the order.
 * - `released`: given back by whoever held it.
 * - `expired`: not committed in time.
 */
export const reservationMachine = setup({ types: { events: {} as { type: ReservationStep } } }).createMachine(
  {
    id: 'reservation',
    initial: 'held',
    states: {
      held: { on: { extend: 'held', commit: 'committed', release: 'released', expire: 'expired' } },
      committed: {
        on: {
          ship_some: 'committed',
          ship_rest: 'shipped',
          cancel_some: 'committed',
          cancel_rest: 'canceled',
        },
      },
      shipped: { type: 'final' },
      canceled: { type: 'final' },
      released: { type: 'final' },
      expired: { type: 'final' },
    },
  },
)

export type ReservationStatus = StatusOf<typeof reservationMachine>
export const reservationLifecycle: Lifecycle<ReservationStatus, ReservationStep> =
  lifecycle(reservationMachine)
