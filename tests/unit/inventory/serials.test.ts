import { describe, expect, it } from 'vitest'
import { confirmed, newKey, type Shop } from '../../support/shop.js'
import { goodsIn, openTrackedShop, receiveSerials } from '../../support/tracked-shop.js'

const radio = 'radio'

const planned = async (shop: Shop, quantity: number, more: object = {}) => {
  const order = await confirmed(shop.oms, [{ sku: radio, quantity }])
  const { fulfillments } = await shop.oms.orThrow.fulfillments.plan({ order, ...more })
  return { order, fulfillment: fulfillments[0]?.fulfillment ?? '' }
}

const scanned = (...serials: readonly string[]) => [{ line: 'L1', serials: [...serials] }]

const statusOf = async ({ oms }: Shop, ...serials: readonly string[]) => {
  const pieces = await Promise.all(
    serials.map((serial) => oms.orThrow.inventory.serial({ sku: radio, serial })),
  )
  return pieces.map(({ status }) => status)
}

describe('receiving pieces with serial numbers', () => {
  it('F37 makes a record of each piece where it is', async () => {
    const { oms } = await openTrackedShop()
    await receiveSerials(oms, radio, 'R/1', 'R%2F1')
    expect(await oms.orThrow.inventory.level({ sku: radio })).toMatchObject({ onHand: 2 })
    const { items } = await oms.orThrow.inventory.serials({ sku: radio })
    expect(items).toMatchObject([
      { sku: radio, serial: 'R%2F1', status: 'in_stock', location: 'main' },
      { sku: radio, serial: 'R/1', status: 'in_stock', location: 'main' },
    ])
  })

  it('refuses numbers that are missing, too few, too many or named twice', async () => {
    const { oms } = await openTrackedShop()
    const rulesOf = async (serials?: readonly string[]) => {
      const answer = await oms.inventory.receive(
        { sku: radio, quantity: 2, ...(serials !== undefined && { serials: [...serials] }) },
        newKey(),
      )
      return answer.ok ? [] : answer.error.issues?.map(({ rule, path }) => [rule, ...path])
    }
    expect(await rulesOf()).toEqual([['serials.required', 'serials']])
    expect(await rulesOf(['1'])).toEqual([['serials.count', 'serials']])
    expect(await rulesOf(['1', '2', '3'])).toEqual([['serials.count', 'serials']])
    expect(await rulesOf(['1', '1'])).toEqual([['serials.duplicate', 'serials', 1]])
    expect(await rulesOf(['1', ' 2'])).toEqual([['id.format', 'serials', 1]])
  })

  it('ST14 refuses a piece that is in stock already, by name and with where it is', async () => {
    const shop = await openTrackedShop()
    await receiveSerials(shop.oms, radio, '1')
    const again = await shop.oms.inventory.receive(
      { sku: radio, quantity: 2, serials: ['2', '1'], location: 'north' },
      newKey(),
    )
    expect(again).toMatchObject({
      ok: false,
      error: {
        code: 'serial_unavailable',
        details: { sku: radio, serial: '1', status: 'in_stock', location: 'main' },
      },
    })
    expect(await shop.oms.inventory.serial({ sku: radio, serial: '2' })).toMatchObject({
      error: { code: 'unknown_serial' },
    })
  })

  it('tells two pieces with the same number apart when they are of two SKUs', async () => {
    const { oms } = await openTrackedShop()
    await oms.orThrow.catalog.define({ sku: 'phone', name: 'Phone', tracking: 'serial' })
    await receiveSerials(oms, radio, '1')
    await receiveSerials(oms, 'phone', '1')
    for (const sku of ['B/C', 'C']) await oms.orThrow.catalog.define({ sku, name: sku, tracking: 'serial' })
    await receiveSerials(oms, 'B/C', 'A')
    await receiveSerials(oms, 'C', 'A/B')
    expect((await oms.orThrow.inventory.serials({})).items).toHaveLength(4)
  })

  it('refuses more numbers in one command than the limit', async () => {
    const { oms } = await openTrackedShop()
    const serials = Array.from({ length: 1_001 }, (_, index) => `S${index}`)
    expect(await oms.inventory.receive({ sku: radio, quantity: 1_001, serials }, newKey())).toMatchObject({
      error: { code: 'limit_exceeded', details: { limit: 'serialsPerCommand', most: 1_000 } },
    })
  })

  it('takes a piece that was shipped back into stock', async () => {
    const shop = await openTrackedShop()
    await receiveSerials(shop.oms, radio, '1')
    const { fulfillment } = await planned(shop, 1)
    const { shipment } = await shop.oms.orThrow.fulfillments.pack({ fulfillment, goods: scanned('1') })
    await shop.oms.orThrow.shipments.ship({ shipment, carrier: 'Post' })
    expect(await statusOf(shop, '1')).toEqual(['shipped'])
    await receiveSerials(shop.oms, radio, '1')
    expect(await statusOf(shop, '1')).toEqual(['in_stock'])
  })
})

describe('defining what is tracked', () => {
  it('refuses another tracking for a known SKU, whatever it was', async () => {
    const { oms } = await openTrackedShop()
    await oms.orThrow.catalog.define({ sku: 'mug', name: 'Mug' })
    const trackingOf = async (sku: string, tracking: 'lot' | 'serial') => {
      const answer = await oms.catalog.define({ sku, name: 'New name', tracking })
      return answer.ok ? 'ok' : [answer.error.code, answer.error.details['tracking']]
    }
    expect(await trackingOf('mug', 'lot')).toEqual(['invalid_state', 'none'])
    expect(await trackingOf('salve', 'serial')).toEqual(['invalid_state', 'lot'])
    expect(await trackingOf('salve', 'lot')).toBe('ok')
  })

  it('refuses serial numbers for what is not counted in pieces, and a shelf life for what has no lots', async () => {
    const { oms } = await openTrackedShop()
    const unit = { code: 'KGM', digits: 3 }
    expect(await oms.catalog.define({ sku: 'gold', name: 'Gold', unit, tracking: 'serial' })).toMatchObject({
      error: { issues: [{ path: ['unit', 'digits'], rule: 'tracking.pieces' }] },
    })
    expect(
      await oms.catalog.define({ sku: 'mug', name: 'Mug', shelfLife: { minimumDaysAtShipping: 3 } }),
    ).toMatchObject({ error: { issues: [{ path: ['shelfLife'], rule: 'shelf.tracking' }] } })
    expect(
      await oms.catalog.define({ sku: 'salve', name: 'Salve', shelfLife: { minimumDaysAtShipping: -1 } }),
    ).toMatchObject({ error: { issues: [{ rule: 'shelf.days' }] } })
  })
})

describe('packing pieces with serial numbers', () => {
  it('asks for the numbers of what is packed', async () => {
    const shop = await openTrackedShop()
    await receiveSerials(shop.oms, radio, '1', '2')
    const { fulfillment } = await planned(shop, 2)
    expect(await shop.oms.fulfillments.pack({ fulfillment })).toMatchObject({
      error: {
        code: 'validation_failed',
        issues: [{ path: ['goods', 'L1'], rule: 'serials.required' }],
      },
    })
    expect(await shop.oms.fulfillments.pack({ fulfillment, goods: scanned('1') })).toMatchObject({
      error: { issues: [{ path: ['goods', 0, 'serials'], rule: 'serials.count' }] },
    })
    const { shipment } = await shop.oms.orThrow.fulfillments.pack({ fulfillment, goods: scanned('2', '1') })
    expect(goodsIn(await shop.oms.orThrow.shipments.get({ shipment }))).toEqual(['L1 radio 2 1'])
    expect(await statusOf(shop, '1', '2')).toEqual(['allocated', 'allocated'])
  })

  it('ST14 refuses a piece that another fulfillment has, one elsewhere, one in quarantine and one of another SKU', async () => {
    const shop = await openTrackedShop()
    const { orThrow } = shop.oms
    await receiveSerials(shop.oms, radio, '1', '2', '3')
    await orThrow.inventory.receive({ sku: radio, quantity: 1, serials: ['4'], location: 'north' }, newKey())
    await orThrow.catalog.define({ sku: 'phone', name: 'Phone', tracking: 'serial' })
    await receiveSerials(shop.oms, 'phone', '5')
    await orThrow.inventory.quarantine(
      { sku: radio, quantity: 1, serials: ['3'], reason: 'damaged' },
      newKey(),
    )
    const first = await planned(shop, 1)
    await orThrow.fulfillments.pack({ fulfillment: first.fulfillment, goods: scanned('1') })
    const second = await planned(shop, 1)
    const refusalOf = async (serial: string) => {
      const answer = await shop.oms.fulfillments.pack({
        fulfillment: second.fulfillment,
        goods: scanned(serial),
      })
      return answer.ok ? 'ok' : [answer.error.code, answer.error.details]
    }
    expect(await refusalOf('1')).toMatchObject([
      'serial_unavailable',
      { serial: '1', status: 'allocated', ...first },
    ])
    expect(await refusalOf('3')).toMatchObject(['serial_unavailable', { status: 'quarantined' }])
    expect(await refusalOf('4')).toMatchObject(['serial_unavailable', { location: 'north' }])
    expect(await refusalOf('5')).toMatchObject(['unknown_serial', { sku: radio, serial: '5' }])
    expect(await refusalOf('2')).toBe('ok')
  })

  it('ST14 refuses one piece for two lines of one order', async () => {
    const shop = await openTrackedShop()
    await receiveSerials(shop.oms, radio, '1', '2')
    const order = await confirmed(shop.oms, [
      { sku: radio, quantity: 1 },
      { sku: radio, quantity: 1 },
    ])
    const { fulfillments } = await shop.oms.orThrow.fulfillments.plan({ order })
    const fulfillment = fulfillments[0]?.fulfillment ?? ''
    const goods = (one: string, other: string) => [
      { line: 'L1', serials: [one] },
      { line: 'L2', serials: [other] },
    ]
    expect(await shop.oms.fulfillments.pack({ fulfillment, goods: goods('1', '1') })).toMatchObject({
      error: { code: 'serial_unavailable', details: { serial: '1', fulfillment } },
    })
    expect(await shop.oms.fulfillments.pack({ fulfillment, goods: goods('2', '1') })).toMatchObject({
      ok: true,
    })
  })

  it('packs what was named when the work was planned, or what is scanned in its place', async () => {
    const shop = await openTrackedShop()
    await receiveSerials(shop.oms, radio, '1', '2', '3')
    const first = await planned(shop, 1, { goods: scanned('1') })
    expect(await statusOf(shop, '1')).toEqual(['allocated'])
    await shop.oms.orThrow.fulfillments.pack({ fulfillment: first.fulfillment })
    const second = await planned(shop, 1, { goods: scanned('2') })
    await shop.oms.orThrow.fulfillments.pack({ fulfillment: second.fulfillment, goods: scanned('3') })
    expect(await statusOf(shop, '1', '2', '3')).toEqual(['allocated', 'in_stock', 'allocated'])
  })

  it('gives the pieces back when the work is given up, even when it is packed', async () => {
    const shop = await openTrackedShop()
    await receiveSerials(shop.oms, radio, '1')
    const { fulfillment } = await planned(shop, 1)
    await shop.oms.orThrow.fulfillments.pack({ fulfillment, goods: scanned('1') })
    await shop.oms.orThrow.fulfillments.cancel({ fulfillment, reason: 'postponed' })
    expect(await statusOf(shop, '1')).toEqual(['in_stock'])
  })

  it('refuses to pack canceled work, whatever is scanned', async () => {
    const shop = await openTrackedShop()
    await receiveSerials(shop.oms, radio, '1', '2')
    const { fulfillment } = await planned(shop, 1, { goods: scanned('1') })
    await shop.oms.orThrow.fulfillments.cancel({ fulfillment, reason: 'postponed' })
    expect(await shop.oms.fulfillments.pack({ fulfillment, goods: scanned('2') })).toMatchObject({
      error: { code: 'invalid_state' },
    })
  })
})

describe('the life of a piece', () => {
  it('F37 can be read from its record, with the shipment it left with', async () => {
    const shop = await openTrackedShop()
    await receiveSerials(shop.oms, radio, '1')
    const { order, fulfillment } = await planned(shop, 1)
    const { shipment } = await shop.oms.orThrow.fulfillments.pack({ fulfillment, goods: scanned('1') })
    await shop.oms.orThrow.shipments.ship({ shipment, carrier: 'Post' })
    await shop.oms.orThrow.shipments.reportLost({ shipment, reason: 'not_found' })
    const piece = await shop.oms.orThrow.inventory.serial({ sku: radio, serial: '1' })
    expect(piece).toMatchObject({ status: 'shipped', shipment: { order, shipment }, shipmentStatus: 'lost' })
    expect(piece).not.toHaveProperty('location')
    expect(piece.history.map(({ what, command }) => [what, command])).toEqual([
      ['SerialReceived', 'inventory.receive'],
      ['SerialAllocated', 'fulfillments.pack'],
      ['SerialShipped', 'shipments.ship'],
    ])
    expect((await shop.oms.orThrow.inventory.serials({ order })).items).toMatchObject([{ serial: '1' }])
  })
})
