import { setup } from 'xstate'
import { lifecycle } from './lifecycle.js'
import type { Lifecycle, StatusOf } from './lifecycle.js'

/** What can happen to a piece with a serial number. */
export type SerialStep =
  | 'receive'
  | 'allocate'
  | 'release'
  | 'ship'
  | 'quarantine'
  | 'release_quarantine'
  | 'dispatch'
  | 'arrive'
  | 'remove'
  | 'scrap'

/**
 * One piece with a serial number, wherever it goes.
 *
 * - `in_stock`: at a location, for anybody to have.
 * - `allocated`: set aside for one fulfillment, and for no other.
 * - `shipped`: it has left with a shipment. It may come back and is received again.
 * - `quarantined`: at a location, but not to be sold.
 * - `in_transit`: on its way between two locations of ours.
 * - `missing`: a count did not find it. It may turn up again.
 * - `scrapped`: destroyed.
 */
export const serialMachine = setup({ types: { events: {} as { type: SerialStep } } }).createMachine({
  id: 'serial',
  initial: 'in_stock',
  states: {
    in_stock: {
      on: { allocate: 'allocated', quarantine: 'quarantined', dispatch: 'in_transit', remove: 'missing' },
    },
    allocated: { on: { release: 'in_stock', ship: 'shipped' } },
    shipped: { on: { receive: 'in_stock' } },
    quarantined: { on: { release_quarantine: 'in_stock', scrap: 'scrapped' } },
    in_transit: { on: { arrive: 'in_stock', remove: 'missing' } },
    missing: { on: { receive: 'in_stock' } },
    scrapped: { type: 'final' },
  },
})

export type SerialStatus = StatusOf<typeof serialMachine>
export const serialLifecycle: Lifecycle<SerialStatus, SerialStep> = lifecycle(serialMachine)
