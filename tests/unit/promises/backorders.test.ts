import { describe, expect, it } from 'vitest'
import { orderKind } from '../../../src/core/orders/order.js'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { openPromiseShop, type PromiseShop } from '../../support/promise-shop.js'
import { confirmed, newKey, shipped, stock, type Shop } from '../../support/shop.js'

const order = (quantity: number, more: object = {}) => ({
  channel: 'web',
  currency: 'EUR',
  lines: [{ sku: 'MUG', quantity }],
  ...more,
})

const place = async ({ oms }: Shop, quantity: number, more: object = {}): Promise<string> =>
  (await oms.orThrow.orders.place(order(quantity, more), newKey())).order

const receive = ({ oms }: Shop, quantity: number) =>
  oms.orThrow.inventory.receive({ sku: 'MUG', quantity }, newKey())

const allocated = async (shop: Shop, id: string): Promise<readonly number[]> =>
  (await shop.stored(orderKind, id)).lines.map((line) => line.allocated)

const mugs = (shop: Shop) => shop.stored(stockKind, 'main/MUG')

/** Two mugs on the shelf, and four more that may be promised. */
const openShort = async (): Promise<PromiseShop> => {
  const shop = openPromiseShop()
  await stock(shop.oms, 'MUG', 2, '10.00')
  await shop.oms.orThrow.inventory.configure({ sku: 'MUG', backorderAllowance: 4 })
  return shop
}

describe('an order beyond the goods', () => {
  it('F35 M44 OQ1 is placed within the allowance, has what is there, and says what waits', async () => {
    const shop = await openShort()
    const placed = await shop.oms.orThrow.orders.place(order(5), newKey())
    expect(placed.waiting).toEqual([{ line: 'L1', sku: 'MUG', quantity: 3 }])
    expect(await mugs(shop)).toMatchObject({ onHand: 2, reserved: 5, backordered: 3 })
    const view = await shop.oms.orThrow.orders.get({ order: placed.order })
    expect(view).toMatchObject({
      allocationStatus: 'partly_backordered',
      lines: [{ open: 5, allocated: 2, backordered: 3 }],
    })
  })

  it('ST7 ST11 is refused beyond the allowance, with the version at which that was true', async () => {
    const shop = await openShort()
    expect(await shop.oms.orders.place(order(7), newKey())).toMatchObject({
      error: {
        code: 'out_of_stock',
        details: { shortages: [{ sku: 'MUG', wanted: 7, available: 6, version: 3 }] },
      },
    })
    expect(await mugs(shop)).toMatchObject({ reserved: 0 })
  })

  it('saleor/saleor #4190: only what has goods is planned and shipped; the rest says what it waits for', async () => {
    const shop = await openShort()
    const id = await confirmed(shop.oms, [{ sku: 'MUG', quantity: 5 }])
    await shipped(shop.oms, id)
    expect(await mugs(shop)).toMatchObject({ onHand: 0, reserved: 3, backordered: 3 })
    expect(await shop.oms.fulfillments.plan({ order: id })).toMatchObject({
      error: {
        code: 'waiting_for_stock',
        details: { lines: [{ line: 'L1', lacking: [{ sku: 'MUG', quantity: 3 }] }] },
      },
    })
    const explained = await shop.oms.orThrow.explain({ kind: 'order', id })
    expect(explained.blocked.find(({ command }) => command === 'fulfillments.plan')).toMatchObject({
      because: [{ code: 'waiting_for_stock', unblockedBy: ['inventory.receive'] }],
    })
    await receive(shop, 3)
    await shipped(shop.oms, id)
    expect(await mugs(shop)).toMatchObject({ onHand: 0, reserved: 0 })
    expect(await mugs(shop)).not.toHaveProperty('backordered')
  })

  it('F57 is filled longest waiting first, in the commit of the receipt, and each is told once', async () => {
    const shop = await openShort()
    const first = await place(shop, 4)
    const second = await place(shop, 2)
    await receive(shop, 1)
    expect([await allocated(shop, first), await allocated(shop, second)]).toEqual([[3], [0]])
    await receive(shop, 2)
    expect([await allocated(shop, first), await allocated(shop, second)]).toEqual([[4], [1]])
    const told = await shop.told('order_backorder_filled')
    expect(told).toMatchObject(Array(3).fill({ lines: [{ line: 'L1', quantity: 1 }] }))
    expect(told.map((content) => content['order']).toSorted()).toEqual([first, first, second])
    expect((await shop.oms.orThrow.orders.timeline({ order: first })).items.map(({ what }) => what)).toEqual([
      'OrderCaptured',
      'OrderPlaced',
      'OrderBackorderFilled',
      'OrderBackorderFilled',
    ])
  })

  it('F57 gives what a canceled order had to whoever waits, in the same commit', async () => {
    const shop = await openShort()
    const first = await place(shop, 2)
    const second = await place(shop, 3)
    await shop.oms.orThrow.orders.cancel({ order: first, reason: 'changed-mind' }, newKey())
    expect(await allocated(shop, second)).toEqual([2])
    expect(await mugs(shop)).toMatchObject({ reserved: 3, backordered: 1 })
  })

  it('gives up what waits before what has goods', async () => {
    const shop = await openShort()
    const first = await place(shop, 4)
    const second = await place(shop, 1)
    await shop.oms.orThrow.orders.cancel(
      { order: first, lines: [{ line: 'L1', quantity: 2 }], reason: 'changed-mind' },
      newKey(),
    )
    expect([await allocated(shop, first), await allocated(shop, second)]).toEqual([[2], [0]])
    expect((await shop.oms.orThrow.inventory.backorders({ sku: 'MUG' })).waiting).toMatchObject([
      { order: second, quantity: 1 },
    ])
  })

  it('is filled by a hold that ends, a count that finds more, and goods that leave quarantine', async () => {
    const shop = await openShort()
    const held = await shop.oms.orThrow.inventory.hold(
      { owner: 'cart', lines: [{ sku: 'MUG', quantity: 1 }], seconds: 60 },
      newKey(),
    )
    await shop.oms.orThrow.inventory.quarantine({ sku: 'MUG', quantity: 1, reason: 'inspection' }, newKey())
    const id = await place(shop, 3)
    expect(await allocated(shop, id)).toEqual([0])
    expect((await shop.oms.orThrow.orders.get({ order: id })).allocationStatus).toBe('backordered')
    await shop.oms.orThrow.inventory.releaseHold({ reservation: held.reservation, owner: 'cart' })
    expect(await allocated(shop, id)).toEqual([1])
    await shop.oms.orThrow.inventory.releaseFromQuarantine(
      { sku: 'MUG', quantity: 1, reason: 'is_fine' },
      newKey(),
    )
    expect(await allocated(shop, id)).toEqual([2])
    await shop.oms.orThrow.inventory.adjust({ sku: 'MUG', quantity: 1, reason: 'counted' }, newKey())
    expect(await allocated(shop, id)).toEqual([3])
  })

  it('is filled for a hold as for an order, which gives the place up when it is released', async () => {
    const shop = await openShort()
    const hold = (owner: string) =>
      shop.oms.orThrow.inventory.hold({ owner, lines: [{ sku: 'MUG', quantity: 2 }], seconds: 600 }, newKey())
    await place(shop, 2)
    const [first, second] = [await hold('cart'), await hold('basket')]
    expect(await mugs(shop)).toMatchObject({ reserved: 6, backordered: 4 })
    await receive(shop, 1)
    expect(await mugs(shop)).toMatchObject({ reserved: 6, backordered: 3 })
    expect((await shop.oms.orThrow.inventory.backorders({ sku: 'MUG' })).waiting).toMatchObject([
      { reservation: first.reservation, quantity: 1 },
      { reservation: second.reservation, quantity: 2 },
    ])
    for (const [owner, { reservation }] of [
      ['basket', second],
      ['cart', first],
    ] as const)
      await shop.oms.orThrow.inventory.releaseHold({ reservation, owner })
    expect(await mugs(shop)).toMatchObject({ onHand: 3, reserved: 2 })
    expect(await mugs(shop)).not.toHaveProperty('backordered')
    expect(await shop.oms.orThrow.inventory.fillBackorders({ sku: 'MUG' })).toEqual({
      filled: 0,
      more: false,
    })
  })

  it('keeps the place in line of a hold that becomes an order', async () => {
    const shop = await openShort()
    await place(shop, 2)
    const held = await shop.oms.orThrow.inventory.hold(
      { owner: 'cart', lines: [{ sku: 'MUG', quantity: 2 }], seconds: 600 },
      newKey(),
    )
    shop.clock.advance(1_000)
    const later = await place(shop, 2)
    const earlier = await place(shop, 2, { held: { reservation: held.reservation, owner: 'cart' } })
    await receive(shop, 2)
    expect([await allocated(shop, earlier), await allocated(shop, later)]).toEqual([[2], [0]])
  })

  it('leaves those who wait where they are when a hold that has its goods becomes an order', async () => {
    const shop = await openShort()
    const lines = [{ sku: 'MUG', quantity: 2 }]
    const { reservation } = await shop.oms.orThrow.inventory.hold(
      { owner: 'cart', lines, seconds: 600 },
      newKey(),
    )
    const waits = await place(shop, 1)
    const served = await place(shop, 2, { held: { reservation, owner: 'cart' } })
    expect([await allocated(shop, served), await allocated(shop, waits)]).toEqual([[2], [0]])
    expect(await mugs(shop)).toMatchObject({ backordered: 1 })
  })

  it('has of several lines of one SKU the goods first for the first', async () => {
    const shop = await openShort()
    const lines = [
      { sku: 'MUG', quantity: 3 },
      { sku: 'MUG', quantity: 2 },
    ]
    const { order: id, waiting } = await shop.oms.orThrow.orders.place(order(0, { lines }), newKey())
    expect(waiting).toEqual([
      { line: 'L1', sku: 'MUG', quantity: 1 },
      { line: 'L2', sku: 'MUG', quantity: 2 },
    ])
    expect(await allocated(shop, id)).toEqual([2, 0])
    await receive(shop, 2)
    expect(await allocated(shop, id)).toEqual([3, 1])
  })

  it('waits behind those who came before it, also when the clock has gone back', async () => {
    const shop = await openShort()
    await place(shop, 2)
    const first = await place(shop, 1)
    shop.clock.set('2026-02-28T09:00:00.000Z')
    const second = await place(shop, 1)
    await receive(shop, 1)
    expect([await allocated(shop, first), await allocated(shop, second)]).toEqual([[1], [0]])
  })

  it('F56 is filled by priority where the setting says so, and by waiting time among equals', async () => {
    const shop = openPromiseShop({ backorders: 'priority' })
    await stock(shop.oms, 'MUG', 1, '10.00')
    await shop.oms.orThrow.inventory.configure({ sku: 'MUG', backorderAllowance: 9 })
    await place(shop, 1)
    const ordinary = await place(shop, 1)
    const urgent = await place(shop, 1, { priority: 5 })
    const alsoUrgent = await place(shop, 1, { priority: 5 })
    await receive(shop, 1)
    expect(await allocated(shop, urgent)).toEqual([1])
    await receive(shop, 1)
    expect([await allocated(shop, alsoUrgent), await allocated(shop, ordinary)]).toEqual([[1], [0]])
  })

  it('F57 fills a queue that is too long for one commit in several, and lets no newcomer in between', async () => {
    const shop = openPromiseShop()
    await stock(shop.oms, 'MUG', 1, '10.00')
    await shop.oms.orThrow.inventory.configure({ sku: 'MUG', backorderAllowance: 1_000 })
    await place(shop, 1)
    const waiting = await Promise.all(Array.from({ length: 230 }, () => place(shop, 1)))
    await receive(shop, 231)
    const isFilled = async () =>
      (await Promise.all(waiting.map((id) => allocated(shop, id)))).map(([units]) => units)
    expect(await isFilled()).toEqual([...Array<number>(100).fill(1), ...Array<number>(130).fill(0)])
    const newcomer = await shop.oms.orThrow.orders.place(order(3), newKey())
    expect(newcomer.waiting).toEqual([{ line: 'L1', sku: 'MUG', quantity: 2 }])
    expect(await shop.oms.orThrow.inventory.fillBackorders({ sku: 'MUG' })).toEqual({
      filled: 100,
      more: true,
    })
    await shop.oms.orThrow.inventory.fillBackorders({ sku: 'MUG' })
    expect(await isFilled()).toEqual(Array<number>(230).fill(1))
    expect(await allocated(shop, newcomer.order)).toEqual([1])
  })

  it('F57 goes on filling a long queue when it is swept', async () => {
    const shop = openPromiseShop()
    await stock(shop.oms, 'MUG', 1, '10.00')
    await shop.oms.orThrow.inventory.configure({ sku: 'MUG', backorderAllowance: 1_000 })
    const waiting = await Promise.all(Array.from({ length: 301 }, () => place(shop, 1)))
    await receive(shop, 300)
    expect(await shop.manager.sweep()).toMatchObject({ filled: 200 })
    expect(await shop.manager.sweep()).not.toHaveProperty('filled')
    expect(await allocated(shop, waiting.at(-1) ?? 'none')).toEqual([1])
    expect(await mugs(shop)).toMatchObject({ onHand: 301, reserved: 301 })
    expect(await mugs(shop)).not.toHaveProperty('backordered')
  })
})
