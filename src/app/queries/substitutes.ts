import { z } from 'zod'
import { locationIdSchema, skuSchema } from '../../core/ids/id-schema.js'
import type { Sku } from '../../core/ids/ids.js'
import { levelsOf, rankedSubstitutes, type Offer } from '../../core/flows/offer-substitutes.js'
import { promisable } from '../../core/inventory/reserve-stock.js'
import { stockKind, stockLevelId } from '../../core/inventory/stock-level.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { dateOf } from '../../core/time/local-date.js'
import { defineQuery } from '../query.js'
import { productsOf } from './availability.js'

/** What could be sold instead of a SKU and is available now at a location, best first (F68, M40). */
export const listSubstitutes = defineQuery({
  name: 'inventory.substitutes',
  input: z.strictObject({ sku: skuSchema, location: locationIdSchema.optional() }),
  run: async ({ sku, location }, context) => {
    const place = location ?? context.settings.defaultLocation
    const product = (await productsOf(context, [sku])).get(sku)
    if (product === undefined) return refuse('unknown_sku', { sku })
    const known = await productsOf(context, product.substitutes ?? [])
    const productOf = (wanted: Sku) => known.get(wanted)
    const ranked = (product.substitutes ?? []).flatMap((substitute) => known.get(substitute) ?? [])
    const { limits } = context.settings
    const ids = ranked.flatMap((substitute) => levelsOf(substitute, place, limits, productOf))
    const levels = await context.getAll(stockKind, [...new Set(ids)])
    const byId = new Map(levels.map(({ state }) => [stockLevelId(state.location, state.sku), state]))
    const today = dateOf(context.now())
    const substitutes = rankedSubstitutes(ranked, limits, productOf, (substitute) => {
      const level = byId.get(stockLevelId(place, substitute))
      return level === undefined ? 0 : promisable(level, { today })
    })
    return ok<{ readonly value: Offer }>({ value: { sku, location: place, substitutes } })
  },
})
