import { setup } from 'xstate'
import { lifecycle } from './lifecycle.js'
import type { Lifecycle, StatusOf } from './lifecycle.js'

/** What can happen to an invoice. `…_some` leaves an amount open; `credit_rest` and `settle` leave nothing open. */
export type InvoiceStep =
  'issue' | 'discard' | 'apply_some' | 'settle' | 'reopen' | 'credit_some' | 'credit_rest' | 'void'

/**
 * A request for payment. Once issued its content never changes; what follows are payments and credit notes against it.
 *
 * - `draft`: being prepared, without a number, without effect.
 * - `issued`: numbered and sent, something is open. A part payment (`apply_some`) or a part credit leaves it here.
 * - `settled`: nothing is open, by payment, credit or both. A payment that bounces reopens it; a credit note on a paid invoice
 *   leaves it settled, because the amount is owed back through a refund.
 * - `voided`: withdrawn; its number stays used.
 * - `discarded`: the draft was thrown away; no number was used.
 */
export const invoiceMachine = setup({ types: { events: {} as { type: InvoiceStep } } }).createMachine({
  id: 'invoice',
  initial: 'draft',
  states: {
    draft: { on: { issue: 'issued', discard: 'discarded' } },
    issued: {
      on: {
        apply_some: 'issued',
        settle: 'settled',
        credit_some: 'issued',
        credit_rest: 'settled',
        void: 'voided',
      },
    },
    settled: { on: { reopen: 'issued', credit_some: 'settled', credit_rest: 'settled' } },
    voided: { type: 'final' },
    discarded: { type: 'final' },
  },
})

export type InvoiceStatus = StatusOf<typeof invoiceMachine>
export const invoiceLifecycle: Lifecycle<InvoiceStatus, InvoiceStep> = lifecycle(invoiceMachine)
