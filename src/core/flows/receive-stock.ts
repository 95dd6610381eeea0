import { z } from 'zod'
import { quantitySchema, toBaseUnits } from '../catalog/quantity.js'
import { productKind } from '../catalog/product.js'
import { defineCommand } from '../command.js'
import { locationIdSchema, referenceSchema, skuSchema } from '../ids/id-schema.js'
import { move } from '../inventory/reserve-stock.js'
import { stockReceipt } from '../inventory/stock-receipt.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'

/** Books goods that came in. Opens the stock level of a defined SKU at a location on its first receipt. */
export const receiveStock = defineCommand({
  name: 'inventory.receive',
  input: z.strictObject({
    sku: skuSchema,
    location: locationIdSchema.optional(),
    quantity: quantitySchema,
    /** The delivery note or purchase order behind it. */
    document: referenceSchema.optional(),
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
    if (work.find(stockKind, id) === undefined) {
      work.append(stockKind, id, [{ type: 'StockLevelOpened', sku: input.sku, location }])
    }
    const source = { kind: 'receipt', id: input.document ?? 'unnamed' }
    const received = move(
      work,
      { sku: input.sku, location, quantity },
      { type: 'ReceiveStock', quantity, source },
    )
    if (!received.ok) return received
    return ok(work.finish({ kind: stockKind.name, id }, stockReceipt(work, id, product.unit)))
  },
})
