import { defineCommand } from '../command.js'
import type { OrderId, OrderNumber } from '../ids/ids.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { captureOrder as captureEvents } from '../orders/order-decider.js'
import { orderContentSchema } from '../orders/order-input.js'
import { orderKind } from '../orders/order.js'
import { workOn } from '../plan.js'
import { ok } from '../result.js'
import { askForTaxes } from './ask-for-taxes.js'
import { agreeContent, contentKeys, personalFields } from './order-content.js'
import { orderReceipt } from './order-receipt.js'

/** Captures an order from any touch point as a draft (M1–M14): checked, priced, numbered, but promising nothing and reserving nothing. */
export const captureOrder = defineCommand({
  name: 'orders.capture',
  input: orderContentSchema,
  idempotencyKey: 'required',
  personal: personalFields,
  gatherFrom: 'tax_source',
  gather: askForTaxes,
  touches: (input, seen, context) => [
    { kind: orderKind.name, id: context.ids.of('order') },
    ...contentKeys(input, context.ids.of('order'), context.settings, seen),
  ],
  plan: (facts, input, context, answered) => {
    const work = workOn(facts)
    const id = context.ids.of('order') as OrderId
    const content = agreeContent(work, id, input, context, answered)
    if (!content.ok) return content
    const events = captureEvents(id, context.ids.number('order') as OrderNumber, content.value)
    const order = work.append(orderKind, id, events)
    sendAboutOrder(work, context.settings, order, 'order_received')
    return ok(work.finish({ kind: orderKind.name, id }, orderReceipt(order)))
  },
})
