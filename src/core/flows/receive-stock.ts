import { z } from 'zod'
import { quantitySchema, toBaseUnits } from '../catalog/quantity.js'
import { hasStock, productKind } from '../catalog/product.js'
import { defineCommand } from '../command.js'
import { expectedReceiptIdSchema, locationIdSchema, referenceSchema, skuSchema } from '../ids/id-schema.js'
import { goodsKeys, moveGoods } from '../inventory/move-goods.js'
import { incomingLotsSchema, readGoods, serialsSchema } from '../inventory/tracked-goods.js'
import { stockReceipt } from '../inventory/stock-receipt.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { expectedReceiptKind } from '../replenishment/expected-receipt.js'
import { dateOf } from '../time/local-date.js'
import { receiveExpected } from './receive-expected.js'
import { tellAtEnd, whoWaits } from './tell-who-waits.js'

/**
 * Books goods that came in. Opens the stock level of a defined SKU at a location on its first receipt.
 *
 * Goods that are told apart are named (F37): lots with their expiry dates, or every serial number. Goods that came in expired, or with less shelf life
 * than the product must have, are on hand but go straight into quarantine, so that they can be sent back and are never sold. Refused as
 * `validation_failed` when lots or numbers do not add up to the quantity, `lot_conflict` when a lot is known here with another expiry date, and
 * `serial_unavailable` when a piece is in stock already (ST14).
 */
export const receiveStock = defineCommand({
  name: 'inventory.receive',
  input: z.strictObject({
    sku: skuSchema,
    location: locationIdSchema.optional(),
    quantity: quantitySchema,
    /** The delivery note or purchase order behind it. */
    document: referenceSchema.optional(),
    /** What it was expected as (`inventory.expect`): books against it, so that it is no longer incoming. */
    expected: expectedReceiptIdSchema.optional(),
    /** For a SKU tracked by lot, and only there: the lots, which add up to the quantity. */
    lots: incomingLotsSchema.optional(),
    /** For a SKU tracked by serial number, and only there: as many numbers as pieces. */
    serials: serialsSchema.optional(),
  }),
  idempotencyKey: 'required',
  gather: (input, context) =>
    whoWaits(context, stockLevelId(input.location ?? context.settings.defaultLocation, input.sku)),
  touches: (input, _seen, { settings }, waiting) => [
    { kind: productKind.name, id: input.sku },
    { kind: stockKind.name, id: stockLevelId(input.location ?? settings.defaultLocation, input.sku) },
    ...goodsKeys({ sku: input.sku, location: input.location ?? settings.defaultLocation }, input),
    ...(input.expected === undefined ? [] : [{ kind: expectedReceiptKind.name, id: input.expected }]),
    ...waiting,
  ],
  plan: (facts, input, { settings, now }, waiting) => {
    const work = workOn(facts)
    const location = input.location ?? settings.defaultLocation
    const id = stockLevelId(location, input.sku)
    const product = work.find(productKind, input.sku)?.state
    if (product === undefined) return refuse('unknown_sku', { sku: input.sku })
    if (!hasStock(product)) return refuse('not_stocked', { sku: input.sku })
    const quantity = toBaseUnits(input.quantity, product.unit)
    if (typeof quantity === 'string') {
      return refuse('validation_failed', { issues: [{ path: ['quantity'], rule: quantity }] })
    }
    if (work.find(stockKind, id) === undefined) {
      work.append(stockKind, id, [{ type: 'StockLevelOpened', sku: input.sku, location }])
    }
    const source = { kind: 'receipt', id: input.document ?? 'unnamed' }
    const goods = readGoods(product, quantity, input, settings.limits.serialsPerCommand)
    if (!goods.ok) return goods
    if (input.expected !== undefined) {
      const expected = receiveExpected(work, input.expected, { sku: input.sku, location, quantity })
      if (!expected.ok) return expected
    }
    tellAtEnd(work, id, waiting)
    const received = moveGoods(
      work,
      product,
      { sku: input.sku, location, quantity },
      { type: 'ReceiveStock', quantity, source },
      goods.value,
      { today: dateOf(now), limits: settings.limits },
    )
    if (!received.ok) return received
    return ok(work.finish({ kind: stockKind.name, id }, stockReceipt(work, id, product.unit)))
  },
})
