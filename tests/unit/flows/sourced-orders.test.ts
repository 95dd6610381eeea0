import { describe, expect, it } from 'vitest'
import { createOrderManagement, trustHost } from 'orderwright'
import type { TenantId } from '../../../src/core/ids/ids.js'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { locationKind } from '../../../src/core/sourcing/location.js'
import { locationLoadKind } from '../../../src/core/sourcing/location-load.js'
import { passThrough } from '../../../src/testing/pass-through.js'
import { cities, openLocations, order } from '../../support/locations.js'
import { newKey, openShop, packed, type Shop } from '../../support/shop.js'

const nearest = { name: 'near', strategy: 'nearest' } as const
const toMunich = { coordinates: cities.munich, country: 'DE' } as const

const open = async (
  stock: Parameters<typeof openLocations>[1],
  more?: Parameters<typeof openLocations>[2],
): Promise<Shop> => {
  const shop = openShop()
  await openLocations(shop.oms, stock, more)
  return shop
}

const place = ({ oms }: Shop, lines: readonly object[], sourcing?: object, more?: object) =>
  oms.orders.place(order(lines, sourcing, more), newKey())

const placed = async (shop: Shop, lines: readonly object[], sourcing?: object, more?: object) => {
  const answer = await place(shop, lines, sourcing, more)
  if (!answer.ok) throw new Error(`${answer.error.code} ${JSON.stringify(answer.error.details)}`)
  return shop.oms.orThrow.orders.get({ order: answer.value.order })
}

const level = async ({ oms }: Shop, location: string, sku = 'MUG') =>
  oms.orThrow.inventory.level({ sku, location })

describe('an order that is sourced by rules', () => {
  it('F63 comes from the nearest location', async () => {
    const shop = await open({ berlin: { MUG: 5 }, vienna: { MUG: 5 }, hamburg: { MUG: 5 } })
    const { lines } = await placed(shop, [{ sku: 'MUG', quantity: 2 }], { by: nearest, to: toMunich })
    expect(lines).toMatchObject([{ id: 'L1', location: 'vienna', quantity: 2, allocated: 2 }])
    expect(await level(shop, 'vienna')).toMatchObject({ reserved: 2 })
  })

  it('F60, OQ6 splits a line over locations without changing its total by a cent', async () => {
    const shop = await open({ berlin: { MUG: 2 }, vienna: { MUG: 1 }, hamburg: { MUG: 9 } })
    const { lines, total } = await placed(
      shop,
      [{ sku: 'MUG', quantity: 7, unitPrice: { amount: '0.335', currency: 'EUR' } }],
      {
        by: nearest,
        to: toMunich,
      },
    )
    expect(
      lines.map(({ id, location, quantity, net, splitFrom }) => [
        id,
        location,
        quantity,
        net.amount,
        splitFrom,
      ]),
    ).toEqual([
      ['L1', 'berlin', 2, '0.67', 'L1'],
      ['L1.2', 'hamburg', 4, '1.34', 'L1'],
      ['L1.3', 'vienna', 1, '0.34', 'L1'],
    ])
    expect(total).toEqual({ amount: '2.35', currency: 'EUR' })
  })

  it('OQ6 bills the parts of a split line for exactly what the line came to', async () => {
    const shop = await open({ berlin: { MUG: 2 }, vienna: { MUG: 2 } })
    const { id } = await placed(
      shop,
      [{ sku: 'MUG', quantity: 3, unitPrice: { amount: '0.335', currency: 'EUR' } }],
      {
        by: nearest,
        to: toMunich,
      },
    )
    const { orThrow } = shop.oms
    await orThrow.orders.confirm({ order: id })
    const { fulfillments } = await orThrow.fulfillments.plan({ order: id })
    for (const { fulfillment } of fulfillments) {
      const { shipment } = await orThrow.fulfillments.pack({ fulfillment })
      await orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
    }
    const order = await orThrow.orders.get({ order: id })
    expect(order.total.amount).toBe('1.01')
    expect(order.invoiced).toEqual(order.total)
  })

  it('OQ6 keeps the amounts of a split line when part of it is canceled and the rest is billed', async () => {
    const shop = await open({ berlin: { MUG: 2 }, vienna: { MUG: 2 } })
    const { id } = await placed(
      shop,
      [{ sku: 'MUG', quantity: 3, unitPrice: { amount: '0.335', currency: 'EUR' } }],
      {
        by: nearest,
        to: toMunich,
      },
    )
    const { orThrow } = shop.oms
    await orThrow.orders.confirm({ order: id })
    await orThrow.orders.cancel(
      { order: id, lines: [{ line: 'L1.2', quantity: 1 }], reason: 'changed-mind' },
      newKey(),
    )
    const { fulfillments } = await orThrow.fulfillments.plan({ order: id })
    for (const { fulfillment } of fulfillments) {
      const { shipment } = await orThrow.fulfillments.pack({ fulfillment })
      await orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
    }
    const order = await orThrow.orders.get({ order: id })
    expect(order.paymentStatus).toBe('not_paid')
    expect(order.lines.every((line) => line.invoiced === line.shipped)).toBe(true)
    expect(order.invoiced.amount).toBe('0.68')
  })

  it('F60 weighs what is sold by weight, and waits where the goods are when no location has any', async () => {
    const shop = await open({ berlin: { MUG: 1 }, vienna: {} })
    const { orThrow } = shop.oms
    await orThrow.catalog.define({
      sku: 'TEA',
      name: 'Tea',
      unit: { code: 'KGM', digits: 3 },
      price: { amount: '20.00', currency: 'EUR' },
    })
    for (const location of ['berlin', 'vienna'])
      await orThrow.inventory.receive({ sku: 'TEA', location, quantity: '1.250' }, newKey())
    const { lines } = await placed(shop, [{ sku: 'TEA', quantity: '2.000' }], { by: nearest, to: toMunich })
    expect(lines.map(({ location, quantity }) => [location, quantity])).toEqual([
      ['berlin', '0.75'],
      ['vienna', '1.25'],
    ])
    const mugs = [{ sku: 'MUG', quantity: 3 }]
    expect(await place(shop, mugs, { by: nearest, to: toMunich }, { whenShort: 'backorder' })).toMatchObject({
      error: { code: 'out_of_stock' },
    })
    await orThrow.inventory.configure({ sku: 'MUG', location: 'berlin', backorderAllowance: 5 })
    const waiting = await placed(shop, mugs, { by: nearest, to: toMunich }, { whenShort: 'backorder' })
    expect(waiting.lines).toMatchObject([{ location: 'berlin', allocated: 1, backordered: 2 }])
  })

  it('F61 takes what a line names itself as it is, and sources the others', async () => {
    const shop = await open({ berlin: { MUG: 5 }, vienna: { MUG: 5 } })
    const { lines } = await placed(
      shop,
      [
        { sku: 'MUG', quantity: 1, location: 'berlin' },
        { sku: 'MUG', quantity: 1 },
      ],
      { by: nearest, to: toMunich },
    )
    expect(lines.map(({ location }) => location)).toEqual(['berlin', 'vienna'])
  })

  it('F65 follows an ordered list of named rules: the first that is in force and can serve everything', async () => {
    const shop = await open({ berlin: { MUG: 5 }, vienna: { MUG: 5 } })
    await shop.oms.orThrow.sourcing.define({
      name: 'standard',
      rules: [
        { name: 'weekend', strategy: 'nearest', schedule: { weekdays: [6, 7] } },
        { name: 'domestic', strategy: 'nearest', filters: [{ by: 'same_country' }], splits: 'none' },
        { name: 'anywhere', strategy: 'fewest_shipments' },
      ],
    })
    const sourcing = { by: 'standard', to: toMunich }
    shop.clock.set('2026-03-02T09:00:00.000Z')
    const monday = await placed(shop, [{ sku: 'MUG', quantity: 3 }], sourcing)
    expect(monday.lines.map(({ location }) => location)).toEqual(['berlin'])
    const decision = await shop.oms.orThrow.orders.sourcing({ order: monday.id })
    expect(decision).toMatchObject({
      rule: 'domestic',
      passed: [{ rule: 'weekend', because: 'not_in_force' }],
      shares: [{ line: 'L1', sku: 'MUG', location: 'berlin', quantity: 3 }],
      optimality: { proven: true },
    })
    const rest = await placed(shop, [{ sku: 'MUG', quantity: 4 }], sourcing)
    expect(rest.lines.map(({ location }) => location)).toEqual(['vienna'])
    expect(await shop.oms.orThrow.orders.sourcing({ order: rest.id })).toMatchObject({
      rule: 'anywhere',
      passed: [{ rule: 'weekend' }, { rule: 'domestic', because: 'cannot_serve' }],
    })
    shop.clock.set('2026-03-07T09:00:00.000Z')
    const saturday = await placed(shop, [{ sku: 'MUG', quantity: 1 }], sourcing)
    expect(await shop.oms.orThrow.orders.sourcing({ order: saturday.id })).toMatchObject({ rule: 'weekend' })
  })

  it('F65 stops at the orders and units that a location takes in a day, and begins anew on its next day', async () => {
    const shop = await open(
      { berlin: { MUG: 50 }, vienna: { MUG: 50 } },
      { vienna: { ordersPerDay: 2, zone: 'Europe/Vienna' }, berlin: { unitsPerDay: 3 } },
    )
    shop.clock.set('2026-03-02T09:00:00.000Z')
    const go = async () =>
      (await placed(shop, [{ sku: 'MUG', quantity: 2 }], { by: nearest, to: toMunich })).lines[0]?.location
    expect([await go(), await go(), await go()]).toEqual(['vienna', 'vienna', 'berlin'])
    expect(await place(shop, [{ sku: 'MUG', quantity: 2 }], { by: nearest, to: toMunich })).toMatchObject({
      error: {
        code: 'not_sourceable',
        details: {
          rules: [
            {
              rule: 'near',
              because: 'cannot_serve',
              candidates: [
                { location: 'berlin', outcome: 'incomplete' },
                { location: 'vienna', outcome: 'no_orders_left' },
              ],
            },
          ],
        },
      },
    })
    expect(await shop.stored(locationLoadKind, 'berlin')).toEqual({ day: '2026-03-02', orders: 1, units: 2 })
    shop.clock.set('2026-03-02T23:30:00.000Z')
    expect(await go()).toBe('vienna')
    expect(await shop.oms.orThrow.locations.get({ location: 'vienna' })).toMatchObject({
      today: { day: '2026-03-03', orders: 1, units: 2 },
    })
  })

  it('M47 leaves a closed location out, refuses it by name, and still ships what it has promised', async () => {
    const shop = await open({ berlin: { MUG: 5 }, vienna: { MUG: 5 } })
    const { orThrow } = shop.oms
    const before = await placed(shop, [{ sku: 'MUG', quantity: 1 }], { by: nearest, to: toMunich })
    expect(await orThrow.locations.close({ location: 'vienna' })).toEqual({
      location: 'vienna',
      status: 'closed',
      complete: false,
    })
    const after = await placed(shop, [{ sku: 'MUG', quantity: 1 }], { by: nearest, to: toMunich })
    expect([before.lines[0]?.location, after.lines[0]?.location]).toEqual(['vienna', 'berlin'])
    expect(await place(shop, [{ sku: 'MUG', quantity: 1, location: 'vienna' }])).toMatchObject({
      error: { code: 'location_closed', details: { location: 'vienna' } },
    })
    expect(
      await shop.oms.inventory.hold(
        { owner: 'cart', lines: [{ sku: 'MUG', quantity: 1, location: 'vienna' }], seconds: 60 },
        newKey(),
      ),
    ).toMatchObject({ error: { code: 'location_closed' } })
    await orThrow.orders.confirm({ order: before.id })
    await orThrow.shipments.ship({ shipment: await packed(shop.oms, before.id), carrier: 'Parcel Post' })
    expect(await level(shop, 'vienna')).toMatchObject({ onHand: 4, reserved: 0 })
    await orThrow.locations.open({ location: 'vienna' })
    expect(
      (await placed(shop, [{ sku: 'MUG', quantity: 1 }], { by: nearest, to: toMunich })).lines[0]?.location,
    ).toBe('vienna')
  })

  it('M47 is closed and opened once: asked again, nothing changes', async () => {
    const { oms, storage } = await open({ berlin: { MUG: 5 } })
    const versions = async () => {
      const [record, stock] = await storage.read('main' as TenantId, [
        { kind: locationKind.name, id: 'berlin' },
        { kind: stockKind.name, id: 'berlin/MUG' },
      ])
      return [record?.version, stock?.version]
    }
    for (const [change, status] of [
      [oms.orThrow.locations.close, 'closed'],
      [oms.orThrow.locations.open, 'active'],
    ] as const) {
      await change({ location: 'berlin' })
      const before = await versions()
      expect(await change({ location: 'berlin' })).toEqual({ location: 'berlin', status, complete: true })
      expect(await versions()).toEqual(before)
    }
  })

  it.each(['close', 'open'] as const)(
    'M47 leaves out what is opened while it looks, and says so: the next call to %s has it all',
    async (change) => {
      const shop = await open({ berlin: { MUG: 5 } })
      await shop.oms.orThrow.catalog.define({
        sku: 'CUP',
        name: 'Cup',
        price: { amount: '9.00', currency: 'EUR' },
      })
      const cups = () =>
        shop.oms.orThrow.inventory.receive({ sku: 'CUP', quantity: 5, location: 'berlin' }, newKey())
      if (change === 'open') {
        await cups()
        await shop.oms.orThrow.locations.close({ location: 'berlin' })
      }
      let isLate = true
      const racing = createOrderManagement({
        policy: trustHost,
        clock: shop.clock,
        storage: {
          ...passThrough(shop.storage),
          find: async (tenant, query) => {
            const { items } = await shop.storage.find(tenant, query)
            if (query.kind !== stockKind.name || !isLate) return { items }
            isLate = false
            if (change === 'close') await cups()
            return { items: items.filter(({ key }) => key.id !== 'berlin/CUP') }
          },
        },
      }).as({ actor: { kind: 'user', id: 'ada' } })
      const buy = () => place(shop, [{ sku: 'CUP', quantity: 1, location: 'berlin' }])
      const [isOpen, isClosed] = [{ ok: true }, { error: { code: 'location_closed' } }]
      const asked = () => racing.orThrow.locations[change]({ location: 'berlin' })
      expect(await asked()).toMatchObject({ complete: false })
      expect(await buy()).toMatchObject(change === 'close' ? isOpen : isClosed)
      expect(await asked()).toMatchObject({ complete: true })
      expect(await buy()).toMatchObject(change === 'close' ? isClosed : isOpen)
    },
  )

  it.each([
    ['closed', 'closes', [], 'close'],
    ['opened', 'opens', ['close'], 'open'],
  ] as const)(
    'M47 is not complete by what was looked for before the location was %s: somebody else %s it meanwhile',
    async (_status, _does, before, meanwhile) => {
      const shop = await open({ berlin: { MUG: 5 } })
      for (const change of before) await shop.oms.orThrow.locations[change]({ location: 'berlin' })
      let isMeanwhile = true
      const slow = createOrderManagement({
        policy: trustHost,
        clock: shop.clock,
        storage: {
          ...passThrough(shop.storage),
          find: async (tenant, query) => {
            const page = await shop.storage.find(tenant, query)
            if (isMeanwhile) await shop.oms.orThrow.locations[meanwhile]({ location: 'berlin' })
            isMeanwhile = false
            return page
          },
        },
      }).as({ actor: { kind: 'user', id: 'ada' } })
      const close = () => slow.orThrow.locations.close({ location: 'berlin' })
      expect(await close()).toMatchObject({ status: 'closed', complete: false })
      expect(await close()).toMatchObject({ status: 'closed', complete: true })
    },
  )

  it('M47 knows no location that nobody defined', async () => {
    const shop = await open({ berlin: { MUG: 5 } })
    expect(await shop.oms.locations.close({ location: 'rome' })).toMatchObject({
      error: { code: 'unknown_location' },
    })
    expect(await shop.oms.locations.get({ location: 'rome' })).toMatchObject({
      error: { code: 'unknown_location' },
    })
    expect(await place(shop, [{ sku: 'MUG', quantity: 1 }], { by: 'nothing' })).toMatchObject({
      error: { code: 'unknown_sourcing', details: { name: 'nothing' } },
    })
    expect(await shop.oms.sourcing.rules({ name: 'nothing' })).toMatchObject({
      error: { code: 'unknown_sourcing' },
    })
  })

  it('M84, F64 is handed over at the pickup point as far as it can', async () => {
    const shop = await open(
      { berlin: { MUG: 2 }, hamburg: { MUG: 5 }, vienna: { MUG: 5 } },
      { berlin: { kind: 'store', pickup: true } },
    )
    const rule = { name: 'collect', strategy: 'pickup_point' } as const
    const { lines } = await placed(shop, [{ sku: 'MUG', quantity: 3 }], {
      by: rule,
      to: { pickup: 'berlin' },
    })
    expect(lines.map(({ location, quantity }) => [location, quantity])).toEqual([
      ['berlin', 2],
      ['hamburg', 1],
    ])
  })

  it('F69 is sent by the vendor where the rule says drop shipment', async () => {
    const shop = await open({ berlin: { MUG: 5 }, vienna: { MUG: 5 } }, { vienna: { kind: 'vendor' } })
    const rule = { name: 'direct', strategy: 'drop_ship' } as const
    const { lines } = await placed(shop, [{ sku: 'MUG', quantity: 1 }], { by: rule, to: toMunich })
    expect(lines[0]?.location).toBe('vienna')
  })

  it('F38 takes the parts of a kit from one location', async () => {
    const shop = await open({
      berlin: { MUG: 1, SAUCER: 9 },
      hamburg: { MUG: 9, SAUCER: 2 },
      vienna: { MUG: 9, SAUCER: 1 },
    })
    await shop.oms.orThrow.catalog.define({
      sku: 'SET',
      name: 'A set',
      price: { amount: '9.99', currency: 'EUR' },
      components: [
        { sku: 'MUG', quantity: 1 },
        { sku: 'SAUCER', quantity: 1 },
      ],
    })
    const { lines } = await placed(shop, [{ sku: 'SET', quantity: 2 }], { by: nearest, to: toMunich })
    expect(lines).toMatchObject([{ location: 'hamburg', quantity: 2, allocated: 2 }])
    expect(await level(shop, 'hamburg', 'SAUCER')).toMatchObject({ reserved: 2 })
  })

  it('refuses a hold and rules together, and places without rules as ever', async () => {
    const shop = await open({ berlin: { MUG: 5 } })
    const held = { reservation: 'r', owner: 'cart' }
    expect(await place(shop, [{ sku: 'MUG', quantity: 1 }], { by: nearest }, { held })).toMatchObject({
      error: { code: 'validation_failed', issues: [{ path: ['sourcing'], rule: 'sourcing.held' }] },
    })
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 1 }, newKey())
    const plain = await placed(shop, [{ sku: 'MUG', quantity: 1 }])
    expect(plain.lines).toMatchObject([{ location: 'main' }])
    expect(await shop.oms.orders.sourcing({ order: plain.id })).toMatchObject({
      error: { code: 'unknown_sourcing' },
    })
  })

  it('F66 can be previewed without placing anything', async () => {
    const shop = await open({ berlin: { MUG: 5 }, vienna: { MUG: 1 } })
    const preview = await shop.oms.orThrow.sourcing.preview({
      lines: [{ sku: 'MUG', quantity: 3 }],
      sourcing: { by: nearest, to: toMunich },
    })
    expect(preview.shares).toEqual([
      { line: 'L1', sku: 'MUG', location: 'berlin', quantity: 2 },
      { line: 'L1', sku: 'MUG', location: 'vienna', quantity: 1 },
    ])
    expect(await level(shop, 'berlin')).toMatchObject({ reserved: 0 })
    expect(
      await shop.oms.sourcing.preview({
        lines: [{ sku: 'MUG', quantity: 7 }],
        sourcing: { by: nearest, to: toMunich },
      }),
    ).toMatchObject({
      error: { code: 'out_of_stock', details: { shortages: [{ sku: 'MUG', wanted: 7, available: 6 }] } },
    })
  })

  it('ST5, ST7 of racing orders exactly as many are placed as there are goods, wherever they are', async () => {
    const shop = await open({ berlin: { MUG: 7 }, hamburg: { MUG: 4 }, vienna: { MUG: 9 } })
    const answers = await Promise.all(
      Array.from({ length: 15 }, () =>
        place(shop, [{ sku: 'MUG', quantity: 2 }], { by: nearest, to: toMunich }),
      ),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(10)
    for (const answer of answers) {
      if (answer.ok) continue
      expect(answer.error).toMatchObject({
        code: 'out_of_stock',
        details: { shortages: [{ sku: 'MUG', wanted: 2, available: 0 }] },
      })
    }
    for (const location of ['berlin', 'hamburg', 'vienna']) {
      expect(await level(shop, location)).toMatchObject({ available: 0 })
    }
  })
})
