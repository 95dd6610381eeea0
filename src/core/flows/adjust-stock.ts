import { z } from 'zod'
import { productKind } from '../catalog/product.js'
import { signedQuantitySchema, toBaseUnits } from '../catalog/quantity.js'
import { defineCommand } from '../command.js'
import { locationIdSchema, skuSchema, wordSchema } from '../ids/id-schema.js'
import { move } from '../inventory/reserve-stock.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { stockReceipt } from '../inventory/stock-receipt.js'

/**
 * Corrects the count of a stock level by a signed quantity, with a reason (counted, damaged, lost). What is promised stays promised: a correction that
 * would leave less than is reserved is refused as `stock_below_reserved` (ST9).
 */
export const adjustStock = defineCommand({
  name: 'inventory.adjust',
  input: z.strictObject({
    sku: skuSchema,
    location: locationIdSchema.optional(),
    /** Above zero for more, below zero for less: `-3`, or `"-0.25"` for units with decimals. */
    quantity: signedQuantitySchema,
    /** Why, as a code in a word of the host's own. */
    reason: wordSchema,
  }),
  idempotencyKey: 'required',
  touches: (input, _seen, { settings }) => [
    { kind: productKind.name, id: input.sku },
    { kind: stockKind.name, id: stockLevelId(input.location ?? settings.defaultLocation, input.sku) },
  ],
  plan: (facts, input, { settings }) => {
    const work = workOn(facts)
    const location = input.location ?? settings.defaultLocation
    const id = stockLevelId(location, input.sku)
    const product = work.find(productKind, input.sku)?.state
    if (product === undefined) return refuse('unknown_sku', { sku: input.sku })
    const quantity = toBaseUnits(input.quantity, product.unit)
    if (typeof quantity === 'string') {
      return refuse('validation_failed', { issues: [{ path: ['quantity'], rule: quantity }] })
    }
    const moved = move(
      work,
      { sku: input.sku, location, quantity },
      { type: 'AdjustStock', quantity, reason: input.reason },
    )
    if (!moved.ok) return moved
    return ok(work.finish({ kind: stockKind.name, id }, stockReceipt(work, id, product.unit)))
  },
})
