import { describe, expect, it } from 'vitest'
import type { LocationId, Sku } from '../../../src/core/ids/ids.js'
import { allocateGoods } from '../../../src/core/inventory/allocate-goods.js'
import { workOn } from '../../../src/core/plan.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'
import { openDesk } from '../../support/desk.js'
import { confirmed, newKey } from '../../support/shop.js'
import { defineTracked, goodsIn, lotsOf, openTrackedShop, receiveLots } from '../../support/tracked-shop.js'

const salve = 'salve'

const planned = async (shop: Awaited<ReturnType<typeof openTrackedShop>>, quantity: number, more = {}) => {
  const order = await confirmed(shop.oms, [{ sku: salve, quantity }])
  const { fulfillments } = await shop.oms.orThrow.fulfillments.plan({ order, ...more })
  const fulfillment = fulfillments[0]?.fulfillment ?? ''
  return { order, fulfillment }
}

describe('receiving goods that are tracked by lot', () => {
  it('F37 keeps the lots of a level beside it, in the order in which they are to leave', async () => {
    const { oms } = await openTrackedShop()
    await receiveLots(oms, salve, 'late 5 2026-09-01', 'early 3 2026-06-01')
    await receiveLots(oms, salve, 'late 2 2026-09-01')
    expect(await lotsOf(oms, salve)).toEqual(['early 3/0/0', 'late 7/0/0'])
    expect(await oms.orThrow.inventory.level({ sku: salve })).toMatchObject({ onHand: 10, available: 10 })
  })

  it('refuses lots that are missing, named twice, or do not add up to the quantity', async () => {
    const { oms } = await openTrackedShop()
    const lot = (quantity: number) => ({ lot: 'A', quantity, expiresOn: '2026-06-01' })
    const rulesOf = async (input: object) => {
      const answer = await oms.inventory.receive({ sku: salve, quantity: 5, ...input }, newKey())
      return answer.ok ? [] : answer.error.issues?.map(({ rule, path }) => [rule, ...path])
    }
    expect(await rulesOf({})).toEqual([['lots.required', 'lots']])
    expect(await rulesOf({ lots: [] })).toEqual([['lots.required', 'lots']])
    expect(await rulesOf({ lots: [lot(4)] })).toEqual([['lots.sum', 'lots']])
    expect(await rulesOf({ lots: [lot(2), lot(3)] })).toEqual([['lots.duplicate', 'lots', 1, 'lot']])
    expect(await rulesOf({ lots: [{ ...lot(5), expiresOn: '2026-02-30' }] })).toEqual([
      ['date.invalid', 'lots', 0, 'expiresOn'],
    ])
    expect(await rulesOf({ lots: [{ lot: 'A', quantity: 5 }] })).toEqual([
      ['lots.expiresOn', 'lots', 0, 'expiresOn'],
    ])
    expect(await rulesOf({ serials: ['1', '2', '3', '4', '5'] })).toEqual([['tracking.none', 'serials']])
  })

  it('refuses lots for a SKU whose goods nobody tells apart', async () => {
    const { oms } = await openTrackedShop()
    await oms.orThrow.catalog.define({ sku: 'mug', name: 'Mug' })
    const answer = await oms.inventory.receive(
      { sku: 'mug', quantity: 1, lots: [{ lot: 'A', quantity: 1 }] },
      newKey(),
    )
    expect(answer).toMatchObject({ ok: false, error: { issues: [{ rule: 'tracking.none' }] } })
  })

  it('refuses a known lot with another expiry date and names the one it has', async () => {
    const { oms } = await openTrackedShop()
    await receiveLots(oms, salve, 'A 5 2026-06-01')
    const answer = await oms.inventory.receive(
      { sku: salve, quantity: 1, lots: [{ lot: 'A', quantity: 1, expiresOn: '2026-07-01' }] },
      newKey(),
    )
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'lot_conflict', details: { lot: 'A', expiresOn: '2026-06-01' } },
    })
  })

  it('refuses more lots at one level than the limit; a lot that has run out makes room', async () => {
    const { clerk } = openDesk({ settings: { limits: { lotsPerStockLevel: 2 } } })
    await defineTracked(clerk)
    await receiveLots(clerk, salve, 'A 1 2026-06-01', 'B 1 2026-06-01')
    const lots = [{ lot: 'C', quantity: 1, expiresOn: '2026-06-01' }]
    const third = () => clerk.inventory.receive({ sku: salve, quantity: 1, lots }, newKey())
    expect(await third()).toMatchObject({
      error: { code: 'limit_exceeded', details: { limit: 'lotsPerStockLevel', most: 2 } },
    })
    await clerk.orThrow.inventory.adjust(
      { sku: salve, quantity: -1, lots: [{ lot: 'A', quantity: 1 }], reason: 'broken' },
      newKey(),
    )
    expect(await third()).toMatchObject({ ok: true })
  })

  it('puts goods that came in expired, or too old to be sold, straight into quarantine', async () => {
    const { oms } = await openTrackedShop(30)
    await receiveLots(oms, salve, 'expired 2 2026-02-28', 'old 3 2026-03-30', 'good 4 2026-03-31')
    expect(await lotsOf(oms, salve)).toEqual(['expired 2/0/2', 'old 3/0/3', 'good 4/0/0'])
    expect(await oms.orThrow.inventory.level({ sku: salve })).toMatchObject({
      onHand: 9,
      quarantined: 5,
      available: 4,
    })
  })

  it('counts lots of goods with decimals in their own unit', async () => {
    const { oms } = await openTrackedShop()
    await oms.orThrow.catalog.define({
      sku: 'flour',
      name: 'Flour',
      unit: { code: 'KGM', digits: 3 },
      tracking: 'lot',
    })
    const lots = [
      { lot: 'A', quantity: '1.250' },
      { lot: 'B', quantity: '0.75' },
    ]
    await oms.orThrow.inventory.receive({ sku: 'flour', quantity: '2', lots }, newKey())
    expect(await lotsOf(oms, 'flour')).toEqual(['A 1.25/0/0', 'B 0.75/0/0'])
  })
})

describe('planning work on goods that are tracked by lot', () => {
  it('F37 sets aside what expires first, and of what expires together what came first', async () => {
    const shop = await openTrackedShop()
    await receiveLots(shop.oms, salve, 'second 3 2026-06-01')
    shop.clock.advance(86_400_000)
    await receiveLots(shop.oms, salve, 'third 3 2026-06-01', 'first 3 2026-05-01')
    const { fulfillment } = await planned(shop, 7)
    expect(goodsIn(await shop.oms.orThrow.fulfillments.get({ fulfillment }))).toEqual([
      'L1 salve first 3 second 3 third 1',
    ])
    expect(await lotsOf(shop.oms, salve)).toEqual(['first 3/3/0', 'second 3/3/0', 'third 3/1/0'])
  })

  it('F37 takes goods that never expire in the order in which they came, after those that do', async () => {
    const shop = await openTrackedShop()
    const { oms } = shop
    await oms.orThrow.catalog.define({
      sku: 'soap',
      name: 'Soap',
      tracking: 'lot',
      price: { amount: '1.00', currency: 'EUR' },
    })
    await receiveLots(oms, 'soap', 'old 2')
    shop.clock.advance(86_400_000)
    await receiveLots(oms, 'soap', 'new 2', 'dated 1 2027-01-01')
    const order = await confirmed(oms, [{ sku: 'soap', quantity: 4 }])
    const { fulfillments } = await oms.orThrow.fulfillments.plan({ order })
    const fulfillment = fulfillments[0]?.fulfillment ?? ''
    expect(goodsIn(await oms.orThrow.fulfillments.get({ fulfillment }))).toEqual([
      'L1 soap dated 1 old 2 new 1',
    ])
  })

  it('never sets aside what will have expired, or be too old, on the day it leaves, and says what it passed over', async () => {
    const shop = await openTrackedShop(10)
    await receiveLots(shop.oms, salve, 'A 3 2026-03-20', 'B 3 2026-04-20')
    const order = await confirmed(shop.oms, [{ sku: salve, quantity: 4 }])
    const late = await shop.oms.fulfillments.plan({ order, shippingOn: '2026-03-11' })
    expect(late).toMatchObject({
      ok: false,
      error: {
        code: 'out_of_stock',
        details: {
          shortages: [
            {
              wanted: 4,
              available: 3,
              passedOver: [{ lot: 'A', quantity: 3, because: 'shelf_life', expiresOn: '2026-03-20' }],
            },
          ],
        },
      },
    })
    expect(await shop.oms.fulfillments.plan({ order, shippingOn: '2026-03-10' })).toMatchObject({ ok: true })
    expect(await lotsOf(shop.oms, salve)).toEqual(['A 3/3/0', 'B 3/1/0'])
  })

  it('refuses a day of shipping that is over', async () => {
    const shop = await openTrackedShop()
    await receiveLots(shop.oms, salve, 'A 3 2026-06-01')
    const order = await confirmed(shop.oms, [{ sku: salve, quantity: 1 }])
    expect(await shop.oms.fulfillments.plan({ order, shippingOn: '2026-02-28' })).toMatchObject({
      ok: false,
      error: { issues: [{ path: ['shippingOn'], rule: 'date.past' }] },
    })
  })

  it('refuses goods of which no lot is known: they are not there', () => {
    const wanted = { sku: salve as Sku, tracking: 'lot', quantity: 1 } as const
    const claimant = { order: 'O-1', fulfillment: 'F-1' } as never
    const nothing = workOn({ find: () => undefined })
    expect(
      allocateGoods(nothing, 'main' as LocationId, wanted, undefined, claimant, '2026-03-01' as LocalDate),
    ).toMatchObject({
      error: { code: 'out_of_stock', details: { shortages: [{ sku: salve, wanted: 1, available: 0 }] } },
    })
  })

  it('takes the lots the host names, and refuses what is not there, not enough or too old', async () => {
    const shop = await openTrackedShop(10)
    await receiveLots(shop.oms, salve, 'A 3 2026-03-20', 'B 5 2026-04-20', 'C 5 2026-05-20')
    const order = await confirmed(shop.oms, [{ sku: salve, quantity: 4 }])
    const plan = (lots: readonly { lot: string; quantity: number }[], more = {}) =>
      shop.oms.fulfillments.plan({ order, goods: [{ line: 'L1', lots: [...lots], ...more }] })
    expect(await plan([{ lot: 'X', quantity: 4 }])).toMatchObject({ error: { code: 'unknown_lot' } })
    expect(
      await plan([
        { lot: 'A', quantity: 1 },
        { lot: 'B', quantity: 2 },
      ]),
    ).toMatchObject({ error: { issues: [{ path: ['goods', 0, 'lots'], rule: 'lots.sum' }] } })
    expect(await plan([{ lot: 'A', quantity: 4 }])).toMatchObject({
      error: { code: 'quantity_exceeded', details: { lot: 'A', wanted: 4, limit: 3 } },
    })
    expect(
      await shop.oms.fulfillments.plan({
        order,
        shippingOn: '2026-03-15',
        goods: [
          {
            line: 'L1',
            lots: [
              { lot: 'A', quantity: 1 },
              { lot: 'C', quantity: 3 },
            ],
          },
        ],
      }),
    ).toMatchObject({ error: { code: 'lot_expired', details: { lot: 'A', day: '2026-03-15' } } })
    expect(await plan([{ lot: 'C', quantity: 4 }], { sku: 'radio' })).toMatchObject({
      error: { issues: [{ rule: 'tracking.none' }] },
    })
    expect(await plan([{ lot: 'C', quantity: 4 }], { line: 'L9' })).toMatchObject({
      error: { code: 'unknown_line' },
    })
    expect(await plan([{ lot: 'C', quantity: 4 }])).toMatchObject({ ok: true })
    expect(await lotsOf(shop.oms, salve)).toEqual(['A 3/0/0', 'B 5/0/0', 'C 5/4/0'])
    const next = await confirmed(shop.oms, [{ sku: salve, quantity: 2 }])
    const goods = [{ line: 'L1', lots: [{ lot: 'C', quantity: 2 }] }]
    expect(await shop.oms.fulfillments.plan({ order: next, goods })).toMatchObject({
      error: { code: 'quantity_exceeded', details: { lot: 'C', wanted: 2, limit: 1, allocated: 4 } },
    })
  })

  it('gives the lots back when the work is given up', async () => {
    const shop = await openTrackedShop()
    await receiveLots(shop.oms, salve, 'A 3 2026-06-01', 'B 3 2026-07-01')
    const { fulfillment } = await planned(shop, 5)
    await shop.oms.orThrow.fulfillments.cancel({ fulfillment, reason: 'postponed' })
    expect(await lotsOf(shop.oms, salve)).toEqual(['A 3/0/0', 'B 3/0/0'])
  })

  it('shares one lot between two lines of one order', async () => {
    const shop = await openTrackedShop()
    await receiveLots(shop.oms, salve, 'A 3 2026-06-01', 'B 3 2026-07-01')
    const order = await confirmed(shop.oms, [
      { sku: salve, quantity: 2 },
      { sku: salve, quantity: 2 },
    ])
    const { fulfillments } = await shop.oms.orThrow.fulfillments.plan({ order })
    const fulfillment = fulfillments[0]?.fulfillment ?? ''
    expect(goodsIn(await shop.oms.orThrow.fulfillments.get({ fulfillment }))).toEqual([
      'L1 salve A 2',
      'L2 salve A 1 B 1',
    ])
    const { shipment } = await shop.oms.orThrow.fulfillments.pack({ fulfillment })
    await shop.oms.orThrow.shipments.ship({ shipment, carrier: 'Post' })
    const trace = await shop.oms.orThrow.inventory.lotTrace({ sku: salve, lot: 'A' })
    expect(trace.shipped.items).toMatchObject([{ order, shipment, quantity: 3 }])
  })
})

describe('packing and shipping goods that are tracked by lot', () => {
  it('takes the lots that were really packed in the place of those that were planned', async () => {
    const shop = await openTrackedShop()
    await receiveLots(shop.oms, salve, 'A 3 2026-06-01', 'B 3 2026-07-01')
    const { fulfillment } = await planned(shop, 2)
    const goods = [{ line: 'L1', lots: [{ lot: 'B', quantity: 2 }] }]
    const { shipment } = await shop.oms.orThrow.fulfillments.pack({ fulfillment, goods })
    expect(await lotsOf(shop.oms, salve)).toEqual(['A 3/0/0', 'B 3/2/0'])
    expect(goodsIn(await shop.oms.orThrow.shipments.get({ shipment }))).toEqual(['L1 salve B 2'])
  })

  it('takes what left out of its lots, and a lot without units is gone', async () => {
    const shop = await openTrackedShop()
    await receiveLots(shop.oms, salve, 'A 3 2026-06-01', 'B 3 2026-07-01')
    const { fulfillment } = await planned(shop, 4)
    const { shipment } = await shop.oms.orThrow.fulfillments.pack({ fulfillment })
    await shop.oms.orThrow.shipments.ship({ shipment, carrier: 'Post' })
    expect(await lotsOf(shop.oms, salve)).toEqual(['B 2/0/0'])
    expect(await shop.oms.orThrow.inventory.level({ sku: salve })).toMatchObject({ onHand: 2, reserved: 0 })
  })

  it('refuses to ship a lot after the last day on which it may leave; planned anew, another lot leaves', async () => {
    const shop = await openTrackedShop(10)
    await receiveLots(shop.oms, salve, 'A 3 2026-03-20', 'B 3 2026-07-01')
    const { order, fulfillment } = await planned(shop, 2)
    const { shipment } = await shop.oms.orThrow.fulfillments.pack({ fulfillment })
    shop.clock.advance(10 * 86_400_000)
    expect(await shop.oms.shipments.ship({ shipment, carrier: 'Post' })).toMatchObject({
      ok: false,
      error: { code: 'lot_expired', details: { lot: 'A', shipBy: '2026-03-10', day: '2026-03-11' } },
    })
    await shop.oms.orThrow.fulfillments.cancel({ fulfillment, reason: 'too_old' })
    const again = await shop.oms.orThrow.fulfillments.plan({ order })
    const view = await shop.oms.orThrow.fulfillments.get({
      fulfillment: again.fulfillments[0]?.fulfillment ?? '',
    })
    expect(goodsIn(view)).toEqual(['L1 salve B 2'])
  })
})

describe('tracing a lot', () => {
  it('F37 tells what is here, what is set aside for which order, and who got units of it', async () => {
    const shop = await openTrackedShop()
    await receiveLots(shop.oms, salve, 'A 9 2026-06-01')
    const first = await planned(shop, 2)
    const { shipment } = await shop.oms.orThrow.fulfillments.pack({ fulfillment: first.fulfillment })
    await shop.oms.orThrow.shipments.ship({ shipment, carrier: 'Post' })
    const second = await planned(shop, 3)
    const lost = await shop.oms.orThrow.shipments.reportLost({ shipment, reason: 'not_found' })
    expect(lost.status).toBe('lost')
    const trace = await shop.oms.orThrow.inventory.lotTrace({ sku: salve, lot: 'A' })
    expect(trace).toMatchObject({
      stock: [{ location: 'main', onHand: 7, allocated: 3, free: 4 }],
      setAside: [{ ...second, quantity: 3 }],
      shipped: {
        items: [{ order: first.order, shipment, quantity: 2, shippedOn: '2026-03-01', status: 'lost' }],
      },
    })
  })

  it('knows nothing of a lot of another SKU', async () => {
    const shop = await openTrackedShop()
    await receiveLots(shop.oms, salve, 'A 9 2026-06-01')
    expect(await shop.oms.inventory.lotTrace({ sku: 'radio', lot: 'A' })).toMatchObject({
      ok: false,
      error: { code: 'unknown_lot' },
    })
  })
})

describe('goods that have become too old', () => {
  it('go into quarantine once, however often it is asked, and are no longer available', async () => {
    const shop = await openTrackedShop()
    await receiveLots(shop.oms, salve, 'A 3 2026-03-05', 'B 4 2026-06-01')
    expect(await shop.oms.orThrow.inventory.quarantineExpired({ sku: salve })).toMatchObject({
      quarantined: 0,
      stillPromised: 0,
    })
    shop.clock.advance(5 * 86_400_000)
    const answers = await Promise.all(
      [1, 2, 3].map(() => shop.oms.orThrow.inventory.quarantineExpired({ sku: salve })),
    )
    expect(answers.map(({ quarantined }) => quarantined)).toEqual([3, 0, 0])
    expect(await lotsOf(shop.oms, salve)).toEqual(['A 3/0/3', 'B 4/0/0'])
    expect(await shop.oms.orThrow.inventory.level({ sku: salve })).toMatchObject({ available: 4 })
  })

  it('are none where no lot ever came, and never those that do not expire, whatever is promised', async () => {
    const shop = await openTrackedShop()
    const { orThrow } = shop.oms
    await orThrow.catalog.define({
      sku: 'nail',
      name: 'Nail',
      price: { amount: '1.00', currency: 'EUR' },
      tracking: 'lot',
    })
    await orThrow.inventory.configure({ sku: 'nail', lowStock: 1 })
    const none = { quarantined: 0, stillPromised: 0 }
    expect(await orThrow.inventory.quarantineExpired({ sku: 'nail' })).toMatchObject(none)
    await receiveLots(shop.oms, 'nail', 'A 3', 'B 2 2026-03-02')
    const order = await confirmed(shop.oms, [{ sku: 'nail', quantity: 4 }])
    shop.clock.advance(5 * 86_400_000)
    expect(await orThrow.inventory.quarantineExpired({ sku: 'nail' })).toMatchObject({
      quarantined: 2,
      backordered: [{ order, quantity: 1 }],
    })
    expect(await lotsOf(shop.oms, 'nail')).toEqual(['B 2/0/2', 'A 3/0/0'])
  })

  it('stay usable on the expiry date itself (GS1 AI 17)', async () => {
    const shop = await openTrackedShop()
    await receiveLots(shop.oms, salve, 'A 3 2026-03-01')
    expect(await planned(shop, 1)).toMatchObject({})
    expect(await lotsOf(shop.oms, salve)).toEqual(['A 3/1/0'])
  })

  it('ST9 take the goods from the latest promises, which are told, and new goods serve them', async () => {
    const shop = await openTrackedShop()
    const { orThrow } = shop.oms
    await receiveLots(shop.oms, salve, 'A 5 2026-03-05', 'B 2 2026-06-01')
    const first = await confirmed(shop.oms, [{ sku: salve, quantity: 1 }])
    shop.clock.advance(1_000)
    const second = await confirmed(shop.oms, [{ sku: salve, quantity: 3 }])
    shop.clock.advance(5 * 86_400_000)
    expect(await orThrow.inventory.quarantineExpired({ sku: salve })).toMatchObject({
      quarantined: 5,
      stillPromised: 0,
      available: -2,
      backordered: [{ order: second, quantity: 2 }],
    })
    expect(await lotsOf(shop.oms, salve)).toEqual(['A 5/0/5', 'B 2/0/0'])
    const planned = await shop.oms.fulfillments.plan({ order: first })
    expect(planned).toMatchObject({ ok: true })
    await receiveLots(shop.oms, salve, 'C 4 2026-06-01')
    expect(await shop.oms.fulfillments.plan({ order: second })).toMatchObject({ ok: true })
    expect(await lotsOf(shop.oms, salve)).toEqual(['A 5/0/5', 'B 2/2/0', 'C 4/2/0'])
    expect(await orThrow.inventory.level({ sku: salve })).toMatchObject({ reserved: 4, available: 2 })
  })

  it('stay with the fulfillment that has set them aside, which can give them back but not ship them', async () => {
    const shop = await openTrackedShop()
    await receiveLots(shop.oms, salve, 'A 5 2026-03-05')
    const { fulfillment } = await planned(shop, 2)
    shop.clock.advance(5 * 86_400_000)
    await shop.oms.orThrow.inventory.quarantineExpired({ sku: salve })
    expect(await lotsOf(shop.oms, salve)).toEqual(['A 5/2/3'])
    await shop.oms.orThrow.fulfillments.cancel({ fulfillment, reason: 'expired' })
    await shop.oms.orThrow.inventory.quarantineExpired({ sku: salve })
    expect(await lotsOf(shop.oms, salve)).toEqual(['A 5/0/5'])
  })
})
