import { describe, expect, it } from 'vitest'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { confirmed, newKey, openShop, stock } from '../../support/shop.js'

describe('adjusting stock', () => {
  it('F42 counts up and down, with a reason', async () => {
    const shop = openShop()
    const { oms, storage } = shop
    await stock(oms, 'MUG', 10, '12.50')
    expect(
      await oms.orThrow.inventory.adjust({ sku: 'MUG', quantity: -3, reason: 'damaged' }, newKey()),
    ).toEqual({ sku: 'MUG', location: 'main', onHand: 7, reserved: 0, available: 7 })
    await oms.orThrow.inventory.adjust({ sku: 'MUG', quantity: 1, reason: 'counted' }, newKey())
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ onHand: 8 })
    const source = { kind: 'adjustment', id: 'unnamed' }
    const movements: unknown[] = []
    for await (const event of storage.history('main' as never, { kind: 'stock', id: 'main/MUG' }, 2)) {
      movements.push((JSON.parse(event.body) as { event: unknown }).event)
    }
    expect(movements).toEqual([
      { type: 'StockAdjusted', quantity: -3, source, reason: 'damaged' },
      { type: 'StockAdjusted', quantity: 1, source, reason: 'counted' },
    ])
  })

  it('ST9 leaves what is promised alone', async () => {
    const shop = openShop()
    const { oms } = shop
    await stock(oms, 'MUG', 10, '12.50')
    await confirmed(oms, [{ sku: 'MUG', quantity: 8 }])
    expect(await oms.inventory.adjust({ sku: 'MUG', quantity: -3, reason: 'lost' }, newKey())).toMatchObject({
      error: { code: 'stock_below_reserved', status: 409, details: { reserved: 8, onHand: 10 } },
    })
    expect(await oms.inventory.adjust({ sku: 'MUG', quantity: -11, reason: 'lost' }, newKey())).toMatchObject(
      {
        error: { code: 'quantity_exceeded', details: { wanted: 11, limit: 10 } },
      },
    )
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ onHand: 10, reserved: 8 })
  })

  it('counts in the unit of the product', async () => {
    const { oms } = openShop()
    await oms.orThrow.catalog.define({ sku: 'TEA', name: 'Tea', unit: { code: 'KGM', digits: 3 } })
    await oms.orThrow.inventory.receive({ sku: 'TEA', quantity: '2.5' }, newKey())
    expect(
      await oms.orThrow.inventory.adjust({ sku: 'TEA', quantity: '-0.75', reason: 'damaged' }, newKey()),
    ).toMatchObject({ onHand: '1.75', available: '1.75' })
    expect(
      await oms.inventory.adjust({ sku: 'TEA', quantity: '-0.0005', reason: 'damaged' }, newKey()),
    ).toMatchObject({ error: { issues: [{ path: ['quantity'], rule: 'quantity.precision' }] } })
  })

  it('refuses a change of nothing, and stock that was never opened (ST12)', async () => {
    const { oms } = openShop()
    await stock(oms, 'MUG', 10, '12.50')
    expect(await oms.inventory.adjust({ sku: 'MUG', quantity: 0, reason: 'x' }, newKey())).toMatchObject({
      error: { issues: [{ path: ['quantity'], rule: 'quantity.zero' }] },
    })
    const elsewhere = { sku: 'MUG', location: 'north', quantity: 1, reason: 'x' }
    expect(await oms.inventory.adjust(elsewhere, newKey())).toMatchObject({
      error: { code: 'unknown_sku', details: { location: 'north' } },
    })
    expect(await oms.inventory.adjust({ sku: 'NONE', quantity: 1, reason: 'x' }, newKey())).toMatchObject({
      error: { code: 'unknown_sku' },
    })
  })
})

describe('configuring stock', () => {
  it('F67 M43 keeps the safety stock out of what can be promised', async () => {
    const { oms } = openShop()
    await stock(oms, 'MUG', 10, '12.50')
    expect(await oms.orThrow.inventory.configure({ sku: 'MUG', safetyStock: 4 })).toMatchObject({
      onHand: 10,
      available: 6,
    })
    expect(
      await oms.orders.place(
        { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 7 }] },
        newKey(),
      ),
    ).toMatchObject({ error: { code: 'out_of_stock', details: { shortages: [{ available: 6 }] } } })
  })

  it('F35 promises beyond what is there up to the allowance, and no further', async () => {
    const { oms } = openShop()
    await oms.orThrow.catalog.define({
      sku: 'SOON',
      name: 'Soon',
      price: { amount: '9.00', currency: 'EUR' },
    })
    expect(await oms.orThrow.inventory.configure({ sku: 'SOON', backorderAllowance: 5 })).toMatchObject({
      onHand: 0,
      available: 5,
    })
    const place = (quantity: number) =>
      oms.orders.place({ channel: 'web', currency: 'EUR', lines: [{ sku: 'SOON', quantity }] }, newKey())
    expect(await place(5)).toMatchObject({ ok: true })
    expect(await place(1)).toMatchObject({ error: { code: 'out_of_stock' } })
    expect(await oms.inventory.configure({ sku: 'SOON', backorderAllowance: 4 })).toMatchObject({
      error: { code: 'stock_below_reserved' },
    })
  })

  it('keeps what is left out, and refuses an empty change and less than zero', async () => {
    const shop = openShop()
    const { oms } = shop
    await stock(oms, 'MUG', 10, '12.50')
    await oms.orThrow.inventory.configure({ sku: 'MUG', safetyStock: 4 })
    await oms.orThrow.inventory.configure({ sku: 'MUG', backorderAllowance: 2 })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ safetyStock: 4, backorderAllowance: 2 })
    await oms.orThrow.inventory.configure({ sku: 'MUG', safetyStock: 0 })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ safetyStock: 0, backorderAllowance: 2 })
    expect(await oms.inventory.configure({ sku: 'MUG' })).toMatchObject({
      error: { issues: [{ rule: 'change.empty' }] },
    })
    expect(await oms.inventory.configure({ sku: 'MUG', safetyStock: -1 })).toMatchObject({
      error: { issues: [{ path: ['safetyStock'], rule: 'quantity.negative' }] },
    })
    expect(await oms.inventory.configure({ sku: 'MUG', safetyStock: '1.5' })).toMatchObject({
      error: { issues: [{ path: ['safetyStock'], rule: 'type' }] },
    })
  })
})

describe('discontinuing a product', () => {
  it('refuses new orders of it and delivers the old ones', async () => {
    const { oms } = openShop()
    await stock(oms, 'MUG', 10, '12.50')
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 1 }])
    expect(await oms.orThrow.catalog.discontinue({ sku: 'MUG' })).toEqual({
      sku: 'MUG',
      status: 'discontinued',
    })
    expect(
      await oms.orders.place(
        { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] },
        newKey(),
      ),
    ).toMatchObject({ error: { code: 'unknown_sku' } })
    expect(await oms.fulfillments.plan({ order })).toMatchObject({ ok: true })
    expect(
      await oms.inventory.adjust({ sku: 'MUG', quantity: -1, reason: 'scrapped' }, newKey()),
    ).toMatchObject({
      ok: true,
    })
  })

  it('refuses a second time, and what is not known', async () => {
    const { oms } = openShop()
    await stock(oms, 'MUG', 10, '12.50')
    await oms.orThrow.catalog.discontinue({ sku: 'MUG' })
    expect(await oms.catalog.discontinue({ sku: 'MUG' })).toMatchObject({
      error: { code: 'invalid_state', details: { status: 'discontinued' } },
    })
    expect(await oms.catalog.discontinue({ sku: 'NONE' })).toMatchObject({ error: { code: 'unknown_sku' } })
  })
})
