import { describe, expect, it } from 'vitest'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { openPromiseShop, type PromiseShop } from '../../support/promise-shop.js'
import { newKey } from '../../support/shop.js'

/** A book that comes out in a month; five may be ordered ahead for a week. */
const open = async (): Promise<PromiseShop> => {
  const shop = openPromiseShop()
  const today = shop.clock.now().slice(0, 10)
  await shop.oms.orThrow.catalog.define({
    sku: 'BOOK',
    name: 'New book',
    price: { amount: '20.00', currency: 'EUR' },
  })
  await shop.oms.orThrow.inventory.openPreorder({
    sku: 'BOOK',
    limit: 5,
    until: today,
    expectedOn: '2099-01-01',
  })
  return shop
}

const place = ({ oms }: PromiseShop, quantity: number, more: object = {}) =>
  oms.orders.place({ channel: 'web', currency: 'EUR', lines: [{ sku: 'BOOK', quantity }], ...more }, newKey())

const books = (shop: PromiseShop) => shop.stored(stockKind, 'main/BOOK')

const receive = ({ oms }: PromiseShop, quantity: number) =>
  oms.orThrow.inventory.receive({ sku: 'BOOK', quantity }, newKey())

describe('a preorder', () => {
  it('F36 is sold before its first receipt up to the limit, with the day that is promised', async () => {
    const shop = await open()
    expect(await place(shop, 3)).toMatchObject({
      value: { waiting: [{ line: 'L1', sku: 'BOOK', quantity: 3, promisedOn: '2099-01-01' }] },
    })
    expect(await place(shop, 3)).toMatchObject({
      error: { code: 'out_of_stock', details: { shortages: [{ wanted: 3, available: 2 }] } },
    })
    expect(await books(shop)).toMatchObject({ onHand: 0, reserved: 3, backordered: 3 })
  })

  it('F36 ends with its last day', async () => {
    const shop = await open()
    shop.clock.advance(24 * 3_600_000)
    expect(await place(shop, 1)).toMatchObject({
      error: { code: 'out_of_stock', details: { shortages: [{ wanted: 1, available: 0 }] } },
    })
  })

  it('F36 F57 ends with the first goods, which go to those who ordered ahead; what is still owed stays owed', async () => {
    const shop = await open()
    const first = await place(shop, 3)
    const second = await place(shop, 2)
    if (!first.ok || !second.ok) throw new Error('not placed')
    await receive(shop, 4)
    expect(await books(shop)).toMatchObject({
      onHand: 4,
      reserved: 4,
      shorted: 1,
      backordered: 1,
      backorderAllowance: 0,
    })
    expect((await shop.stored(orderKind, first.value.order)).lines).toMatchObject([{ allocated: 3 }])
    expect((await shop.stored(orderKind, second.value.order)).lines).toMatchObject([{ allocated: 1 }])
    expect(await place(shop, 1)).toMatchObject({ error: { code: 'out_of_stock' } })
    await receive(shop, 2)
    expect(await books(shop)).toEqual({
      sku: 'BOOK',
      location: 'main',
      onHand: 6,
      reserved: 5,
      quarantined: 0,
      safetyStock: 0,
      backorderAllowance: 0,
      incoming: 0,
    })
    expect(await place(shop, 2)).toMatchObject({ error: { details: { shortages: [{ available: 1 }] } } })
    expect(await place(shop, 1)).toMatchObject({ ok: true })
  })

  it('frees what an order gives up, for others who order ahead', async () => {
    const shop = await open()
    const first = await place(shop, 5)
    if (!first.ok) throw new Error('not placed')
    await shop.oms.orThrow.orders.cancel(
      { order: first.value.order, lines: [{ line: 'L1', quantity: 2 }], reason: 'changed-mind' },
      newKey(),
    )
    expect(await place(shop, 3)).toMatchObject({ error: { details: { shortages: [{ available: 2 }] } } })
    expect(await place(shop, 2)).toMatchObject({ ok: true })
  })

  it('can be closed by hand and keeps its promises', async () => {
    const shop = await open()
    await place(shop, 2)
    await shop.oms.orThrow.inventory.closePreorder({ sku: 'BOOK' })
    expect(await books(shop)).toMatchObject({ reserved: 0, shorted: 2, backordered: 2 })
    expect(await place(shop, 1)).toMatchObject({ error: { code: 'out_of_stock' } })
    expect(await shop.oms.inventory.closePreorder({ sku: 'BOOK' })).toMatchObject({
      error: { code: 'invalid_state' },
    })
  })

  it('is for goods that nobody has seen yet, and never cut below what is promised', async () => {
    const shop = await open()
    await place(shop, 4)
    const days = { until: '2098-12-01', expectedOn: '2099-01-01' }
    expect(await shop.oms.inventory.openPreorder({ sku: 'BOOK', limit: 3, ...days })).toMatchObject({
      error: { code: 'stock_below_reserved' },
    })
    expect(await shop.oms.inventory.openPreorder({ sku: 'BOOK', limit: 9, ...days })).toMatchObject({
      ok: true,
    })
    await receive(shop, 9)
    expect(await shop.oms.inventory.openPreorder({ sku: 'BOOK', limit: 9, ...days })).toMatchObject({
      error: { code: 'invalid_state' },
    })
    expect(
      await shop.oms.inventory.openPreorder({
        sku: 'BOOK',
        limit: 1,
        until: '2099-02-01',
        expectedOn: '2099-01-01',
      }),
    ).toMatchObject({ error: { issues: [{ rule: 'range.order' }] } })
  })
})
