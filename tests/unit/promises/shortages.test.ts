import { describe, expect, it } from 'vitest'
import type { SettingsInput } from '../../../src/app/settings.js'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { openPromiseShop, type PromiseShop } from '../../support/promise-shop.js'
import { newKey, packed, stock } from '../../support/shop.js'

const open = async (quantity: number, settings: SettingsInput = {}): Promise<PromiseShop> => {
  const shop = openPromiseShop(settings)
  await stock(shop.oms, 'MUG', quantity, '10.00')
  return shop
}

const place = async (shop: PromiseShop, quantity: number, more: object = {}): Promise<string> => {
  shop.clock.advance(1_000)
  const placed = await shop.oms.orThrow.orders.place(
    { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity }], ...more },
    newKey(),
  )
  return placed.order
}

const lose = ({ oms }: PromiseShop, quantity: number, more: object = { shortage: 'backorder' }) =>
  oms.inventory.adjust({ sku: 'MUG', quantity: -quantity, reason: 'water-damage', ...more }, newKey())

const allocated = async (shop: PromiseShop, id: string) =>
  (await shop.stored(orderKind, id)).lines.map((line) => line.allocated)

const mugs = (shop: PromiseShop) => shop.stored(stockKind, 'main/MUG')

describe('goods that are gone although they were promised', () => {
  it('F57 counts an order by the hold it grew out of, also after a part of it was canceled', async () => {
    const shop = await open(6)
    const held = await shop.oms.orThrow.inventory.hold(
      { owner: 'cart', lines: [{ sku: 'MUG', quantity: 2 }], seconds: 600 },
      newKey(),
    )
    const late = await place(shop, 1)
    const early = await place(shop, 2, { held: { reservation: held.reservation, owner: 'cart' } })
    shop.clock.advance(1_000)
    await shop.oms.orThrow.orders.cancel(
      { order: early, lines: [{ line: 'L1', quantity: 1 }], reason: 'less' },
      newKey(),
    )
    expect(await lose(shop, 5)).toMatchObject({ ok: true })
    expect([await allocated(shop, early), await allocated(shop, late)]).toEqual([[1], [0]])
  })

  it('F57 counts an order from its first promise on, whatever of it was canceled since', async () => {
    const shop = await open(4)
    const first = await place(shop, 3)
    const second = await place(shop, 1)
    shop.clock.advance(1_000)
    await shop.oms.orThrow.orders.cancel(
      { order: first, lines: [{ line: 'L1', quantity: 1 }], reason: 'less' },
      newKey(),
    )
    expect(await lose(shop, 2)).toMatchObject({ value: { backordered: [{ order: second, quantity: 1 }] } })
    expect(await allocated(shop, first)).toEqual([2])
  })

  it('ST9 are refused by default, and nothing changes', async () => {
    const shop = await open(5)
    await place(shop, 4)
    expect(await lose(shop, 2, {})).toMatchObject({ error: { code: 'stock_below_reserved' } })
    expect(await mugs(shop)).toMatchObject({ onHand: 5, reserved: 4 })
  })

  it('ST9 F34 are taken from the latest promises when the host says so; the orders are named and told', async () => {
    const shop = await open(6)
    const first = await place(shop, 2)
    const second = await place(shop, 2)
    const third = await place(shop, 2)
    expect(await lose(shop, 3)).toMatchObject({
      ok: true,
      value: {
        onHand: 3,
        reserved: 3,
        backordered: [
          { order: third, quantity: 2 },
          { order: second, quantity: 1 },
        ],
      },
    })
    expect([
      await allocated(shop, first),
      await allocated(shop, second),
      await allocated(shop, third),
    ]).toEqual([[2], [1], [0]])
    expect(await mugs(shop)).toMatchObject({ onHand: 3, reserved: 3, shorted: 3, backordered: 3 })
    expect((await shop.told('order_backordered')).map((content) => content['order']).toSorted()).toEqual(
      [second, third].toSorted(),
    )
  })

  it('F57 come back to those who lost them in the order of their promises, before anybody else', async () => {
    const shop = await open(4)
    const first = await place(shop, 2)
    const second = await place(shop, 2)
    await lose(shop, 4)
    await shop.oms.orThrow.inventory.configure({ sku: 'MUG', backorderAllowance: 6 })
    const third = await place(shop, 2)
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 3 }, newKey())
    expect([
      await allocated(shop, first),
      await allocated(shop, second),
      await allocated(shop, third),
    ]).toEqual([[2], [1], [0]])
    expect((await shop.oms.orThrow.inventory.backorders({ sku: 'MUG' })).waiting).toMatchObject([
      { order: second, quantity: 1 },
      { order: third, quantity: 2 },
    ])
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 3 }, newKey())
    expect(await mugs(shop)).toMatchObject({ onHand: 6, reserved: 6 })
    expect(await mugs(shop)).not.toHaveProperty('shorted')
  })

  it('F56 come back by priority where the setting says so', async () => {
    const shop = await open(3, { backorders: 'priority' })
    const ordinary = await place(shop, 1)
    const urgent = await place(shop, 1, { priority: 5 })
    await place(shop, 1)
    await lose(shop, 3)
    expect((await shop.oms.orThrow.inventory.backorders({ sku: 'MUG' })).waiting).toMatchObject([
      { order: urgent },
      { order: ordinary },
      {},
    ])
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 1 }, newKey())
    expect([await allocated(shop, urgent), await allocated(shop, ordinary)]).toEqual([[1], [0]])
  })

  it('are not taken out of the hands of whoever picks them', async () => {
    const shop = await open(4)
    const first = await place(shop, 2)
    const picked = await place(shop, 2)
    await shop.oms.orThrow.orders.confirm({ order: picked })
    await packed(shop.oms, picked)
    expect(await lose(shop, 1)).toMatchObject({
      ok: true,
      value: { backordered: [{ order: first, quantity: 1 }] },
    })
    expect(await lose(shop, 2)).toMatchObject({
      error: { code: 'stock_below_reserved', details: { beingWorkedOn: 1 } },
    })
    expect(await mugs(shop)).toMatchObject({ onHand: 3 })
  })

  it('are at most all that there is, whoever works on them', async () => {
    const shop = await open(2)
    const picked = await place(shop, 2)
    await shop.oms.orThrow.orders.confirm({ order: picked })
    await packed(shop.oms, picked)
    expect(await lose(shop, 3)).toMatchObject({ error: { code: 'quantity_exceeded' } })
  })

  it('F57 of one order are taken from its last line first, and come back to its first line first', async () => {
    const shop = await open(3)
    const { order } = await shop.oms.orThrow.orders.place(
      {
        channel: 'web',
        currency: 'EUR',
        lines: [
          { sku: 'MUG', quantity: 1 },
          { sku: 'MUG', quantity: 2 },
        ],
      },
      newKey(),
    )
    await lose(shop, 2)
    expect(await allocated(shop, order)).toEqual([1, 0])
    await lose(shop, 1)
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 3 }, newKey())
    await lose(shop, 3)
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 1 }, newKey())
    expect(await allocated(shop, order)).toEqual([1, 0])
  })

  it('are taken from holds like from orders, and an order that comes of the hold waits in its place', async () => {
    const shop = await open(4)
    await place(shop, 2)
    shop.clock.advance(1_000)
    const { reservation } = await shop.oms.orThrow.inventory.hold(
      { owner: 'cart', lines: [{ sku: 'MUG', quantity: 2 }], seconds: 600 },
      newKey(),
    )
    expect(await lose(shop, 1)).toMatchObject({ value: { backordered: [{ reservation, quantity: 1 }] } })
    const id = await place(shop, 2, { held: { reservation, owner: 'cart' } })
    expect(await allocated(shop, id)).toEqual([1])
    expect(await lose(shop, 1)).toMatchObject({ value: { backordered: [{ order: id, quantity: 1 }] } })
    await shop.oms.orThrow.orders.cancel({ order: id, reason: 'changed-mind' }, newKey())
    expect(await mugs(shop)).toMatchObject({ onHand: 2, reserved: 2 })
    expect(await mugs(shop)).not.toHaveProperty('backordered')
  })

  it('can be quarantined away from promises, and come back when they are found to be good', async () => {
    const shop = await open(3)
    const id = await place(shop, 3)
    expect(
      await shop.oms.inventory.quarantine(
        { sku: 'MUG', quantity: 2, reason: 'inspection', shortage: 'backorder' },
        newKey(),
      ),
    ).toMatchObject({ value: { backordered: [{ order: id, quantity: 2 }] } })
    expect(await allocated(shop, id)).toEqual([1])
    await shop.oms.orThrow.inventory.releaseFromQuarantine(
      { sku: 'MUG', quantity: 2, reason: 'fine' },
      newKey(),
    )
    expect(await allocated(shop, id)).toEqual([3])
    expect(await mugs(shop)).toMatchObject({ onHand: 3, reserved: 3, quarantined: 0 })
  })

  it('are not quarantined out of the hands of whoever picks them, nor counted away', async () => {
    const shop = await open(3)
    const picked = await place(shop, 3)
    await shop.oms.orThrow.orders.confirm({ order: picked })
    await packed(shop.oms, picked)
    const refused = { error: { code: 'stock_below_reserved', details: { beingWorkedOn: 1 } } }
    const wanted = { sku: 'MUG', quantity: 1, reason: 'inspection', shortage: 'backorder' } as const
    expect(await shop.oms.inventory.quarantine(wanted, newKey())).toMatchObject(refused)
    const { count } = await shop.oms.orThrow.counts.open({ skus: ['MUG'] }, newKey())
    await shop.oms.orThrow.counts.record({ count, lines: [{ sku: 'MUG', counted: 2 }] })
    await shop.oms.orThrow.counts.submit({ count })
    const boss = shop.manager.as({ actor: { kind: 'user', id: 'bob' } })
    expect(await boss.counts.approve({ count, reason: 'shrinkage', shortage: 'backorder' })).toMatchObject(
      refused,
    )
    expect(await mugs(shop)).toMatchObject({ onHand: 3, reserved: 3, quarantined: 0 })
  })

  it('are found missing by a count, and taken from the latest promise when its approver says so', async () => {
    const shop = await open(4)
    await place(shop, 2)
    const latest = await place(shop, 2)
    const { count } = await shop.oms.orThrow.counts.open({ skus: ['MUG'] }, newKey())
    await shop.oms.orThrow.counts.record({ count, lines: [{ sku: 'MUG', counted: 3 }] })
    await shop.oms.orThrow.counts.submit({ count })
    const boss = shop.manager.as({ actor: { kind: 'user', id: 'bob' } })
    expect(await boss.counts.approve({ count, reason: 'shrinkage' })).toMatchObject({
      error: { code: 'stock_below_reserved' },
    })
    expect(await boss.counts.approve({ count, reason: 'shrinkage', shortage: 'backorder' })).toMatchObject({
      value: { status: 'booked', backordered: [{ sku: 'MUG', order: latest, quantity: 1 }] },
    })
    expect(await allocated(shop, latest)).toEqual([1])
  })

  it('cost a kit as many kits as its parts are missing', async () => {
    const shop = await open(8)
    await stock(shop.oms, 'LAMP', 4, '20.00')
    await shop.oms.orThrow.catalog.define({
      sku: 'SET',
      name: 'Set',
      price: { amount: '35.00', currency: 'EUR' },
      components: [
        { sku: 'LAMP', quantity: 1 },
        { sku: 'MUG', quantity: 2 },
      ],
    })
    const placed = await shop.oms.orThrow.orders.place(
      { channel: 'web', currency: 'EUR', lines: [{ sku: 'SET', quantity: 4 }] },
      newKey(),
    )
    await lose(shop, 3)
    expect((await shop.stored(orderKind, placed.order)).lines).toMatchObject([
      { allocated: 2, lacking: [{ sku: 'MUG', quantity: 3 }] },
    ])
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 1 }, newKey())
    expect(await allocated(shop, placed.order)).toEqual([3])
  })

  it('are taken from a hold no further than it still has goods', async () => {
    const shop = await open(7)
    await stock(shop.oms, 'LAMP', 4, '20.00')
    const order = await place(shop, 2)
    shop.clock.advance(1_000)
    const lines = [
      { sku: 'MUG', quantity: 5 },
      { sku: 'LAMP', quantity: 4 },
    ]
    const { reservation } = await shop.oms.orThrow.inventory.hold(
      { owner: 'cart', lines, seconds: 600 },
      newKey(),
    )
    expect(await lose(shop, 2)).toMatchObject({ value: { backordered: [{ reservation, quantity: 2 }] } })
    expect(await lose(shop, 4)).toMatchObject({
      value: {
        backordered: [
          { reservation, quantity: 3 },
          { order, quantity: 1 },
        ],
      },
    })
    expect(await lose(shop, 1)).toMatchObject({ value: { backordered: [{ order, quantity: 1 }] } })
    expect(await mugs(shop)).toMatchObject({ onHand: 0, backordered: 7 })
  })

  it('are taken from a hundred promises at once, and not from one more', async () => {
    const shop = await open(101)
    for (let cart = 0; cart < 101; cart += 1) {
      await shop.oms.orThrow.inventory.hold(
        { owner: `cart-${cart}`, lines: [{ sku: 'MUG', quantity: 1 }], seconds: 600 },
        newKey(),
      )
    }
    expect(await lose(shop, 101)).toMatchObject({
      error: { code: 'limit_exceeded', details: { limit: 'promisesPerShortage', most: 100 } },
    })
    expect(await mugs(shop)).not.toHaveProperty('backordered')
    expect(await lose(shop, 100)).toMatchObject({ ok: true })
    expect(await mugs(shop)).toMatchObject({ onHand: 1, backordered: 100 })
  })

  it('ST12 were never at a level that is not there', async () => {
    const shop = await open(5)
    expect(await lose(shop, 1, { shortage: 'backorder', location: 'north' })).toMatchObject({
      error: { code: 'unknown_sku', details: { sku: 'MUG', location: 'north' } },
    })
  })
})
