import { describe, expect, it } from 'vitest'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { openPromiseShop, type PromiseShop } from '../../support/promise-shop.js'
import { confirmed, newKey, stock } from '../../support/shop.js'

const open = async (lamps = 5, mugs = 10): Promise<PromiseShop> => {
  const shop = openPromiseShop()
  await stock(shop.oms, 'LAMP', lamps, '20.00')
  await stock(shop.oms, 'MUG', mugs, '10.00')
  await shop.oms.orThrow.catalog.define({
    sku: 'SET',
    name: 'Reading set',
    price: { amount: '35.00', currency: 'EUR' },
    components: [
      { sku: 'LAMP', quantity: 1 },
      { sku: 'MUG', quantity: 2 },
    ],
  })
  return shop
}

const place = (
  { oms }: PromiseShop,
  lines: readonly { readonly sku: string; readonly quantity: number }[],
  more: object = {},
) => oms.orders.place({ channel: 'web', currency: 'EUR', lines: [...lines], ...more }, newKey())

const reserved = async (shop: PromiseShop) => ({
  lamps: (await shop.stored(stockKind, 'main/LAMP')).reserved,
  mugs: (await shop.stored(stockKind, 'main/MUG')).reserved,
})

const define = (
  shop: PromiseShop,
  sku: string,
  components: readonly { readonly sku: string; readonly quantity: number }[],
  more: object = {},
) =>
  shop.oms.catalog.define({
    sku,
    name: sku,
    price: { amount: '1.00', currency: 'EUR' },
    components: [...components],
    ...more,
  })

describe('a kit', () => {
  it('F38 ST13 is sold at its own price and takes its components, all of them or none', async () => {
    const shop = await open()
    expect(await place(shop, [{ sku: 'SET', quantity: 3 }])).toMatchObject({
      ok: true,
      value: { total: { amount: '105.00' } },
    })
    expect(await reserved(shop)).toEqual({ lamps: 3, mugs: 6 })
    expect(await place(shop, [{ sku: 'SET', quantity: 3 }])).toMatchObject({
      error: {
        code: 'out_of_stock',
        details: {
          shortages: [
            { sku: 'LAMP', wanted: 3, available: 2 },
            { sku: 'MUG', wanted: 6, available: 4 },
          ],
        },
      },
    })
    expect(await reserved(shop)).toEqual({ lamps: 3, mugs: 6 })
  })

  it('ST6 medusajs/medusa #16502, #12532: components shared with single sales and other kits are summed before the check', async () => {
    const shop = await open()
    expect(
      await place(shop, [
        { sku: 'SET', quantity: 3 },
        { sku: 'MUG', quantity: 3 },
        { sku: 'SET', quantity: 1 },
      ]),
    ).toMatchObject({
      error: { code: 'out_of_stock', details: { shortages: [{ sku: 'MUG', wanted: 11, available: 10 }] } },
    })
    expect(await reserved(shop)).toEqual({ lamps: 0, mugs: 0 })
  })

  it('is picked by its components and counted in kits, and ships in whole kits only', async () => {
    const shop = await open()
    const id = await confirmed(shop.oms, [{ sku: 'SET', quantity: 3 }])
    const { fulfillments } = await shop.oms.orThrow.fulfillments.plan({
      order: id,
      lines: [{ line: 'L1', quantity: 2 }],
    })
    const view = await shop.oms.orThrow.fulfillments.get({ fulfillment: fulfillments[0]?.fulfillment ?? '' })
    expect(view.lines).toMatchObject([
      {
        sku: 'SET',
        quantity: 2,
        parts: [
          { sku: 'LAMP', quantity: 2 },
          { sku: 'MUG', quantity: 4 },
        ],
      },
    ])
    const { shipment } = await shop.oms.orThrow.fulfillments.pack({
      fulfillment: fulfillments[0]?.fulfillment ?? '',
    })
    const { total } = await shop.oms.orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
    expect(total).toMatchObject({ amount: '70.00' })
    expect(await shop.stored(stockKind, 'main/LAMP')).toMatchObject({ onHand: 3, reserved: 1 })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ onHand: 6, reserved: 2 })
  })

  it('gives its components back when it is canceled, and keeps those it was placed with', async () => {
    const shop = await open()
    const placed = await place(shop, [{ sku: 'SET', quantity: 2 }])
    if (!placed.ok) throw new Error('not placed')
    await define(shop, 'SET', [{ sku: 'LAMP', quantity: 2 }])
    await shop.oms.orThrow.orders.cancel(
      { order: placed.value.order, lines: [{ line: 'L1', quantity: 1 }], reason: 'changed-mind' },
      newKey(),
    )
    expect(await reserved(shop)).toEqual({ lamps: 1, mugs: 2 })
  })

  it('waits as long as one of its components does, and is filled when the last comes', async () => {
    const shop = await open(5, 3)
    await shop.oms.orThrow.inventory.configure({ sku: 'MUG', backorderAllowance: 10 })
    const placed = await place(shop, [{ sku: 'SET', quantity: 3 }])
    if (!placed.ok) throw new Error('not placed')
    expect(placed.value.waiting).toEqual([{ line: 'L1', sku: 'SET', quantity: 2 }])
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 1 }, newKey())
    expect((await shop.stored(orderKind, placed.value.order)).lines).toMatchObject([{ allocated: 2 }])
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 1 }, newKey())
    expect((await shop.stored(orderKind, placed.value.order)).lines).toMatchObject([{ allocated: 2 }])
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 1 }, newKey())
    expect((await shop.stored(orderKind, placed.value.order)).lines).toMatchObject([{ allocated: 3 }])
    expect(await shop.told('order_backorder_filled')).toMatchObject([
      { lines: [{ quantity: 1 }] },
      { lines: [{ quantity: 1 }] },
    ])
  })

  it('may contain kits down to a limit, unstocked parts take nothing, and the sum of a part counts once', async () => {
    const shop = await open()
    await shop.oms.orThrow.catalog.define({
      sku: 'WRAP',
      name: 'Gift wrapping',
      price: { amount: '3.00', currency: 'EUR' },
      stocked: false,
    })
    await define(shop, 'GIFT', [
      { sku: 'SET', quantity: 1 },
      { sku: 'MUG', quantity: 1 },
      { sku: 'WRAP', quantity: 1 },
    ])
    expect(await place(shop, [{ sku: 'GIFT', quantity: 3 }])).toMatchObject({ ok: true })
    expect(await reserved(shop)).toEqual({ lamps: 3, mugs: 9 })
    await define(shop, 'BIG', [{ sku: 'GIFT', quantity: 1 }])
    expect(await define(shop, 'BIGGER', [{ sku: 'BIG', quantity: 1 }])).toMatchObject({
      error: { code: 'limit_exceeded', details: { limit: 'kitDepth', most: 3 } },
    })
  })

  it.each([
    ['itself', 'SET', [{ sku: 'SET', quantity: 1 }], 'kit.cycle'],
    ['a kit that contains it', 'SET', [{ sku: 'OUTER', quantity: 1 }], 'kit.cycle'],
    [
      'the same part twice',
      'SET',
      [
        { sku: 'MUG', quantity: 1 },
        { sku: 'MUG', quantity: 2 },
      ],
      'components.duplicate',
    ],
    ['nothing', 'SET', [], 'components.min'],
  ])('does not consist of %s', async (_what, sku, components, rule) => {
    const shop = await open()
    await define(shop, 'OUTER', [{ sku: 'SET', quantity: 1 }])
    expect(await define(shop, sku, components)).toMatchObject({
      error: { code: 'validation_failed', issues: [{ rule }] },
    })
  })

  it('consists of known products, is counted in pieces, and stays what it is', async () => {
    const shop = await open()
    expect(await define(shop, 'NEW', [{ sku: 'GHOST', quantity: 1 }])).toMatchObject({
      error: { code: 'unknown_sku', details: { sku: 'GHOST' } },
    })
    expect(
      await define(shop, 'NEW', [{ sku: 'MUG', quantity: 1 }], { unit: { code: 'KGM', digits: 3 } }),
    ).toMatchObject({ error: { issues: [{ rule: 'kit.pieces' }] } })
    expect(await define(shop, 'MUG', [{ sku: 'LAMP', quantity: 1 }])).toMatchObject({
      error: { code: 'invalid_state' },
    })
    expect(await shop.oms.inventory.receive({ sku: 'SET', quantity: 1 }, newKey())).toMatchObject({
      error: { code: 'not_stocked' },
    })
  })

  it('of more components than a plan may ask for one by one is placed all the same', async () => {
    const shop = openPromiseShop()
    const skus = Array.from({ length: 40 }, (_, index) => `PART-${index}`)
    for (const sku of skus) await stock(shop.oms, sku, 2, '1.00')
    await define(
      shop,
      'CHEST',
      skus.map((sku) => ({ sku, quantity: 1 })),
    )
    expect(await place(shop, [{ sku: 'CHEST', quantity: 2 }])).toMatchObject({ ok: true })
    expect(await place(shop, [{ sku: 'CHEST', quantity: 1 }])).toMatchObject({
      error: { code: 'out_of_stock' },
    })
  })

  it('can be held, and the hold becomes an order', async () => {
    const shop = await open()
    const held = await shop.oms.orThrow.inventory.hold(
      { owner: 'cart', lines: [{ sku: 'SET', quantity: 5 }], seconds: 60 },
      newKey(),
    )
    expect(await reserved(shop)).toEqual({ lamps: 5, mugs: 10 })
    expect(
      await place(shop, [{ sku: 'SET', quantity: 4 }], {
        held: { reservation: held.reservation, owner: 'cart' },
      }),
    ).toMatchObject({ ok: true })
    expect(await reserved(shop)).toEqual({ lamps: 4, mugs: 8 })
  })
})
