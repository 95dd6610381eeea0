import { z } from 'zod'
import { defineCommand } from '../command.js'
import { orderIdSchema, wordSchema } from '../ids/id-schema.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderKind } from '../orders/order.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { closeIfDone } from './close-order.js'
import { orderReceipt } from './order-receipt.js'

/** Releases one hold; the order moves on when it was the last, and is closed when nothing else was left to do. */
export const releaseOrderHold = defineCommand({
  name: 'orders.releaseHold',
  input: z.strictObject({ order: orderIdSchema, hold: wordSchema }),
  idempotencyKey: 'optional',
  touches: (input) => [{ kind: orderKind.name, id: input.order }],
  plan: (facts, input, { settings }) => {
    const work = workOn(facts)
    const order = work.find(orderKind, input.order)?.state
    if (order === undefined) return refuse('unknown_order', { order: input.order })
    const decided = decideOrder(order, { type: 'ReleaseOrderHold', hold: input.hold })
    if (!decided.ok) return decided
    const released = work.append(orderKind, order.id, decided.value)
    sendAboutOrder(work, settings, released, 'order_hold_released', { hold: input.hold })
    const now = closeIfDone(work, settings, order.id)
    return ok(work.finish({ kind: orderKind.name, id: order.id }, orderReceipt(now)))
  },
})
