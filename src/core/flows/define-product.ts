import { z } from 'zod'
import { piece, type Unit } from '../catalog/quantity.js'
import { productKind, type ProductEvent } from '../catalog/product.js'
import { defineCommand } from '../command.js'
import { skuSchema } from '../ids/id-schema.js'
import { unitPriceSchema } from '../money/money-schema.js'
import type { UnitPrice } from '../money/unit-price.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { lineSchema } from '../text/text-schema.js'

const unitSchema = z.strictObject({
  code: z.string('type').regex(/^[A-Z0-9]{2,3}$/, 'unit.format'),
  digits: z.int('type').min(0, 'unit.digits').max(6, 'unit.digits'),
})

/** Defines what a SKU is, or brings its name and price up to date. The unit of a known SKU stays, since its stock is counted in it: another one is
 * refused as `invalid_state`. */
export const defineProduct = defineCommand({
  name: 'catalog.define',
  input: z.strictObject({
    sku: skuSchema,
    name: lineSchema(500),
    unit: unitSchema.optional(),
    price: unitPriceSchema.optional(),
  }),
  idempotencyKey: 'optional',
  touches: (input) => [{ kind: productKind.name, id: input.sku }],
  plan: (facts, input) => {
    const work = workOn(facts)
    const known = work.find(productKind, input.sku)?.state
    if (known?.status === 'discontinued')
      return refuse('invalid_state', { sku: input.sku, status: known.status })
    if (known !== undefined && input.unit !== undefined && !sameUnit(known.unit, input.unit)) {
      return refuse('invalid_state', { sku: input.sku, unit: known.unit })
    }
    const events: ProductEvent[] = []
    if (known === undefined) {
      events.push({
        type: 'ProductDefined',
        sku: input.sku,
        name: input.name,
        unit: input.unit ?? piece,
        ...(input.price !== undefined && { price: input.price }),
      })
    } else {
      if (known.name !== input.name) events.push({ type: 'ProductRenamed', name: input.name })
      if (input.price !== undefined && !samePrice(known.price, input.price)) {
        events.push({ type: 'ProductPriced', price: input.price })
      }
    }
    if (events.length > 0) work.append(productKind, input.sku, events)
    return ok(work.finish({ kind: productKind.name, id: input.sku }, { sku: input.sku }))
  },
})

const sameUnit = (one: Unit, other: Unit): boolean => one.code === other.code && one.digits === other.digits

const samePrice = (one: UnitPrice | undefined, other: UnitPrice): boolean =>
  one?.amount === other.amount && one.currency === other.currency && one.per === other.per
