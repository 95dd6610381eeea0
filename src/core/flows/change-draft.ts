import { z } from 'zod'
import { defineCommand } from '../command.js'
import { orderIdSchema } from '../ids/id-schema.js'
import type { Key } from '../ids/key.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderContentShape } from '../orders/order-input.js'
import { orderReferenceId, orderReferenceKind } from '../orders/order-reference.js'
import { orderKind, type Order } from '../orders/order.js'
import { personalDataKind } from '../parties/personal-data.js'
import { workOn, type Work } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { askForTaxes } from './ask-for-taxes.js'
import { agreeContent, contentKeys, personalFields } from './order-content.js'
import { orderReceipt } from './order-receipt.js'

/**
 * Replaces the whole content of a draft, priced anew: what is left out is gone. Only the day of the order stays unless another is given. The old
 * channel reference becomes free in the same commit.
 */
export const changeDraft = defineCommand({
  name: 'orders.changeDraft',
  input: z.strictObject({ order: orderIdSchema, ...orderContentShape }),
  idempotencyKey: 'optional',
  personal: personalFields,
  gatherFrom: 'tax_source',
  gather: async (input, context) => {
    const orderedOn = input.orderedOn ?? (await context.read(orderKind, input.order))?.orderedOn
    return askForTaxes({ ...input, ...(orderedOn !== undefined && { orderedOn }) }, context)
  },
  touches: (input, seen, { settings }) => {
    const known = seen.get(orderKind, input.order)
    return [
      { kind: orderKind.name, id: input.order },
      { kind: personalDataKind.name, id: input.order },
      ...contentKeys(input, input.order, settings, seen),
      ...(known === undefined ? [] : referenceKeys(known)),
    ]
  },
  plan: (facts, input, context, answered) => {
    const work = workOn(facts)
    const order = work.find(orderKind, input.order)?.state
    if (order === undefined) return refuse('unknown_order', { order: input.order })
    const content = agreeContent(
      work,
      order.id,
      { ...input, orderedOn: input.orderedOn ?? order.orderedOn },
      context,
      answered,
    )
    if (!content.ok) return content
    const decided = decideOrder(order, { type: 'ChangeDraft', content: content.value })
    if (!decided.ok) return decided
    const changed = work.append(orderKind, order.id, decided.value)
    freeReference(work, order, changed)
    if (input.note === undefined && typeof input.shipTo !== 'object') erasePersonalData(work, order)
    return ok(work.finish({ kind: orderKind.name, id: order.id }, orderReceipt(changed)))
  },
})

const referenceIdOf = (order: Order): string | undefined =>
  order.reference === undefined ? undefined : orderReferenceId(order.channel, order.reference)

const referenceKeys = (order: Order): readonly Key[] => {
  const id = referenceIdOf(order)
  return id === undefined ? [] : [{ kind: orderReferenceKind.name, id }]
}

const freeReference = (work: Work, before: Order, after: Order): void => {
  const id = referenceIdOf(before)
  if (id !== undefined && id !== referenceIdOf(after)) work.erase(orderReferenceKind, id)
}

const erasePersonalData = (work: Work, order: Order): void => {
  if (work.find(personalDataKind, order.id) !== undefined) work.erase(personalDataKind, order.id)
}
