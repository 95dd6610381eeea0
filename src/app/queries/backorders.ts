import { z } from 'zod'
import { writeQuantity, type WrittenQuantity } from '../../core/catalog/quantity.js'
import { locationIdSchema, skuSchema } from '../../core/ids/id-schema.js'
import type { LineId, OrderId, ReservationId } from '../../core/ids/ids.js'
import {
  backorderQueueKind,
  inServingOrder,
  type WaitingPromise,
} from '../../core/inventory/backorder-queue.js'
import { stockKind, stockLevelId } from '../../core/inventory/stock-level.js'
import { orderKind } from '../../core/orders/order.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import type { Instant } from '../../core/time/instant.js'
import { defineQuery } from '../query.js'
import { unitsOf } from './units.js'

/** Somebody who waits for goods of a level: an order's line or a hold. */
export interface WaitingView {
  readonly order?: OrderId
  readonly line?: LineId
  readonly reservation?: ReservationId
  readonly quantity: WrittenQuantity
  readonly since: Instant
  readonly priority?: number
}

/** Who waits for the goods of a level, in the order in which they will be served (F57). */
export const listBackorders = defineQuery({
  name: 'inventory.backorders',
  input: z.strictObject({ sku: skuSchema, location: locationIdSchema.optional() }),
  run: async ({ sku, location }, context) => {
    const place = location ?? context.settings.defaultLocation
    const id = stockLevelId(place, sku)
    const level = await context.get(stockKind, id)
    if (level === undefined) return refuse('unknown_sku', { sku, location: place })
    const queue = await context.get(backorderQueueKind, id)
    const unit = (await unitsOf(context, [sku]))(sku)
    const view = ({ source, line, quantity, since, priority }: WaitingPromise): WaitingView => ({
      ...(source.kind === orderKind.name
        ? { order: source.id as OrderId }
        : { reservation: source.id as ReservationId }),
      ...(line !== undefined && { line }),
      quantity: writeQuantity(quantity, unit),
      since,
      ...(priority !== undefined && { priority }),
    })
    return ok({
      value: {
        sku,
        location: place,
        unit: unit.code,
        backordered: writeQuantity(level.state.backordered ?? 0, unit),
        waiting: inServingOrder(queue?.state.promises ?? []).map(view),
      },
      version: level.version,
    })
  },
})
