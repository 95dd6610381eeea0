import { z } from 'zod'
import { orderIdSchema, partyIdSchema, paymentIdSchema } from '../../core/ids/id-schema.js'
import type { Money } from '../../core/money/money.js'
import { paymentKind, unappliedAmount, type Payment } from '../../core/payments/payment.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { paymentLifecycle } from '../../state-machines/payment.machine.js'
import { defineQuery } from '../query.js'
import { listOf, pageOf, pageShape, whereOf } from './page.js'

export interface PaymentView extends Payment {
  /** What pays for nothing yet and did not go back. */
  readonly unapplied: Money
}

export const getPayment = defineQuery({
  name: 'payments.get',
  input: z.strictObject({ payment: paymentIdSchema }),
  run: async (input, context) => {
    const found = await context.get(paymentKind, input.payment)
    if (found === undefined) return refuse('unknown_payment', { payment: input.payment })
    return ok({ value: paymentView(found.state), version: found.version })
  },
})

/** Payments from the newest, of a customer, for an order, in a status. */
export const listPayments = defineQuery({
  name: 'payments.list',
  input: z.strictObject({
    status: z.enum(paymentLifecycle.states).optional(),
    customer: partyIdSchema.optional(),
    order: orderIdSchema.optional(),
    ...pageShape,
  }),
  run: async (input, context) => {
    const { status, customer, order } = input
    const page = await context.list(paymentKind, {
      where: whereOf({ status, customer, order }),
      order: { entry: 'receivedOn', direction: 'descending' },
      ...pageOf(input),
    })
    return ok({ value: listOf(page, ({ state }) => paymentView(state)) })
  },
})

const paymentView = (payment: Payment): PaymentView => ({
  ...payment,
  unapplied: unappliedAmount(payment),
})
