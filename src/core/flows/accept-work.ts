import { z } from 'zod'
import { defineCommand } from '../command.js'
import { orderIdSchema } from '../ids/id-schema.js'
import { acceptableQuantity } from '../orders/billable.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderKind } from '../orders/order.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { localDateSchema } from '../time/time-schema.js'
import { billFact, billFactKeys, invoiceReceipt } from './bill-order.js'
import { businessDate } from './business-date.js'
import { closeIfDone } from './close-order.js'
import { countLines, wantedLinesSchema } from './wanted-lines.js'

/**
 * The customer accepts goods or work: all that is not accepted yet, or what `lines` name. Of work in stages it is the stage's share, as a quantity of the
 * line (`"0.3"` of a project; M90, F88). What is billed on acceptance is billed in the same commit. Refused as `quantity_exceeded` beyond what was
 * ordered and not canceled.
 */
export const acceptWork = defineCommand({
  name: 'orders.accept',
  input: z.strictObject({
    order: orderIdSchema,
    lines: wantedLinesSchema.optional(),
    /** The day of the acceptance in the business's books; the store's day when left out. */
    acceptedOn: localDateSchema.optional(),
  }),
  idempotencyKey: 'required',
  touches: (input, seen, context) => [
    { kind: orderKind.name, id: input.order },
    ...billFactKeys(seen.get(orderKind, input.order), 'on_acceptance', context, input.acceptedOn),
  ],
  plan: (facts, input, context) => {
    const work = workOn(facts)
    const order = work.find(orderKind, input.order)?.state
    if (order === undefined) return refuse('unknown_order', { order: input.order })
    const acceptedOn = businessDate(input.acceptedOn, 'acceptedOn', context.now)
    if (!acceptedOn.ok) return acceptedOn
    const lines =
      input.lines === undefined
        ? ok(
            order.lines.flatMap((line) => {
              const quantity = acceptableQuantity(line)
              return quantity > 0 ? [{ line: line.id, quantity }] : []
            }),
          )
        : countLines(
            input.lines,
            order.lines.map(({ id, unit }) => ({ line: id, unit })),
          )
    if (!lines.ok) return lines
    const decided = decideOrder(order, {
      type: 'AcceptOrder',
      acceptedOn: acceptedOn.value,
      lines: lines.value,
    })
    if (!decided.ok) return decided
    const accepted = work.append(orderKind, order.id, decided.value)
    const billed = billFact(work, context, accepted, 'on_acceptance', { on: acceptedOn.value })
    if (!billed.ok) return billed
    closeIfDone(work, context.settings, order.id)
    return ok(
      work.finish(
        { kind: orderKind.name, id: order.id },
        { order: order.id, ...invoiceReceipt(billed.value) },
      ),
    )
  },
})
