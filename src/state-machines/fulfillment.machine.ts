import { setup } from 'xstate'
import { lifecycle } from './lifecycle.js'
import type { Lifecycle, StatusOf } from './lifecycle.js'

/** What can happen to a fulfillment order. */
export type FulfillmentStep = 'start_picking' | 'pack' | 'hand_over' | 'cancel'

/**
 * The request to one place to make lines of an order ready.
 *
 * - `planned`: the place is asked; nothing was taken from a shelf. Small shops pack from here directly.
 * - `picking`: somebody is taking the goods.
 * - `packed`: the goods lie in their packages.
 * - `handed_over`: the packages left the place, to a carrier or to the customer.
 * - `canceled`: given up before anything left the place.
 */
export const fulfillmentMachine = setup({ types: { events: {} as { type: FulfillmentStep } } }).createMachine(
  {
    id: 'fulfillment',
    initial: 'planned',
    states: {
      planned: { on: { start_picking: 'picking', pack: 'packed', cancel: 'canceled' } },
      picking: { on: { pack: 'packed', cancel: 'canceled' } },
      packed: { on: { hand_over: 'handed_over', cancel: 'canceled' } },
      handed_over: { type: 'final' },
      canceled: { type: 'final' },
    },
  },
)

export type FulfillmentStatus = StatusOf<typeof fulfillmentMachine>
export const fulfillmentLifecycle: Lifecycle<FulfillmentStatus, FulfillmentStep> =
  lifecycle(fulfillmentMachine)
