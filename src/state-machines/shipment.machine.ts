import { setup } from 'xstate'
import { lifecycle } from './lifecycle.js'
import type { Lifecycle, StatusOf } from './lifecycle.js'

/** What can happen to a shipment. */
export type ShipmentStep = 'hand_over' | 'deliver' | 'report_lost' | 'find' | 'give_up' | 'cancel'

/**
 * One consignment on its way to the customer.
 *
 * - `planned`: announced to the carrier; still in our hands.
 * - `in_transit`: the carrier has it.
 * - `lost`: the carrier cannot say where it is. It may turn up again.
 * - `delivered`: the customer has it.
 * - `given_up`: lost, and nobody waits for it any more.
 * - `canceled`: never handed over.
 */
export const shipmentMachine = setup({ types: { events: {} as { type: ShipmentStep } } }).createMachine({
  id: 'shipment',
  initial: 'planned',
  states: {
    planned: { on: { hand_over: 'in_transit', cancel: 'canceled' } },
    in_transit: { on: { deliver: 'delivered', report_lost: 'lost' } },
    lost: { on: { find: 'in_transit', give_up: 'given_up' } },
    delivered: { type: 'final' },
    given_up: { type: 'final' },
    canceled: { type: 'final' },
  },
})

export type ShipmentStatus = StatusOf<typeof shipmentMachine>
export const shipmentLifecycle: Lifecycle<ShipmentStatus, ShipmentStep> = lifecycle(shipmentMachine)
