import { setup } from 'xstate'
import { lifecycle } from './lifecycle.js'
import type { Lifecycle, StatusOf } from './lifecycle.js'

/** What can happen to goods that are on order. `receive_some` leaves something to come; `receive_rest` is the last of it. */
export type ExpectedReceiptStep = 'change' | 'receive_some' | 'receive_rest' | 'cancel'

/**
 * Goods on order from a vendor: a line of a purchase order, from the order to the last delivery.
 *
 * - `expected`: nothing has come yet.
 * - `partly_received`: some has come, the rest is still to come.
 * - `received`: all of it has come.
 * - `canceled`: what had not come will not come any more.
 */
export const expectedReceiptMachine = setup({
  types: { events: {} as { type: ExpectedReceiptStep } },
}).createMachine({
  id: 'expected-receipt',
  initial: 'expected',
  states: {
    expected: {
      on: {
        change: 'expected',
        receive_some: 'partly_received',
        receive_rest: 'received',
        cancel: 'canceled',
      },
    },
    partly_received: {
      on: {
        change: 'partly_received',
        receive_some: 'partly_received',
        receive_rest: 'received',
        cancel: 'canceled',
      },
    },
    received: { type: 'final' },
    canceled: { type: 'final' },
  },
})

export type ExpectedReceiptStatus = StatusOf<typeof expectedReceiptMachine>
export const expectedReceiptLifecycle: Lifecycle<ExpectedReceiptStatus, ExpectedReceiptStep> =
  lifecycle(expectedReceiptMachine)
