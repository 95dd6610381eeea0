import type { OrderManagementFor } from 'orderwright'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Reservation } from '../../../src/core/inventory/reservation.js'
import type { StockLevel } from '../../../src/core/inventory/stock-level.js'
import type { Order } from '../../../src/core/orders/order.js'
import { plantDrift } from '../../support/plant-drift.js'
import { confirmed, newKey, openShop, packed, shipped, stock, type Shop } from '../../support/shop.js'

let shop: Shop
let oms: OrderManagementFor

const level = (location = 'main') => oms.orThrow.inventory.level({ sku: 'MUG', location })
const audit = () => oms.orThrow.inventory.audit({ sku: 'MUG' })

beforeEach(async () => {
  shop = openShop()
  oms = shop.oms
  await stock(oms, 'MUG', 10, '12.50')
})

describe('reservations that drifted elsewhere', () => {
  it('magento/inventory #2130: a partial cancellation and credit before the shipment leave exactly what is still promised', async () => {
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 5 }])
    const { invoice } = await shipped(oms, order, [{ line: 'L1', quantity: 2 }])
    await oms.orThrow.orders.cancel(
      { order, lines: [{ line: 'L1', quantity: 1 }], reason: 'changed-mind' },
      newKey(),
    )
    await oms.orThrow.invoices.credit(
      { invoice, lines: [{ line: 'L1', quantity: 1 }], reason: 'goodwill' },
      newKey(),
    )
    expect(await level()).toMatchObject({ onHand: 8, reserved: 2, available: 6 })
    expect((await audit()).agrees).toBe(true)
  })

  it('magento/inventory #2503 #1246: an order that is canceled or gone leaves nothing reserved behind', async () => {
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 5 }])
    await oms.orThrow.orders.cancel({ order, reason: 'changed-mind' }, newKey())
    expect(await level()).toMatchObject({ reserved: 0, available: 10 })
    const other = await confirmed(oms, [{ sku: 'MUG', quantity: 3 }])
    await plantDrift<Order>(shop.storage, 'order', other, (state) => ({ ...state, status: 'canceled' }))
    expect((await audit()).findings).toEqual([
      { what: 'promised', documents: [{ kind: 'order', id: other }], found: 3, due: 0 },
    ])
  })

  it('magento/inventory #2078 PR #2184: what has drifted is found, proposed and compensated with a trace', async () => {
    const lines = [{ sku: 'MUG', quantity: 4 }]
    const { reservation } = await oms.orThrow.inventory.hold({ owner: 'cart', seconds: 60, lines }, newKey())
    await plantDrift<Reservation>(shop.storage, 'reservation', reservation, (state) => ({
      ...state,
      status: 'expired',
    }))
    expect((await audit()).proposal).toMatchObject({ before: { reserved: 4 }, after: { reserved: 0 } })
    await oms.orThrow.inventory.compensate({ sku: 'MUG', reason: 'left-behind' }, newKey())
    expect(await level()).toMatchObject({ reserved: 0, available: 10 })
    const { items } = await oms.orThrow.inventory.movements({ sku: 'MUG' })
    expect(items.at(-1)).toMatchObject({
      what: 'StockCorrected',
      change: { reserved: -4 },
      reason: 'left-behind',
      actor: { id: 'ada' },
    })
  })

  it('inventree/InvenTree #2741: what has been shipped is no longer allocated', async () => {
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 5 }])
    await shipped(oms, order)
    expect(await level()).toMatchObject({ onHand: 5, reserved: 0, available: 5 })
    expect((await audit()).agrees).toBe(true)
  })

  it('inventree/InvenTree #6431: work that is given up leaves the promise, and nothing else', async () => {
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 5 }])
    await packed(oms, order)
    const { items } = await oms.orThrow.fulfillments.list({ order })
    await oms.orThrow.fulfillments.cancel({ fulfillment: items[0]?.id ?? '', reason: 'too-few-hands' })
    expect(await level()).toMatchObject({ reserved: 5 })
    await oms.orThrow.orders.cancel({ order, reason: 'changed-mind' }, newKey())
    expect(await level()).toMatchObject({ reserved: 0 })
    expect((await audit()).agrees).toBe(true)
  })

  it('frappe/erpnext #24519: reserved stock is not moved away by a transfer, a scrapping or a correction', async () => {
    await confirmed(oms, [{ sku: 'MUG', quantity: 8 }])
    const { transfer } = await oms.orThrow.transfers.plan(
      { from: 'main', to: 'annex', lines: [{ sku: 'MUG', quantity: 3 }] },
      newKey(),
    )
    expect(await oms.transfers.ship({ transfer })).toMatchObject({ error: { code: 'out_of_stock' } })
    const goods = { sku: 'MUG', quantity: 3, reason: 'damaged' }
    expect(await oms.inventory.quarantine(goods, newKey())).toMatchObject({
      error: { code: 'stock_below_reserved' },
    })
    expect(await oms.inventory.adjust({ ...goods, quantity: -3 }, newKey())).toMatchObject({
      error: { code: 'stock_below_reserved' },
    })
    expect(await level()).toMatchObject({ onHand: 10, reserved: 8, available: 2 })
  })

  it('frappe/erpnext #46540: a stale reservation is named, instead of blocking its own order', async () => {
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 8 }])
    await plantDrift<StockLevel>(shop.storage, 'stock', 'main/MUG', (state) => ({ ...state, reserved: 10 }))
    expect((await audit()).findings).toEqual([{ what: 'figure', figure: 'reserved', found: 10, due: 8 }])
    expect(await shipped(oms, order)).toMatchObject({ order })
    await oms.orThrow.inventory.compensate({ sku: 'MUG', reason: 'stale' }, newKey())
    expect(await level()).toMatchObject({ onHand: 2, reserved: 0 })
  })

  it('medusajs/medusa #12401: reserved never goes below zero, and a level that did elsewhere can be repaired', async () => {
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 2 }])
    const cancel = () => oms.orders.cancel({ order, reason: 'changed-mind' }, newKey())
    const answers = await Promise.all([cancel(), cancel(), cancel()])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await level()).toMatchObject({ reserved: 0 })
    await plantDrift<StockLevel>(shop.storage, 'stock', 'main/MUG', (state) => ({ ...state, onHand: 12 }))
    await oms.orThrow.inventory.compensate({ sku: 'MUG', reason: 'repair' }, newKey())
    expect(await level()).toMatchObject({ onHand: 10, reserved: 0, available: 10 })
  })

  it('medusajs/medusa #16338: work at one location never touches the level of another', async () => {
    await oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 4, location: 'annex' }, newKey())
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 3, location: 'annex' } as never])
    await shipped(oms, order)
    expect(await level('annex')).toMatchObject({ onHand: 1, reserved: 0 })
    expect(await level()).toMatchObject({ onHand: 10, reserved: 0 })
  })
})
