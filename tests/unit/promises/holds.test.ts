import { describe, expect, it } from 'vitest'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import { reservationKind } from '../../../src/core/inventory/reservation.js'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { openPromiseShop, type PromiseShop } from '../../support/promise-shop.js'
import { newKey, openShop, stock } from '../../support/shop.js'

const open = async (quantity = 5, settings = {}): Promise<PromiseShop> => {
  const shop = openPromiseShop(settings)
  await stock(shop.oms, 'MUG', quantity, '10.00')
  return shop
}

const hold = ({ oms }: PromiseShop, quantity: number, owner = 'cart', seconds = 60) =>
  oms.inventory.hold({ owner, lines: [{ sku: 'MUG', quantity }], seconds }, newKey())

const heldId = async (shop: PromiseShop, quantity: number): Promise<string> => {
  const answer = await hold(shop, quantity)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value.reservation
}

const place = ({ oms }: PromiseShop, quantity: number, reservation: string, more: object = {}) =>
  oms.orders.place(
    {
      channel: 'web',
      currency: 'EUR',
      lines: [{ sku: 'MUG', quantity }],
      held: { reservation, owner: 'cart', ...more },
    },
    newKey(),
  )

const mugs = (shop: PromiseShop) => shop.stored(stockKind, 'main/MUG')

describe('a hold that comes to an order', () => {
  it('RS8 gives what is not ordered back in the same commit, and asks afresh for what is ordered beyond it', async () => {
    const shop = await open()
    await place(shop, 2, await heldId(shop, 4))
    expect(await mugs(shop)).toMatchObject({ reserved: 2 })
    expect(await place(shop, 4, await heldId(shop, 1))).toMatchObject({
      error: { code: 'out_of_stock', details: { shortages: [{ wanted: 3, available: 2 }] } },
    })
  })

  it('RS4 that is over is refused, unless the caller asks to reacquire and the stock is still there', async () => {
    const shop = await open()
    const late = await heldId(shop, 3)
    shop.clock.advance(60_000)
    expect(await place(shop, 3, late)).toMatchObject({ error: { code: 'reservation_expired' } })
    expect(await place(shop, 3, late, { whenLate: 'reacquire' })).toMatchObject({
      ok: true,
      value: { reacquired: true },
    })
    expect(await mugs(shop)).toMatchObject({ reserved: 3 })
    expect(await shop.stored(reservationKind, late)).toMatchObject({
      status: 'expired',
      releasedBecause: 'expired',
    })
  })

  it('RS4 RS1 reacquires for a swept or released hold too, and truthfully refuses when others were faster', async () => {
    const shop = await open()
    const late = await heldId(shop, 3)
    shop.clock.advance(60_000)
    await shop.manager.sweep()
    await hold(shop, 4, 'another')
    expect(await place(shop, 3, late, { whenLate: 'reacquire' })).toMatchObject({
      error: { code: 'out_of_stock', details: { shortages: [{ wanted: 3, available: 1 }] } },
    })
    expect(await place(shop, 1, late, { whenLate: 'reacquire' })).toMatchObject({ ok: true })
  })

  it('RS4 reacquires nothing that belongs to an order or to somebody else', async () => {
    const shop = await open()
    const own = await heldId(shop, 1)
    await place(shop, 1, own)
    expect(await place(shop, 1, own, { whenLate: 'reacquire' })).toMatchObject({
      error: { code: 'reservation_already_committed' },
    })
    const other = await heldId(shop, 1)
    shop.clock.advance(60_000)
    expect(await place(shop, 1, other, { owner: 'thief', whenLate: 'reacquire' })).toMatchObject({
      error: { code: 'reservation_owned_by_another' },
    })
  })

  it('RS5 a payment that comes too late is kept as a deposit and paid back once, whoever asks how often', async () => {
    const shop = await open(1)
    const draft = await shop.oms.orThrow.orders.capture(
      { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] },
      newKey(),
    )
    const late = await heldId(shop, 1)
    shop.clock.advance(60_000)
    const amount = { amount: '10.00', currency: 'EUR' }
    const { payment } = await shop.oms.orThrow.payments.record(
      { amount, method: 'card', order: draft.order },
      newKey(),
    )
    await shop.manager.sweep()
    await hold(shop, 1, 'another')
    const held = { reservation: late, owner: 'cart', whenLate: 'reacquire' as const }
    expect(await shop.oms.orders.placeDraft({ order: draft.order, held })).toMatchObject({
      error: { code: 'out_of_stock' },
    })
    const refunds = await Promise.all(
      [1, 2, 3].map(() => shop.oms.payments.refund({ payment, amount, reason: 'out_of_stock' }, newKey())),
    )
    expect(refunds.map((answer) => (answer.ok ? 'refunded' : answer.error.code)).toSorted()).toEqual([
      'refund_exceeds_captured',
      'refund_exceeds_captured',
      'refunded',
    ])
  })
})

describe('the quota of an owner', () => {
  it('limits how many holds one owner has at a time, and no other owner', async () => {
    const shop = await open(9, { holdsPerOwner: 2 })
    const [first, , third] = await Promise.all([hold(shop, 1), hold(shop, 1), hold(shop, 1)])
    expect(third).toMatchObject({
      error: { code: 'limit_exceeded', details: { limit: 'holdsPerOwner', most: 2 } },
    })
    expect(await mugs(shop)).toMatchObject({ reserved: 2 })
    expect(await hold(shop, 1, 'another')).toMatchObject({ ok: true })
    await shop.oms.orThrow.inventory.releaseHold({
      reservation: first?.ok ? first.value.reservation : '',
      owner: 'cart',
    })
    expect(await hold(shop, 1)).toMatchObject({ ok: true })
  })

  it('counts no hold that is over or has become an order, and knows when one was extended', async () => {
    const shop = await open(9, { holdsPerOwner: 1 })
    const first = await heldId(shop, 1)
    await shop.oms.orThrow.inventory.extendHold({ reservation: first, owner: 'cart', seconds: 120 })
    shop.clock.advance(61_000)
    expect(await hold(shop, 1)).toMatchObject({ error: { code: 'limit_exceeded' } })
    await place(shop, 1, first)
    const second = await hold(shop, 1)
    expect(second).toMatchObject({ ok: true })
    shop.clock.advance(60_000)
    expect(await hold(shop, 1)).toMatchObject({ ok: true })
  })
})

it('ST9 a shortage asks for all holds of a level in one read, however many there are', async () => {
  let reads = 0
  const { oms } = openShop((options) => {
    const storage = memoryStorage(options)
    return {
      ...storage,
      read: async (tenant, keys) => {
        if (keys.some(({ kind }) => kind === reservationKind.name)) reads += 1
        return storage.read(tenant, keys)
      },
    }
  })
  await stock(oms, 'MUG', 10, '10.00')
  for (let cart = 0; cart < 10; cart += 1) {
    const lines = [{ sku: 'MUG', quantity: 1 }]
    await oms.orThrow.inventory.hold({ owner: `cart-${cart}`, lines, seconds: 60 }, newKey())
  }
  const lost = await oms.orThrow.inventory.adjust(
    { sku: 'MUG', quantity: -4, reason: 'fire', shortage: 'backorder' },
    newKey(),
  )
  expect(lost.backordered).toHaveLength(4)
  expect(reads).toBe(1)
})
