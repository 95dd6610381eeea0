import { z } from 'zod'
import { contains, stockedComponents } from '../catalog/kit.js'
import { productKind, type Component, type Product } from '../catalog/product.js'
import { quantitySchema, toBaseUnits, type WrittenQuantity } from '../catalog/quantity.js'
import { skuSchema } from '../ids/id-schema.js'
import type { Sku } from '../ids/ids.js'
import { lockAll, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'

export const componentsSchema = z
  .array(z.strictObject({ sku: skuSchema, quantity: quantitySchema }))
  .min(1, 'components.min')
  .superRefine((components, context) =>
    noneTwice(
      components.map(({ sku }) => sku),
      'components.duplicate',
      context,
    ),
  )

export const substitutesSchema = z
  .array(skuSchema)
  .max(50, 'substitutes.max')
  .superRefine((skus, context) => noneTwice(skus, 'substitutes.duplicate', context))

const noneTwice = (skus: readonly Sku[], rule: string, context: z.RefinementCtx): void => {
  const seen = new Set<Sku>()
  for (const [index, sku] of skus.entries()) {
    if (seen.has(sku)) context.addIssue({ code: 'custom', message: rule, path: [index] })
    seen.add(sku)
  }
}

/** Product lookups of a plan that lock what they find, the components of a kit all at once. */
export const lockedProducts =
  (work: Work) =>
  (sku: Sku): Product | undefined => {
    const product = work.find(productKind, sku)?.state
    if (product?.components !== undefined) {
      const skus = product.components.map((component) => component.sku)
      lockAll(work, productKind.name, skus)
    }
    return product
  }

/**
 * The components of a kit in base units of each. All of them are defined, the kit is counted in whole pieces, and no kit contains itself, however
 * deep (F38).
 */
export const composeKit = (
  work: Work,
  settings: Settings,
  kit: Omit<Product, 'status' | 'components'>,
  wanted: readonly { readonly sku: Sku; readonly quantity: WrittenQuantity }[],
): Result<readonly Component[], Refusal> => {
  if (kit.unit.digits > 0) return broken(['unit', 'digits'], 'kit.pieces')
  if (kit.tracking !== undefined) return broken(['tracking'], 'kit.tracking')
  lockAll(
    work,
    productKind.name,
    wanted.map(({ sku }) => sku),
  )
  const productOf = lockedProducts(work)
  const components: Component[] = []
  for (const [index, { sku, quantity }] of wanted.entries()) {
    if (sku === kit.sku) return broken(['components', index, 'sku'], 'kit.cycle')
    const part = productOf(sku)
    if (part === undefined || part.status === 'discontinued') return refuse('unknown_sku', { sku })
    const baseUnits = toBaseUnits(quantity, part.unit)
    if (typeof baseUnits === 'string') return broken(['components', index, 'quantity'], baseUnits)
    components.push({ sku, quantity: baseUnits })
  }
  if (contains(components, kit.sku, productOf)) return broken(['components'], 'kit.cycle')
  const parts = stockedComponents({ ...kit, components, status: 'active' }, settings.limits, productOf)
  return parts.ok ? ok(components) : parts
}

const broken = (path: readonly (string | number)[], rule: string) =>
  refuse('validation_failed', { issues: [{ path, rule }] })
