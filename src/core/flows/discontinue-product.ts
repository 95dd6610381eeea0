import { z } from 'zod'
import { discontinue } from '../catalog/product-decider.js'
import { productKind } from '../catalog/product.js'
import { defineCommand } from '../command.js'
import { skuSchema } from '../ids/id-schema.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'

/** Takes a product off sale. What was ordered of it is delivered; new orders and holds of it are refused as `unknown_sku`. */
export const discontinueProduct = defineCommand({
  name: 'catalog.discontinue',
  input: z.strictObject({ sku: skuSchema }),
  idempotencyKey: 'optional',
  touches: (input) => [{ kind: productKind.name, id: input.sku }],
  plan: (facts, input) => {
    const work = workOn(facts)
    const product = work.find(productKind, input.sku)?.state
    if (product === undefined) return refuse('unknown_sku', { sku: input.sku })
    const decided = discontinue(product)
    if (!decided.ok) return decided
    const { sku, status } = work.append(productKind, input.sku, decided.value)
    return ok(work.finish({ kind: productKind.name, id: input.sku }, { sku, status }))
  },
})
