import { setup } from 'xstate'
import { lifecycle } from './lifecycle.js'
import type { Lifecycle, StatusOf } from './lifecycle.js'

/** What can happen to a payment. `…_some` leaves a remainder; `capture_all` and `refund_rest` leave none. */
export type PaymentStep =
  'authorize' | 'capture_some' | 'capture_all' | 'fail' | 'void' | 'refund_some' | 'refund_rest' | 'reverse'

/**
 * One payment by one means: a card, a bank transfer, cash.
 *
 * - `pending`: announced; no promise and no money yet.
 * - `authorized`: the issuer promises the funds. Several part captures may follow.
 * - `captured`: the money is ours, less what was refunded since.
 * - `failed`: refused by the payer's side.
 * - `voided`: given up before the whole amount was captured.
 * - `refunded`: all that was captured went back.
 * - `reversed`: the bank has undone its booking; the money never was ours.
 */
export const paymentMachine = setup({ types: { events: {} as { type: PaymentStep } } }).createMachine({
  id: 'payment',
  initial: 'pending',
  states: {
    pending: { on: { authorize: 'authorized', capture_all: 'captured', fail: 'failed', void: 'voided' } },
    authorized: { on: { capture_some: 'authorized', capture_all: 'captured', void: 'voided' } },
    captured: { on: { refund_some: 'captured', refund_rest: 'refunded', reverse: 'reversed' } },
    failed: { type: 'final' },
    voided: { type: 'final' },
    refunded: { type: 'final' },
    reversed: { type: 'final' },
  },
})

export type PaymentStatus = StatusOf<typeof paymentMachine>
export const paymentLifecycle: Lifecycle<PaymentStatus, PaymentStep> = lifecycle(paymentMachine)
