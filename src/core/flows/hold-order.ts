import { z } from 'zod'
import { defineCommand } from '../command.js'
import { orderIdSchema } from '../ids/id-schema.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderHoldReasonSchema } from '../orders/order-input.js'
import { orderKind } from '../orders/order.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { orderReceipt } from './order-receipt.js'

/** Keeps an order from moving on, for a typed reason (F7). Several holds may stand at once; each is released by its own id. */
export const holdOrder = defineCommand({
  name: 'orders.hold',
  input: z.strictObject({ order: orderIdSchema, reason: orderHoldReasonSchema }),
  idempotencyKey: 'required',
  touches: (input) => [{ kind: orderKind.name, id: input.order }],
  plan: (facts, input, { ids, settings }) => {
    const work = workOn(facts)
    const order = work.find(orderKind, input.order)?.state
    if (order === undefined) return refuse('unknown_order', { order: input.order })
    const hold = { id: ids.of('hold'), reason: input.reason }
    const decided = decideOrder(order, { type: 'HoldOrder', hold })
    if (!decided.ok) return decided
    const held = work.append(orderKind, order.id, decided.value)
    sendAboutOrder(work, settings, held, 'order_on_hold', { hold: hold.id, reason: hold.reason })
    return ok(work.finish({ kind: orderKind.name, id: order.id }, { ...orderReceipt(held), hold: hold.id }))
  },
})
