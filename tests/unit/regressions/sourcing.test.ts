import { describe, expect, it } from 'vitest'
import { cities, openLocations, order } from '../../support/locations.js'
import { newKey, openShop, type Shop } from '../../support/shop.js'

const toMunich = { coordinates: cities.munich, country: 'DE' } as const
const nearest = { name: 'near', strategy: 'nearest' } as const

const open = async (
  stock: Parameters<typeof openLocations>[1],
  more?: Parameters<typeof openLocations>[2],
): Promise<Shop> => {
  const shop = openShop()
  await openLocations(shop.oms, stock, more)
  return shop
}

const place = ({ oms }: Shop, lines: readonly object[], sourcing: object, more?: object) =>
  oms.orThrow.orders.place(order(lines, sourcing, more), newKey())

const levels = async ({ oms }: Shop, sku: string) =>
  (await oms.orThrow.inventory.levels({ sku })).items.map(({ location, onHand, reserved }) => [
    location,
    onHand,
    reserved,
  ])

describe('what other systems took from the wrong place', () => {
  it('medusajs/medusa #14987: what was confirmed on the sum of locations is reserved where it is', async () => {
    const shop = await open({ berlin: { MUG: 1 }, vienna: { MUG: 3 } })
    const { order: id } = await place(shop, [{ sku: 'MUG', quantity: 4 }], { by: nearest, to: toMunich })
    expect(await levels(shop, 'MUG')).toEqual([
      ['berlin', 1, 1],
      ['vienna', 3, 3],
    ])
    const { lines } = await shop.oms.orThrow.orders.get({ order: id })
    expect(lines.map(({ location, allocated }) => [location, allocated])).toEqual([
      ['berlin', 1],
      ['vienna', 3],
    ])
  })

  it('medusajs/medusa #15132: no list of locations is cut down to its first', async () => {
    const shop = await open({ berlin: { MUG: 0, TRAY: 5 }, hamburg: { MUG: 0 }, vienna: { MUG: 5 } })
    const { order: id } = await place(
      shop,
      [
        { sku: 'MUG', quantity: 2 },
        { sku: 'TRAY', quantity: 1 },
      ],
      { by: { name: 'by-list', strategy: 'priority_list' } },
    )
    const { lines } = await shop.oms.orThrow.orders.get({ order: id })
    expect(lines.map(({ sku, location }) => [sku, location])).toEqual([
      ['MUG', 'vienna'],
      ['TRAY', 'berlin'],
    ])
  })

  it('medusajs/medusa #16338: goods leave the level that promised them and no other', async () => {
    const shop = await open({ berlin: { MUG: 5 }, vienna: { MUG: 2 } })
    const { orThrow } = shop.oms
    const { order: id } = await place(shop, [{ sku: 'MUG', quantity: 3 }], { by: nearest, to: toMunich })
    await orThrow.orders.confirm({ order: id })
    const { fulfillments } = await orThrow.fulfillments.plan({ order: id })
    expect(fulfillments.map(({ location }) => location)).toEqual(['berlin', 'vienna'])
    for (const { fulfillment } of fulfillments) {
      const { shipment } = await orThrow.fulfillments.pack({ fulfillment })
      await orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
    }
    expect(await levels(shop, 'MUG')).toEqual([
      ['berlin', 4, 0],
      ['vienna', 0, 0],
    ])
    for (const location of ['berlin', 'vienna']) {
      expect(await orThrow.inventory.audit({ sku: 'MUG', location })).toMatchObject({
        agrees: true,
        findings: [],
      })
    }
  })

  it('solidusio/solidus #3020: an order over several locations that was placed is never short when it is confirmed', async () => {
    const shop = await open({ berlin: { MUG: 2 }, vienna: { MUG: 2 } })
    const { order: id } = await place(shop, [{ sku: 'MUG', quantity: 4 }], { by: nearest, to: toMunich })
    const late = await shop.oms.orders.place(
      order([{ sku: 'MUG', quantity: 1 }], { by: nearest, to: toMunich }),
      newKey(),
    )
    expect(late).toMatchObject({ error: { code: 'out_of_stock' } })
    expect(await shop.oms.orThrow.orders.confirm({ order: id })).toMatchObject({ status: 'confirmed' })
    const { lines } = await shop.oms.orThrow.orders.get({ order: id })
    expect(lines.map(({ allocated, quantity }) => allocated === quantity)).toEqual([true, true])
  })

  it('solidusio/solidus #5669, #2285: nobody waits for goods at one place while they lie at another', async () => {
    const shop = await open({ berlin: { MUG: 5 }, vienna: { MUG: 1 } })
    await shop.oms.orThrow.inventory.configure({
      sku: 'MUG',
      location: 'vienna',
      safetyStock: 0,
      backorderAllowance: 100,
    })
    const { order: id } = await place(shop, [{ sku: 'MUG', quantity: 4 }], { by: nearest, to: toMunich })
    const { lines } = await shop.oms.orThrow.orders.get({ order: id })
    expect(lines.map(({ location, quantity, allocated }) => [location, quantity, allocated])).toEqual([
      ['berlin', 3, 3],
      ['vienna', 1, 1],
    ])
    const second = await place(shop, [{ sku: 'MUG', quantity: 4 }], { by: nearest, to: toMunich })
    const waiting = await shop.oms.orThrow.orders.get({ order: second.order })
    expect(waiting.lines.map(({ location, allocated }) => [location, allocated])).toEqual([['vienna', 0]])
    const refused = await shop.oms.orders.place(
      order([{ sku: 'MUG', quantity: 4 }], { by: nearest, to: toMunich }, { whenShort: 'refuse' }),
      newKey(),
    )
    expect(refused).toMatchObject({ error: { code: 'out_of_stock' } })
  })
})
