import { z } from 'zod'
import { defineCommand } from '../command.js'
import { orderIdSchema } from '../ids/id-schema.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderKind } from '../orders/order.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { claimDeposit, claimDepositKeys } from './claim-deposit.js'
import { depositReceipt, orderReceipt } from './order-receipt.js'

/**
 * Accepts a placed order: from here on the seller delivers (M23). Its stock was reserved when it was placed. A deposit that is agreed for the confirmation is
 * claimed in the same commit.
 */
export const confirmOrder = defineCommand({
  name: 'orders.confirm',
  input: z.strictObject({ order: orderIdSchema }),
  idempotencyKey: 'optional',
  touches: (input, seen, context) => [
    { kind: orderKind.name, id: input.order },
    ...claimDepositKeys(seen.get(orderKind, input.order), 'confirmation', context),
  ],
  plan: (facts, input, context) => {
    const work = workOn(facts)
    const order = work.find(orderKind, input.order)?.state
    if (order === undefined) return refuse('unknown_order', { order: input.order })
    const decided = decideOrder(order, { type: 'ConfirmOrder' })
    if (!decided.ok) return decided
    const confirmed = work.append(orderKind, order.id, decided.value)
    sendAboutOrder(work, context.settings, confirmed, 'order_confirmed')
    const claimed = claimDeposit(work, context, confirmed, 'confirmation')
    if (!claimed.ok) return claimed
    return ok(
      work.finish(
        { kind: orderKind.name, id: order.id },
        { ...orderReceipt(confirmed), ...depositReceipt(claimed.value) },
      ),
    )
  },
})
