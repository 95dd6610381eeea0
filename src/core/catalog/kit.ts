import type { Sku } from '../ids/ids.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Component, Product } from './product.js'
import { largestQuantity } from './quantity.js'

export interface KitLimits {
  readonly kitDepth: number
  readonly componentsPerKit: number
}

/**
 * What one kit takes from stock: kits within it taken apart, each SKU once, and nothing of what is not stocked (F38). Refuses parts that are unknown
 * or no longer sold, and kits that are deeper or larger than the limits.
 */
export const stockedComponents = (
  kit: Product,
  limits: KitLimits,
  productOf: (sku: Sku) => Product | undefined,
): Result<readonly Component[], Refusal> => {
  const sums = new Map<Sku, number>()
  const add = (product: Product, times: number, depth: number): Refusal | undefined => {
    if (depth > limits.kitDepth)
      return refuse('limit_exceeded', { limit: 'kitDepth', most: limits.kitDepth, sku: kit.sku }).error
    for (const { sku, quantity } of product.components ?? []) {
      const part = productOf(sku)
      if (part === undefined || part.status === 'discontinued')
        return refuse('unknown_sku', { sku, kit: kit.sku }).error
      if (part.stocked === false) continue
      if (part.components !== undefined) {
        const refused = add(part, times * quantity, depth + 1)
        if (refused !== undefined) return refused
        continue
      }
      const sum = (sums.get(sku) ?? 0) + times * quantity
      if (sum > largestQuantity)
        return refuse('limit_exceeded', { limit: 'quantity', most: largestQuantity, sku }).error
      sums.set(sku, sum)
    }
    return sums.size > limits.componentsPerKit
      ? refuse('limit_exceeded', {
          limit: 'componentsPerKit',
          most: limits.componentsPerKit,
          sku: kit.sku,
        }).error
      : undefined
  }
  const refused = add(kit, 1, 1)
  if (refused !== undefined) return { ok: false, error: refused }
  return ok(
    [...sums].map(([sku, quantity]) => {
      const tracking = productOf(sku)?.tracking
      return tracking === undefined ? { sku, quantity } : { sku, quantity, tracking }
    }),
  )
}

/** Whether a kit of these components would contain `sku`, however deep. */
export const contains = (
  components: readonly Component[],
  sku: Sku,
  productOf: (sku: Sku) => Product | undefined,
): boolean =>
  components.some(
    (component) =>
      component.sku === sku || contains(productOf(component.sku)?.components ?? [], sku, productOf),
  )
