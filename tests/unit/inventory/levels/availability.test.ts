import type { OrderManagementFor } from 'orderwright'
import { beforeEach, describe, expect, it } from 'vitest'
import { newKey, openShop, stock, type Shop } from '../../../support/shop.js'

describe('availability', () => {
  let shop: Shop
  let oms: OrderManagementFor
  const inventory = () => oms.orThrow.inventory
  const of = async (sku: string, more: object = {}) => {
    const { items } = await inventory().availability({ skus: [sku], ...more })
    const [item] = items
    if (item === undefined) throw new Error(`${sku} is unknown`)
    return item
  }
  const order = (quantity: number, more: object = {}, sku = 'MUG') =>
    oms.orders.place({ channel: 'web', currency: 'EUR', lines: [{ sku, quantity }], ...more }, newKey())

  beforeEach(async () => {
    shop = openShop()
    oms = shop.oms
    await stock(oms, 'MUG', 10, '12.50')
  })

  it('M35 F31 ST4 shows the figures and what comes of them', async () => {
    await inventory().configure({ sku: 'MUG', safetyStock: 1, lowStock: 3 })
    await inventory().quarantine({ sku: 'MUG', quantity: 2, reason: 'damaged' }, newKey())
    await order(3)
    expect(await of('MUG')).toEqual({
      sku: 'MUG',
      unit: 'C62',
      status: 'in_stock',
      stocked: true,
      availableNow: 4,
      availableAhead: 0,
      lowStock: 3,
      locations: [
        {
          location: 'main',
          status: 'in_stock',
          availableNow: 4,
          availableAhead: 0,
          level: {
            onHand: 10,
            reserved: 3,
            quarantined: 2,
            incoming: 0,
            available: 4,
            safetyStock: 1,
            backorderAllowance: 0,
            keptBack: 0,
            lowStock: 3,
            version: 6,
          },
        },
      ],
    })
  })

  it('F45 M42 says when it runs low, and when there is nothing', async () => {
    await inventory().configure({ sku: 'MUG', lowStock: 3 })
    expect((await of('MUG')).status).toBe('in_stock')
    await order(7)
    expect(await of('MUG')).toMatchObject({ status: 'low', availableNow: 3 })
    await order(3)
    expect(await of('MUG')).toMatchObject({ status: 'out_of_stock', availableNow: 0 })
  })

  it('says what can be ordered without goods', async () => {
    await inventory().configure({ sku: 'MUG', backorderAllowance: 5 })
    expect(await of('MUG')).toMatchObject({ status: 'in_stock', availableNow: 10, availableAhead: 5 })
    await order(10)
    expect(await of('MUG')).toMatchObject({ status: 'backorder', availableNow: 0, availableAhead: 5 })
  })

  it('F30 adds up locations, none of which lends another what it lacks', async () => {
    await inventory().receive({ sku: 'MUG', quantity: 4, location: 'annex' }, newKey())
    await order(10)
    await inventory().configure({ sku: 'MUG', safetyStock: 6 })
    const everywhere = await of('MUG')
    expect(everywhere).toMatchObject({ availableNow: 4, status: 'in_stock' })
    expect(everywhere.locations.map(({ location, status }) => [location, status])).toEqual([
      ['annex', 'in_stock'],
      ['main', 'out_of_stock'],
    ])
    expect(await of('MUG', { locations: ['main'] })).toMatchObject({ availableNow: 0 })
  })

  it('ST12 names what is unknown instead of calling it zero', async () => {
    await oms.orThrow.catalog.define({ sku: 'NEVER', name: 'Never opened' })
    await stock(oms, 'GONE', 1, '1.00')
    await oms.orThrow.catalog.discontinue({ sku: 'GONE' })
    const answer = await inventory().availability({ skus: ['MUG', 'NO', 'NEVER', 'GONE', 'MUG'] })
    expect(answer.unknown).toEqual(['NO', 'NEVER', 'GONE'])
    expect(answer.items.map(({ sku }) => sku)).toEqual(['MUG'])
    expect((await inventory().availability({ skus: ['MUG'], locations: ['nowhere'] })).unknown).toEqual([
      'MUG',
    ])
  })

  it('F40 has always what is not stocked, without a figure', async () => {
    await oms.orThrow.catalog.define({
      sku: 'ENGRAVING',
      name: 'Engraving',
      stocked: false,
      price: { amount: '5.00', currency: 'EUR' },
    })
    expect(await of('ENGRAVING')).toEqual({
      sku: 'ENGRAVING',
      unit: 'C62',
      status: 'in_stock',
      stocked: false,
      locations: [],
    })
  })

  it('ST13 has as many of a kit as its scarcest component suffices for', async () => {
    await stock(oms, 'SAUCER', 5, '3.00')
    await oms.orThrow.catalog.define({
      sku: 'SET',
      name: 'Cup and saucers',
      price: { amount: '20.00', currency: 'EUR' },
      components: [
        { sku: 'MUG', quantity: 1 },
        { sku: 'SAUCER', quantity: 2 },
      ],
    })
    expect(await of('SET')).toMatchObject({ status: 'in_stock', availableNow: 2 })
    await order(3, {}, 'SAUCER')
    expect(await of('SET')).toMatchObject({ availableNow: 1 })
    await order(1, {}, 'SAUCER')
    expect(await of('SET')).toMatchObject({ status: 'out_of_stock', availableNow: 0 })
  })

  it('F44 writes kilograms to the gram', async () => {
    await oms.orThrow.catalog.define({
      sku: 'TEA',
      name: 'Tea',
      unit: { code: 'KGM', digits: 3 },
      price: { amount: '40.00', currency: 'EUR' },
    })
    await inventory().receive({ sku: 'TEA', quantity: '2.5' }, newKey())
    await order('0.125' as never, {}, 'TEA')
    expect(await of('TEA')).toMatchObject({ unit: 'KGM', availableNow: '2.375' })
  })

  describe('thresholds', () => {
    const shortage = (available: number) => ({
      error: { code: 'out_of_stock', details: { shortages: [{ available }] } },
    })

    beforeEach(async () => {
      await inventory().configure({
        sku: 'MUG',
        keepBack: {
          channels: [{ channel: 'marketplace', quantity: 4 }],
          customerClasses: [{ customerClass: 'wholesale', quantity: 6 }],
        },
      })
    })

    it('F39 M43 keep the last units from a channel, at placement too', async () => {
      expect(await of('MUG', { channel: 'marketplace' })).toMatchObject({ availableNow: 6 })
      expect(await of('MUG', { channel: 'web' })).toMatchObject({ availableNow: 10 })
      expect(await order(7, { channel: 'marketplace' })).toMatchObject(shortage(6))
      expect(await order(6, { channel: 'marketplace' })).toMatchObject({ ok: true })
      expect(await of('MUG', { channel: 'marketplace' })).toMatchObject({ status: 'out_of_stock' })
      expect(await order(1, { channel: 'marketplace' })).toMatchObject(shortage(0))
      expect(await order(4, { channel: 'web' })).toMatchObject({ ok: true })
    })

    it('F39 keep them even where more may be backordered: nobody gets the last goods by way of a backorder', async () => {
      await inventory().configure({ sku: 'MUG', backorderAllowance: 20 })
      expect(await of('MUG', { channel: 'marketplace' })).toMatchObject({
        availableNow: 6,
        availableAhead: 0,
      })
      expect(await order(10, { channel: 'marketplace' })).toMatchObject(shortage(6))
      expect(await order(25, { channel: 'web' })).toMatchObject({ ok: true })
      expect(await of('MUG', { channel: 'marketplace' })).toMatchObject({ status: 'out_of_stock' })
      expect(await of('MUG', { channel: 'web' })).toMatchObject({ status: 'backorder', availableAhead: 5 })
    })

    it('F39 keep the last units from a customer class, and the stricter of two limits holds', async () => {
      const { party } = await oms.orThrow.parties.register(
        { roles: ['customer'], name: 'Big Buyer', class: 'wholesale' },
        newKey(),
      )
      expect(await of('MUG', { customerClass: 'wholesale', channel: 'marketplace' })).toMatchObject({
        availableNow: 4,
        locations: [{ level: { available: 10, keptBack: 6 } }],
      })
      expect(await order(5, { customer: party })).toMatchObject(shortage(4))
      expect(await order(4, { customer: party })).toMatchObject({ ok: true })
      await oms.orThrow.parties.classify({ party, class: null })
      expect(await order(6, { customer: party })).toMatchObject({ ok: true })
    })

    it('bind a draft that is placed', async () => {
      const { party } = await oms.orThrow.parties.register(
        { roles: ['customer'], class: 'wholesale' },
        newKey(),
      )
      const { order: draft } = await oms.orThrow.orders.capture(
        { channel: 'web', currency: 'EUR', customer: party, lines: [{ sku: 'MUG', quantity: 5 }] },
        newKey(),
      )
      expect(await oms.orders.placeDraft({ order: draft })).toMatchObject(shortage(4))
    })

    it('bind a hold for the channel and customer that it names', async () => {
      const lines = [{ sku: 'MUG', quantity: 7 }]
      const held = (more: object) =>
        oms.inventory.hold({ owner: 'cart', seconds: 60, lines, ...more }, newKey())
      expect(await held({ channel: 'marketplace' })).toMatchObject(shortage(6))
      expect(await held({})).toMatchObject({ ok: true })
    })

    it('stay when other figures change, are replaced list by list, and end with zero', async () => {
      await inventory().configure({ sku: 'MUG', safetyStock: 0 })
      await inventory().configure({
        sku: 'MUG',
        keepBack: { channels: [{ channel: 'marketplace', quantity: 0 }] },
      })
      expect(await of('MUG', { channel: 'marketplace' })).toMatchObject({ availableNow: 10 })
      expect(await of('MUG', { customerClass: 'wholesale' })).toMatchObject({ availableNow: 4 })
      await inventory().configure({ sku: 'MUG', keepBack: { customerClasses: [] } })
      expect(await of('MUG', { customerClass: 'wholesale' })).toMatchObject({ availableNow: 10 })
    })

    it('are refused twice for one channel, and below zero', async () => {
      const channel = 'web'
      const twice = [
        { channel, quantity: 1 },
        { channel, quantity: 2 },
      ]
      expect(await oms.inventory.configure({ sku: 'MUG', keepBack: { channels: twice } })).toMatchObject({
        error: { issues: [{ path: ['keepBack', 'channels', 1], rule: 'keepBack.duplicate' }] },
      })
      const below = [{ channel, quantity: -1 }]
      expect(await oms.inventory.configure({ sku: 'MUG', keepBack: { channels: below } })).toMatchObject({
        error: { issues: [{ rule: 'quantity.negative' }] },
      })
      const fraction = [{ channel, quantity: '0.5' }]
      expect(await oms.inventory.configure({ sku: 'MUG', keepBack: { channels: fraction } })).toMatchObject({
        error: { issues: [{ path: ['keepBack', 'channels', 0, 'quantity'], rule: 'type' }] },
      })
    })
  })
})
