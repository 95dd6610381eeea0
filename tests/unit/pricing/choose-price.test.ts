import { describe, expect, it } from 'vitest'
import { piece } from '../../../src/core/catalog/quantity.js'
import { currencyCode } from '../../../src/core/money/currency.js'
import type { UnitPrice } from '../../../src/core/money/unit-price.js'
import { choosePrice, type PriceQuestion } from '../../../src/core/pricing/choose-price.js'
import { brokenTiers, type ListedPrice, type TieredPrice } from '../../../src/core/pricing/listed-price.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'

const EUR = currencyCode('EUR')
const euros = (amount: string, per?: number): UnitPrice => ({
  amount,
  currency: EUR,
  ...(per !== undefined && { per }),
})
const day = (text: string) => text as LocalDate

const listed = (list: string, terms: Partial<ListedPrice> = {}): ListedPrice => ({
  list,
  currency: EUR,
  prices: 'net',
  priority: 0,
  tiering: 'volume',
  tiers: [{ from: 1, price: euros('5.00') }],
  ...terms,
})
const tiers = [
  { from: 1, price: euros('5.00') },
  { from: 10, price: euros('4.00') },
  { from: 100, price: euros('3.00') },
]
const asked = (terms: Partial<PriceQuestion> = {}): PriceQuestion => ({
  quantity: 12,
  unit: piece,
  currency: EUR,
  prices: 'net',
  rounding: 'half_up',
  channel: 'web',
  customerClass: 'wholesale',
  on: day('2026-03-15'),
  ...terms,
})
const netOf = (price: ListedPrice, terms?: Partial<PriceQuestion>) =>
  choosePrice([price], asked(terms)).chosen?.amount.amount

describe('a price of a list', () => {
  it('takes the tier of the whole quantity for all units, volume', () => {
    const price = listed('retail', { tiers })
    expect(netOf(price, { quantity: 9 })).toBe('45.00')
    expect(netOf(price, { quantity: 10 })).toBe('40.00')
    expect(netOf(price, { quantity: 120 })).toBe('360.00')
  })

  it('takes for each unit the tier it falls into, graduated', () => {
    const price = listed('retail', { tiers, tiering: 'graduated' })
    expect(netOf(price, { quantity: 9 })).toBe('45.00')
    expect(choosePrice([price], asked({ quantity: 120 })).chosen).toEqual({
      list: 'retail',
      shares: [
        { from: 1, quantity: 9, price: euros('5.00') },
        { from: 10, quantity: 90, price: euros('4.00') },
        { from: 100, quantity: 21, price: euros('3.00') },
      ],
      amount: euros('468.00'),
    })
  })

  it('rounds graduated tiers once, over price base quantities, eight decimals and fractions of a unit', () => {
    const graduated = [
      { from: 1, price: euros('0.40', 100) },
      { from: 2, price: euros('0.20', 100) },
    ]
    // 0.004 + 0.002: each rounded alone would be nothing.
    expect(netOf(listed('retail', { tiering: 'graduated', tiers: graduated }), { quantity: 2 })).toBe('0.01')
    const fine = listed('retail', { tiers: [{ from: 1, price: euros('0.12345678') }] })
    const kilogram = { code: 'KGM', digits: 3 }
    expect(netOf(fine, { quantity: 1_500_000, unit: kilogram })).toBe('185.19')
  })
})

describe('choosing among price lists', () => {
  const reasonFor = (terms: Partial<ListedPrice>, question?: Partial<PriceQuestion>) => {
    const choice = choosePrice([listed('a', terms)], asked(question))
    expect(choice.chosen).toBeUndefined()
    return choice.passedOver
  }

  it.each<[string, Partial<ListedPrice>]>([
    ['other_currency', { currency: currencyCode('USD') }],
    ['with_tax', { prices: 'gross' }],
    ['other_customer_class', { customerClasses: ['gold'] }],
    ['other_channel', { channels: ['store'] }],
    ['not_yet_valid', { validFrom: day('2026-03-16') }],
    ['no_longer_valid', { validUntil: day('2026-03-14') }],
    ['below_first_tier', { tiers: [{ from: 13, price: euros('1.00') }] }],
  ])('passes a list over and says %s', (reason, terms) => {
    expect(reasonFor(terms)).toEqual([{ list: 'a', reason }])
  })

  it('gives a customer without a class no price of a class', () => {
    const { customerClass: _class, ...nobody } = asked()
    const choice = choosePrice([listed('a', { customerClasses: ['gold'] })], nobody)
    expect(choice).toEqual({ passedOver: [{ list: 'a', reason: 'other_customer_class' }] })
  })

  it('holds on its first day and on its last', () => {
    const price = listed('a', { validFrom: day('2026-03-15'), validUntil: day('2026-03-15') })
    expect(netOf(price)).toBe('60.00')
  })

  it.each<[string, ListedPrice, ListedPrice]>([
    [
      'the highest priority beats everything',
      listed('b', { priority: 1 }),
      listed('a', { customerClasses: ['wholesale'], channels: ['web'], validFrom: day('2026-03-01') }),
    ],
    [
      'a customer class beats a channel',
      listed('b', { customerClasses: ['wholesale'] }),
      listed('a', { channels: ['web'] }),
    ],
    [
      'a channel beats none',
      listed('b', { channels: ['web'] }),
      listed('a', { validFrom: day('2026-03-01') }),
    ],
    [
      'of two the one that began last',
      listed('b', { validFrom: day('2026-03-02') }),
      listed('a', { validFrom: day('2026-03-01') }),
    ],
    ['a beginning beats none', listed('b', { validFrom: day('2026-03-01') }), listed('a')],
    [
      'the lowest id, though it costs more',
      listed('a', { tiers: [{ from: 1, price: euros('9.00') }] }),
      listed('b'),
    ],
  ])('ranks: %s', (_rule, winner, loser) => {
    for (const prices of [
      [winner, loser],
      [loser, winner],
    ]) {
      const choice = choosePrice(prices, asked())
      expect(choice.chosen?.list).toBe(winner.list)
      expect(choice.passedOver).toEqual([{ list: loser.list, reason: 'outranked' }])
    }
  })
})

describe('tiers that break a rule', () => {
  const from = (...starts: readonly number[]) => ({
    tiers: starts.map((start) => ({ from: start, price: euros('1.00') })),
  })

  it.each<[string | undefined, Partial<TieredPrice>]>([
    ['tiers.min', { tiers: [] }],
    ['tiers.from', from(0, 10)],
    ['tiers.from', from(1, 1.5)],
    ['tiers.first', { ...from(2, 10), tiering: 'graduated' }],
    ['tiers.overlap', from(1, 10, 10)],
    ['tiers.overlap', from(1, 10, 5)],
    [undefined, from(2, 10)],
  ])('are told: %s', (rule, terms) => {
    expect(brokenTiers(listed('a', terms))).toBe(rule)
  })
})
