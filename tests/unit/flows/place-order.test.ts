import { describe, expect, it } from 'vitest'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { freshKey, openDesk, stockMugs } from '../../support/desk.js'
import { recordWrites } from '../../support/recorded-writes.js'
import { newKey, openShop, stock } from '../../support/shop.js'

const order = (more: object = {}) => ({
  channel: 'web',
  currency: 'EUR',
  lines: [{ sku: 'MUG', quantity: 2 }],
  ...more,
})

describe('placing an order', () => {
  it('F48 M31 M34 M36 reserves its stock in the commit that places it, and acknowledges receipt (M22)', async () => {
    const writes = recordWrites()
    const { clerk } = openDesk({ around: writes.around })
    await stockMugs(clerk)
    const before = writes.events.length
    const placed = await clerk.orThrow.orders.place(order(), freshKey())
    expect(placed).toMatchObject({ status: 'placed', total: { amount: '25.00', currency: 'EUR' } })
    expect(placed.number).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    expect(writes.events.slice(before).map(({ type }) => type)).toEqual([
      'OrderCaptured',
      'OrderPlaced',
      'StockReserved',
    ])
    expect(new Set(writes.events.slice(before).map(({ recordedAt }) => recordedAt)).size).toBe(1)
    expect(writes.messages.map(({ topic, about }) => [topic, about.id])).toEqual([
      ['order_received', placed.order],
    ])
  })

  it('M23 F53 ST6 reserves all lines or none, and names every shortage', async () => {
    const shop = openShop()
    const { oms } = shop
    await stock(oms, 'MUG', 1, '12.50')
    await stock(oms, 'CUP', 5, '3.00')
    await stock(oms, 'POT', 2, '9.00')
    const lines = [
      { sku: 'MUG', quantity: 2 },
      { sku: 'CUP', quantity: 5 },
      { sku: 'POT', quantity: 3 },
    ]
    expect(await oms.orders.place(order({ lines }), newKey())).toMatchObject({
      error: {
        code: 'out_of_stock',
        details: {
          shortages: [
            { sku: 'MUG', location: 'main', wanted: 2, available: 1, version: 2 },
            { sku: 'POT', location: 'main', wanted: 3, available: 2, version: 2 },
          ],
        },
      },
    })
    expect(await shop.stored(stockKind, 'main/CUP')).toMatchObject({ reserved: 0 })
  })

  it('ST12 refuses a SKU without stock at the location, instead of counting from zero', async () => {
    const { oms, storage } = openShop()
    await oms.orThrow.catalog.define({ sku: 'MUG', name: 'Mug', price: { amount: '1.00', currency: 'EUR' } })
    expect(await oms.orders.place(order(), newKey())).toMatchObject({
      error: { code: 'unknown_sku', details: { sku: 'MUG', location: 'main' } },
    })
    expect((await storage.find('main' as never, { kind: 'stock' })).items).toEqual([])
  })

  it('keeps what was agreed, whatever the catalog says later', async () => {
    const shop = openShop()
    const { oms } = shop
    await stock(oms, 'MUG', 10, '12.50')
    const placed = await oms.orThrow.orders.place(order(), newKey())
    await oms.orThrow.catalog.define({
      sku: 'MUG',
      name: 'Renamed',
      price: { amount: '99.00', currency: 'EUR' },
    })
    expect((await shop.stored(orderKind, placed.order)).lines).toMatchObject([
      { name: 'A MUG', unitPrice: { amount: '12.50' }, net: { amount: '25.00' } },
    ])
  })

  it('F17 M16 takes a channel’s reference once, and gives it to nobody when the order is refused', async () => {
    const { oms } = openShop()
    await stock(oms, 'MUG', 3, '12.50')
    const tooMany = order({ reference: 'W-1', lines: [{ sku: 'MUG', quantity: 4 }] })
    expect(await oms.orders.place(tooMany, newKey())).toMatchObject({ error: { code: 'out_of_stock' } })
    const placed = await oms.orThrow.orders.place(order({ reference: 'W-1' }), newKey())
    expect(await oms.orders.place(order({ reference: 'W-1' }), newKey())).toMatchObject({
      error: { code: 'order_exists', details: { order: placed.order } },
    })
    expect(
      await oms.orders.place(
        order({ channel: 'phone', reference: 'W-1', lines: [{ sku: 'MUG', quantity: 1 }] }),
        newKey(),
      ),
    ).toMatchObject({ ok: true })
  })

  it('refuses addresses that the customer does not have', async () => {
    const { oms } = openShop()
    await stock(oms, 'MUG', 10, '12.50')
    await oms.orThrow.parties.register(
      {
        id: 'C-1',
        roles: ['customer'],
        addresses: [
          { id: 'home', address: { name: 'Ada', street: 'Main 1', city: 'London', country: 'GB' } },
        ],
      },
      newKey(),
    )
    const ask = (more: object) => oms.orders.place(order({ customer: 'C-1', ...more }), newKey())
    expect(await ask({ shipTo: 'work' })).toMatchObject({
      error: { code: 'unknown_address', details: { address: 'work' } },
    })
    expect(await ask({ billTo: 'work' })).toMatchObject({ error: { code: 'unknown_address' } })
    expect(await ask({ shipTo: 'home', billTo: 'home' })).toMatchObject({ ok: true })
    expect(await oms.orders.place(order({ customer: 'C-9' }), newKey())).toMatchObject({
      error: { code: 'unknown_party' },
    })
    expect(await oms.orders.place(order({ shipTo: 'home' }), newKey())).toMatchObject({
      error: { code: 'unknown_address' },
    })
  })

  it('places a draft at the prices it was captured with, and only once', async () => {
    const shop = openShop()
    const { oms } = shop
    await stock(oms, 'MUG', 10, '12.50')
    const draft = await oms.orThrow.orders.capture(order(), newKey())
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ reserved: 0 })
    await oms.orThrow.catalog.define({ sku: 'MUG', name: 'Mug', price: { amount: '99.00', currency: 'EUR' } })
    const answers = await Promise.all([
      oms.orders.placeDraft({ order: draft.order }),
      oms.orders.placeDraft({ order: draft.order }),
    ])
    expect(answers).toMatchObject([
      { ok: true, value: { status: 'placed', total: { amount: '25.00' } } },
      { error: { code: 'invalid_state', details: { status: 'placed' } } },
    ])
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ reserved: 2 })
  })

  it('F12 explains what can be done with it next, over the public door', async () => {
    const { oms } = openShop()
    await stock(oms, 'MUG', 10, '12.50')
    const placed = await oms.orThrow.orders.place(order(), newKey())
    expect(await oms.orThrow.explain({ kind: 'order', id: placed.order })).toMatchObject({
      status: 'placed',
      allowed: ['orders.confirm', 'orders.cancel', 'orders.hold', 'invoices.billDeposit'],
    })
  })
})
