import { describe } from 'vitest'
import type { OrderId } from '../../../src/core/ids/ids.js'
import type { BackorderQueue } from '../../../src/core/inventory/backorder-queue.js'
import type { Reservation } from '../../../src/core/inventory/reservation.js'
import type { StockLevel } from '../../../src/core/inventory/stock-level.js'
import type { ExpectedReceipt } from '../../../src/core/replenishment/expected-receipt.js'
import { newKey, openShop, stock } from '../../support/shop.js'
import { newestOf, plantedIn, withFirst } from '../../support/soundness.js'

const noon = '2026-03-01T12:00:00.000Z' as Reservation['heldAt']

const held = async () => {
  const { oms, storage } = openShop()
  await stock(oms, 'MUG', 10, '12.50')
  await oms.orThrow.inventory.hold(
    { owner: 'cart', lines: [{ sku: 'MUG', quantity: 2 }], seconds: 60 },
    newKey(),
  )
  return newestOf<Reservation>(storage, 'reservation')
}

const taken = async () => {
  const { oms, storage } = openShop()
  await stock(oms, 'MUG', 10, '12.50')
  const lines = [{ sku: 'MUG', quantity: 2 }]
  const { reservation } = await oms.orThrow.inventory.hold({ owner: 'cart', lines, seconds: 60 }, newKey())
  await oms.orThrow.orders.place(
    { channel: 'web', currency: 'EUR', lines, held: { reservation, owner: 'cart' } },
    newKey(),
  )
  return newestOf<Reservation>(storage, 'reservation')
}

describe('a hold', () => {
  plantedIn<Reservation>('reservation', held, [
    ['it ends when it begins', ({ heldAt }) => ({ expiresAt: heldAt }), 'RS2 a hold ends after it begins'],
    [
      'it holds nothing',
      ({ lines }) => ({ lines: withFirst(lines, () => ({ quantity: 0 })) }),
      'RS1 a hold is above zero',
    ],
    [
      'an order has it that has not taken it',
      { order: 'O-1' as OrderId },
      'RS1 a hold is whose its status says',
    ],
    ['it was given back and is held', { releasedBecause: 'why' }, 'RS1 a hold is whose its status says'],
    ['it was given back without a reason', { status: 'expired' }, 'RS1 a hold is whose its status says'],
  ])
})

describe('a hold that an order has taken', () => {
  plantedIn<Reservation>('reservation', taken, [
    ['it is held again', { status: 'held' }, 'RS1 a hold is whose its status says'],
    ['it was released all the same', { status: 'released' }, 'RS1 a hold is whose its status says'],
    ['it ended before it began', { heldAt: noon, expiresAt: noon }, 'RS2 a hold ends after it begins'],
  ])
})

const waiting = async () => {
  const { oms, storage, clock } = openShop()
  await stock(oms, 'MUG', 1, '12.50')
  await oms.orThrow.inventory.configure({ sku: 'MUG', backorderAllowance: 10 })
  for (const quantity of [2, 3]) {
    clock.advance(1_000)
    const order = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity }] }
    await oms.orThrow.orders.place({ ...order, whenShort: 'backorder' }, newKey())
  }
  return storage
}

describe('those who wait for goods', () => {
  plantedIn<BackorderQueue>('backorder_queue', async () => newestOf(await waiting(), 'backorder_queue'), [
    [
      'somebody waits for nothing',
      ({ promises }) => ({ promises: withFirst(promises, () => ({ quantity: 0 })) }),
      'whoever waits longest is first',
    ],
    [
      'whoever came last stands first',
      ({ promises }) => ({ promises: promises.toReversed() }),
      'whoever waits longest is first',
    ],
  ])

  plantedIn<StockLevel>('stock', async () => newestOf(await waiting(), 'stock'), [
    ['more waits than was promised', { reserved: 0 }, 'ST9 no more waits than was promised'],
  ])
})

const expected = async (...come: readonly number[]) => {
  const { oms, storage } = openShop()
  await stock(oms, 'MUG', 1, '12.50')
  const { expected: id } = await oms.orThrow.inventory.expect(
    { sku: 'MUG', quantity: 10, expectedOn: '2026-04-01' },
    newKey(),
  )
  for (const quantity of come)
    await oms.orThrow.inventory.receive({ sku: 'MUG', quantity, expected: id }, newKey())
  return newestOf<ExpectedReceipt>(storage, 'expected_receipt')
}

describe('goods on order', () => {
  plantedIn<ExpectedReceipt>('expected_receipt', () => expected(), [
    ['less than nothing has come', { received: -1 }, 'as much of an order has come as its status says'],
    ['some of what is expected has come', { received: 3 }, 'as much of an order has come as its status says'],
    [
      'less than nothing has come of what was canceled',
      { status: 'canceled', received: -1 },
      'as much of an order has come as its status says',
    ],
    [
      'nothing has come of some',
      { status: 'partly_received' },
      'as much of an order has come as its status says',
    ],
  ])

  plantedIn<ExpectedReceipt>('expected_receipt', () => expected(4), [
    [
      'all of it has come and more is waited for',
      { received: 10 },
      'as much of an order has come as its status says',
    ],
    [
      'it is received and some is missing',
      { status: 'received' },
      'as much of an order has come as its status says',
    ],
  ])

  plantedIn<ExpectedReceipt>('expected_receipt', () => expected(4, 6), [
    [
      'all of it has come and none is received',
      { status: 'expected' },
      'as much of an order has come as its status says',
    ],
  ])
})
