import { describe, expect, it } from 'vitest'
import { stockedComponents } from '../../../src/core/catalog/kit.js'
import type { Component, Product } from '../../../src/core/catalog/product.js'
import { largestQuantity, quantitySchema } from '../../../src/core/catalog/quantity.js'
import type { Sku } from '../../../src/core/ids/ids.js'

const parts = (list: Readonly<Record<string, number>>): readonly Component[] =>
  Object.entries(list).map(([sku, quantity]) => ({ sku: sku as Sku, quantity }))

const product = (sku: string, more: Partial<Product> = {}): Product =>
  ({ sku, name: sku, status: 'active', unit: { code: 'C62', digits: 0 }, ...more }) as Product

const stocked = (kit: Product, ...others: readonly Product[]) =>
  stockedComponents(kit, { kitDepth: 2, componentsPerKit: 2 }, (sku) =>
    others.find((other) => other.sku === sku),
  )

describe('what a kit takes from stock', () => {
  it('F38 is each SKU once, of kits within it too, and nothing of what is not stocked', () => {
    const inner = product('INNER', { components: parts({ A: 2 }) })
    const kit = product('KIT', { components: parts({ INNER: 3, A: 1, CARD: 1 }) })
    expect(
      stocked(kit, inner, product('A', { tracking: 'lot' }), product('CARD', { stocked: false })),
    ).toEqual({
      ok: true,
      value: [{ sku: 'A', quantity: 7, tracking: 'lot' }],
    })
  })

  it('F38 is unknown where a part is, or is no longer sold', () => {
    const kit = product('KIT', { components: parts({ A: 1 }) })
    const refused = { ok: false, error: { code: 'unknown_sku', details: { sku: 'A', kit: 'KIT' } } }
    expect(stocked(kit)).toMatchObject(refused)
    expect(stocked(kit, product('A', { status: 'discontinued' }))).toMatchObject(refused)
  })

  it('F38 has limits of depth, of components and of quantity', () => {
    const [a, b, c] = [product('A'), product('B'), product('C')]
    const limitOf = (kit: Product, ...others: readonly Product[]) => {
      const refused = stocked(kit, ...others)
      return refused.ok ? undefined : [refused.error.code, refused.error.details['limit']]
    }
    const third = product('THIRD', { components: parts({ A: 1 }) })
    const second = product('SECOND', { components: parts({ THIRD: 1 }) })
    expect(limitOf(product('KIT', { components: parts({ SECOND: 1 }) }), second, third, a)).toEqual([
      'limit_exceeded',
      'kitDepth',
    ])
    expect(limitOf(product('KIT', { components: parts({ A: 1, B: 1, C: 1 }) }), a, b, c)).toEqual([
      'limit_exceeded',
      'componentsPerKit',
    ])
    const many = product('MANY', { components: parts({ A: largestQuantity }) })
    expect(limitOf(product('KIT', { components: parts({ MANY: 1, A: 1 }) }), many, a)).toEqual([
      'limit_exceeded',
      'quantity',
    ])
  })

  it('is the product itself taken as a kit of nothing where it has no components', () => {
    expect(stocked(product('A'))).toEqual({ ok: true, value: [] })
  })
})

describe('a quantity', () => {
  it.each([
    [0, 'quantity.min'],
    [1.5, 'quantity.integer'],
    ['0x10', 'type'],
    [1e21, 'quantity.max'],
  ])('is not %j: %s', (given, rule) => {
    expect(quantitySchema.safeParse(given).error?.issues[0]?.message).toBe(rule)
  })
})
