import { describe, expect, it } from 'vitest'
import { printSourcing } from '../../../src/core/sourcing/print-sourcing.js'
import { cities, openLocations, order } from '../../support/locations.js'
import { newKey, openShop, type Shop } from '../../support/shop.js'

type Place = keyof typeof cities

const nearest = { name: 'near', strategy: 'nearest' } as const
const toMunich = { by: nearest, to: { coordinates: cities.munich } } as const

/** Salve in lots written as `A 5 2026-06-01`. The clock stands on 2026-03-01, and Vienna is nearer to Munich than Berlin. */
const open = async (
  lots: Readonly<Partial<Record<Place, readonly string[]>>>,
  minimumDays = 0,
): Promise<Shop> => {
  const shop = openShop()
  const { orThrow } = shop.oms
  await openLocations(shop.oms, Object.fromEntries(Object.keys(lots).map((place) => [place, {}])))
  await orThrow.catalog.define({
    sku: 'salve',
    name: 'Salve',
    price: { amount: '8.00', currency: 'EUR' },
    tracking: 'lot',
    shelfLife: { minimumDaysAtShipping: minimumDays },
  })
  for (const [location, written] of Object.entries(lots)) {
    for (const text of written) {
      const [lot = '', quantity = '', expiresOn = ''] = text.split(' ')
      const units = Number(quantity)
      await orThrow.inventory.receive(
        { sku: 'salve', location, quantity: units, lots: [{ lot, quantity: units, expiresOn }] },
        newKey(),
      )
    }
  }
  return shop
}

const wanted = (quantity: number, more: object = {}) => order([{ sku: 'salve', quantity }], toMunich, more)

const onDay = (requestedOn: string) => ({ delivery: { method: 'standard', requestedOn } })

const cameFrom = async ({ oms }: Shop, quantity: number, more?: object) => {
  const { order: id } = await oms.orThrow.orders.place(wanted(quantity, more), newKey())
  const { lines } = await oms.orThrow.orders.get({ order: id })
  return { id, places: lines.map((line) => `${String(line.quantity)} ${line.location}`) }
}

describe('a sourced order of goods that expire', () => {
  it('F37 comes from where goods may still leave, and says what had expired', async () => {
    const shop = await open({ vienna: ['A 5 2026-03-10'], berlin: ['B 5 2026-06-01'] })
    shop.clock.advance(20 * 86_400_000)
    const { id, places } = await cameFrom(shop, 2)
    expect(places).toEqual(['2 berlin'])
    const decision = await shop.oms.orThrow.orders.sourcing({ order: id })
    expect(decision.candidates.find(({ location }) => location === 'vienna')).toMatchObject({
      outcome: 'nothing_in_stock',
      tooOld: [{ sku: 'salve', lot: 'A', quantity: 5, because: 'expired', expiresOn: '2026-03-10' }],
    })
    expect(printSourcing(decision)).toContain('has nothing of it; 5 salve of lot A expired on 2026-03-10')
  })

  it('F37 comes from where there are lots, and not from where none ever came', async () => {
    const shop = await open({ berlin: ['B 5 2026-06-01'], vienna: [] })
    await shop.oms.orThrow.inventory.configure({ sku: 'salve', location: 'vienna', lowStock: 2 })
    expect((await cameFrom(shop, 2)).places).toEqual(['2 berlin'])
  })

  it('F37 looks at the day on which the buyer wants it', async () => {
    const shop = await open({ vienna: ['A 5 2026-03-10'], berlin: ['B 5 2026-06-01'] })
    expect((await cameFrom(shop, 1)).places).toEqual(['1 vienna'])
    expect((await cameFrom(shop, 1, onDay('2026-03-10'))).places).toEqual(['1 vienna'])
    expect((await cameFrom(shop, 1, onDay('2026-03-11'))).places).toEqual(['1 berlin'])
  })

  it('F37 leaves the shelf life to the customer that the product promises', async () => {
    const shop = await open({ vienna: ['A 5 2026-04-10'], berlin: ['B 5 2026-06-01'] }, 30)
    shop.clock.advance(20 * 86_400_000)
    const { id, places } = await cameFrom(shop, 2)
    expect(places).toEqual(['2 berlin'])
    expect(printSourcing(await shop.oms.orThrow.orders.sourcing({ order: id }))).toContain(
      '5 salve of lot A keep too short a time, until 2026-04-10',
    )
  })

  it('splits a line where the fresh lots of one location do not suffice, and all of it can be planned', async () => {
    const shop = await open({
      vienna: ['A 5 2026-03-10', 'C 2 2026-07-01'],
      berlin: ['B 5 2026-06-01'],
    })
    shop.clock.advance(20 * 86_400_000)
    const { id, places } = await cameFrom(shop, 4)
    expect(places.toSorted()).toEqual(['2 berlin', '2 vienna'])
    const { orThrow } = shop.oms
    await orThrow.orders.confirm({ order: id })
    const { fulfillments } = await orThrow.fulfillments.plan({ order: id })
    expect(fulfillments).toHaveLength(2)
  })

  it('F37 never promises the same fresh units twice beside goods that are too old', async () => {
    const shop = await open({ vienna: ['A 5 2026-03-10', 'C 2 2026-07-01'] })
    shop.clock.advance(20 * 86_400_000)
    await cameFrom(shop, 2)
    const second = await shop.oms.orders.place(wanted(1, { whenShort: 'refuse' }), newKey())
    expect(second).toMatchObject({
      ok: false,
      error: {
        code: 'out_of_stock',
        details: {
          shortages: [{ sku: 'salve', wanted: 1, available: 0 }],
          rules: [{ candidates: [{ location: 'vienna', tooOld: [{ lot: 'A', quantity: 5 }] }] }],
        },
      },
    })
  })

  it('counts a unit that is too old once when it is in quarantine already', async () => {
    const shop = await open({ vienna: ['A 5 2026-03-10', 'C 2 2026-07-01'] })
    shop.clock.advance(20 * 86_400_000)
    await shop.oms.orThrow.inventory.quarantine(
      { sku: 'salve', location: 'vienna', quantity: 4, lots: [{ lot: 'A', quantity: 4 }], reason: 'old' },
      newKey(),
    )
    expect((await cameFrom(shop, 2)).places).toEqual(['2 vienna'])
  })

  it('sees the lots of a kit’s components', async () => {
    const shop = await open({ vienna: ['A 5 2026-03-10'], berlin: ['B 5 2026-06-01'] })
    await shop.oms.orThrow.catalog.define({
      sku: 'care-set',
      name: 'Care set',
      price: { amount: '15.00', currency: 'EUR' },
      components: [{ sku: 'salve', quantity: 2 }],
    })
    shop.clock.advance(20 * 86_400_000)
    const { order: id } = await shop.oms.orThrow.orders.place(
      order([{ sku: 'care-set', quantity: 1 }], toMunich),
      newKey(),
    )
    const { lines } = await shop.oms.orThrow.orders.get({ order: id })
    expect(lines.map(({ location }) => location)).toEqual(['berlin'])
  })

  it('is previewed as it is decided', async () => {
    const shop = await open({ vienna: ['A 5 2026-03-10'], berlin: ['B 5 2026-06-01'] })
    const { shares, candidates } = await shop.oms.orThrow.sourcing.preview({
      lines: [{ sku: 'salve', quantity: 1 }],
      sourcing: toMunich,
      requestedOn: '2026-04-01',
    })
    expect(shares.map(({ location }) => location)).toEqual(['berlin'])
    expect(candidates.find(({ location }) => location === 'vienna')?.tooOld).toMatchObject([{ lot: 'A' }])
  })
})
