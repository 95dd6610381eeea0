import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../src/app/answer.js'
import type { OrderManagementFor } from '../../../src/app/order-management.js'
import type { SettingsInput } from '../../../src/app/settings.js'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { promotionListKind } from '../../../src/core/promotions/promotion-list.js'
import { confirmed, newKey, openShop, shipped, stock } from '../../support/shop.js'
import { germanTax, vat } from '../../support/tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
type PromotionInput = Parameters<OrderManagementFor['promotions']['define']>[0]

const tenPercent = { kind: 'percentage', percent: '10' } as const
const shipping = {
  kind: 'charge',
  amount: eur('4.90'),
  reason: 'Shipping',
  taxClass: 'standard',
  purpose: 'shipping',
}

/** Mugs at 10.00 and, of the reduced tax class, books at 5.00. The clock starts on 2026-03-01. */
const open = async (settings: SettingsInput = {}) => {
  const shop = openShop(memoryStorage, settings)
  const { oms } = shop
  await stock(oms, 'MUG', 1_000, '10.00')
  await stock(oms, 'BOOK', 1_000, '5.00')
  await oms.orThrow.catalog.define({ sku: 'BOOK', name: 'A BOOK', taxClass: 'reduced' })
  for (const id of ['kim', 'lin']) await oms.orThrow.parties.register({ id, roles: ['customer'] }, newKey())
  return {
    ...shop,
    define: (promotion: string, terms: Partial<PromotionInput> = {}) =>
      oms.orThrow.promotions.define({ promotion, name: `The ${promotion}`, benefit: tenPercent, ...terms }),
  }
}

const basket = (mugs: number, more: object = {}) => ({
  channel: 'web',
  currency: 'EUR',
  lines: [{ sku: 'MUG', quantity: mugs }],
  promotions: {},
  ...more,
})

const place = (oms: OrderManagementFor, mugs: number, more: object = {}) =>
  oms.orders.place(basket(mugs, more), newKey())

const orderOf = (answer: Answer<{ readonly order: string }>): string => {
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.value.order
}

describe('an order with promotions', () => {
  it('gets the discount on its lines, and keeps which promotion in which version took what', async () => {
    const { oms, stored, define } = await open()
    await define('TEN')
    const order = orderOf(await place(oms, 3))
    const expected = {
      total: eur('27.00'),
      promotions: [{ promotion: 'TEN', version: 1, name: 'The TEN', amount: eur('3.00') }],
    }
    expect(await stored(orderKind, order)).toMatchObject({
      ...expected,
      lines: [
        {
          unitPrice: eur('10.00'),
          net: eur('27.00'),
          adjustments: [{ kind: 'discount', reason: 'The TEN', promotion: 'TEN', amount: eur('3.00') }],
        },
      ],
    })
    await define('TEN', { benefit: { kind: 'percentage', percent: '50' } })
    await oms.orThrow.promotions.end({ promotion: 'TEN' })
    expect(await stored(orderKind, order)).toMatchObject(expected)
    expect(orderOf(await place(oms, 3))).not.toBe(order)
  })

  it('gets none unless it asks for them', async () => {
    const { oms, stored, define } = await open()
    await define('TEN')
    const order = await stored(orderKind, orderOf(await place(oms, 3, { promotions: undefined })))
    expect(order.total).toEqual(eur('30.00'))
    expect(order).not.toHaveProperty('promotions')
  })

  it('is discounted on list prices, after the discounts it brings', async () => {
    const { oms, stored, define } = await open()
    await oms.orThrow.prices.defineList({
      list: 'retail',
      name: 'Retail',
      currency: 'EUR',
      items: [{ sku: 'MUG', price: eur('8.00') }],
    })
    await define('TEN', { minimumOrder: eur('20.00') })
    const adjustments = [{ kind: 'discount', percent: '25', reason: 'Sale' }]
    const lines = [{ sku: 'MUG', quantity: 4, adjustments }]
    const order = orderOf(await place(oms, 0, { lines, priceFrom: 'lists' }))
    // 4 x 8.00, less 25 percent is 24.00, less 10 percent of that.
    expect((await stored(orderKind, order)).total).toEqual(eur('21.60'))
    expect((await stored(orderKind, order)).lines[0]?.adjustments?.map(({ reason }) => reason)).toEqual([
      'Sale',
      'The TEN',
    ])
  })

  it('leaves what its own discounts take, and is not refused for taking too much', async () => {
    const { oms, stored, define } = await open()
    await define('ALL', { benefit: { kind: 'percentage', percent: '100' } })
    const adjustments = [{ kind: 'discount', amount: eur('5.00'), reason: 'Voucher' }]
    expect(await stored(orderKind, orderOf(await place(oms, 2, { adjustments })))).toMatchObject({
      total: eur('0.00'),
      promotions: [{ promotion: 'ALL', amount: eur('15.00') }],
    })
  })

  it('F126 is taxed on what the discounts leave of each tax rate', async () => {
    const { oms, stored, define } = await open({ tax: germanTax })
    await define('OFF', { benefit: { kind: 'amount', amount: eur('3.00') } })
    const lines = [
      { sku: 'MUG', quantity: 1 },
      { sku: 'BOOK', quantity: 1 },
    ]
    const order = await stored(orderKind, orderOf(await place(oms, 0, { lines })))
    expect(order.lines.map(({ net }) => net.amount)).toEqual(['8.00', '4.00'])
    expect(order.totals).toMatchObject({ net: eur('12.00'), tax: eur('1.80'), gross: eur('13.80') })
  })

  it('gets nothing off what costs nothing, and pays its shipping where only goods are discounted', async () => {
    const { oms, stored, define } = await open()
    await define('OFF', { benefit: { kind: 'amount', amount: eur('3.00') } })
    const lines = [
      { sku: 'MUG', quantity: 1 },
      { sku: 'BOOK', quantity: 1, unitPrice: eur('0.00') },
    ]
    const adjustments = [{ kind: 'charge', amount: eur('4.90'), reason: 'Shipping', purpose: 'shipping' }]
    const order = await stored(orderKind, orderOf(await place(oms, 0, { lines, adjustments })))
    expect(order.lines.map(({ net }) => net.amount)).toEqual(['7.00', '0.00'])
    expect(order).toMatchObject({ total: eur('11.90'), adjustments: [{ purpose: 'shipping' }] })
  })

  it('gets those of the class of its customer', async () => {
    const { oms, stored, define } = await open()
    await define('GOLD', { customerClasses: ['gold'] })
    await oms.orThrow.parties.classify({ party: 'kim', class: 'gold' })
    const totals = []
    for (const customer of ['kim', 'lin'])
      totals.push((await stored(orderKind, orderOf(await place(oms, 1, { customer })))).total)
    expect(totals).toEqual([eur('9.00'), eur('10.00')])
  })

  it('gets the cheapest of three for nothing, or for less, and no more than the promotion may cost', async () => {
    const { oms, stored, define } = await open()
    const total = async () => (await stored(orderKind, orderOf(await place(oms, 3)))).total
    await define('THREE', { benefit: { kind: 'buy_get', buy: { quantity: 2 }, get: { quantity: 1 } } })
    expect(await total()).toEqual(eur('20.00'))
    await define('THREE', {
      benefit: { kind: 'buy_get', buy: { quantity: 2 }, get: { quantity: 1, percent: '50' } },
    })
    expect(await total()).toEqual(eur('25.00'))
    await define('THREE', { mostDiscount: eur('1.00') })
    expect(await total()).toEqual(eur('29.00'))
  })

  it('pays no shipping where it is free, with no tax on it, over every invoice', async () => {
    const { oms, stored, define } = await open({ tax: germanTax })
    await define('FREE', { benefit: { kind: 'free_shipping' }, minimumOrder: eur('20.00') })
    const small = await stored(orderKind, orderOf(await place(oms, 1, { adjustments: [shipping] })))
    expect(small.total).toEqual(eur('17.73'))
    const { taxClass: _taxClass, ...untaxed } = shipping
    const named = { adjustments: [{ ...untaxed, tax: vat('19') }] }
    expect(await stored(orderKind, orderOf(await place(oms, 2, named)))).toMatchObject({
      total: eur('23.80'),
    })
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 2 }], {
      adjustments: [shipping],
      promotions: {},
    })
    expect(await stored(orderKind, order)).toMatchObject({
      total: eur('23.80'),
      totals: { charges: eur('4.90'), discounts: eur('4.90'), net: eur('20.00') },
      promotions: [{ promotion: 'FREE', amount: eur('4.90') }],
    })
    const parts = [
      await shipped(oms, order, [{ line: 'L1', quantity: 1 }]),
      await shipped(oms, order, [{ line: 'L1', quantity: 1 }]),
    ]
    expect(parts.map(({ total }) => total)).toEqual([eur('11.90'), eur('11.90')])
  })

  it('F114 is billed and credited in parts to exactly what was promised', async () => {
    const { oms, stored, define } = await open({ tax: germanTax })
    await define('OFF', { benefit: { kind: 'amount', amount: eur('1.00') } })
    const order = await confirmed(oms, [{ sku: 'MUG', quantity: 3 }], { promotions: {} })
    const { total } = await stored(orderKind, order)
    const parts = []
    for (let unit = 0; unit < 3; unit += 1) {
      parts.push(await shipped(oms, order, [{ line: 'L1', quantity: 1 }]))
    }
    const minor = parts.map((part) => Number(part.total.amount.replace('.', '')))
    expect(minor.reduce((sum, each) => sum + each, 0)).toBe(Number(total.amount.replace('.', '')))
    for (const { invoice } of parts) {
      await oms.orThrow.invoices.credit(
        { invoice, lines: [{ line: 'L1', quantity: 1 }], reason: 'return' },
        newKey(),
      )
      const credited = await stored(invoiceKind, invoice)
      expect(credited.credited).toEqual(credited.total)
    }
    expect((await stored(orderKind, order)).credited).toEqual(total)
  })

  it('is refused for another total than was shown, so that nobody pays more than what a preview said', async () => {
    const { oms, define } = await open()
    await define('TEN')
    expect(await place(oms, 1, { expectedTotal: eur('10.00') })).toMatchObject({
      error: { code: 'total_mismatch', details: { total: eur('9.00') } },
    })
    expect((await place(oms, 1, { expectedTotal: eur('9.00') })).ok).toBe(true)
  })

  it('says of every amount where it comes from', async () => {
    const { oms, define } = await open()
    await define('TEN')
    const order = orderOf(await place(oms, 3))
    const { text } = await oms.orThrow.orders.trace({ order, amount: 'due' })
    expect(text).toContain('discount "The TEN" of promotion TEN 3.00 = as it was agreed')
  })
})

describe('a coupon', () => {
  it('gives its promotion to orders that name it, in letters of either case', async () => {
    const { oms, stored, define } = await open()
    await define('SPRING', { coupon: 'spring-26' })
    expect((await stored(orderKind, orderOf(await place(oms, 1)))).total).toEqual(eur('10.00'))
    const coupons = ['Spring-26']
    const order = await stored(orderKind, orderOf(await place(oms, 1, { promotions: { coupons } })))
    expect(order).toMatchObject({
      total: eur('9.00'),
      promotions: [{ promotion: 'SPRING', coupon: 'SPRING-26' }],
    })
    const { text } = await oms.orThrow.orders.trace({ order: order.id, amount: 'lines.0.net' })
    expect(text).toContain('less discount "The SPRING" of promotion SPRING for coupon SPRING-26 1.00')
  })

  it.each<[string, Partial<PromotionInput>, object]>([
    ['no_longer_valid', { validUntil: '2026-02-28' }, {}],
    ['below_minimum', { minimumOrder: eur('99.00') }, {}],
    ['other_customer_class', { customerClasses: ['gold'] }, {}],
    ['customer_unknown', { mostUsesPerCustomer: 1 }, {}],
    ['excluded', { exclusive: true }, { by: 'TEN' }],
  ])('that gives nothing is refused, because %s', async (reason, terms, more) => {
    const { oms, define } = await open()
    await define('TEN', { priority: 1 })
    await define('SPRING', { coupon: 'SPRING', ...terms })
    expect(await place(oms, 1, { promotions: { coupons: ['SPRING'] } })).toMatchObject({
      error: {
        code: 'promotion_unavailable',
        status: 409,
        details: { coupon: 'SPRING', promotion: 'SPRING', reason, ...more },
      },
    })
  })

  it('that nobody knows is refused, as is one whose promotion has ended', async () => {
    const { oms, define } = await open()
    await define('SPRING', { coupon: 'SPRING' })
    await oms.orThrow.promotions.end({ promotion: 'SPRING' })
    for (const coupon of ['SPRING', 'SUMMER']) {
      expect(await place(oms, 1, { promotions: { coupons: [coupon] } })).toMatchObject({
        error: { code: 'promotion_unavailable', details: { coupon, reason: 'unknown_coupon' } },
      })
    }
  })

  it('is of one active promotion, and free again when that gets another or ends', async () => {
    const { oms, define } = await open()
    await define('A', { coupon: 'CODE' })
    const second = { promotion: 'B', name: 'B', benefit: tenPercent, coupon: 'code' }
    expect(await oms.promotions.define(second)).toMatchObject({
      error: { code: 'already_exists', details: { coupon: 'CODE' } },
    })
    await define('A', { coupon: 'OTHER' })
    expect((await oms.promotions.define(second)).ok).toBe(true)
    await oms.orThrow.promotions.end({ promotion: 'B' })
    await define('A', { coupon: 'CODE' })
    const named = await oms.orThrow.promotions.list({ coupon: 'code', status: 'active' })
    expect(named.items.map(({ id }) => id)).toEqual(['A'])
  })
})

describe('a promotion with a limit', () => {
  it('is used by placing, not by drafting, and refuses the draft that comes too late', async () => {
    const { oms, define } = await open()
    await define('LAST', { mostUses: 1 })
    const first = await oms.orThrow.orders.capture(basket(1), newKey())
    const second = await oms.orThrow.orders.capture(basket(1), newKey())
    expect([first.total, second.total]).toEqual([eur('9.00'), eur('9.00')])
    expect((await oms.orders.placeDraft({ order: first.order })).ok).toBe(true)
    expect(await oms.orders.placeDraft({ order: second.order })).toMatchObject({
      error: { code: 'promotion_unavailable', details: { promotion: 'LAST', reason: 'used_up' } },
    })
    expect(await oms.orThrow.promotions.get({ promotion: 'LAST' })).toMatchObject({ uses: 1 })
    const repriced = await oms.orThrow.orders.changeDraft({ order: second.order, ...basket(1) })
    expect(repriced.total).toEqual(eur('10.00'))
    expect((await oms.orders.placeDraft({ order: second.order })).ok).toBe(true)
  })

  it('keeps no draft from being placed that has one without', async () => {
    const { oms, stored, define } = await open()
    await define('TEN')
    const { order } = await oms.orThrow.orders.capture(basket(1), newKey())
    await define('TEN', { mostUses: 1 })
    expect((await oms.orders.placeDraft({ order })).ok).toBe(true)
    expect((await stored(orderKind, order)).promotions).toEqual([
      { promotion: 'TEN', version: 1, name: 'The TEN', amount: eur('1.00') },
    ])
    expect(await oms.orThrow.promotions.get({ promotion: 'TEN' })).not.toHaveProperty('uses')
  })

  it('no longer applies when it is used up, and a refused order uses nothing', async () => {
    const { oms, stored, define } = await open()
    await define('LAST', { mostUses: 1 })
    expect(await place(oms, 5_000)).toMatchObject({ error: { code: 'out_of_stock' } })
    const totals = []
    for (let turn = 0; turn < 2; turn += 1) {
      totals.push((await stored(orderKind, orderOf(await place(oms, 1)))).total.amount)
    }
    expect(totals).toEqual(['9.00', '10.00'])
  })

  it('counts by customer where it says so', async () => {
    const { oms, stored, define } = await open()
    await define('ONCE', { mostUsesPerCustomer: 1 })
    const totalFor = async (customer?: string) =>
      (await stored(orderKind, orderOf(await place(oms, 1, { customer })))).total.amount
    expect([await totalFor('kim'), await totalFor('kim'), await totalFor('lin'), await totalFor()]).toEqual([
      '9.00',
      '10.00',
      '9.00',
      '10.00',
    ])
  })

  it.each([
    [true, 0],
    [false, 1],
  ])(
    'gets the use of an order back that is canceled as a whole, where returnsUses is %s',
    async (returnsUses, uses) => {
      const { oms, define } = await open()
      await define('LAST', { mostUses: 2, returnsUses })
      const used = async () => (await oms.orThrow.promotions.get({ promotion: 'LAST' })).uses
      const order = orderOf(await place(oms, 2))
      await oms.orThrow.orders.cancel(
        { order, lines: [{ line: 'L1', quantity: 1 }], reason: 'changed_mind' },
        newKey(),
      )
      expect(await used()).toBe(1)
      await oms.orThrow.orders.cancel({ order, reason: 'changed_mind' }, newKey())
      expect(await used()).toBe(uses)
      const draft = await oms.orThrow.orders.capture(basket(1), newKey())
      await oms.orThrow.orders.cancel({ order: draft.order, reason: 'changed_mind' }, newKey())
      expect(await used()).toBe(uses)
    },
  )

  it('counts a repeat under the same key once', async () => {
    const { oms, define } = await open()
    await define('TWO', { mostUses: 2 })
    const key = newKey()
    for (let turn = 0; turn < 3; turn += 1) await oms.orThrow.orders.place(basket(1), key)
    expect((await oms.orThrow.promotions.get({ promotion: 'TWO' })).uses).toBe(1)
  })
})

describe('a preview', () => {
  it('says what an order would come to, by which promotions, and why not by the others', async () => {
    const { oms, define, stored } = await open({ tax: germanTax })
    await define('TEN')
    await define('BIG', { minimumOrder: eur('100.00') })
    await define('GOLD', { customerClasses: ['gold'] })
    const asked = basket(3, { customer: 'kim' })
    const preview = await oms.orThrow.orders.preview(asked)
    expect(preview).toMatchObject({
      total: eur('32.13'),
      withoutPromotions: eur('35.70'),
      totals: { net: eur('27.00') },
      promotions: [{ promotion: 'TEN', amount: eur('3.00') }],
      passedOver: [
        { promotion: 'BIG', reason: 'below_minimum' },
        { promotion: 'GOLD', reason: 'other_customer_class' },
      ],
    })
    const order = orderOf(await oms.orders.place({ ...asked, expectedTotal: preview.total }, newKey()))
    expect((await stored(orderKind, order)).total).toEqual(preview.total)
  })

  it('looks into kits as placing does, and keeps nothing', async () => {
    const { oms } = await open()
    await oms.orThrow.catalog.define({
      sku: 'SET',
      name: 'Set',
      price: eur('14.00'),
      components: [
        { sku: 'MUG', quantity: 1 },
        { sku: 'BOOK', quantity: 1 },
      ],
    })
    const lines = [{ sku: 'SET', quantity: 1 }]
    const preview = await oms.orThrow.orders.preview({ ...basket(0, { lines }), reference: 'R-1', note: 'x' })
    expect(preview).toMatchObject({ total: eur('14.00'), passedOver: [] })
    expect((await oms.orThrow.orders.list({})).items).toEqual([])
    expect((await place(oms, 0, { lines, reference: 'R-1' })).ok).toBe(true)
  })

  it('is refused as capturing would be', async () => {
    const { oms } = await open()
    expect(await oms.orders.preview(basket(1, { promotions: { coupons: ['NONE'] } }))).toMatchObject({
      error: { code: 'promotion_unavailable', details: { reason: 'unknown_coupon' } },
    })
    expect(await oms.orders.preview(basket(1, { customer: 'nobody' }))).toMatchObject({
      error: { code: 'unknown_party' },
    })
  })
})

describe('defining a promotion', () => {
  it('keeps the list of those that need no coupon', async () => {
    const { oms, stored, define } = await open({ limits: { automaticPromotions: 2 } })
    const listed = async () => (await stored(promotionListKind, 'all')).promotions
    await define('B')
    await define('A')
    await define('WITH', { coupon: 'CODE' })
    expect(await listed()).toEqual(['A', 'B'])
    expect(await oms.promotions.define({ promotion: 'C', name: 'C', benefit: tenPercent })).toMatchObject({
      error: { code: 'limit_exceeded', details: { limit: 'automaticPromotions', most: 2 } },
    })
    await define('A', { coupon: 'NOW' })
    await define('C')
    await oms.orThrow.promotions.end({ promotion: 'B' })
    await oms.orThrow.promotions.end({ promotion: 'B' })
    expect(await listed()).toEqual(['C'])
    expect(await oms.orThrow.promotions.get({ promotion: 'B' })).toMatchObject({ status: 'ended' })
    await define('B')
    expect(await listed()).toEqual(['B', 'C'])
  })

  it('is refused as unknown where there is none to end or to get', async () => {
    const { oms } = await open()
    const error = { code: 'unknown_promotion', status: 404, details: { promotion: 'NONE' } }
    expect(await oms.promotions.end({ promotion: 'NONE' })).toMatchObject({ error })
    expect(await oms.promotions.get({ promotion: 'NONE' })).toMatchObject({ error })
  })

  const buyGet = (buy: object, get: object) => ({ benefit: { kind: 'buy_get', buy, get } })
  it.each<[string, string, object]>([
    ['percent.range', 'benefit.percent', { benefit: { kind: 'percentage', percent: '101' } }],
    ['percent.type', 'benefit.percent', { benefit: { kind: 'percentage', percent: 10 } }],
    ['money.min', 'benefit.amount.amount', { benefit: { kind: 'amount', amount: eur('-1.00') } }],
    ['type', 'benefit.kind', { benefit: { kind: 'gift' } }],
    ['limit.least', 'benefit.buy.quantity', buyGet({ quantity: 0 }, { quantity: 1 })],
    ['promotion.overlap', 'benefit.get.skus', buyGet({ quantity: 1 }, { quantity: 1, skus: ['MUG'] })],
    [
      'promotion.overlap',
      'benefit.get.skus',
      buyGet({ quantity: 1, skus: ['MUG', 'BOOK'] }, { quantity: 1, skus: ['MUG'] }),
    ],
    ['range.order', 'validUntil', { validFrom: '2026-03-02', validUntil: '2026-03-01' }],
    ['limit.least', 'mostUses', { mostUses: 0 }],
    ['unknownField', 'stacks', { stacks: true }],
  ])('is refused by the rule %s of %s', async (rule, path, more) => {
    const { oms } = await open()
    const answer = await oms.promotions.define({
      promotion: 'X',
      name: 'X',
      benefit: tenPercent,
      ...more,
    })
    expect(answer).toMatchObject({ error: { code: 'validation_failed' } })
    if (answer.ok) return
    expect(answer.error.issues?.map((issue) => [issue.rule, issue.path.join('.')])).toContainEqual([
      rule,
      path,
    ])
  })
})
