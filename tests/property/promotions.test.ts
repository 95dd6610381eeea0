import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Sku } from '../../src/core/ids/ids.js'
import { currencyCode } from '../../src/core/money/currency.js'
import { fromMinor, toMinor } from '../../src/core/money/money.js'
import { percentOf } from '../../src/core/money/percent.js'
import {
  applyPromotions,
  totalOf,
  type OfferedPromotion,
} from '../../src/core/promotions/apply-promotions.js'
import type { Basket } from '../../src/core/promotions/basket.js'
import type { Benefit } from '../../src/core/promotions/promotion.js'
import type { LocalDate } from '../../src/core/time/local-date.js'
import type { TaxTreatment } from '../../src/core/tax/tax-treatment.js'
import { documentTotals } from '../../src/core/totals/document-totals.js'
import { adjustmentOf } from '../../src/core/totals/signed-adjustments.js'

const cases = { numRuns: 10_000 }
const EUR = currencyCode('EUR')
const skus = ['A', 'B', 'C', 'D'] as readonly string[] as readonly Sku[]

const amountArb = fc.oneof(fc.nat(20), fc.nat(100_000)).map(BigInt)
const percentArb = fc.constantFrom('0', '5', '33.333', '50', '99.99', '100')
const skusArb = fc.option(fc.subarray([...skus], { minLength: 1 }), { nil: undefined })
const moneyArb = amountArb.map((minor) => fromMinor(minor, EUR))
const rounding = fc.constantFrom('half_up' as const, 'half_even' as const, 'up' as const, 'floor' as const)

const about = <Fields extends object>(fields: Fields, of: readonly Sku[] | undefined) => ({
  ...fields,
  ...(of !== undefined && { skus: of }),
})

const benefitArb: fc.Arbitrary<Benefit> = fc.oneof(
  fc.tuple(percentArb, skusArb).map(([percent, of]) => about({ kind: 'percentage' as const, percent }, of)),
  fc.tuple(moneyArb, skusArb).map(([amount, of]) => about({ kind: 'amount' as const, amount }, of)),
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), percentArb, fc.boolean())
    .map(([buy, get, percent, isOther]): Benefit => {
      const others = isOther ? { skus: skus.slice(2) } : {}
      const own = isOther ? { skus: skus.slice(0, 2) } : {}
      return { kind: 'buy_get', buy: { quantity: buy, ...own }, get: { quantity: get, percent, ...others } }
    }),
  fc.constant<Benefit>({ kind: 'free_shipping' }),
)

const offeredArb = (id: string): fc.Arbitrary<OfferedPromotion> =>
  fc
    .record({
      benefit: benefitArb,
      priority: fc.nat(2),
      isExclusive: fc.integer({ min: 0, max: 5 }).map((chance) => chance === 0),
      mostDiscount: fc.option(moneyArb, { nil: undefined }),
      minimumOrder: fc.option(moneyArb, { nil: undefined, freq: 4 }),
      uses: fc.nat(3),
    })
    .map(({ benefit, priority, isExclusive, mostDiscount, minimumOrder, uses }) => ({
      promotion: {
        id,
        name: id,
        status: 'active' as const,
        benefit,
        priority,
        mostUses: 3,
        ...(isExclusive && { exclusive: true as const }),
        ...(mostDiscount !== undefined && { mostDiscount }),
        ...(minimumOrder !== undefined && { minimumOrder }),
      },
      version: 1,
      uses,
      usesByCustomer: 0,
    }))

const promotionsArb = fc.tuple(...['p', 'q', 'r', 's', 't'].map(offeredArb))

const basketArb: fc.Arbitrary<Basket> = fc
  .record({
    rounding,
    lines: fc.array(
      fc.record({
        sku: fc.constantFrom(...skus),
        quantity: fc.integer({ min: 1, max: 12 }),
        isPieces: fc.integer({ min: 0, max: 4 }).map((chance) => chance > 0),
        amount: amountArb,
      }),
      { minLength: 1, maxLength: 6 },
    ),
    shipping: fc.array(
      fc.oneof(
        amountArb.map((amount) => ({ kind: 'charge' as const, amount })),
        percentArb.map((percent) => ({ kind: 'charge' as const, percent })),
      ),
      { maxLength: 2 },
    ),
    otherDiscounts: fc.oneof(fc.constant(0n), amountArb),
  })
  .map((fields) => ({
    ...fields,
    channel: 'web',
    on: '2026-03-15' as LocalDate,
    currency: EUR,
    coupons: [],
  }))

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)

const leftOf = ({ lines }: Basket, taken: readonly (readonly bigint[])[]): readonly bigint[] =>
  lines.map(({ amount }, index) => taken.reduce((left, each) => left - (each[index] ?? 0n), amount))

describe('promotions', () => {
  it('MO4 leave no line, no charge and no order below zero, and each takes something', () => {
    fc.assert(
      fc.property(promotionsArb, basketArb, (promotions, basket) => {
        const { applied } = applyPromotions(promotions, basket)
        const left = leftOf(
          basket,
          applied.map(({ lines }) => lines),
        )
        strictEqual(
          left.every((amount) => amount >= 0n),
          true,
        )
        strictEqual(
          applied.every(({ lines }) => lines.every((amount) => amount >= 0n)),
          true,
        )
        const goods = sum(applied.flatMap(({ lines }) => lines))
        if (goods > 0n) expect(sum(left)).toBeGreaterThanOrEqual(basket.otherDiscounts)
        basket.shipping.forEach((charge, index) => {
          const waived = sum(applied.map(({ shipping }) => shipping[index] ?? 0n))
          expect(waived).toBeGreaterThanOrEqual(0n)
          expect(waived).toBeLessThanOrEqual(adjustmentOf(charge, sum(left), basket.rounding))
        })
        strictEqual(
          applied.every((each) => totalOf(each) > 0n),
          true,
        )
      }),
      cases,
    )
  })

  it('MO3 leave no tax rate below zero, and the order comes to what they leave and the shipping that is not waived', () => {
    const treatments = ['0', '7', '19'].map((percent) => ({
      category: percent === '0' ? ('Z' as const) : ('S' as const),
      components: [{ name: 'VAT', percent }],
    }))
    fc.assert(
      fc.property(promotionsArb, basketArb, fc.boolean(), (promotions, basket, isGross) => {
        const { applied } = applyPromotions(promotions, basket)
        const [tax] = treatments
        const totals = documentTotals({
          currency: EUR,
          prices: isGross ? 'gross' : 'net',
          profile: 'per_category',
          rounding: basket.rounding,
          lines: basket.lines.map(({ sku, amount }, index) => ({
            price: fromMinor(amount, EUR),
            quantity: { baseUnits: 1n, digits: 0 },
            tax: treatments[skus.indexOf(sku) % 3] as TaxTreatment,
            adjustments: applied.map(({ lines }) => ({ kind: 'discount', amount: lines[index] ?? 0n })),
          })),
          adjustments: [
            ...basket.shipping.map((charge) => ({ ...charge, tax: tax as TaxTreatment })),
            ...applied.flatMap(({ shipping }) =>
              shipping.map((amount) => ({ kind: 'discount' as const, amount, tax: tax as TaxTreatment })),
            ),
          ],
        })
        strictEqual(
          totals.taxes.every(({ base }) => base >= 0n),
          true,
        )
        const left = leftOf(
          basket,
          applied.map(({ lines }) => lines),
        )
        expect(totals.lines.map(({ amount }) => amount)).toEqual(left)
        const charged = sum(basket.shipping.map((charge) => adjustmentOf(charge, sum(left), basket.rounding)))
        const waived = sum(applied.flatMap(({ shipping }) => shipping))
        strictEqual(isGross ? totals.gross : totals.net, sum(left) + charged - waived)
      }),
      cases,
    )
  })

  it('are decided alike in whatever order they come, and every one is accounted for', () => {
    const shuffled = promotionsArb.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    )
    fc.assert(
      fc.property(shuffled, basketArb, ([promotions, others], basket) => {
        const outcome = applyPromotions(promotions, basket)
        expect(applyPromotions(others, basket)).toEqual(outcome)
        const named = [
          ...outcome.applied.map(({ offered }) => offered.promotion.id),
          ...outcome.passedOver.map(({ promotion }) => promotion),
        ]
        expect(named.sort()).toEqual(['p', 'q', 'r', 's', 't'])
      }),
      cases,
    )
  })

  it('MO4 take the same from the same lines, in whatever order the lines are written', () => {
    fc.assert(
      fc.property(promotionsArb, basketArb, fc.array(fc.nat()), (promotions, drawn, places) => {
        const lines = drawn.lines.map((line) => ({ ...line, isPieces: line.sku !== 'D' }))
        const reordered = lines
          .map((line, index) => ({ line, place: places[index] ?? 0 }))
          .sort((one, other) => one.place - other.place)
          .map(({ line }) => line)
        const taken = (of: Basket['lines']): readonly string[] => {
          const { applied } = applyPromotions(promotions, { ...drawn, lines: of })
          return of
            .map(({ sku, amount, quantity }, index) =>
              [sku, amount, quantity, ...applied.map((each) => each.lines[index])].join(' '),
            )
            .sort()
        }
        expect(taken(reordered)).toEqual(taken(lines))
      }),
      cases,
    )
  })

  it('keep to cap, minimum and limit of uses, and go together with no exclusive one', () => {
    fc.assert(
      fc.property(promotionsArb, basketArb, (promotions, basket) => {
        const { applied } = applyPromotions(promotions, basket)
        const whole = sum(basket.lines.map(({ amount }) => amount))
        for (const each of applied) {
          const { mostDiscount, minimumOrder, exclusive } = each.offered.promotion
          if (mostDiscount !== undefined) expect(totalOf(each)).toBeLessThanOrEqual(toMinor(mostDiscount))
          if (minimumOrder !== undefined) expect(whole).toBeGreaterThanOrEqual(toMinor(minimumOrder))
          expect(each.offered.uses).toBeLessThan(3)
          if (exclusive === true) expect(applied).toHaveLength(1)
        }
      }),
      cases,
    )
  })

  it('MO4 share out exactly what one promised: the percentage rounded once, or the amount, up to what there is', () => {
    const oneArb = fc.oneof(
      fc
        .tuple(percentArb, skusArb)
        .map(([percent, of]) => about({ kind: 'percentage' as const, percent }, of)),
      fc.tuple(moneyArb, skusArb).map(([amount, of]) => about({ kind: 'amount' as const, amount }, of)),
    )
    fc.assert(
      fc.property(oneArb, basketArb, (benefit, given) => {
        const basket = { ...given, otherDiscounts: 0n }
        const parts = basket.lines.map(({ sku, amount }) =>
          benefit.skus === undefined || benefit.skus.includes(sku) ? amount : 0n,
        )
        const whole = sum(parts)
        const wanted =
          benefit.kind === 'percentage'
            ? percentOf(whole, benefit.percent, basket.rounding)
            : toMinor(benefit.amount)
        const promised = wanted < whole ? wanted : whole
        const promotion = { id: 'p', name: 'p', status: 'active' as const, priority: 0, benefit }
        const { applied } = applyPromotions([{ promotion, version: 1, uses: 0, usesByCustomer: 0 }], basket)
        const taken = applied[0]?.lines ?? parts.map(() => 0n)
        strictEqual(sum(taken), promised)
        // Each share is within one minor unit of its exact one.
        parts.forEach((part, index) => {
          const off = (taken[index] ?? 0n) * whole - promised * part
          strictEqual(off > -whole && off < whole ? 0n : off, 0n)
        })
      }),
      cases,
    )
  })
})
