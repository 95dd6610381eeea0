import { describe, expect, it } from 'vitest'
import { backorderQueueKind } from '../../../src/core/inventory/backorder-queue.js'
import { reservationKind } from '../../../src/core/inventory/reservation.js'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { newKey, openShop, stock, type Shop } from '../../support/shop.js'

const minute = 60_000

const hold = async ({ oms }: Shop, quantity: number, owner = 'cart-1', seconds = 600) =>
  oms.orThrow.inventory.hold({ owner, lines: [{ sku: 'MUG', quantity }], seconds }, newKey())

const placeWith = (
  { oms }: Shop,
  reservation: string,
  lines: readonly { readonly sku: string; readonly quantity: number }[],
  owner = 'cart-1',
) =>
  oms.orders.place(
    { channel: 'web', currency: 'EUR', lines: [...lines], held: { reservation, owner } },
    newKey(),
  )

const priced = (sku: string, name: string) => ({ sku, name, price: { amount: '3.00', currency: 'EUR' } })

const open = async (quantity = 10): Promise<Shop> => {
  const shop = openShop()
  await stock(shop.oms, 'MUG', quantity, '12.50')
  return shop
}

describe('holding stock', () => {
  it('F47 promises it to its owner until the store’s clock says otherwise (RS3)', async () => {
    const shop = await open()
    const held = await hold(shop, 4)
    expect(held).toMatchObject({ status: 'held', expiresAt: '2026-03-01T09:10:00.000Z' })
    expect(await shop.stored(reservationKind, held.reservation)).toEqual({
      id: held.reservation,
      owner: 'cart-1',
      status: 'held',
      lines: [{ sku: 'MUG', location: 'main', quantity: 4 }],
      heldAt: '2026-03-01T09:00:00.000Z',
      expiresAt: '2026-03-01T09:10:00.000Z',
    })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ onHand: 10, reserved: 4 })
  })

  it('F49 F53 ST6 holds all lines or none, summed per SKU', async () => {
    const shop = await open()
    await stock(shop.oms, 'CUP', 1, '3.00')
    const twice = [
      { sku: 'MUG', quantity: 6 },
      { sku: 'CUP', quantity: 1 },
      { sku: 'MUG', quantity: 5 },
    ]
    expect(
      await shop.oms.inventory.hold({ owner: 'cart-1', lines: twice, seconds: 60 }, newKey()),
    ).toMatchObject({
      error: {
        code: 'out_of_stock',
        details: { shortages: [{ sku: 'MUG', location: 'main', wanted: 11, available: 10, version: 2 }] },
      },
    })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ reserved: 0 })
    expect(await shop.stored(stockKind, 'main/CUP')).toMatchObject({ reserved: 0 })
  })

  it('F44 counts in the unit of the product', async () => {
    const shop = openShop()
    const { oms } = shop
    await oms.orThrow.catalog.define({ sku: 'TEA', name: 'Tea', unit: { code: 'KGM', digits: 3 } })
    await oms.orThrow.inventory.receive({ sku: 'TEA', quantity: '2.5' }, newKey())
    await oms.orThrow.inventory.hold(
      { owner: 'cart-1', lines: [{ sku: 'TEA', quantity: '1.25' }], seconds: 60 },
      newKey(),
    )
    expect(await shop.stored(stockKind, 'main/TEA')).toMatchObject({ onHand: 2_500, reserved: 1_250 })
    expect(
      await oms.inventory.hold(
        { owner: 'cart-1', lines: [{ sku: 'TEA', quantity: '0.0001' }], seconds: 60 },
        newKey(),
      ),
    ).toMatchObject({ error: { issues: [{ path: ['lines', 0, 'quantity'], rule: 'quantity.precision' }] } })
  })

  it('F38 takes a kit apart, and promises nothing of what is not stocked', async () => {
    const shop = await open()
    await shop.oms.orThrow.catalog.define({ ...priced('WRAP', 'Gift wrapping'), stocked: false })
    await shop.oms.orThrow.catalog.define({
      ...priced('SET', 'Set of mugs'),
      components: [
        { sku: 'MUG', quantity: 2 },
        { sku: 'WRAP', quantity: 1 },
      ],
    })
    const lines = [
      { sku: 'SET', quantity: 3 },
      { sku: 'WRAP', quantity: 1 },
    ]
    const { reservation } = await shop.oms.orThrow.inventory.hold(
      { owner: 'cart-1', lines, seconds: 60 },
      newKey(),
    )
    expect(await shop.stored(reservationKind, reservation)).toMatchObject({
      lines: [{ sku: 'MUG', location: 'main', quantity: 6 }],
    })
  })

  it('F38 refuses a kit of which a component is not sold any more, and names both', async () => {
    const { oms } = await open()
    await oms.orThrow.catalog.define({
      ...priced('SET', 'Set of mugs'),
      components: [{ sku: 'MUG', quantity: 2 }],
    })
    await oms.orThrow.catalog.discontinue({ sku: 'MUG' })
    const lines = [{ sku: 'SET', quantity: 1 }]
    expect(await oms.inventory.hold({ owner: 'cart-1', lines, seconds: 60 }, newKey())).toMatchObject({
      error: { code: 'unknown_sku', details: { sku: 'MUG', kit: 'SET' } },
    })
  })

  it('refuses SKUs that are unknown, not sold any more, or without stock there (ST12)', async () => {
    const { oms } = await open()
    await stock(oms, 'OLD', 5, '1.00')
    await oms.orThrow.catalog.discontinue({ sku: 'OLD' })
    const ask = (line: { readonly sku: string; readonly quantity: number; readonly location?: string }) =>
      oms.inventory.hold({ owner: 'cart-1', lines: [line], seconds: 60 }, newKey())
    expect(await ask({ sku: 'NONE', quantity: 1 })).toMatchObject({ error: { code: 'unknown_sku' } })
    expect(await ask({ sku: 'OLD', quantity: 1 })).toMatchObject({ error: { code: 'unknown_sku' } })
    expect(await ask({ sku: 'MUG', quantity: 1, location: 'north' })).toMatchObject({
      error: { code: 'unknown_sku', details: { sku: 'MUG', location: 'north' } },
    })
  })

  it('holds no longer than the setting allows', async () => {
    const shop = await open()
    const ask = (seconds: number) =>
      shop.oms.inventory.hold({ owner: 'cart-1', lines: [{ sku: 'MUG', quantity: 1 }], seconds }, newKey())
    expect(await ask(86_401)).toMatchObject({
      error: { code: 'validation_failed', issues: [{ path: ['seconds'], rule: 'ttl.range' }] },
    })
    expect(await ask(86_400)).toMatchObject({ ok: true })
  })
})

describe('the life of a hold', () => {
  it('RS1 RS7 frees its stock once, whoever ends it and however often', async () => {
    const shop = await open()
    const { reservation } = await hold(shop, 4)
    const release = () => shop.oms.inventory.releaseHold({ reservation, owner: 'cart-1' })
    expect(await Promise.all([release(), release(), release()])).toMatchObject([
      { ok: true, value: { reservation, status: 'released' } },
      { error: { code: 'invalid_state', details: { status: 'released' } } },
      { error: { code: 'invalid_state' } },
    ])
    shop.clock.advance(11 * minute)
    expect(await shop.oms.inventory.expireHold({ reservation })).toMatchObject({
      error: { code: 'invalid_state' },
    })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ reserved: 0 })
  })

  it('RS6 RS7 expires once, when its time is over, with any number of sweepers', async () => {
    const shop = await open()
    const { reservation } = await hold(shop, 4)
    const expire = () => shop.oms.inventory.expireHold({ reservation })
    expect(await expire()).toMatchObject({
      error: { code: 'invalid_state', details: { expiresAt: '2026-03-01T09:10:00.000Z' } },
    })
    shop.clock.advance(10 * minute)
    const answers = await Promise.all([expire(), expire(), expire()])
    expect(answers.map((answer) => answer.ok)).toEqual([true, false, false])
    shop.clock.set('2026-03-01T09:05:00.000Z')
    expect(await expire()).toMatchObject({ error: { code: 'invalid_state', details: { status: 'expired' } } })
    expect(await placeWith(shop, reservation, [{ sku: 'MUG', quantity: 1 }])).toMatchObject({
      error: { code: 'reservation_expired' },
    })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ onHand: 10, reserved: 0 })
  })

  it('RS9 is extended while it lives, and never beyond its longest life', async () => {
    const shop = await open()
    const { reservation } = await hold(shop, 4)
    const extend = (seconds: number, owner = 'cart-1') =>
      shop.oms.inventory.extendHold({ reservation, owner, seconds })
    shop.clock.advance(5 * minute)
    expect(await extend(600)).toMatchObject({ value: { expiresAt: '2026-03-01T09:15:00.000Z' } })
    expect(await extend(86_400)).toMatchObject({ value: { expiresAt: '2026-03-02T09:00:00.000Z' } })
    expect(await extend(1)).toMatchObject({ value: { expiresAt: '2026-03-02T09:00:00.000Z' } })
    expect(await extend(86_401)).toMatchObject({ error: { issues: [{ rule: 'ttl.range' }] } })
    expect(await extend(60, 'cart-2')).toMatchObject({ error: { code: 'reservation_owned_by_another' } })
    shop.clock.advance(24 * 60 * minute)
    expect(await extend(60)).toMatchObject({ error: { code: 'reservation_expired' } })
  })

  it('is nobody else’s to release, and unknown where it does not exist', async () => {
    const shop = await open()
    const { reservation } = await hold(shop, 4)
    expect(await shop.oms.inventory.releaseHold({ reservation, owner: 'cart-2' })).toMatchObject({
      error: { code: 'reservation_owned_by_another', status: 403 },
    })
    const nothing = { reservation: 'nothing' }
    for (const answer of [
      await shop.oms.inventory.releaseHold({ ...nothing, owner: 'cart-1' }),
      await shop.oms.inventory.extendHold({ ...nothing, owner: 'cart-1', seconds: 60 }),
      await shop.oms.inventory.expireHold(nothing),
      await placeWith(shop, 'nothing', [{ sku: 'MUG', quantity: 1 }]),
    ]) {
      expect(answer).toMatchObject({ error: { code: 'unknown_reservation', status: 404 } })
    }
  })
})

describe('placing an order with a hold', () => {
  it('RS1 turns the hold into the order’s reservation without reserving twice', async () => {
    const shop = await open(4)
    const { reservation } = await hold(shop, 4)
    const placed = await placeWith(shop, reservation, [{ sku: 'MUG', quantity: 4 }])
    expect(placed).toMatchObject({ ok: true })
    const order = placed.ok ? placed.value.order : ''
    expect(await shop.stored(reservationKind, reservation)).toMatchObject({ status: 'committed', order })
    expect(await shop.stored(orderKind, order)).toMatchObject({ reservation, status: 'placed' })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ onHand: 4, reserved: 4 })
  })

  it('RS8 gives back what the order does not want, and reserves what it wants beyond the hold', async () => {
    const shop = await open(10)
    await stock(shop.oms, 'CUP', 1, '3.00')
    const { reservation } = await shop.oms.orThrow.inventory.hold(
      {
        owner: 'cart-1',
        lines: [
          { sku: 'MUG', quantity: 6 },
          { sku: 'CUP', quantity: 1 },
        ],
        seconds: 600,
      },
      newKey(),
    )
    expect(await placeWith(shop, reservation, [{ sku: 'MUG', quantity: 2 }])).toMatchObject({ ok: true })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ reserved: 2 })
    expect(await shop.stored(stockKind, 'main/CUP')).toMatchObject({ reserved: 0 })

    const more = await hold(shop, 3)
    expect(await placeWith(shop, more.reservation, [{ sku: 'MUG', quantity: 5 }])).toMatchObject({ ok: true })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ reserved: 7 })
  })

  it('RS8 reserves the SKUs that the hold does not have beside those it has', async () => {
    const shop = await open()
    await stock(shop.oms, 'CUP', 4, '3.00')
    const { reservation } = await hold(shop, 3)
    const lines = [
      { sku: 'MUG', quantity: 3 },
      { sku: 'CUP', quantity: 2 },
    ]
    expect(await placeWith(shop, reservation, lines)).toMatchObject({ ok: true })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ reserved: 3 })
    expect(await shop.stored(stockKind, 'main/CUP')).toMatchObject({ reserved: 2 })
  })

  it('RS8 lets an order wait for what it wants beyond the hold and beyond the goods, first in a queue that was not there', async () => {
    const shop = await open(8)
    await shop.oms.orThrow.inventory.configure({ sku: 'MUG', backorderAllowance: 1 })
    const { reservation } = await hold(shop, 1)
    const placed = await placeWith(shop, reservation, [{ sku: 'MUG', quantity: 9 }])
    expect(placed).toMatchObject({ ok: true })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ reserved: 9, backordered: 1 })
    expect(await shop.stored(backorderQueueKind, 'main/MUG')).toMatchObject({
      promises: [{ source: { kind: 'order' }, line: 'L1', quantity: 1 }],
    })
  })

  it('is never refused what its own hold covers, even when nothing is left for others (ST7)', async () => {
    const shop = await open(4)
    const { reservation } = await hold(shop, 4)
    await shop.oms.orThrow.inventory.configure({ sku: 'MUG', safetyStock: 2 })
    expect(await placeWith(shop, reservation, [{ sku: 'MUG', quantity: 3 }])).toMatchObject({ ok: true })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ onHand: 4, reserved: 3 })
  })

  it('leaves the hold as it was when the order is refused', async () => {
    const shop = await open(4)
    const { reservation } = await hold(shop, 4)
    expect(await placeWith(shop, reservation, [{ sku: 'MUG', quantity: 5 }])).toMatchObject({
      error: { code: 'out_of_stock', details: { shortages: [{ wanted: 1, available: 0 }] } },
    })
    expect(await shop.stored(reservationKind, reservation)).toMatchObject({ status: 'held' })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ reserved: 4 })
  })

  it('RS4 row 92 refuses a hold that is over, and one that was released', async () => {
    const shop = await open()
    const late = await hold(shop, 1)
    const given = await hold(shop, 1)
    await shop.oms.orThrow.inventory.releaseHold({
      reservation: given.reservation,
      owner: 'cart-1',
      reason: 'cart_emptied',
    })
    expect(await placeWith(shop, given.reservation, [{ sku: 'MUG', quantity: 1 }])).toMatchObject({
      error: { code: 'reservation_released', status: 409, details: { because: 'cart_emptied' } },
    })
    shop.clock.advance(10 * minute)
    expect(await placeWith(shop, late.reservation, [{ sku: 'MUG', quantity: 1 }])).toMatchObject({
      error: { code: 'reservation_expired', status: 409 },
    })
  })

  it('row 93 commits a hold once, whatever key a repeat brings', async () => {
    const shop = await open()
    const { reservation } = await hold(shop, 2)
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => placeWith(shop, reservation, [{ sku: 'MUG', quantity: 2 }])),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    for (const answer of answers) {
      if (!answer.ok) expect(answer.error.code).toBe('reservation_already_committed')
    }
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ reserved: 2 })
  })

  it('RS10 row 94 neither expires nor is released once an order has it', async () => {
    const shop = await open()
    const { reservation } = await hold(shop, 2)
    await placeWith(shop, reservation, [{ sku: 'MUG', quantity: 2 }])
    shop.clock.advance(30 * 24 * 60 * minute)
    expect(await shop.oms.inventory.expireHold({ reservation })).toMatchObject({
      error: { code: 'invalid_state', details: { status: 'committed' } },
    })
    expect(await shop.oms.inventory.releaseHold({ reservation, owner: 'cart-1' })).toMatchObject({
      error: { code: 'invalid_state', details: { status: 'committed' } },
    })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ reserved: 2 })
  })

  it('lets only its owner use it', async () => {
    const shop = await open()
    const { reservation } = await hold(shop, 2)
    expect(await placeWith(shop, reservation, [{ sku: 'MUG', quantity: 2 }], 'cart-2')).toMatchObject({
      error: { code: 'reservation_owned_by_another', status: 403 },
    })
  })

  it('works for a draft as well', async () => {
    const shop = await open(2)
    const { reservation } = await hold(shop, 2)
    const draft = await shop.oms.orThrow.orders.capture(
      { channel: 'phone', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 2 }] },
      newKey(),
    )
    await shop.oms.orThrow.orders.placeDraft({ order: draft.order, held: { reservation, owner: 'cart-1' } })
    expect(await shop.stored(reservationKind, reservation)).toMatchObject({
      status: 'committed',
      order: draft.order,
    })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ reserved: 2 })
  })
})
