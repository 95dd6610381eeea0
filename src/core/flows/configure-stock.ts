import { z } from 'zod'
import { productKind } from '../catalog/product.js'
import { nonNegativeQuantitySchema, toBaseUnits } from '../catalog/quantity.js'
import { defineCommand } from '../command.js'
import { locationIdSchema, skuSchema } from '../ids/id-schema.js'
import { move } from '../inventory/reserve-stock.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { stockReceipt } from '../inventory/stock-receipt.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'

/**
 * Says how much of a stock level is kept back (M43) and how much may be promised beyond it (F35); what is left out stays. Opens the level of a defined
 * SKU, so that it can be sold before its first receipt. A lower allowance that would not cover what is reserved is refused (ST9).
 */
export const configureStock = defineCommand({
  name: 'inventory.configure',
  input: z
    .strictObject({
      sku: skuSchema,
      location: locationIdSchema.optional(),
      safetyStock: nonNegativeQuantitySchema.optional(),
      backorderAllowance: nonNegativeQuantitySchema.optional(),
    })
    .refine(
      (input) => input.safetyStock !== undefined || input.backorderAllowance !== undefined,
      'change.empty',
    ),
  idempotencyKey: 'optional',
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
    const level =
      work.find(stockKind, id)?.state ??
      work.append(stockKind, id, [{ type: 'StockLevelOpened', sku: input.sku, location }])
    const configured = { safetyStock: level.safetyStock, backorderAllowance: level.backorderAllowance }
    for (const name of ['safetyStock', 'backorderAllowance'] as const) {
      const wanted = input[name]
      if (wanted === undefined) continue
      const baseUnits = toBaseUnits(wanted, product.unit)
      if (typeof baseUnits === 'string') {
        return refuse('validation_failed', { issues: [{ path: [name], rule: baseUnits }] })
      }
      configured[name] = baseUnits
    }
    const moved = move(
      work,
      { sku: input.sku, location, quantity: 0 },
      { type: 'ConfigureStock', ...configured },
    )
    if (!moved.ok) return moved
    return ok(work.finish({ kind: stockKind.name, id }, stockReceipt(work, id, product.unit)))
  },
})
