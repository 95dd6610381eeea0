import { describe, expect, it } from 'vitest'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { openPromiseShop, type PromiseShop } from '../../support/promise-shop.js'
import { newKey, stock } from '../../support/shop.js'

const open = async (): Promise<PromiseShop> => {
  const shop = openPromiseShop()
  await stock(shop.oms, 'MUG', 3, '10.00')
  await stock(shop.oms, 'CUP', 5, '4.00')
  await shop.oms.orThrow.inventory.configure({ sku: 'MUG', backorderAllowance: 4 })
  return shop
}

const place = (
  { oms }: PromiseShop,
  mugs: number,
  cups: number,
  whenShort?: 'refuse' | 'backorder' | 'reduce',
) =>
  oms.orders.place(
    {
      channel: 'web',
      currency: 'EUR',
      lines: [
        { sku: 'MUG', quantity: mugs },
        { sku: 'CUP', quantity: cups },
      ],
      ...(whenShort !== undefined && { whenShort }),
    },
    newKey(),
  )

describe('an order that wants more than there is', () => {
  it('is refused whole where it may not wait, although the level would allow it', async () => {
    const shop = await open()
    expect(await place(shop, 4, 5, 'refuse')).toMatchObject({
      error: { code: 'out_of_stock', details: { shortages: [{ sku: 'MUG', wanted: 4, available: 3 }] } },
    })
    expect(await shop.stored(stockKind, 'main/CUP')).toMatchObject({ reserved: 0 })
    expect(await place(shop, 4, 5, 'backorder')).toMatchObject({
      value: { waiting: [{ sku: 'MUG', quantity: 1 }] },
    })
  })

  it('is placed with what is there, and says what was left out', async () => {
    const shop = await open()
    const placed = await place(shop, 4, 7, 'reduce')
    expect(placed).toMatchObject({
      value: {
        total: { amount: '68.00' },
        remainingTotal: { amount: '50.00' },
        leftOut: [
          { line: 'L1', sku: 'MUG', quantity: 1 },
          { line: 'L2', sku: 'CUP', quantity: 2 },
        ],
      },
    })
    if (!placed.ok) throw new Error('not placed')
    expect(await shop.oms.orThrow.orders.get({ order: placed.value.order })).toMatchObject({
      status: 'placed',
      allocationStatus: 'allocated',
      lines: [
        { quantity: 4, open: 3, canceled: 1, allocated: 3 },
        { quantity: 7, open: 5, canceled: 2, allocated: 5 },
      ],
    })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ reserved: 3 })
    await shop.oms.orThrow.orders.cancel({ order: placed.value.order, reason: 'changed-mind' }, newKey())
    expect(await shop.stored(stockKind, 'main/CUP')).toMatchObject({ reserved: 0 })
  })

  it('leaves out what lies where nothing leaves any more, and what was never received', async () => {
    const shop = await open()
    const { oms } = shop
    await oms.orThrow.locations.define({ location: 'annex', name: 'Annex' })
    await oms.orThrow.inventory.receive({ sku: 'CUP', quantity: 5, location: 'annex' }, newKey())
    await oms.orThrow.locations.close({ location: 'annex' })
    await oms.orThrow.catalog.define({ sku: 'POT', name: 'Pot', price: { amount: '9.00', currency: 'EUR' } })
    const placed = await oms.orThrow.orders.place(
      {
        channel: 'web',
        currency: 'EUR',
        lines: [
          { sku: 'MUG', quantity: 1 },
          { sku: 'CUP', quantity: 2, location: 'annex' },
          { sku: 'POT', quantity: 1 },
        ],
        whenShort: 'reduce',
      },
      newKey(),
    )
    expect(placed).toMatchObject({
      remainingTotal: { amount: '10.00' },
      leftOut: [
        { line: 'L2', sku: 'CUP', quantity: 2 },
        { line: 'L3', sku: 'POT', quantity: 1 },
      ],
    })
    expect(await shop.stored(stockKind, 'annex/CUP')).toMatchObject({ reserved: 0 })
  })

  it('is refused where nothing at all could be placed', async () => {
    const shop = await open()
    await place(shop, 3, 5)
    expect(await place(shop, 1, 1, 'reduce')).toMatchObject({
      error: { code: 'out_of_stock', details: { shortages: [{ available: 0 }, { available: 0 }] } },
    })
  })

  it('says nothing of all that when there is enough', async () => {
    const shop = await open()
    for (const whenShort of ['refuse', 'backorder', 'reduce'] as const) {
      const placed = await place(shop, 1, 1, whenShort)
      expect(placed.ok && Object.keys(placed.value).toSorted()).toEqual([
        'number',
        'order',
        'status',
        'total',
      ])
    }
  })

  it('F68 M40 is offered ranked alternatives that are available now, kits among them', async () => {
    const shop = await open()
    await stock(shop.oms, 'GLASS', 2, '5.00')
    await stock(shop.oms, 'JUG', 1, '9.00')
    await shop.oms.orThrow.catalog.define({
      sku: 'GONE',
      name: 'Gone',
      price: { amount: '1.00', currency: 'EUR' },
    })
    await shop.oms.orThrow.catalog.define({
      sku: 'PAIR',
      name: 'Pair of glasses',
      price: { amount: '9.00', currency: 'EUR' },
      components: [{ sku: 'GLASS', quantity: 2 }],
    })
    await shop.oms.orThrow.catalog.define({
      sku: 'CUP',
      name: 'Cup',
      substitutes: ['GONE', 'PAIR', 'UNKNOWN', 'GLASS'],
    })
    expect(await place(shop, 1, 6)).toMatchObject({
      error: {
        code: 'out_of_stock',
        details: {
          shortages: [{ sku: 'CUP', wanted: 6, available: 5 }],
          offers: [
            {
              sku: 'CUP',
              location: 'main',
              substitutes: [
                { sku: 'PAIR', name: 'Pair of glasses', available: 1 },
                { sku: 'GLASS', available: 2 },
              ],
            },
          ],
        },
      },
    })
    expect((await shop.oms.orThrow.inventory.substitutes({ sku: 'CUP' })).substitutes).toMatchObject([
      { sku: 'PAIR', available: 1 },
      { sku: 'GLASS', available: 2 },
    ])
    expect(await shop.oms.catalog.define({ sku: 'CUP', name: 'Cup', substitutes: ['CUP'] })).toMatchObject({
      error: { issues: [{ rule: 'substitutes.own' }] },
    })
  })

  it('F68 is offered nothing that is not sold any more or not stocked, and no kit of which a part is not sold', async () => {
    const shop = await open()
    const price = { amount: '5.00', currency: 'EUR' }
    for (const sku of ['GLASS', 'OLD', 'LID']) await stock(shop.oms, sku, 2, '5.00')
    await shop.oms.orThrow.catalog.define({ sku: 'VOUCHER', name: 'Voucher', price, stocked: false })
    await shop.oms.orThrow.catalog.define({
      sku: 'POT',
      name: 'Pot with lid',
      price,
      components: [
        { sku: 'GLASS', quantity: 1 },
        { sku: 'LID', quantity: 1 },
      ],
    })
    await shop.oms.orThrow.catalog.discontinue({ sku: 'OLD' })
    await shop.oms.orThrow.catalog.discontinue({ sku: 'LID' })
    await shop.oms.orThrow.catalog.define({
      sku: 'CUP',
      name: 'Cup',
      substitutes: ['OLD', 'VOUCHER', 'POT', 'GLASS'],
    })
    const answer = await place(shop, 1, 6)
    expect(answer).toMatchObject({ error: { code: 'out_of_stock' } })
    expect(answer.ok || answer.error.details['offers']).toEqual([
      { sku: 'CUP', location: 'main', substitutes: [{ sku: 'GLASS', name: 'A GLASS', available: 2 }] },
    ])
  })
})
