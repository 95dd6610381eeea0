import type { OrderManagementFor } from 'orderwright'
import { beforeEach, describe, expect, it } from 'vitest'
import { confirmed, newKey, openShop, shipped, stock } from '../../../support/shop.js'

describe('the quantities of a product that may be ordered', () => {
  let oms: OrderManagementFor
  const place = (...quantities: (number | string)[]) =>
    oms.orders.place(
      {
        channel: 'web',
        currency: 'EUR',
        lines: quantities.map((quantity) => ({ sku: 'TILE', quantity })),
      },
      newKey(),
    )
  const broken = (rule: string, index = 0) => ({
    error: { code: 'validation_failed', issues: [{ path: ['lines', index, 'quantity'], rule }] },
  })

  beforeEach(async () => {
    oms = openShop().oms
    await stock(oms, 'TILE', 1_000, '1.00')
    await oms.orThrow.catalog.define({
      sku: 'TILE',
      name: 'Tile',
      orderQuantity: { minimum: 12, maximum: 60, step: 6 },
    })
  })

  it('row 14 F18 is a multiple of the pack size', async () => {
    expect(await place(13)).toMatchObject(broken('quantity.step'))
    expect(await place(18)).toMatchObject({ ok: true })
  })

  it('F18 is neither less than the minimum nor more than the maximum', async () => {
    expect(await place(6)).toMatchObject(broken('quantity.orderMinimum'))
    expect(await place(66)).toMatchObject(broken('quantity.orderMaximum'))
    expect(await place(12)).toMatchObject({ ok: true })
    expect(await place(60)).toMatchObject({ ok: true })
  })

  it('ST6 is the sum over all lines of the SKU', async () => {
    expect(await place(9, 9)).toMatchObject({ ok: true })
    expect(await place(36, 30)).toMatchObject(broken('quantity.orderMaximum'))
  })

  it('binds captured drafts and holds too', async () => {
    const lines = [{ sku: 'TILE', quantity: 7 }]
    expect(await oms.orders.capture({ channel: 'web', currency: 'EUR', lines }, newKey())).toMatchObject(
      broken('quantity.step'),
    )
    expect(await oms.inventory.hold({ owner: 'cart', seconds: 60, lines }, newKey())).toMatchObject(
      broken('quantity.step'),
    )
  })

  it('may be changed and taken away, and is left alone when it is not mentioned', async () => {
    await oms.orThrow.catalog.define({ sku: 'TILE', name: 'Floor tile' })
    expect(await place(7)).toMatchObject(broken('quantity.step'))
    await oms.orThrow.catalog.define({ sku: 'TILE', name: 'Floor tile', orderQuantity: { step: 7 } })
    expect(await place(7)).toMatchObject({ ok: true })
    await oms.orThrow.catalog.define({ sku: 'TILE', name: 'Floor tile', orderQuantity: {} })
    expect(await place(1)).toMatchObject({ ok: true })
  })

  it('F44 counts in the unit: kilograms by the half, exactly', async () => {
    await oms.orThrow.catalog.define({
      sku: 'TEA',
      name: 'Tea',
      unit: { code: 'KGM', digits: 3 },
      price: { amount: '40.00', currency: 'EUR' },
      orderQuantity: { step: '0.1' },
    })
    await oms.orThrow.inventory.receive({ sku: 'TEA', quantity: '5' }, newKey())
    const tea = (quantity: string) =>
      oms.orders.place({ channel: 'web', currency: 'EUR', lines: [{ sku: 'TEA', quantity }] }, newKey())
    expect(await tea('0.3')).toMatchObject({ ok: true })
    expect(await tea('0.35')).toMatchObject(broken('quantity.step'))
    expect(await tea('0.3001')).toMatchObject(broken('quantity.precision'))
  })

  it('refuses limits that no quantity keeps, and quantities that are none', async () => {
    const define = (orderQuantity: object) => oms.catalog.define({ sku: 'TILE', name: 'Tile', orderQuantity })
    expect(await define({ minimum: 7, maximum: 8, step: 6 })).toMatchObject({
      error: { issues: [{ path: ['orderQuantity'], rule: 'quantity.impossible' }] },
    })
    expect(await define({ step: 0 })).toMatchObject({ error: { issues: [{ rule: 'quantity.min' }] } })
    expect(await define({ step: '0.5' })).toMatchObject({
      error: { issues: [{ path: ['orderQuantity', 'step'], rule: 'type' }] },
    })
  })

  describe('of what is not stocked', () => {
    beforeEach(async () => {
      await oms.orThrow.catalog.define({
        sku: 'ENGRAVING',
        name: 'Engraving',
        stocked: false,
        price: { amount: '5.00', currency: 'EUR' },
      })
    })

    it('F40 is never short, and is planned, shipped and billed like anything else', async () => {
      const order = await confirmed(oms, [
        { sku: 'ENGRAVING', quantity: 3 },
        { sku: 'TILE', quantity: 12 },
      ])
      expect(await shipped(oms, order)).toMatchObject({ total: { amount: '27.00', currency: 'EUR' } })
      expect(await oms.orThrow.inventory.level({ sku: 'TILE' })).toMatchObject({ onHand: 988, reserved: 0 })
      expect(await oms.inventory.level({ sku: 'ENGRAVING' })).toMatchObject({
        error: { code: 'unknown_sku' },
      })
    })

    it('F40 is canceled without giving anything back', async () => {
      const order = await confirmed(oms, [{ sku: 'ENGRAVING', quantity: 3 }])
      expect(await oms.orders.cancel({ order, reason: 'changed-mind' }, newKey())).toMatchObject({ ok: true })
    })

    it('F40 has no level that goods could be booked to', async () => {
      expect(await oms.inventory.receive({ sku: 'ENGRAVING', quantity: 1 }, newKey())).toMatchObject({
        error: { code: 'not_stocked' },
      })
      expect(await oms.inventory.configure({ sku: 'ENGRAVING', safetyStock: 1 })).toMatchObject({
        error: { code: 'not_stocked' },
      })
      const lines = [{ sku: 'ENGRAVING', quantity: 1 }]
      expect(await oms.transfers.plan({ from: 'main', to: 'annex', lines }, newKey())).toMatchObject({
        error: { code: 'not_stocked' },
      })
    })

    it('stays what it is', async () => {
      expect(await oms.catalog.define({ sku: 'ENGRAVING', name: 'x', stocked: true })).toMatchObject({
        error: { code: 'invalid_state' },
      })
      expect(await oms.catalog.define({ sku: 'TILE', name: 'x', stocked: false })).toMatchObject({
        error: { code: 'invalid_state' },
      })
      expect(
        await oms.catalog.define({ sku: 'NEW', name: 'x', stocked: false, tracking: 'lot' }),
      ).toMatchObject({ error: { issues: [{ path: ['stocked'], rule: 'stocked.goods' }] } })
    })
  })
})
