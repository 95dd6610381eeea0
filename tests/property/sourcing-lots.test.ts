import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stockKind } from '../../src/core/inventory/stock-level.js'
import { cities, openLocations, order } from '../support/locations.js'
import { newKey, openShop } from '../support/shop.js'

const places = ['berlin', 'vienna'] as const
const days = ['2026-03-01', '2026-03-05', '2026-03-10', '2026-03-20'] as const

const lots = fc.array(
  fc.record({
    location: fc.constantFrom(...places),
    quantity: fc.integer({ min: 1, max: 4 }),
    expiresOn: fc.constantFrom(...days),
  }),
  { minLength: 1, maxLength: 6 },
)

const orders = fc.array(
  fc.record({ quantity: fc.integer({ min: 1, max: 4 }), requestedOn: fc.constantFrom(...days) }),
  { minLength: 1, maxLength: 6 },
)

describe('what is promised of goods that expire', () => {
  it('F37, ST5 never exceeds what may still leave on the wanted day, and is refused only when that is too little', async () => {
    await fc.assert(
      fc.asyncProperty(lots, orders, async (received, wanted) => {
        const shop = openShop()
        const { orThrow } = shop.oms
        await openLocations(shop.oms, { berlin: {}, vienna: {} })
        await orThrow.catalog.define({
          sku: 'salve',
          name: 'Salve',
          price: { amount: '8.00', currency: 'EUR' },
          tracking: 'lot',
          shelfLife: { minimumDaysAtShipping: 0 },
        })
        for (const [index, { location, quantity, expiresOn }] of received.entries()) {
          await orThrow.inventory.receive(
            { sku: 'salve', location, quantity, lots: [{ lot: `L${index}`, quantity, expiresOn }] },
            newKey(),
          )
        }
        const fresh = (location: string, day: string): number =>
          received.reduce(
            (sum, lot) => (lot.location === location && lot.expiresOn >= day ? sum + lot.quantity : sum),
            0,
          )
        const reservedAt = async (location: string): Promise<number> =>
          received.some((lot) => lot.location === location)
            ? (await shop.stored(stockKind, `${location}/salve`)).reserved
            : 0
        for (const { quantity, requestedOn } of wanted) {
          let left = 0
          for (const place of places)
            left += Math.max(0, fresh(place, requestedOn) - (await reservedAt(place)))
          const answer = await shop.oms.orders.place(
            order(
              [{ sku: 'salve', quantity }],
              { by: { name: 'near', strategy: 'nearest' }, to: { coordinates: cities.munich } },
              { delivery: { method: 'standard', requestedOn }, whenShort: 'refuse' },
            ),
            newKey(),
          )
          strictEqual(answer.ok ? 'ok' : answer.error.code, quantity <= left ? 'ok' : 'out_of_stock')
          if (!answer.ok) continue
          const { lines } = await orThrow.orders.get({ order: answer.value.order })
          for (const { location } of lines)
            expect(await reservedAt(location)).toBeLessThanOrEqual(fresh(location, requestedOn))
        }
      }),
      { numRuns: 40 },
    )
  })
})
