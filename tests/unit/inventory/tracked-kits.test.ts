import { describe, expect, it } from 'vitest'
import { confirmed } from '../../support/shop.js'
import { goodsIn, lotsOf, openTrackedShop, receiveLots, receiveSerials } from '../../support/tracked-shop.js'

/** A kit of one radio and two salves. */
const openKitShop = async () => {
  const shop = await openTrackedShop()
  await shop.oms.orThrow.catalog.define({
    sku: 'kit',
    name: 'Kit',
    price: { amount: '20.00', currency: 'EUR' },
    components: [
      { sku: 'radio', quantity: 1 },
      { sku: 'salve', quantity: 2 },
    ],
  })
  await receiveLots(shop.oms, 'salve', 'A 3 2026-06-01', 'B 9 2026-07-01')
  await receiveSerials(shop.oms, 'radio', '1', '2', '3')
  const order = await confirmed(shop.oms, [{ sku: 'kit', quantity: 2 }])
  return { ...shop, order }
}

describe('a kit with parts that are told apart', () => {
  it('F37 F38 sets aside lots of its parts, asks for their pieces, and ships both', async () => {
    const { oms, order } = await openKitShop()
    const { fulfillments } = await oms.orThrow.fulfillments.plan({ order })
    const fulfillment = fulfillments[0]?.fulfillment ?? ''
    expect(goodsIn(await oms.orThrow.fulfillments.get({ fulfillment }))).toEqual([
      'L1 radio',
      'L1 salve A 3 B 1',
    ])
    expect(await oms.fulfillments.pack({ fulfillment })).toMatchObject({
      error: { issues: [{ rule: 'serials.required' }] },
    })
    const goods = [{ line: 'L1', sku: 'radio', serials: ['3', '1'] }]
    const { shipment } = await oms.orThrow.fulfillments.pack({ fulfillment, goods })
    await oms.orThrow.shipments.ship({ shipment, carrier: 'Post' })
    expect(goodsIn(await oms.orThrow.shipments.get({ shipment }))).toEqual([
      'L1 radio 3 1',
      'L1 salve A 3 B 1',
    ])
    expect(await lotsOf(oms, 'salve')).toEqual(['B 8/0/0'])
    expect(await oms.orThrow.inventory.serial({ sku: 'radio', serial: '1' })).toMatchObject({
      status: 'shipped',
      shipment: { order, shipment },
    })
    const trace = await oms.orThrow.inventory.lotTrace({ sku: 'salve', lot: 'A' })
    expect(trace.shipped.items).toMatchObject([{ order, quantity: 3 }])
  })

  it('refuses goods of a SKU that is no part of the kit, and of the kit itself', async () => {
    const { oms, order } = await openKitShop()
    const plan = (named: object) => oms.fulfillments.plan({ order, goods: [{ line: 'L1', ...named }] })
    expect(await plan({ sku: 'mug', serials: ['1', '2'] })).toMatchObject({
      error: { issues: [{ path: ['goods', 0, 'serials'], rule: 'tracking.none' }] },
    })
    expect(await plan({ serials: ['1', '2'] })).toMatchObject({
      error: { issues: [{ rule: 'tracking.none' }] },
    })
    expect(await plan({ sku: 'salve', lots: [{ lot: 'B', quantity: 4 }] })).toMatchObject({ ok: true })
    expect(await lotsOf(oms, 'salve')).toEqual(['A 3/0/0', 'B 9/4/0'])
  })
})
