import { beforeEach, describe, expect, it } from 'vitest'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { newKey, openShop, stock, type Shop } from '../../support/shop.js'

let shop: Shop
beforeEach(async () => {
  shop = openShop()
  await stock(shop.oms, 'MUG', 10, '12.50')
})

const keepBack = (kept: object) => shop.oms.inventory.configure({ sku: 'MUG', keepBack: kept })
const kept = async () => (await shop.stored(stockKind, 'main/MUG')).keepBack

describe('goods kept back', () => {
  it('F39 for classes of customers leave those of channels as they are, and the other way round', async () => {
    const channels = [{ channel: 'web', quantity: 2 }]
    const customerClasses = [{ customerClass: 'gold', quantity: 3 }]
    expect(await keepBack({ customerClasses })).toMatchObject({ ok: true })
    expect(await kept()).toEqual({ channels: [], customerClasses })
    expect(await keepBack({ channels })).toMatchObject({ ok: true })
    expect(await kept()).toEqual({ channels, customerClasses })
  })

  it.each([
    ['channels', [{ channel: 'web', quantity: '0.5' }]],
    ['customerClasses', [{ customerClass: 'gold', quantity: '0.5' }]],
  ])('are pieces: refuses a text as their number for %s', async (list, entries) => {
    expect(await keepBack({ [list]: entries })).toMatchObject({
      error: {
        code: 'validation_failed',
        issues: [{ path: ['keepBack', list, 0, 'quantity'], rule: 'type' }],
      },
    })
    expect(await kept()).toBeUndefined()
  })
})

describe('a stock level that nothing was ever received for', () => {
  it.each([
    [
      'a reorder rule',
      () => shop.oms.inventory.configureReorder({ sku: 'MUG', location: 'north', point: 5, upTo: 20 }),
    ],
    [
      'goods that are expected',
      () =>
        shop.oms.inventory.expect(
          { id: 'E-1', sku: 'MUG', location: 'north', quantity: 5, expectedOn: '2026-04-01' },
          newKey(),
        ),
    ],
  ])('is opened by %s', async (_what, send) => {
    expect(await send()).toMatchObject({ ok: true })
    expect(await shop.stored(stockKind, 'north/MUG')).toMatchObject({
      sku: 'MUG',
      location: 'north',
      onHand: 0,
    })
  })

  it('F57 is not sold ahead where it is a service that has no stock', async () => {
    await shop.oms.orThrow.catalog.define({
      sku: 'VISIT',
      name: 'Visit',
      price: { amount: '80.00', currency: 'EUR' },
      stocked: false,
    })
    expect(
      await shop.oms.inventory.openPreorder({
        sku: 'VISIT',
        limit: 1,
        until: '2026-12-31',
        expectedOn: '2027-01-15',
      }),
    ).toMatchObject({ error: { code: 'not_stocked', details: { sku: 'VISIT' } } })
  })
})

it('withdraws from a price list what was never on it, and changes nothing by that', async () => {
  const list = (more: object) =>
    shop.oms.prices.defineList({ list: 'trade', name: 'Trade', currency: 'EUR', ...more })
  expect(await list({ withdraw: ['MUG'] })).toMatchObject({ ok: true })
  await list({ items: [{ sku: 'MUG', price: { amount: '10.00', currency: 'EUR' } }] })
  expect(await list({ withdraw: ['MUG'] })).toMatchObject({ ok: true })
})
