import { z } from 'zod'
import { hasStock, productKind } from '../catalog/product.js'
import { quantitySchema, toBaseUnits } from '../catalog/quantity.js'
import { defineCommand } from '../command.js'
import { locationIdSchema, skuSchema } from '../ids/id-schema.js'
import { move } from '../inventory/reserve-stock.js'
import { stockReceipt } from '../inventory/stock-receipt.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { localDateSchema } from '../time/time-schema.js'

/**
 * Sells a SKU before its first receipt (F36): up to `limit` units, through the day `until`, with a day that is promised to whoever orders ahead. The first
 * goods that come in end it and are given to those who ordered ahead, in their order, in the same commit. Refused as `invalid_state` when there are
 * goods or a backorder allowance already; asked again, it moves limit and days, and a limit below what is promised is refused as
 * `stock_below_reserved`.
 */
export const openPreorder = defineCommand({
  name: 'inventory.openPreorder',
  input: z
    .strictObject({
      sku: skuSchema,
      location: locationIdSchema.optional(),
      limit: quantitySchema,
      until: localDateSchema,
      expectedOn: localDateSchema,
    })
    .refine((input) => input.until <= input.expectedOn, { message: 'range.order', path: ['expectedOn'] }),
  idempotencyKey: 'optional',
  touches: (input, _seen, { settings }) => [
    { kind: productKind.name, id: input.sku },
    { kind: stockKind.name, id: stockLevelId(input.location ?? settings.defaultLocation, input.sku) },
  ],
  plan: (facts, input, { settings }) => {
    const work = workOn(facts)
    const { sku, until, expectedOn, location = settings.defaultLocation } = input
    const id = stockLevelId(location, sku)
    const product = work.find(productKind, sku)?.state
    if (product === undefined) return refuse('unknown_sku', { sku })
    if (!hasStock(product)) return refuse('not_stocked', { sku })
    const limit = toBaseUnits(input.limit, product.unit)
    if (typeof limit === 'string') {
      return refuse('validation_failed', { issues: [{ path: ['limit'], rule: limit }] })
    }
    if (work.find(stockKind, id) === undefined) {
      work.append(stockKind, id, [{ type: 'StockLevelOpened', sku, location }])
    }
    const opened = move(
      work,
      { sku, location, quantity: 0 },
      { type: 'OpenPreorder', limit, until, expectedOn },
    )
    if (!opened.ok) return opened
    return ok(work.finish({ kind: stockKind.name, id }, stockReceipt(work, id, product.unit)))
  },
})

/**
 * Ends a preorder before its goods have come in: nothing more can be ordered ahead, and what was promised stays promised. Refused as `invalid_state`
 * where there is none.
 */
export const closePreorder = defineCommand({
  name: 'inventory.closePreorder',
  input: z.strictObject({ sku: skuSchema, location: locationIdSchema.optional() }),
  idempotencyKey: 'optional',
  touches: (input, _seen, { settings }) => [
    { kind: productKind.name, id: input.sku },
    { kind: stockKind.name, id: stockLevelId(input.location ?? settings.defaultLocation, input.sku) },
  ],
  plan: (facts, input, { settings }) => {
    const work = workOn(facts)
    const { sku, location = settings.defaultLocation } = input
    const product = work.find(productKind, sku)?.state
    if (product === undefined) return refuse('unknown_sku', { sku })
    const closed = move(work, { sku, location, quantity: 0 }, { type: 'ClosePreorder' })
    if (!closed.ok) return closed
    const id = stockLevelId(location, sku)
    return ok(work.finish({ kind: stockKind.name, id }, stockReceipt(work, id, product.unit)))
  },
})
