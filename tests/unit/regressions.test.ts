import { describe, expect, it } from 'vitest'
import { stockKind } from '../../src/core/inventory/stock-level.js'
import { orderKind } from '../../src/core/orders/order.js'
import { confirmed, newKey, openShop, packed, shipped, stock, type Shop } from '../support/shop.js'

const place = (
  { oms }: Shop,
  lines: readonly { readonly sku: string; readonly quantity: number; readonly location?: string }[],
  more: object = {},
) => oms.orders.place({ channel: 'web', currency: 'EUR', lines: [...lines], ...more }, newKey())

const open = async (quantity: number): Promise<Shop> => {
  const shop = openShop()
  await stock(shop.oms, 'MUG', quantity, '12.50')
  return shop
}

const mugs = (shop: Shop) => shop.stored(stockKind, 'main/MUG')

const codes = (answers: readonly { readonly ok: boolean; readonly error?: { readonly code: string } }[]) =>
  answers.map((answer) => (answer.ok ? 'ok' : answer.error?.code))

describe('what other systems sold twice', () => {
  it('medusajs/medusa #16569: reservations made at once never add up to more than there is', async () => {
    const shop = await open(10)
    const answers = await Promise.all(
      Array.from({ length: 30 }, () =>
        shop.oms.inventory.hold(
          { owner: 'cart', lines: [{ sku: 'MUG', quantity: 1 }], seconds: 60 },
          newKey(),
        ),
      ),
    )
    expect(codes(answers)).toEqual([
      ...Array.from({ length: 10 }, () => 'ok'),
      ...Array.from({ length: 20 }, () => 'out_of_stock'),
    ])
    expect(await mugs(shop)).toMatchObject({ onHand: 10, reserved: 10 })
  })

  it('medusajs/medusa #16502, vendurehq/vendure #2702: two lines of one SKU in one order are checked as one sum', async () => {
    const shop = await open(10)
    const twice = [
      { sku: 'MUG', quantity: 6 },
      { sku: 'MUG', quantity: 6 },
    ]
    expect(await place(shop, twice)).toMatchObject({
      error: { code: 'out_of_stock', details: { shortages: [{ sku: 'MUG', wanted: 12, available: 10 }] } },
    })
    expect(await mugs(shop)).toMatchObject({ reserved: 0 })
  })

  it('vendurehq/vendure #3508, saleor/saleor #543, django-oscar/django-oscar #2102, magento/magento2 #6363, magento/inventory #2722: of all buyers of the last unit one gets it', async () => {
    const shop = await open(1)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => place(shop, [{ sku: 'MUG', quantity: 1 }])),
    )
    expect(codes(answers)).toEqual(['ok', ...Array.from({ length: 19 }, () => 'out_of_stock')])
    expect(await mugs(shop)).toMatchObject({ onHand: 1, reserved: 1 })
  })

  it('vendurehq/vendure #1738, #1355: an old cart does not sell what is gone meanwhile', async () => {
    const shop = await open(1)
    const cart = await shop.oms.orThrow.orders.capture(
      { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] },
      newKey(),
    )
    await place(shop, [{ sku: 'MUG', quantity: 1 }])
    expect(await shop.oms.orders.placeDraft({ order: cart.order })).toMatchObject({
      error: { code: 'out_of_stock', details: { shortages: [{ wanted: 1, available: 0 }] } },
    })
    expect(await shop.stored(orderKind, cart.order)).toMatchObject({ status: 'draft' })
  })

  it('vendurehq/vendure #3065, openfoodfoundation/openfoodnetwork #3925, #5300: an order that was paid and found no stock is not stuck', async () => {
    const shop = await open(1)
    const { order } = await shop.oms.orThrow.orders.capture(
      { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] },
      newKey(),
    )
    await shop.oms.orThrow.payments.record(
      { amount: { amount: '12.50', currency: 'EUR' }, method: 'card', order },
      newKey(),
    )
    await place(shop, [{ sku: 'MUG', quantity: 1 }])
    expect(await shop.oms.orders.placeDraft({ order })).toMatchObject({ error: { code: 'out_of_stock' } })
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 1 }, newKey())
    expect(await shop.oms.orders.placeDraft({ order })).toMatchObject({ ok: true })
    expect((await shop.stored(orderKind, order)).deposits).toMatchObject([{ unapplied: { amount: '12.50' } }])
  })

  it('woocommerce/woocommerce #44273, spree/spree #3808, #3792: stock never goes below zero, whatever races', async () => {
    const shop = await open(5)
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => place(shop, [{ sku: 'MUG', quantity: 2 }])),
      ...Array.from({ length: 4 }, () =>
        shop.oms.inventory.adjust({ sku: 'MUG', quantity: -2, reason: 'lost' }, newKey()),
      ),
    ])
    expect(codes(answers)).toEqual([
      'ok',
      'ok',
      'out_of_stock',
      'out_of_stock',
      ...Array.from({ length: 4 }, () => 'stock_below_reserved'),
    ])
    expect(await mugs(shop)).toMatchObject({ onHand: 5, reserved: 4 })
  })

  it('solidusio/solidus #3020: confirming needs no stock, since placing has reserved it at each location', async () => {
    const shop = await open(1)
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 1, location: 'north' }, newKey())
    const placed = await place(shop, [
      { sku: 'MUG', quantity: 1 },
      { sku: 'MUG', quantity: 1, location: 'north' },
    ])
    const order = placed.ok ? placed.value.order : ''
    expect(await shop.oms.orders.confirm({ order })).toMatchObject({
      ok: true,
      value: { status: 'confirmed' },
    })
  })

  it('Paymenter #965: nothing comes between the check and the reservation', async () => {
    const shop = await open(3)
    const order = place(shop, [{ sku: 'MUG', quantity: 3 }])
    const loss = shop.oms.inventory.adjust({ sku: 'MUG', quantity: -1, reason: 'lost' }, newKey())
    expect(codes([await order, await loss])).toEqual(['ok', 'stock_below_reserved'])
  })

  it('medusajs/medusa #14987, #15132: stock is checked and reserved at the same location, not on the sum of all', async () => {
    const shop = await open(2)
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 5, location: 'north' }, newKey())
    expect(await place(shop, [{ sku: 'MUG', quantity: 3 }])).toMatchObject({
      error: { details: { shortages: [{ location: 'main', wanted: 3, available: 2 }] } },
    })
    await place(shop, [{ sku: 'MUG', quantity: 3, location: 'north' }])
    expect(await mugs(shop)).toMatchObject({ reserved: 0 })
    expect(await shop.stored(stockKind, 'north/MUG')).toMatchObject({ reserved: 3 })
  })
})

describe('what other systems promised and forgot', () => {
  it('open-mercato/open-mercato #5418: a second release of a hold frees nothing', async () => {
    const shop = await open(10)
    const other = await shop.oms.orThrow.inventory.hold(
      { owner: 'other', lines: [{ sku: 'MUG', quantity: 4 }], seconds: 60 },
      newKey(),
    )
    const { reservation } = await shop.oms.orThrow.inventory.hold(
      { owner: 'cart', lines: [{ sku: 'MUG', quantity: 3 }], seconds: 60 },
      newKey(),
    )
    await shop.oms.orThrow.inventory.releaseHold({ reservation, owner: 'cart' })
    expect(await shop.oms.inventory.releaseHold({ reservation, owner: 'cart' })).toMatchObject({
      error: { code: 'invalid_state' },
    })
    expect(await mugs(shop)).toMatchObject({ reserved: 4 })
    expect(other.status).toBe('held')
  })

  it('medusajs/medusa #12401, #5158: nothing is given back twice, so reserved never falls below zero', async () => {
    const shop = await open(10)
    const order = await confirmed(shop.oms, [{ sku: 'MUG', quantity: 3 }])
    const shipment = await packed(shop.oms, order)
    const { fulfillment } = await shop.oms.orThrow.shipments.get({ shipment })
    const gaveUp = await Promise.all(
      Array.from({ length: 5 }, () =>
        shop.oms.fulfillments.cancel({ fulfillment, reason: 'short_of_hands' }),
      ),
    )
    expect(codes(gaveUp)).toEqual(['ok', ...Array.from({ length: 4 }, () => 'invalid_state')])
    const canceled = await Promise.all(
      Array.from({ length: 5 }, () => shop.oms.orders.cancel({ order, reason: 'x' }, newKey())),
    )
    expect(codes(canceled)).toEqual(['ok', ...Array.from({ length: 4 }, () => 'invalid_state')])
    expect(await mugs(shop)).toMatchObject({ onHand: 10, reserved: 0 })
  })

  it('medusajs/medusa #11266, inventree/InvenTree #2741, #6431, #6092: what was shipped or canceled leaves nothing reserved behind', async () => {
    const shop = await open(10)
    const order = await confirmed(shop.oms, [{ sku: 'MUG', quantity: 5 }])
    await shipped(shop.oms, order, [{ line: 'L1', quantity: 2 }])
    await shop.oms.orThrow.orders.cancel(
      { order, lines: [{ line: 'L1', quantity: 1 }], reason: 'x' },
      newKey(),
    )
    expect(await mugs(shop)).toMatchObject({ onHand: 8, reserved: 2 })
    await shipped(shop.oms, order)
    expect(await mugs(shop)).toMatchObject({ onHand: 6, reserved: 0 })
  })

  it('medusajs/medusa #6500, #9821: an order ships the very units that it has reserved', async () => {
    const shop = await open(3)
    const order = await confirmed(shop.oms, [{ sku: 'MUG', quantity: 3 }])
    expect(await shipped(shop.oms, order)).toMatchObject({ order })
    expect(await mugs(shop)).toMatchObject({ onHand: 0, reserved: 0 })
  })

  it('medusajs/medusa PR #9736: shipping a part of a line takes that part off the promise, not the line', async () => {
    const shop = await open(10)
    const order = await confirmed(shop.oms, [{ sku: 'MUG', quantity: 6 }])
    await shipped(shop.oms, order, [{ line: 'L1', quantity: 2 }])
    expect((await shop.stored(orderKind, order)).lines[0]).toMatchObject({ shipped: 2, allocated: 4 })
    expect(await mugs(shop)).toMatchObject({ onHand: 8, reserved: 4 })
  })

  it('magento/inventory #2130, #2503, #1246: cancel, ship and cancel again, and what can be sold is still what is there', async () => {
    const shop = await open(10)
    for (let round = 0; round < 3; round += 1) {
      const order = await confirmed(shop.oms, [
        { sku: 'MUG', quantity: 2 },
        { sku: 'MUG', quantity: 1 },
      ])
      await shop.oms.orThrow.orders.cancel(
        { order, lines: [{ line: 'L2', quantity: 1 }], reason: 'x' },
        newKey(),
      )
      await shipped(shop.oms, order, [{ line: 'L1', quantity: 1 }])
      await shop.oms.orThrow.orders.cancel({ order, reason: 'x' }, newKey())
    }
    expect(await mugs(shop)).toMatchObject({ onHand: 7, reserved: 0 })
    expect(
      codes([
        await place(shop, [{ sku: 'MUG', quantity: 8 }]),
        await place(shop, [{ sku: 'MUG', quantity: 7 }]),
      ]),
    ).toEqual(['out_of_stock', 'ok'])
  })

  it('frappe/erpnext #24519, #46540: what is reserved is not sold or written off behind its owner’s back', async () => {
    const shop = await open(5)
    await place(shop, [{ sku: 'MUG', quantity: 4 }])
    expect(
      codes([
        await place(shop, [{ sku: 'MUG', quantity: 2 }]),
        await shop.oms.inventory.adjust({ sku: 'MUG', quantity: -2, reason: 'lost' }, newKey()),
      ]),
    ).toEqual(['out_of_stock', 'stock_below_reserved'])
  })
})

describe('what other systems did with holds', () => {
  it('woocommerce/woocommerce #67354: nobody is kept out by the own hold', async () => {
    const shop = await open(2)
    const { reservation } = await shop.oms.orThrow.inventory.hold(
      { owner: 'cart', lines: [{ sku: 'MUG', quantity: 2 }], seconds: 60 },
      newKey(),
    )
    expect(await place(shop, [{ sku: 'MUG', quantity: 2 }])).toMatchObject({
      error: { code: 'out_of_stock' },
    })
    expect(
      await place(shop, [{ sku: 'MUG', quantity: 2 }], { held: { reservation, owner: 'cart' } }),
    ).toMatchObject({
      ok: true,
    })
  })

  it('woocommerce/woocommerce #11388, #44231, #26652: a hold ends at its time, to the second, and gives everything back', async () => {
    const shop = await open(2)
    const { reservation, expiresAt } = await shop.oms.orThrow.inventory.hold(
      { owner: 'cart', lines: [{ sku: 'MUG', quantity: 2 }], seconds: 90 },
      newKey(),
    )
    expect(expiresAt).toBe('2026-03-01T09:01:30.000Z')
    shop.clock.advance(89_999)
    expect(await shop.oms.inventory.expireHold({ reservation })).toMatchObject({
      error: { code: 'invalid_state' },
    })
    shop.clock.advance(1)
    expect(await shop.oms.inventory.expireHold({ reservation })).toMatchObject({ ok: true })
    expect(await place(shop, [{ sku: 'MUG', quantity: 2 }])).toMatchObject({ ok: true })
  })

  it('coreshop/CoreShop #1972: an order that is never paid gives its stock back when it is canceled', async () => {
    const shop = await open(2)
    const order = await confirmed(shop.oms, [{ sku: 'MUG', quantity: 2 }], {
      payment: { method: 'card', terms: 'prepaid' },
    })
    expect(await place(shop, [{ sku: 'MUG', quantity: 1 }])).toMatchObject({
      error: { code: 'out_of_stock' },
    })
    await shop.oms.orThrow.orders.cancel({ order, reason: 'never_paid' }, newKey())
    expect(await place(shop, [{ sku: 'MUG', quantity: 2 }])).toMatchObject({ ok: true })
  })

  it('be-BOP-io-SA/be-BOP #533, #52: each hold says how long it lives', async () => {
    const shop = await open(2)
    const hold = (seconds: number) =>
      shop.oms.orThrow.inventory.hold(
        { owner: 'cart', lines: [{ sku: 'MUG', quantity: 1 }], seconds },
        newKey(),
      )
    expect((await hold(30)).expiresAt).toBe('2026-03-01T09:00:30.000Z')
    expect((await hold(7_200)).expiresAt).toBe('2026-03-01T11:00:00.000Z')
  })

  it('grandnode #223, lunarphp/lunar #703: stock is reserved while the customer pays', async () => {
    const shop = await open(1)
    const { reservation } = await shop.oms.orThrow.inventory.hold(
      { owner: 'checkout', lines: [{ sku: 'MUG', quantity: 1 }], seconds: 600 },
      newKey(),
    )
    expect(await place(shop, [{ sku: 'MUG', quantity: 1 }])).toMatchObject({
      error: { code: 'out_of_stock' },
    })
    shop.clock.advance(500_000)
    expect(
      await place(shop, [{ sku: 'MUG', quantity: 1 }], { held: { reservation, owner: 'checkout' } }),
    ).toMatchObject({ ok: true })
  })
})
