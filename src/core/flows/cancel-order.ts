import { z } from 'zod'
import { defineCommand } from '../command.js'
import { orderIdSchema, wordSchema } from '../ids/id-schema.js'
import type { Key } from '../ids/key.js'
import { present } from '../invariant.js'
import { backorderQueueKind } from '../inventory/backorder-queue.js'
import { reservationKind } from '../inventory/reservation.js'
import { stockDemandOf } from '../inventory/stock-demand.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { decideOrder } from '../orders/order-decider.js'
import { lackingOf } from '../orders/backorders.js'
import { openQuantity } from '../orders/order-status.js'
import { orderKind, type Order } from '../orders/order.js'
import { workOn, type Work } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import type { Instant } from '../time/instant.js'
import { giveBack, type GivenBack } from './backorders.js'
import { closeIfDone } from './close-order.js'
import { finishReservation } from './finish-reservation.js'
import { keysOfOrderBookings, releaseOrderBookings } from './order-bookings.js'
import { orderReceipt } from './order-receipt.js'
import { returnedKeys, returnUses } from './redeem-promotions.js'
import { countLines, wantedLinesSchema } from './wanted-lines.js'

/**
 * Cancels an order, or single units of it (F29), and gives their stock back in the same commit: units that wait for stock first, and what had goods goes to
 * whoever waits (F57); so does the capacity booked for it, or for lines of which nothing is left (M50). Without `lines` all that is open and that nobody is
 * picking. What has left is no longer canceled but returned or credited: asking for it is refused as `quantity_exceeded`.
 */
export const cancelOrder = defineCommand({
  name: 'orders.cancel',
  input: z.strictObject({
    order: orderIdSchema,
    lines: wantedLinesSchema.optional(),
    /** Why, as a code in a word of the host's own. */
    reason: wordSchema,
  }),
  idempotencyKey: 'required',
  touches: (input, seen) => {
    const order = seen.get(orderKind, input.order)
    return [
      { kind: orderKind.name, id: input.order },
      ...(order === undefined ? [] : reservedKeys(order, input.lines)),
      ...(order?.bookings === undefined ? [] : keysOfOrderBookings(order.bookings, seen)),
      ...(order?.promotions === undefined ? [] : returnedKeys(order)),
    ]
  },
  plan: (facts, input, { now, settings }) => {
    const work = workOn(facts)
    const order = work.find(orderKind, input.order)?.state
    if (order === undefined) return refuse('unknown_order', { order: input.order })
    const lines =
      input.lines === undefined
        ? ok(undefined)
        : countLines(
            input.lines,
            order.lines.map(({ id, unit }) => ({ line: id, unit })),
          )
    if (!lines.ok) return lines
    const decided = decideOrder(order, {
      type: 'CancelOrder',
      reason: input.reason,
      ...(lines.value !== undefined && { lines: lines.value }),
    })
    if (!decided.ok) return decided
    const canceled = work.append(orderKind, order.id, decided.value)
    freeStock(work, order, canceled, input.reason, now)
    if (order.status !== 'draft' && canceled.status === 'canceled') returnUses(work, order)
    releaseOrderBookings(work, order, canceled, input.reason, now)
    sendAboutOrder(work, settings, canceled, 'order_canceled', {
      reason: input.reason,
      ...(lines.value !== undefined && { lines: lines.value }),
    })
    const after = closeIfDone(work, settings, order.id)
    return ok(work.finish({ kind: orderKind.name, id: order.id }, orderReceipt(after)))
  },
})

const reservedKeys = (
  order: Order,
  wanted: readonly { readonly line: string }[] | undefined,
): readonly Key[] => {
  const named = wanted === undefined ? undefined : new Set(wanted.map(({ line }) => line))
  const levels = new Set<string>()
  const queues = new Set<string>()
  for (const line of order.status === 'draft' ? [] : order.lines) {
    if (openQuantity(line) === 0 || named?.has(line.id) === false) continue
    for (const { location, sku } of stockDemandOf(line, 1)) {
      const id = stockLevelId(location, sku)
      levels.add(id)
      if (lackingOf(line, sku) > 0) queues.add(id)
    }
  }
  return [
    ...[...levels].map((id) => ({ kind: stockKind.name, id })),
    ...[...queues].map((id) => ({ kind: backorderQueueKind.name, id })),
    ...(order.reservation === undefined ? [] : [{ kind: reservationKind.name, id: order.reservation }]),
  ]
}

const freeStock = (work: Work, before: Order, after: Order, reason: string, now: Instant): void => {
  if (before.status === 'draft') return
  const freed = before.lines.flatMap((line, index): readonly GivenBack[] => {
    const left = present(after.lines[index], 'an order that changes keeps its lines')
    const quantity = openQuantity(line) - openQuantity(left)
    if (quantity === 0) return []
    return stockDemandOf(line, quantity).map((demand) => ({
      ...demand,
      line: line.id,
      waiting: lackingOf(line, demand.sku) - lackingOf(left, demand.sku),
    }))
  })
  giveBack(work, freed, { kind: orderKind.name, id: before.id }, reason)
  if (freed.length > 0) finishReservation(work, after, 'canceled', now)
}
