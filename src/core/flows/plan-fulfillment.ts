import { z } from 'zod'
import { defineCommand } from '../command.js'
import { fulfillmentKind, type WorkLine } from '../fulfillment/fulfillment.js'
import { orderIdSchema } from '../ids/id-schema.js'
import type { FulfillmentId, LocationId } from '../ids/ids.js'
import { decideOrder } from '../orders/order-decider.js'
import { unplannedQuantity } from '../orders/order-status.js'
import { orderKind, type LineQuantity, type Order } from '../orders/order.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { countLines, wantedLinesSchema } from './wanted-lines.js'

/**
 * Plans the work on a confirmed order: one fulfillment per location that serves it, so no line is left to nobody (M60). Without `lines` all that
 * is reserved and not planned yet. The same units are never planned twice.
 */
export const planFulfillment = defineCommand({
  name: 'fulfillments.plan',
  input: z.strictObject({ order: orderIdSchema, lines: wantedLinesSchema.optional() }),
  idempotencyKey: 'optional',
  touches: (input, seen, { ids }) => [
    { kind: orderKind.name, id: input.order },
    ...locationsOf(seen.get(orderKind, input.order)).map((location) => ({
      kind: fulfillmentKind.name,
      id: ids.of(location),
    })),
  ],
  plan: (facts, input, { ids }) => {
    const work = workOn(facts)
    const order = work.find(orderKind, input.order)?.state
    if (order === undefined) return refuse('unknown_order', { order: input.order })
    const counted =
      input.lines === undefined
        ? ok(unplannedLines(order))
        : countLines(
            input.lines,
            order.lines.map(({ id, unit }) => ({ line: id, unit })),
          )
    if (!counted.ok) return counted
    const fulfillments: { readonly fulfillment: FulfillmentId; readonly location: LocationId }[] = []
    let current = order
    for (const location of locationsOf(order)) {
      const lines = linesAt(order, location, counted.value)
      if (lines.length === 0) continue
      const fulfillment = ids.of(location) as FulfillmentId
      const decided = decideOrder(current, { type: 'PlanWork', fulfillment, lines: lines.map(quantityOf) })
      if (!decided.ok) return decided
      current = work.append(orderKind, order.id, decided.value)
      work.append(fulfillmentKind, fulfillment, [
        { type: 'FulfillmentPlanned', id: fulfillment, order: order.id, location, lines },
      ])
      fulfillments.push({ fulfillment, location })
    }
    if (fulfillments.length === 0) {
      const decided = decideOrder(order, { type: 'PlanWork', fulfillment: '' as FulfillmentId, lines: [] })
      return decided.ok ? refuse('quantity_exceeded', { unplanned: 0 }) : decided
    }
    return ok(work.finish({ kind: orderKind.name, id: order.id }, { order: order.id, fulfillments }))
  },
})

const locationsOf = (order: Order | undefined): readonly LocationId[] => [
  ...new Set(order?.lines.map((line) => line.location)),
]

const unplannedLines = (order: Order): readonly LineQuantity[] =>
  order.lines.flatMap((line) =>
    unplannedQuantity(line) > 0 ? [{ line: line.id, quantity: unplannedQuantity(line) }] : [],
  )

const linesAt = (
  order: Order,
  location: LocationId,
  wanted: readonly LineQuantity[],
): readonly WorkLine[] => {
  const quantities = new Map(wanted.map(({ line, quantity }) => [line, quantity]))
  return order.lines.flatMap((line) => {
    const quantity = quantities.get(line.id)
    return line.location === location && quantity !== undefined
      ? [{ line: line.id, sku: line.sku, quantity }]
      : []
  })
}

const quantityOf = ({ line, quantity }: WorkLine): LineQuantity => ({ line, quantity })
