import { z } from 'zod'
import { locationIdSchema, orderIdSchema, serialNumberSchema, skuSchema } from '../../core/ids/id-schema.js'
import { serialId, serialKey, serialKind, type Serial } from '../../core/inventory/serial.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { shipmentKind, type Shipment } from '../../core/shipping/shipment.js'
import { serialLifecycle } from '../../state-machines/serial.machine.js'
import { defineQuery } from '../query.js'
import { listOf, pageOf, pageShape, whereOf } from './page.js'
import { timelineEntry, type TimelineEntry } from './timeline-entry.js'

/** One piece: where it is now, who has it or with what it left, and how it came to that. */
export interface SerialHistory extends Serial {
  /** How the shipment fares that it left with: a lost parcel is a lost piece. */
  readonly shipmentStatus?: Shipment['status']
  /** Everything that happened to it, oldest first. */
  readonly history: readonly TimelineEntry[]
}

/** One piece with its whole life: received, set aside, shipped, come back (F37). */
export const getSerial = defineQuery({
  name: 'inventory.serial',
  input: z.strictObject({ sku: skuSchema, serial: serialNumberSchema }),
  run: async ({ sku, serial }, context) => {
    const found = await context.get(serialKind, serialId(sku, serial))
    if (found === undefined) return refuse('unknown_serial', { sku, serial })
    const { shipment } = found.state
    const left = shipment === undefined ? undefined : await context.get(shipmentKind, shipment.shipment)
    const history: TimelineEntry[] = []
    for await (const event of context.history(serialKey(sku, serial))) history.push(timelineEntry(event))
    const value: SerialHistory = {
      ...found.state,
      ...(left !== undefined && { shipmentStatus: left.state.status }),
      history,
    }
    return ok({ value, version: found.version })
  },
})

/** Pieces of a SKU, at a location, in a status, or those that left with an order and have not come back. */
export const listSerials = defineQuery({
  name: 'inventory.serials',
  input: z.strictObject({
    sku: skuSchema.optional(),
    location: locationIdSchema.optional(),
    order: orderIdSchema.optional(),
    status: z.enum(serialLifecycle.states).optional(),
    ...pageShape,
  }),
  run: async (input, context) => {
    const { sku, location, order, status } = input
    const page = await context.list(serialKind, {
      where: whereOf({ sku, location, order, status }),
      ...pageOf(input),
    })
    return ok({ value: listOf(page, ({ state }): Serial => state) })
  },
})
