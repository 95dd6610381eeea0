import { z } from 'zod'
import { productKind } from '../catalog/product.js'
import { signedQuantitySchema, toBaseUnits } from '../catalog/quantity.js'
import { defineCommand } from '../command.js'
import { locationIdSchema, referenceSchema, skuSchema, wordSchema } from '../ids/id-schema.js'
import { goodsKeys, moveGoods } from '../inventory/move-goods.js'
import { incomingLotsSchema, readGoods, serialsSchema } from '../inventory/tracked-goods.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { dateOf } from '../time/local-date.js'
import { stockReceipt } from '../inventory/stock-receipt.js'
import {
  noPromises,
  promisesAt,
  shortageSchema,
  shortPromises,
  shortReceipt,
  type LevelPromises,
} from './short-stock.js'

/**
 * Corrects the count of a stock level by a signed quantity, with a reason (counted, damaged, lost). What is promised stays promised: a correction that
 * would leave less than is reserved is refused as `stock_below_reserved` (ST9). Goods that are told apart are named by lot or serial number (F37); what
 * a fulfillment has set aside is refused as `quantity_exceeded` or `serial_unavailable`. With `shortage: 'backorder'` refused as `changed_meanwhile` when
 * the level moved while it was looked up whose goods they are, and those are not found: try again.
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
    /** The document behind it: an incident, a count sheet. */
    document: referenceSchema.optional(),
    /** For a SKU tracked by lot: in which lots, above zero; they add up to the quantity without its sign. */
    lots: incomingLotsSchema.optional(),
    /** For a SKU tracked by serial number: which pieces were found, or are missing. */
    serials: serialsSchema.optional(),
    /** What to do when fewer are left than have been promised; refused when left out. */
    shortage: shortageSchema.optional(),
  }),
  idempotencyKey: 'required',
  gather: async (input, context): Promise<LevelPromises> =>
    input.shortage === 'backorder'
      ? promisesAt(context, stockLevelId(input.location ?? context.settings.defaultLocation, input.sku))
      : noPromises,
  touches: (input, _seen, { settings }) => [
    { kind: productKind.name, id: input.sku },
    { kind: stockKind.name, id: stockLevelId(input.location ?? settings.defaultLocation, input.sku) },
    ...goodsKeys({ sku: input.sku, location: input.location ?? settings.defaultLocation }, input),
  ],
  plan: (facts, input, { settings, now }, promises) => {
    const work = workOn(facts)
    const location = input.location ?? settings.defaultLocation
    const id = stockLevelId(location, input.sku)
    const product = work.find(productKind, input.sku)?.state
    if (product === undefined) return refuse('unknown_sku', { sku: input.sku })
    const quantity = toBaseUnits(input.quantity, product.unit)
    if (typeof quantity === 'string') {
      return refuse('validation_failed', { issues: [{ path: ['quantity'], rule: quantity }] })
    }
    const source = { kind: 'adjustment', id: input.document ?? 'unnamed' }
    const goods = readGoods(product, Math.abs(quantity), input, settings.limits.serialsPerCommand)
    if (!goods.ok) return goods
    const lost = { sku: input.sku, location, quantity: -quantity }
    const shorted =
      input.shortage === 'backorder' && quantity < 0
        ? shortPromises(work, lost, input.reason, promises, { settings, now })
        : ok([])
    if (!shorted.ok) return shorted
    const moved = moveGoods(
      work,
      product,
      { sku: input.sku, location, quantity },
      { type: 'AdjustStock', quantity, source, reason: input.reason },
      goods.value,
      { today: dateOf(now), limits: settings.limits },
    )
    if (!moved.ok) return moved
    const receipt = shortReceipt(stockReceipt(work, id, product.unit), shorted.value, product.unit)
    return ok(work.finish({ kind: stockKind.name, id }, receipt))
  },
})
