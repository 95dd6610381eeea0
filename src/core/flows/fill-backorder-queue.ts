import { z } from 'zod'
import { defineCommand } from '../command.js'
import { locationIdSchema, skuSchema } from '../ids/id-schema.js'
import { backorderQueueKind } from '../inventory/backorder-queue.js'
import { fillBackorders } from '../inventory/fill-backorders.js'
import { fillableOf } from '../inventory/promised-stock.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'

/**
 * Goes on filling the queue of a level where one commit could not fill all of it (F57). `sweep` calls it; a host need not. Answers how many promises it
 * served and whether goods are left for more; nothing to do is no refusal, so any number may run at once.
 */
export const fillBackorderQueue = defineCommand({
  name: 'inventory.fillBackorders',
  input: z.strictObject({ sku: skuSchema, location: locationIdSchema.optional() }),
  idempotencyKey: 'optional',
  touches: (input, _seen, { settings }) => {
    const id = stockLevelId(input.location ?? settings.defaultLocation, input.sku)
    return [
      { kind: stockKind.name, id },
      { kind: backorderQueueKind.name, id },
    ]
  },
  plan: (facts, input, { settings }) => {
    const work = workOn(facts)
    const location = input.location ?? settings.defaultLocation
    const id = stockLevelId(location, input.sku)
    if (work.find(stockKind, id) === undefined) return refuse('unknown_sku', { sku: input.sku, location })
    const filled = fillBackorders(work, [id])
    const level = work.find(stockKind, id)?.state
    const more = level !== undefined && fillableOf(level) > 0
    return ok(work.finish({ kind: stockKind.name, id }, { filled, more }))
  },
})
