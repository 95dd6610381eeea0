import { beforeAll, expect, it } from 'vitest'
import type { Answer, OrderManagementFor } from 'orderwright'
import { chooseListed } from '../../../src/core/pricing/choose-listed.js'
import { largestQuantity } from '../../../src/core/catalog/quantity.js'
import { freshKey, openDesk, stockMugs } from '../../support/desk.js'

const price = { amount: '1.00', currency: 'EUR' } as const
let clerk: OrderManagementFor
beforeAll(async () => {
  ;({ clerk } = openDesk({
    settings: { limits: { quantityPerLine: largestQuantity, quantityPerOrder: largestQuantity } },
  }))
  await stockMugs(clerk)
  const { define, discontinue } = clerk.orThrow.catalog
  await define({ sku: 'GIFT', name: 'Gift' })
  await define({ sku: 'BOX', name: 'Box', price, components: [{ sku: 'MUG', quantity: 1_000 }] })
  await define({ sku: 'OLD', name: 'Old', price })
  await define({ sku: 'SET', name: 'Set', price, components: [{ sku: 'OLD', quantity: 1 }] })
  await discontinue({ sku: 'OLD' })
})

const place = (line: object): Promise<Answer<unknown>> =>
  clerk.orders.place({ channel: 'web', currency: 'EUR', lines: [line] } as never, freshKey())

it.each<readonly [string, object, string, object]>([
  ['what has no price', { sku: 'GIFT', quantity: 1 }, 'price_missing', { sku: 'GIFT' }],
  [
    'more of a kit than its parts can be counted for',
    { sku: 'BOX', quantity: largestQuantity },
    'limit_exceeded',
    { limit: 'quantity', most: largestQuantity, sku: 'MUG' },
  ],
  [
    'a discount in another currency',
    {
      sku: 'MUG',
      quantity: 1,
      adjustments: [{ kind: 'discount', amount: { amount: '1.00', currency: 'USD' }, reason: 'goodwill' }],
    },
    'currency_mismatch',
    { sku: 'MUG', expected: 'EUR', got: 'USD' },
  ],
])('an order is refused for %s', async (_what, line, code, details) => {
  expect(await place(line)).toMatchObject({ ok: false, error: { code, details } })
})

it('a price on a list that is not there is no price', () => {
  const question = {
    currency: 'EUR',
    channel: 'web',
    on: '2026-03-01',
    quantity: 1,
    unit: { code: 'C62', digits: 0 },
  }
  expect(
    chooseListed({ prices: [{ list: 'gone', tiers: [] }] } as never, () => undefined, question as never)
      .chosen,
  ).toBeUndefined()
})
