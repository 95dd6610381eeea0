import { describe, expect, it } from 'vitest'
import { reservationKind } from '../../../src/core/inventory/reservation.js'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { freshKey, openDesk, orderMugs, stockMugs } from '../../support/desk.js'
import { recordWrites } from '../../support/recorded-writes.js'
import { confirmed, newKey, openShop, packed, shipped, stock } from '../../support/shop.js'

describe('canceling an order', () => {
  it('F185 gives its stock back in the same commit, with the order as the source of the movement', async () => {
    const writes = recordWrites()
    const { clerk } = openDesk({ around: writes.around })
    await stockMugs(clerk)
    const order = await orderMugs(clerk, 4)
    const before = writes.events.length
    expect(await clerk.orThrow.orders.cancel({ order, reason: 'changed_mind' }, freshKey())).toMatchObject({
      order,
      status: 'canceled',
    })
    const bodies = writes.events
      .slice(before)
      .map(({ body }) => (JSON.parse(body) as { event: object }).event)
    expect(bodies).toEqual([
      { type: 'OrderQuantitiesCanceled', lines: [{ line: 'L1', quantity: 4 }], reason: 'changed_mind' },
      { type: 'OrderCanceled', reason: 'changed_mind' },
      { type: 'StockReleased', quantity: 4, source: { kind: 'order', id: order }, reason: 'changed_mind' },
    ])
    expect(writes.messages.at(-1)).toMatchObject({
      about: { kind: 'order', id: order },
      topic: 'order_canceled',
      data: { status: 'canceled', reason: 'changed_mind' },
    })
  })

  it('F29 cancels units of lines, and lets the order go on with the rest', async () => {
    const shop = openShop()
    const { oms } = shop
    await stock(oms, 'MUG', 10, '12.50')
    await stock(oms, 'CUP', 10, '3.00')
    const order = await confirmed(oms, [
      { sku: 'MUG', quantity: 4 },
      { sku: 'CUP', quantity: 2 },
    ])
    await oms.orThrow.orders.cancel(
      { order, lines: [{ line: 'L1', quantity: 3 }], reason: 'changed_mind' },
      newKey(),
    )
    expect(await shop.stored(orderKind, order)).toMatchObject({
      status: 'confirmed',
      lines: [
        { canceled: 3, allocated: 1 },
        { canceled: 0, allocated: 2 },
      ],
    })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ reserved: 1 })
    expect(await shop.stored(stockKind, 'main/CUP')).toMatchObject({ reserved: 2 })
    const left = await shipped(oms, order)
    expect(left.total).toEqual({ amount: '18.50', currency: 'EUR' })
  })

  it('writes one movement per stock level, however many lines share it (ST10)', async () => {
    const writes = recordWrites()
    const { clerk } = openDesk({ around: writes.around })
    await stockMugs(clerk)
    const { order } = await clerk.orThrow.orders.place(
      {
        channel: 'web',
        currency: 'EUR',
        lines: [
          { sku: 'MUG', quantity: 1 },
          { sku: 'MUG', quantity: 2 },
        ],
      },
      freshKey(),
    )
    await clerk.orThrow.orders.cancel({ order, reason: 'changed_mind' }, freshKey())
    const released = writes.events.filter(({ type }) => type === 'StockReleased')
    expect(
      released.map(({ body }) => (JSON.parse(body) as { event: { quantity: number } }).event.quantity),
    ).toEqual([3])
  })

  it('takes units in the unit of the line', async () => {
    const shop = openShop()
    const { oms } = shop
    await oms.orThrow.catalog.define({
      sku: 'TEA',
      name: 'Tea',
      unit: { code: 'KGM', digits: 3 },
      price: { amount: '40.00', currency: 'EUR' },
    })
    await oms.orThrow.inventory.receive({ sku: 'TEA', quantity: '5' }, newKey())
    const { order } = await oms.orThrow.orders.place(
      { channel: 'web', currency: 'EUR', lines: [{ sku: 'TEA', quantity: '2.5' }] },
      newKey(),
    )
    await oms.orThrow.orders.cancel(
      { order, lines: [{ line: 'L1', quantity: '0.75' }], reason: 'x' },
      newKey(),
    )
    expect(await shop.stored(stockKind, 'main/TEA')).toMatchObject({ reserved: 1_750 })
    expect(
      await oms.orders.cancel({ order, lines: [{ line: 'L1', quantity: '0.0001' }], reason: 'x' }, newKey()),
    ).toMatchObject({ error: { issues: [{ path: ['lines', 0, 'quantity'], rule: 'quantity.precision' }] } })
  })

  it('frees nothing for a draft, which promised nothing', async () => {
    const shop = openShop()
    const { oms } = shop
    await stock(oms, 'MUG', 10, '12.50')
    const { order } = await oms.orThrow.orders.capture(
      { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 4 }] },
      newKey(),
    )
    expect(await oms.orThrow.orders.cancel({ order, reason: 'changed_mind' }, newKey())).toMatchObject({
      status: 'canceled',
    })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ onHand: 10, reserved: 0 })
  })

  it('ends the hold that became the order’s reservation with its last unit', async () => {
    const shop = openShop()
    const { oms } = shop
    await stock(oms, 'MUG', 10, '12.50')
    const { reservation } = await oms.orThrow.inventory.hold(
      { owner: 'cart-1', lines: [{ sku: 'MUG', quantity: 4 }], seconds: 60 },
      newKey(),
    )
    const { order } = await oms.orThrow.orders.place(
      {
        channel: 'web',
        currency: 'EUR',
        lines: [{ sku: 'MUG', quantity: 4 }],
        held: { reservation, owner: 'cart-1' },
      },
      newKey(),
    )
    await oms.orThrow.orders.cancel({ order, lines: [{ line: 'L1', quantity: 1 }], reason: 'x' }, newKey())
    expect(await shop.stored(reservationKind, reservation)).toMatchObject({ status: 'committed' })
    await oms.orThrow.orders.cancel({ order, reason: 'x' }, newKey())
    expect(await shop.stored(reservationKind, reservation)).toMatchObject({ status: 'canceled' })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ reserved: 0 })
  })

  it('row 86 refuses what has left, and closes the order when the rest was all that was missing', async () => {
    const shop = openShop()
    const { oms } = shop
    await stock(oms, 'MUG', 10, '12.50')
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 3 }])
    const left = await shipped(oms, order, [{ line: 'L1', quantity: 2 }])
    await oms.orThrow.shipments.deliver({ shipment: left.shipment })
    expect(
      await oms.orders.cancel({ order, lines: [{ line: 'L1', quantity: 2 }], reason: 'x' }, newKey()),
    ).toMatchObject({ error: { code: 'quantity_exceeded', details: { line: 'L1', wanted: 2, limit: 1 } } })
    await oms.orThrow.payments.record(
      { amount: { amount: '25.00', currency: 'EUR' }, method: 'cash', invoices: [{ invoice: left.invoice }] },
      newKey(),
    )
    expect(await oms.orThrow.orders.cancel({ order, reason: 'x' }, newKey())).toMatchObject({
      status: 'closed',
    })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ onHand: 8, reserved: 0 })
  })

  it('OQ9 lets either the cancellation or the shipment have a unit, never both', async () => {
    const shop = openShop()
    const { oms } = shop
    await stock(oms, 'MUG', 10, '12.50')
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 3 }])
    const shipment = await packed(oms, order, [{ line: 'L1', quantity: 2 }])
    const [canceled, left] = await Promise.all([
      oms.orders.cancel({ order, lines: [{ line: 'L1', quantity: 2 }], reason: 'x' }, newKey()),
      oms.shipments.ship({ shipment, carrier: 'Parcel Post' }),
    ])
    expect(canceled).toMatchObject({ error: { code: 'quantity_exceeded', details: { wanted: 2, limit: 1 } } })
    expect(left).toMatchObject({ ok: true })
    const [line] = (await shop.stored(orderKind, order)).lines
    expect(line).toMatchObject({ quantity: 3, shipped: 2, canceled: 0, allocated: 1 })
  })

  it('answers a repeat with the first answer instead of canceling more', async () => {
    const shop = openShop()
    const { oms } = shop
    await stock(oms, 'MUG', 10, '12.50')
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 4 }])
    const key = newKey()
    const input = { order, lines: [{ line: 'L1', quantity: 1 }], reason: 'x' }
    await oms.orThrow.orders.cancel(input, key)
    expect(await oms.orders.cancel(input, key)).toMatchObject({ ok: true, replayed: true })
    expect((await shop.stored(orderKind, order)).lines[0]).toMatchObject({ canceled: 1 })
    expect(await oms.orders.cancel(input)).toMatchObject({ error: { code: 'idempotency_key_required' } })
  })

  it('refuses an order that is not there', async () => {
    const { oms } = openShop()
    expect(await oms.orders.cancel({ order: 'nothing', reason: 'x' }, newKey())).toMatchObject({
      error: { code: 'unknown_order', status: 404 },
    })
  })
})
