import { setup } from 'xstate'
import { lifecycle } from './lifecycle.js'
import type { Lifecycle, StatusOf } from './lifecycle.js'

/** What can happen to an order. `…_some` leaves something open; `…_rest` takes care of all that was open. */
export type OrderStep =
  | 'change'
  | 'place'
  | 'confirm'
  | 'cancel_some'
  | 'cancel_rest'
  | 'cancel_all'
  | 'ship_some'
  | 'ship_rest'
  | 'close'

/**
 * An order from its first draft to its end.
 *
 * - `draft`: still editable, promises nothing.
 * - `placed`: the customer has ordered; the seller has not accepted yet.
 * - `confirmed`: the seller has accepted and delivers. `cancel_rest` gives up what is open after something was shipped;
 *   `cancel_all` cancels an order of which nothing was shipped.
 * - `closed`: nothing is left to do; a late return or refund is a record of its own.
 * - `canceled`: given up before anything was shipped.
 */
export const orderMachine = setup({ types: { events: {} as { type: OrderStep } } }).createMachine({
  id: 'order',
  initial: 'draft',
  states: {
    draft: { on: { change: 'draft', place: 'placed', cancel_all: 'canceled' } },
    placed: { on: { confirm: 'confirmed', cancel_some: 'placed', cancel_all: 'canceled' } },
    confirmed: {
      on: {
        ship_some: 'confirmed',
        ship_rest: 'confirmed',
        cancel_some: 'confirmed',
        cancel_rest: 'confirmed',
        cancel_all: 'canceled',
        close: 'closed',
      },
    },
    closed: { type: 'final' },
    canceled: { type: 'final' },
  },
})

export type OrderStatus = StatusOf<typeof orderMachine>
export const orderLifecycle: Lifecycle<OrderStatus, OrderStep> = lifecycle(orderMachine)
