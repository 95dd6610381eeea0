import { describe, expect, it } from 'vitest'
import { skuSchema } from '../../../src/core/ids/id-schema.js'
import { compareKeys } from '../../../src/core/ids/key.js'

describe('the order of keys', () => {
  it('is that of kinds, then of ids, and knows a key that is twice there', () => {
    const keys = ['stock/b', 'order/c', 'stock/a', 'order/c'].map((name) => {
      const [kind = '', id = ''] = name.split('/')
      return { kind, id }
    })
    expect(keys.toSorted(compareKeys).map(({ kind, id }) => `${kind}/${id}`)).toEqual([
      'order/c',
      'order/c',
      'stock/a',
      'stock/b',
    ])
    expect(compareKeys({ kind: 'order', id: 'c' }, { kind: 'order', id: 'c' })).toBe(0)
  })
})

describe('a SKU', () => {
  it.each([
    ['', 'id.length'],
    ['x'.repeat(201), 'id.length'],
    [' A', 'id.format'],
    ['\u0430dmin', 'id.charset'],
    [7, 'type'],
  ])('is not %j: %s', (given, rule) => {
    expect(skuSchema.safeParse(given)).toMatchObject({
      success: false,
      error: { issues: [{ message: rule }] },
    })
  })
})
