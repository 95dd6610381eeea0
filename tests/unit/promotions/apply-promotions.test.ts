import { describe, expect, it } from 'vitest'
import type { Sku } from '../../../src/core/ids/ids.js'
import { currencyCode } from '../../../src/core/money/currency.js'
import {
  applyPromotions,
  totalOf,
  type OfferedPromotion,
} from '../../../src/core/promotions/apply-promotions.js'
import type { Basket, BasketLine } from '../../../src/core/promotions/basket.js'
import type { Benefit, Promotion } from '../../../src/core/promotions/promotion.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'

const EUR = currencyCode('EUR')
const eur = (amount: string) => ({ amount, currency: EUR })
const sku = (text: string) => text as Sku
const day = (text: string) => text as LocalDate

const line = (name: string, quantity: number, amount: bigint, isPieces = true): BasketLine => ({
  sku: sku(name),
  quantity,
  isPieces,
  amount,
})

/** Three mugs at 10.00, two spoons at 2.50, freight of 5.00. */
const basket = (more: Partial<Basket> = {}): Basket => ({
  channel: 'web',
  customerClass: 'gold',
  customer: 'kim',
  on: day('2026-03-15'),
  currency: EUR,
  rounding: 'half_up',
  lines: [line('MUG', 3, 3000n), line('SPOON', 2, 500n)],
  shipping: [{ kind: 'charge', amount: 500n }],
  otherDiscounts: 0n,
  coupons: [],
  ...more,
})

const tenPercent: Benefit = { kind: 'percentage', percent: '10' }

const offer = (
  id: string,
  terms: Partial<Promotion> = {},
  uses: Partial<OfferedPromotion> = {},
): OfferedPromotion => ({
  promotion: { id, name: id, status: 'active', priority: 0, benefit: tenPercent, ...terms },
  version: 1,
  uses: 0,
  usesByCustomer: 0,
  ...uses,
})

const takenBy = (benefit: Benefit, of = basket(), terms: Partial<Promotion> = {}) => {
  const [first] = applyPromotions([offer('a', { ...terms, benefit })], of).applied
  return first === undefined ? undefined : { lines: first.lines, shipping: first.shipping }
}

describe('a promotion takes', () => {
  it.each<[string, Benefit, readonly bigint[]]>([
    [
      'a percentage of all lines, rounded once and shared out',
      { kind: 'percentage', percent: '33.333' },
      [1000n, 167n],
    ],
    ['a percentage of the SKUs it is about', { ...tenPercent, skus: [sku('SPOON')] }, [0n, 50n]],
    ['an amount, shared out in proportion', { kind: 'amount', amount: eur('10.00') }, [857n, 143n]],
    [
      'no more than an amount is taken from',
      { kind: 'amount', amount: eur('10.00'), skus: [sku('SPOON')] },
      [0n, 500n],
    ],
    [
      'the third of three, the cheapest of all lines first',
      { kind: 'buy_get', buy: { quantity: 2 }, get: { quantity: 1, percent: '100' } },
      [0n, 250n],
    ],
    [
      'half of the second of two of one SKU',
      { kind: 'buy_get', buy: { quantity: 1, skus: [sku('MUG')] }, get: { quantity: 1, percent: '50' } },
      [500n, 0n],
    ],
    [
      'other SKUs than those that are bought, no more than there are',
      {
        kind: 'buy_get',
        buy: { quantity: 1, skus: [sku('MUG')] },
        get: { quantity: 1, percent: '100', skus: [sku('SPOON')] },
      },
      [0n, 500n],
    ],
  ])('%s', (_what, benefit, lines) => {
    expect(takenBy(benefit)).toEqual({ lines, shipping: [0n] })
  })

  it('nothing but shipping where it is free, a percentage of what the goods then come to', () => {
    expect(takenBy({ kind: 'free_shipping' })).toEqual({ lines: [0n, 0n], shipping: [500n] })
    const percent = basket({ shipping: [{ kind: 'charge', percent: '10' }] })
    const { applied } = applyPromotions(
      [offer('free', { benefit: { kind: 'free_shipping' }, priority: 9 }), offer('ten')],
      percent,
    )
    expect(applied.map(({ offered }) => offered.promotion.id)).toEqual(['ten', 'free'])
    expect(applied[1]?.shipping).toEqual([315n])
  })

  it('no more than its cap, shared out as the discounts are', () => {
    expect(takenBy(tenPercent, basket(), { mostDiscount: eur('1.00') })?.lines).toEqual([86n, 14n])
    expect(takenBy({ kind: 'free_shipping' }, basket(), { mostDiscount: eur('1.00') })?.shipping).toEqual([
      100n,
    ])
  })

  it('no more than the discounts of the order leave', () => {
    expect(takenBy({ kind: 'percentage', percent: '100' }, basket({ otherDiscounts: 500n }))?.lines).toEqual([
      2571n,
      429n,
    ])
  })

  it('nothing where the discounts of the order take more than the goods come to', () => {
    expect(takenBy(tenPercent, basket({ otherDiscounts: 3501n }))).toBeUndefined()
  })

  it('the cheaper pieces first, and of pieces that cost the same those of the dearer line', () => {
    const lines = [line('MUG', 1, 300n), line('PLATE', 1, 200n), line('SPOON', 2, 400n)]
    const benefit: Benefit = { kind: 'buy_get', buy: { quantity: 1 }, get: { quantity: 1, percent: '100' } }
    expect(takenBy(benefit, basket({ lines }))?.lines).toEqual([0n, 0n, 400n])
    expect(takenBy(benefit, basket({ lines: lines.toReversed() }))?.lines).toEqual([400n, 0n, 0n])
  })

  it.each<[string, readonly BasketLine[]]>([
    ['of one amount by SKU', [line('A', 1, 1000n), line('B', 1, 1000n), line('C', 1, 1000n)]],
    ['of one amount and SKU by quantity', [line('A', 1, 1000n), line('A', 2, 1000n), line('A', 3, 1000n)]],
    ['by amount', [line('B', 1, 1002n), line('C', 1, 1001n), line('A', 1, 1000n)]],
  ])('odd cents by what lines are and not by where they stand: %s', (_what, lines) => {
    const benefit: Benefit = { kind: 'amount', amount: eur('1.00') }
    const [one, two, three] = takenBy(benefit, basket({ lines }))?.lines ?? []
    expect([one, two, three]).toEqual([34n, 33n, 33n])
    for (const order of [
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      const moved = order.map((at) => lines[at] as BasketLine)
      const taken = takenBy(benefit, basket({ lines: moved }))?.lines
      expect(taken).toEqual(order.map((at) => [one, two, three][at]))
    }
  })

  it('pieces only: what is weighed is neither bought nor got', () => {
    const weighed = basket({ lines: [line('TEA', 3_000, 3000n, false)] })
    const { applied, passedOver } = applyPromotions(
      [
        offer('a', {
          benefit: { kind: 'buy_get', buy: { quantity: 2 }, get: { quantity: 1, percent: '100' } },
        }),
      ],
      weighed,
    )
    expect(applied).toEqual([])
    expect(passedOver).toEqual([{ promotion: 'a', reason: 'nothing_to_discount' }])
  })
})

describe('a promotion is passed over', () => {
  it.each<[string, Partial<Promotion>, Partial<Basket>, Partial<OfferedPromotion>]>([
    ['other_customer_class', { customerClasses: ['silver'] }, {}, {}],
    ['other_channel', { channels: ['store'] }, {}, {}],
    ['not_yet_valid', { validFrom: day('2026-03-16') }, {}, {}],
    ['no_longer_valid', { validUntil: day('2026-03-14') }, {}, {}],
    ['coupon_missing', { coupon: 'SPRING' }, { coupons: ['SUMMER'] }, {}],
    [
      'other_currency',
      { benefit: { kind: 'amount', amount: { amount: '1.00', currency: currencyCode('USD') } } },
      {},
      {},
    ],
    ['other_currency', { minimumOrder: { amount: '1.00', currency: currencyCode('USD') } }, {}, {}],
    ['other_currency', { mostDiscount: { amount: '1.00', currency: currencyCode('USD') } }, {}, {}],
    ['used_up', { mostUses: 3 }, {}, { uses: 3 }],
    ['used_up', { mostUsesPerCustomer: 1 }, {}, { usesByCustomer: 1 }],
    ['below_minimum', { minimumOrder: eur('35.01') }, {}, {}],
    ['nothing_to_discount', { benefit: { ...tenPercent, skus: [sku('FORK')] } }, {}, {}],
    ['nothing_to_discount', { benefit: { kind: 'free_shipping' } }, { shipping: [] }, {}],
  ])('because %s', (reason, terms, more, uses) => {
    expect(applyPromotions([offer('a', terms, uses)], basket(more))).toEqual({
      applied: [],
      passedOver: [{ promotion: 'a', reason }],
    })
  })

  it('because customer_unknown, where uses are counted by customer', () => {
    const { customer: _customer, ...nobody } = basket()
    expect(applyPromotions([offer('a', { mostUsesPerCustomer: 1 })], nobody).passedOver).toEqual([
      { promotion: 'a', reason: 'customer_unknown' },
    ])
  })

  it('not at its minimum, on its first and last day, with its coupon, before its last use', () => {
    const terms: Partial<Promotion> = {
      minimumOrder: eur('35.00'),
      validFrom: day('2026-03-15'),
      validUntil: day('2026-03-15'),
      coupon: 'SPRING',
      mostUses: 3,
    }
    const { applied } = applyPromotions([offer('a', terms, { uses: 2 })], basket({ coupons: ['SPRING'] }))
    expect(applied.map(totalOf)).toEqual([350n])
  })
})

describe('several promotions', () => {
  const outcome = (...offers: readonly OfferedPromotion[]) => {
    const { applied, passedOver } = applyPromotions(offers, basket())
    return { applied: applied.map((each) => [each.offered.promotion.id, totalOf(each)]), passedOver }
  }

  it('take one after the other from what is left, the highest priority first, then the lowest id', () => {
    expect(outcome(offer('b'), offer('a'), offer('c', { priority: 1 })).applied).toEqual([
      ['c', 350n],
      ['a', 315n],
      ['b', 284n],
    ])
  })

  it('do not go together with an exclusive one that comes first', () => {
    expect(outcome(offer('a'), offer('b', { priority: 1, exclusive: true }), offer('c'))).toEqual({
      applied: [['b', 350n]],
      passedOver: [
        { promotion: 'a', reason: 'excluded', by: 'b' },
        { promotion: 'c', reason: 'excluded', by: 'b' },
      ],
    })
  })

  it('leave out an exclusive one that does not come first', () => {
    expect(outcome(offer('a', { priority: 1 }), offer('b', { exclusive: true }), offer('c'))).toEqual({
      applied: [
        ['a', 350n],
        ['c', 315n],
      ],
      passedOver: [{ promotion: 'b', reason: 'excluded', by: 'a' }],
    })
  })

  it('are not shut out by an exclusive one whose conditions are not met', () => {
    const { applied } = outcome(
      offer('a'),
      offer('b', { priority: 1, exclusive: true, minimumOrder: eur('99.00') }),
    )
    expect(applied).toEqual([['a', 350n]])
  })

  it('take nothing where nothing is left', () => {
    const everything: Benefit = { kind: 'percentage', percent: '100' }
    expect(outcome(offer('a', { benefit: everything }), offer('b'))).toEqual({
      applied: [['a', 3500n]],
      passedOver: [{ promotion: 'b', reason: 'nothing_left' }],
    })
  })
})
