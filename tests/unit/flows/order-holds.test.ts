import { describe, expect, it } from 'vitest'
import { orderKind } from '../../../src/core/orders/order.js'
import { freshKey, openDesk, orderMugs, stockMugs } from '../../support/desk.js'
import { recordWrites } from '../../support/recorded-writes.js'
import { confirmed, newKey, openShop, shipped, stock } from '../../support/shop.js'

describe('holding an order', () => {
  it('F7 keeps it from moving on for a typed reason, and says so', async () => {
    const writes = recordWrites()
    const { clerk } = openDesk({ around: writes.around })
    await stockMugs(clerk)
    const order = await orderMugs(clerk)
    const held = await clerk.orThrow.orders.hold({ order, reason: 'incorrect_address' }, freshKey())
    expect(held).toMatchObject({ order, status: 'placed' })
    expect(await clerk.orders.confirm({ order })).toMatchObject({
      error: { code: 'order_on_hold', details: { holds: [{ id: held.hold, reason: 'incorrect_address' }] } },
    })
    await clerk.orThrow.orders.releaseHold({ order, hold: held.hold })
    expect(await clerk.orders.confirm({ order })).toMatchObject({ ok: true })
    expect(writes.messages.map(({ topic, data }) => [topic, data])).toEqual([
      ['order_received', { status: 'placed' }],
      ['order_on_hold', { status: 'placed', hold: held.hold, reason: 'incorrect_address' }],
      ['order_hold_released', { status: 'placed', hold: held.hold }],
      ['order_confirmed', { status: 'confirmed' }],
    ])
  })

  it('keeps it until every hold is released', async () => {
    const shop = openShop()
    const { oms } = shop
    await stock(oms, 'MUG', 10, '12.50')
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 1 }])
    const first = await oms.orThrow.orders.hold({ order, reason: 'other' }, newKey())
    const second = await oms.orThrow.orders.hold({ order, reason: 'other' }, newKey())
    expect(second.hold).not.toBe(first.hold)
    await oms.orThrow.orders.releaseHold({ order, hold: first.hold })
    expect(await oms.fulfillments.plan({ order })).toMatchObject({ error: { code: 'order_on_hold' } })
    expect(await oms.orders.releaseHold({ order, hold: first.hold })).toMatchObject({
      error: { code: 'invalid_state', details: { holds: [second.hold] } },
    })
    await oms.orThrow.orders.releaseHold({ order, hold: second.hold })
    expect((await shop.stored(orderKind, order)).holds).toEqual([])
  })

  it('closes an order that was done but for its hold when the hold is released', async () => {
    const { oms } = openShop()
    await stock(oms, 'MUG', 10, '12.50')
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 1 }])
    const left = await shipped(oms, order)
    const { hold } = await oms.orThrow.orders.hold({ order, reason: 'awaiting_return' }, newKey())
    await oms.orThrow.shipments.deliver({ shipment: left.shipment })
    await oms.orThrow.payments.record(
      { amount: left.total, method: 'cash', invoices: [{ invoice: left.invoice }] },
      newKey(),
    )
    expect(await oms.orThrow.orders.releaseHold({ order, hold })).toMatchObject({ status: 'closed' })
    expect(await oms.orders.hold({ order, reason: 'other' }, newKey())).toMatchObject({
      error: { code: 'invalid_state', details: { status: 'closed' } },
    })
  })

  it('needs a key, since a repeat would hold it twice, and a reason that it knows', async () => {
    const { oms } = openShop()
    await stock(oms, 'MUG', 10, '12.50')
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 1 }])
    expect(await oms.orders.hold({ order, reason: 'other' })).toMatchObject({
      error: { code: 'idempotency_key_required' },
    })
    expect(await oms.orders.hold({ order, reason: 'because' as never }, newKey())).toMatchObject({
      error: { issues: [{ path: ['reason'], rule: 'choice' }] },
    })
    expect(await oms.orders.hold({ order: 'nothing', reason: 'other' }, newKey())).toMatchObject({
      error: { code: 'unknown_order' },
    })
  })
})
