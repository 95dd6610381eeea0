import { describe, expect, it } from 'vitest'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import type { SettingsInput } from '../../../src/app/settings.js'
import type { OrderManagementFor } from '../../../src/app/order-management.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { skuPricesKind } from '../../../src/core/pricing/sku-prices.js'
import { recordWrites } from '../../support/recorded-writes.js'
import { confirmed, newKey, openShop, shipped, stock } from '../../support/shop.js'
import { germanTax } from '../../support/tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const tiers = [
  { from: 1, price: eur('5.00') },
  { from: 10, price: eur('4.00') },
  { from: 100, price: eur('3.00') },
]

/** The clock of a shop starts on 2026-03-01. C-1 is a wholesaler. */
const open = async (settings: SettingsInput = {}) => {
  const shop = openShop(memoryStorage, settings)
  const { oms } = shop
  await stock(oms, 'NAIL', 1_000, '9.00')
  await stock(oms, 'SCREW', 1_000, '8.00')
  await oms.orThrow.parties.register({ id: 'C-1', roles: ['customer'], class: 'wholesale' }, newKey())
  await oms.orThrow.prices.defineList({
    list: 'retail',
    name: 'Retail',
    currency: 'EUR',
    items: [{ sku: 'NAIL', price: eur('6.00') }],
  })
  await oms.orThrow.prices.defineList({
    list: 'wholesale',
    name: 'Wholesale',
    currency: 'EUR',
    customerClasses: ['wholesale'],
    items: [{ sku: 'NAIL', tiers }],
  })
  return shop
}

const ordered = (oms: OrderManagementFor, lines: readonly object[], more: object = {}) =>
  oms.orders.place(
    { channel: 'web', currency: 'EUR', priceFrom: 'lists', lines: lines as never, ...more },
    newKey(),
  )

const nails = (quantity: number) => [{ sku: 'NAIL', quantity }]

const lineOf = async (
  { oms, stored }: Awaited<ReturnType<typeof open>>,
  lines: readonly object[],
  more?: object,
) => {
  const placed = await ordered(oms, lines, more)
  if (!placed.ok) throw new Error(placed.error.code)
  return (await stored(orderKind, placed.value.order)).lines[0]
}

describe('an order priced by lists', () => {
  it('gets the price of the list for its customer class and tier, and says which list and version', async () => {
    const shop = await open()
    expect(await lineOf(shop, nails(12), { customer: 'C-1' })).toMatchObject({
      unitPrice: eur('4.00'),
      net: eur('48.00'),
      listed: { list: 'wholesale', version: 2 },
    })
    expect(await lineOf(shop, nails(12))).toMatchObject({
      unitPrice: eur('6.00'),
      net: eur('72.00'),
      listed: { list: 'retail', version: 2 },
    })
  })

  it('keeps an explicit price as it is, and the product price where it does not ask for lists', async () => {
    const shop = await open()
    const explicit = await lineOf(shop, [{ sku: 'NAIL', quantity: 2, unitPrice: eur('1.25') }])
    expect(explicit).toMatchObject({ unitPrice: eur('1.25'), net: eur('2.50') })
    expect(explicit).not.toHaveProperty('listed')
    const plain = await lineOf(shop, nails(2), { priceFrom: undefined })
    expect(plain).toMatchObject({ unitPrice: eur('9.00') })
    expect(plain).not.toHaveProperty('listed')
  })

  it('keeps what it was priced with when the list changes, and a draft gets the new price when it is changed', async () => {
    const { oms, stored } = await open()
    const draft = await oms.orThrow.orders.capture(
      { channel: 'web', currency: 'EUR', priceFrom: 'lists', lines: nails(1) },
      newKey(),
    )
    await oms.orThrow.prices.defineList({
      list: 'retail',
      name: 'Retail',
      currency: 'EUR',
      items: [{ sku: 'NAIL', price: eur('7.00') }],
    })
    const priced = async () => (await stored(orderKind, draft.order)).lines[0]
    expect(await priced()).toMatchObject({ unitPrice: eur('6.00'), listed: { list: 'retail', version: 2 } })
    await oms.orThrow.orders.changeDraft({
      order: draft.order,
      channel: 'web',
      currency: 'EUR',
      priceFrom: 'lists',
      lines: nails(1),
    })
    expect(await priced()).toMatchObject({ unitPrice: eur('7.00'), listed: { list: 'retail', version: 4 } })
  })

  it('MO5 bills a graduated price by units of one average price, to the cent in any parts', async () => {
    const shop = await open()
    const { oms, stored } = shop
    const graduated = [
      { from: 1, price: eur('5.00') },
      { from: 4, price: eur('4.00') },
    ]
    await oms.orThrow.prices.defineList({
      list: 'steps',
      name: 'Steps',
      currency: 'EUR',
      priority: 1,
      items: [{ sku: 'NAIL', tiers: graduated, tiering: 'graduated' }],
    })
    const order = await confirmed(oms, nails(7), { priceFrom: 'lists' })
    expect((await stored(orderKind, order)).lines[0]).toMatchObject({
      unitPrice: { ...eur('31.00'), per: 7 },
      net: eur('31.00'),
      listed: {
        list: 'steps',
        version: 2,
        tiers: [
          { from: 1, quantity: 3, price: eur('5.00') },
          { from: 4, quantity: 4, price: eur('4.00') },
        ],
      },
    })
    const first = await shipped(oms, order, [{ line: 'L1', quantity: 3 }])
    const second = await shipped(oms, order, [{ line: 'L1', quantity: 4 }])
    expect([first.total, second.total]).toEqual([eur('13.29'), eur('17.71')])
  })

  it('is taxed on the listed price, where a list with tax holds only for orders with tax', async () => {
    const shop = await open({ tax: germanTax })
    await shop.oms.orThrow.prices.defineList({
      list: 'window',
      name: 'With tax',
      currency: 'EUR',
      prices: 'gross',
      priority: 9,
      items: [{ sku: 'NAIL', price: eur('11.90') }],
    })
    expect(await lineOf(shop, nails(1))).toMatchObject({ net: eur('6.00'), listed: { list: 'retail' } })
    expect(await lineOf(shop, nails(1), { prices: 'gross' })).toMatchObject({
      net: eur('10.00'),
      listed: { list: 'window' },
    })
  })

  it('is refused as price_missing, with the lists that were passed over and why', async () => {
    const { oms } = await open()
    expect(await ordered(oms, [{ id: 'X', sku: 'SCREW', quantity: 1 }])).toMatchObject({
      error: { code: 'price_missing', status: 422, details: { sku: 'SCREW', line: 'X', passedOver: [] } },
    })
    expect(await ordered(oms, nails(1), { currency: 'USD', customer: 'C-1' })).toMatchObject({
      error: {
        code: 'price_missing',
        details: {
          passedOver: [
            { list: 'retail', reason: 'other_currency' },
            { list: 'wholesale', reason: 'other_currency' },
          ],
        },
      },
    })
  })

  it('is refused for an unknown SKU as every order is', async () => {
    const { oms } = await open()
    expect(await ordered(oms, [{ sku: 'NONE', quantity: 1 }])).toMatchObject({
      error: { code: 'unknown_sku', details: { sku: 'NONE' } },
    })
  })

  it('holds by the day of the order, not by that of its capture', async () => {
    const shop = await open()
    await shop.oms.orThrow.prices.defineList({
      list: 'spring',
      name: 'Spring',
      currency: 'EUR',
      priority: 1,
      validFrom: '2026-03-02',
      validUntil: '2026-03-03',
      items: [{ sku: 'NAIL', price: eur('2.00') }],
    })
    const listOn = async (orderedOn?: string) =>
      (await lineOf(shop, nails(1), orderedOn === undefined ? {} : { orderedOn }))?.listed?.list
    expect(await listOn()).toBe('retail')
    shop.clock.set('2026-03-05T12:00:00.000Z')
    expect([await listOn('2026-03-02'), await listOn('2026-03-03'), await listOn()]).toEqual([
      'spring',
      'spring',
      'retail',
    ])
  })
})

describe('a price list', () => {
  it('keeps the prices that are not named, takes off what is withdrawn, and says what it has done', async () => {
    const { oms, stored } = await open()
    const changed = await oms.orThrow.prices.defineList({
      list: 'retail',
      name: 'Retail 2',
      currency: 'EUR',
      channels: ['web'],
      items: [{ sku: 'SCREW', price: eur('7.50') }],
    })
    expect(changed).toMatchObject({ list: 'retail', name: 'Retail 2', listed: 1, withdrawn: 0 })
    expect((await stored(skuPricesKind, 'NAIL')).prices.map(({ list }) => list)).toEqual([
      'retail',
      'wholesale',
    ])
    const gone = await oms.orThrow.prices.defineList({
      list: 'retail',
      name: 'Retail 2',
      currency: 'EUR',
      withdraw: ['NAIL', 'SCREW'],
    })
    expect(gone.withdrawn).toBe(2)
    expect((await oms.orThrow.prices.items({})).items).toEqual([
      { sku: 'NAIL', prices: [expect.objectContaining({ list: 'wholesale' })] },
    ])
    expect((await oms.orThrow.prices.items({ list: 'retail' })).items).toEqual([])
    expect(await oms.orThrow.prices.getList({ list: 'retail' })).toEqual({
      id: 'retail',
      name: 'Retail 2',
      currency: 'EUR',
      prices: 'net',
      priority: 0,
    })
    expect((await oms.orThrow.prices.lists({ currency: 'EUR' })).items.map(({ id }) => id)).toEqual([
      'retail',
      'wholesale',
    ])
    expect((await oms.orThrow.prices.lists({ currency: 'USD' })).items).toEqual([])
  })

  it('stays in its currency and with or without tax, since prices that are not named stay', async () => {
    const { oms } = await open()
    const details = { list: 'retail', currency: 'EUR', prices: 'net' }
    const list = { list: 'retail', name: 'Retail', currency: 'EUR' }
    for (const change of [{ currency: 'USD' }, { prices: 'gross' as const }]) {
      expect(await oms.prices.defineList({ ...list, ...change })).toMatchObject({
        error: { code: 'invalid_state', details },
      })
    }
    expect((await oms.prices.defineList(list)).ok).toBe(true)
  })

  it('reads quantities in the unit of the SKU', async () => {
    const { oms, stored } = await open()
    await oms.orThrow.catalog.define({ sku: 'SAND', name: 'Sand', unit: { code: 'KGM', digits: 3 } })
    await oms.orThrow.prices.defineList({
      list: 'retail',
      name: 'Retail',
      currency: 'EUR',
      items: [
        {
          sku: 'SAND',
          tiers: [
            { from: '0.001', price: eur('2.00') },
            { from: '2.5', price: eur('1.50') },
          ],
        },
      ],
    })
    expect((await stored(skuPricesKind, 'SAND')).prices[0]?.tiers.map(({ from }) => from)).toEqual([1, 2500])
  })

  it.each<[string, object, string, object]>([
    ['an unknown SKU', { items: [{ sku: 'NONE', price: eur('1.00') }] }, 'unknown_sku', { sku: 'NONE' }],
    [
      'a price in another currency',
      { items: [{ sku: 'NAIL', price: { amount: '1.00', currency: 'USD' } }] },
      'currency_mismatch',
      { sku: 'NAIL', expected: 'EUR', got: 'USD' },
    ],
    [
      'more prices than one commit takes',
      { items: ['NAIL', 'SCREW'].map((sku) => ({ sku, price: eur('1.00') })), withdraw: ['BOLT'] },
      'limit_exceeded',
      { limit: 'pricesPerCommand', most: 2 },
    ],
    [
      'a SKU on more lists than may be looked at',
      { items: [{ sku: 'NAIL', price: eur('1.00') }] },
      'limit_exceeded',
      { limit: 'listsPerSku', most: 2, sku: 'NAIL' },
    ],
  ])('is refused for %s', async (_what, more, code, details) => {
    const { oms } = await open({ limits: { pricesPerCommand: 2, listsPerSku: 2 } })
    const list = { list: 'third', name: 'Third', currency: 'EUR', ...more }
    expect(await oms.prices.defineList(list)).toMatchObject({ error: { code, details } })
    expect(await oms.prices.getList({ list: 'third' })).toMatchObject({
      error: { code: 'unknown_price_list', status: 404, details: { list: 'third' } },
    })
  })

  const item = (more: object) => ({ items: [{ sku: 'NAIL', ...more }] })
  it.each<[string, string, object]>([
    ['range.order', 'validUntil', { validFrom: '2026-03-02', validUntil: '2026-03-01' }],
    ['names.min', 'customerClasses', { customerClasses: [] }],
    ['place.range', 'priority', { priority: -1 }],
    ['price.one', 'items.0.price', item({})],
    ['price.one', 'items.0.price', item({ price: eur('1.00'), tiers })],
    ['tiers.min', 'items.0.tiers', item({ tiers: [] })],
    ['tiers.overlap', 'items.0.tiers', item({ tiers: [tiers[0], tiers[0]] })],
    ['tiers.first', 'items.0.tiers', item({ tiers: tiers.slice(1), tiering: 'graduated' })],
    ['quantity.min', 'items.0.tiers.0.from', item({ tiers: [{ from: 0, price: eur('1.00') }] })],
    ['type', 'items.0.tiers.0.from', item({ tiers: [{ from: '1.5', price: eur('1.00') }] })],
    ['money.type', 'items.0.price.amount', item({ price: { amount: 1, currency: 'EUR' } })],
    ['money.min', 'items.0.price.amount', item({ price: eur('-1.00') })],
    ['sku.duplicate', 'items', { ...item({ price: eur('1.00') }), withdraw: ['NAIL'] }],
    ['unknownField', 'discount', { discount: '10' }],
  ])('is refused by the rule %s of %s', async (rule, path, more) => {
    const { oms } = await open()
    const answer = await oms.prices.defineList({ list: 'x', name: 'X', currency: 'EUR', ...more })
    expect(answer).toMatchObject({ error: { code: 'validation_failed' } })
    if (answer.ok) return
    expect(answer.error.issues?.map((issue) => [issue.rule, issue.path.join('.')])).toContainEqual([
      rule,
      path,
    ])
  })
})

describe('a quote', () => {
  it('says which list won, at which tiers, and why the others did not', async () => {
    const { oms } = await open()
    const quote = await oms.orThrow.prices.quote({
      lines: [
        { sku: 'NAIL', quantity: 120 },
        { sku: 'SCREW', quantity: 1 },
      ],
      currency: 'EUR',
      channel: 'web',
      customer: 'C-1',
    })
    expect(quote.lines).toEqual([
      {
        sku: 'NAIL',
        quantity: 120,
        chosen: {
          list: 'wholesale',
          version: 2,
          tiers: [{ quantity: 120, price: eur('3.00') }],
          amount: eur('360.00'),
        },
        passedOver: [{ list: 'retail', reason: 'outranked' }],
      },
      { sku: 'SCREW', quantity: 1, passedOver: [] },
    ])
  })

  it('is refused for a customer or a SKU that there is not', async () => {
    const { oms } = await open()
    const asked = { currency: 'EUR', channel: 'web', lines: nails(1) }
    expect(await oms.prices.quote({ ...asked, customer: 'C-9' })).toMatchObject({
      error: { code: 'unknown_party', details: { party: 'C-9' } },
    })
    expect(await oms.prices.quote({ ...asked, lines: [{ sku: 'NONE', quantity: 1 }] })).toMatchObject({
      error: { code: 'unknown_sku', details: { sku: 'NONE' } },
    })
  })
})

describe('an order that asks for no list', () => {
  it('locks no price record, whatever lists there are', async () => {
    const locked: string[] = []
    const recorded = recordWrites()
    const shop = openShop(({ clock } = {}) => {
      const storage = recorded.around(memoryStorage(clock === undefined ? {} : { clock }))
      return {
        ...storage,
        update: (tenant, keys, decide) => {
          locked.push(...keys.map(({ kind }) => kind))
          return storage.update(tenant, keys, decide)
        },
        read: (tenant, keys) => {
          locked.push(...keys.map(({ kind }) => kind))
          return storage.read(tenant, keys)
        },
      }
    })
    await stock(shop.oms, 'NAIL', 10, '9.00')
    await shop.oms.orThrow.prices.defineList({
      list: 'retail',
      name: 'Retail',
      currency: 'EUR',
      items: [{ sku: 'NAIL', price: eur('6.00') }],
    })
    locked.length = 0
    const placed = await shop.oms.orders.place({ channel: 'web', currency: 'EUR', lines: nails(1) }, newKey())
    expect(placed.ok).toBe(true)
    expect(locked.sort()).toEqual(['idempotency', 'order', 'product', 'stock'])
    await ordered(shop.oms, nails(1))
    expect(locked).toContain('sku_prices')
  })
})
