import { describe, expect, it } from 'vitest'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { openPromiseShop, type PromiseShop } from '../../support/promise-shop.js'
import { confirmed, newKey, shipped, stock } from '../../support/shop.js'

type Line = { readonly sku: string; readonly quantity: number; readonly location?: string }

const open = async (mugs: number, lamps: number): Promise<PromiseShop> => {
  const shop = openPromiseShop()
  await stock(shop.oms, 'MUG', mugs, '10.00')
  await stock(shop.oms, 'LAMP', lamps, '20.00')
  const kit = (sku: string, components: readonly Line[]) =>
    shop.oms.orThrow.catalog.define({
      sku,
      name: sku,
      price: { amount: '25.00', currency: 'EUR' },
      components: [...components],
    })
  await kit('SET', [
    { sku: 'LAMP', quantity: 1 },
    { sku: 'MUG', quantity: 2 },
  ])
  await kit('DUO', [{ sku: 'MUG', quantity: 2 }])
  return shop
}

const place = ({ oms }: PromiseShop, lines: readonly Line[], more: object = {}) =>
  oms.orders.place({ channel: 'web', currency: 'EUR', lines: [...lines], ...more }, newKey())

const level = (shop: PromiseShop, sku: string) => shop.stored(stockKind, `main/${sku}`)

const codes = (answers: readonly { readonly ok: boolean; readonly error?: { readonly code: string } }[]) =>
  answers.map((answer) => (answer.ok ? 'ok' : (answer.error?.code ?? 'none')))

describe('what other systems sold twice, when it was a bundle', () => {
  it('medusajs/medusa #16569: bundles and single sales that race for one component never take more than there is', async () => {
    const shop = await open(10, 10)
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        place(
          shop,
          [[{ sku: 'SET', quantity: 1 }], [{ sku: 'DUO', quantity: 1 }], [{ sku: 'MUG', quantity: 1 }]][
            index % 3
          ] ?? [],
        ),
      ),
    )
    const taken = answers.reduce(
      (sum, answer, index) => sum + (answer.ok ? ([2, 2, 1][index % 3] ?? 0) : 0),
      0,
    )
    expect(taken).toBe((await level(shop, 'MUG')).reserved)
    expect(taken).toBeLessThanOrEqual(10)
    expect(taken).toBeGreaterThanOrEqual(9)
  })

  it('medusajs/medusa #16502: two bundles with the same component in one order are checked as one sum', async () => {
    const shop = await open(5, 5)
    expect(
      await place(shop, [
        { sku: 'SET', quantity: 2 },
        { sku: 'DUO', quantity: 1 },
      ]),
    ).toMatchObject({ error: { details: { shortages: [{ sku: 'MUG', wanted: 6, available: 5 }] } } })
    expect([await level(shop, 'MUG'), await level(shop, 'LAMP')]).toMatchObject([
      { reserved: 0 },
      { reserved: 0 },
    ])
  })

  it('medusajs/medusa #12532: a kit of several parts reserves each part as often as one kit holds it', async () => {
    const shop = await open(10, 5)
    await place(shop, [{ sku: 'SET', quantity: 3 }])
    expect([await level(shop, 'MUG'), await level(shop, 'LAMP')]).toMatchObject([
      { reserved: 6 },
      { reserved: 3 },
    ])
  })

  it('medusajs/medusa #11266, #6500, #9821: a kit ships the parts it has reserved and leaves nothing behind', async () => {
    const shop = await open(6, 3)
    const id = await confirmed(shop.oms, [{ sku: 'SET', quantity: 3 }])
    await shipped(shop.oms, id, [{ line: 'L1', quantity: 1 }])
    await shipped(shop.oms, id)
    expect([await level(shop, 'MUG'), await level(shop, 'LAMP')]).toMatchObject([
      { onHand: 0, reserved: 0 },
      { onHand: 0, reserved: 0 },
    ])
  })

  it('woocommerce/woocommerce #44273, spree/spree #3808, #3792: no component ever goes below zero', async () => {
    const shop = await open(3, 3)
    await Promise.all(Array.from({ length: 8 }, () => place(shop, [{ sku: 'SET', quantity: 1 }])))
    const mugs = await level(shop, 'MUG')
    expect(mugs).toMatchObject({ onHand: 3, reserved: 2 })
  })

  it('Paymenter #965: a substitute is offered on the very stock the refusal was decided on', async () => {
    const shop = await open(1, 1)
    await shop.oms.orThrow.catalog.define({ sku: 'LAMP', name: 'Lamp', substitutes: ['MUG'] })
    const answers = await Promise.all([
      place(shop, [{ sku: 'MUG', quantity: 1 }]),
      place(shop, [{ sku: 'LAMP', quantity: 2 }]),
    ])
    expect(answers[1]).toMatchObject({ error: { code: 'out_of_stock' } })
    expect(answers[1]).not.toHaveProperty('error.details.offers')
  })
})

describe('what other systems did with orders that wait', () => {
  it('vendurehq/vendure #319: an order may wait for stock, within a limit, and gets it when it comes', async () => {
    const shop = await open(1, 1)
    await shop.oms.orThrow.inventory.configure({ sku: 'MUG', backorderAllowance: 2 })
    const placed = await place(shop, [{ sku: 'MUG', quantity: 3 }])
    if (!placed.ok) throw new Error('not placed')
    expect(codes([await place(shop, [{ sku: 'MUG', quantity: 1 }])])).toEqual(['out_of_stock'])
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 2 }, newKey())
    expect((await shop.stored(orderKind, placed.value.order)).lines).toMatchObject([{ allocated: 3 }])
  })

  it('solidusio/solidus #2285, #5669, PR #6320: what waits at one location is not filled from another behind its back', async () => {
    const shop = await open(1, 1)
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 1, location: 'north' }, newKey())
    await shop.oms.orThrow.inventory.configure({ sku: 'MUG', location: 'north', backorderAllowance: 3 })
    const placed = await place(shop, [{ sku: 'MUG', quantity: 2, location: 'north' }])
    if (!placed.ok) throw new Error('not placed')
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 5 }, newKey())
    expect((await shop.stored(orderKind, placed.value.order)).lines).toMatchObject([{ allocated: 1 }])
    expect(await level(shop, 'MUG')).toMatchObject({ onHand: 6, reserved: 0 })
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 1, location: 'north' }, newKey())
    expect((await shop.stored(orderKind, placed.value.order)).lines).toMatchObject([{ allocated: 2 }])
  })

  it('frappe/erpnext #57159, #39298: what is reserved without goods neither blocks nor feeds the shipment of what has them', async () => {
    const shop = await open(2, 1)
    await shop.oms.orThrow.inventory.configure({ sku: 'MUG', backorderAllowance: 5 })
    const first = await confirmed(shop.oms, [{ sku: 'MUG', quantity: 2 }])
    const second = await confirmed(shop.oms, [{ sku: 'MUG', quantity: 5 }])
    expect(await shop.oms.fulfillments.plan({ order: second })).toMatchObject({
      error: { code: 'waiting_for_stock' },
    })
    await shipped(shop.oms, first)
    expect(await level(shop, 'MUG')).toMatchObject({ onHand: 0, reserved: 5, backordered: 5 })
  })

  it('magento/inventory #1849, #2773, #2859, #2454, #3329: what waits, is canceled in parts, filled and shipped leaves no drift', async () => {
    const shop = await open(2, 1)
    await shop.oms.orThrow.inventory.configure({ sku: 'MUG', backorderAllowance: 9 })
    const id = await confirmed(shop.oms, [{ sku: 'MUG', quantity: 6 }])
    const cancel = (quantity: number) =>
      shop.oms.orThrow.orders.cancel(
        { order: id, lines: [{ line: 'L1', quantity }], reason: 'less' },
        newKey(),
      )
    await cancel(1)
    await shipped(shop.oms, id)
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 2 }, newKey())
    await cancel(2)
    await shipped(shop.oms, id)
    expect((await shop.stored(orderKind, id)).lines).toMatchObject([
      { quantity: 6, canceled: 3, shipped: 3, allocated: 0 },
    ])
    const mugs = await level(shop, 'MUG')
    expect(mugs).toMatchObject({ onHand: 1, reserved: 0 })
    expect(mugs).not.toHaveProperty('backordered')
  })

  it('woocommerce/woocommerce PR #66303: a hold that ends frees its goods for those who wait, once', async () => {
    const shop = await open(2, 1)
    await shop.oms.orThrow.inventory.configure({ sku: 'MUG', backorderAllowance: 9 })
    await shop.oms.orThrow.inventory.hold(
      { owner: 'cart', lines: [{ sku: 'MUG', quantity: 2 }], seconds: 60 },
      newKey(),
    )
    const placed = await place(shop, [{ sku: 'MUG', quantity: 3 }])
    if (!placed.ok) throw new Error('not placed')
    shop.clock.advance(60_000)
    await Promise.all([shop.manager.sweep(), shop.manager.sweep(), shop.manager.sweep()])
    expect((await shop.stored(orderKind, placed.value.order)).lines).toMatchObject([{ allocated: 2 }])
    expect(await level(shop, 'MUG')).toMatchObject({ reserved: 3, backordered: 1 })
  })

  it('Shopify/mobile-buy-sdk-ios #644: a cart that waits keeps its place while the customer pays', async () => {
    const shop = await open(1, 1)
    await shop.oms.orThrow.inventory.configure({ sku: 'MUG', backorderAllowance: 9 })
    const hold = (owner: string, quantity: number) =>
      shop.oms.orThrow.inventory.hold({ owner, lines: [{ sku: 'MUG', quantity }], seconds: 600 }, newKey())
    const early = await hold('early', 2)
    shop.clock.advance(1_000)
    const late = await hold('late', 2)
    const lateOrder = await place(shop, [{ sku: 'MUG', quantity: 2 }], {
      held: { reservation: late.reservation, owner: 'late' },
    })
    const earlyOrder = await place(shop, [{ sku: 'MUG', quantity: 2 }], {
      held: { reservation: early.reservation, owner: 'early' },
    })
    if (!lateOrder.ok || !earlyOrder.ok) throw new Error('not placed')
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 1 }, newKey())
    expect((await shop.stored(orderKind, earlyOrder.value.order)).lines).toMatchObject([{ allocated: 2 }])
    expect((await shop.stored(orderKind, lateOrder.value.order)).lines).toMatchObject([{ allocated: 0 }])
  })
})
