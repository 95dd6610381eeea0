import { setup } from 'xstate'
import { lifecycle } from './lifecycle.js'
import type { Lifecycle, StatusOf } from './lifecycle.js'

/** What can happen to a transfer. `…_some` leaves something on the way; `…_rest` accounts for the last of it. */
export type TransferStep = 'ship' | 'receive_some' | 'receive_rest' | 'cancel'

/**
 * Goods on their way from one of our locations to another.
 *
 * - `planned`: agreed; nothing has moved.
 * - `shipped`: has left the one and is incoming at the other.
 * - `partially_received`: some of it has come, or is known to be missing.
 * - `received`: all that was shipped has come, or its absence is booked with a reason.
 * - `canceled`: never left.
 */
export const transferMachine = setup({ types: { events: {} as { type: TransferStep } } }).createMachine({
  id: 'transfer',
  initial: 'planned',
  states: {
    planned: { on: { ship: 'shipped', cancel: 'canceled' } },
    shipped: { on: { receive_some: 'partially_received', receive_rest: 'received' } },
    partially_received: { on: { receive_some: 'partially_received', receive_rest: 'received' } },
    received: { type: 'final' },
    canceled: { type: 'final' },
  },
})

export type TransferStatus = StatusOf<typeof transferMachine>
export const transferLifecycle: Lifecycle<TransferStatus, TransferStep> = lifecycle(transferMachine)
