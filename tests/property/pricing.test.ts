import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencyCode } from '../../src/core/money/currency.js'
import { unitPriceSchema } from '../../src/core/money/money-schema.js'
import { extendPrice, type UnitPrice } from '../../src/core/money/unit-price.js'
import { averagePrice } from '../../src/core/pricing/average-price.js'
import { choosePrice, type PriceQuestion } from '../../src/core/pricing/choose-price.js'
import { extendShares, tierShares } from '../../src/core/pricing/extend-tiers.js'
import { brokenTiers, type ListedPrice } from '../../src/core/pricing/listed-price.js'
import type { LocalDate } from '../../src/core/time/local-date.js'

const cases = { numRuns: 10_000 }

const unitPriceArb = (code: string): fc.Arbitrary<UnitPrice> =>
  fc
    .tuple(fc.nat(9_999), fc.nat(99_999_999), fc.constantFrom(undefined, 3, 100))
    .map(([whole, fraction, per]) => ({
      amount: `${whole}.${String(fraction).padStart(8, '0')}`,
      currency: currencyCode(code),
      ...(per !== undefined && { per }),
    }))

const sometimes = <Value>(...values: readonly Value[]) => fc.constantFrom(undefined, ...values)

const listedArb = (list: string): fc.Arbitrary<ListedPrice> =>
  fc.constantFrom('EUR', 'JPY', 'BHD').chain((code) =>
    fc
      .record({
        customerClasses: sometimes(['gold'], ['gold', 'wholesale']),
        channels: sometimes(['web'], ['store']),
        prices: fc.constantFrom('net' as const, 'gross' as const),
        priority: fc.nat(2),
        validFrom: sometimes('2026-03-01', '2026-03-20'),
        tiering: fc.constantFrom('volume' as const, 'graduated' as const),
        steps: fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), unitPriceArb(code)), {
          minLength: 1,
          maxLength: 5,
        }),
      })
      .map(({ customerClasses, channels, validFrom, steps, ...terms }) => {
        let from = 1
        const tiers = steps.map(([step, price], index) => ({ from: index === 0 ? 1 : (from += step), price }))
        return {
          list,
          currency: currencyCode(code),
          ...terms,
          tiers,
          ...(customerClasses !== undefined && { customerClasses }),
          ...(channels !== undefined && { channels }),
          ...(validFrom !== undefined && { validFrom: validFrom as LocalDate }),
        }
      }),
  )

const questionArb: fc.Arbitrary<PriceQuestion> = fc.record({
  quantity: fc.integer({ min: 1, max: 300 }),
  unit: fc.constantFrom({ code: 'C62', digits: 0 }, { code: 'KGM', digits: 3 }),
  currency: fc.constantFrom('EUR', 'JPY', 'BHD').map(currencyCode),
  prices: fc.constantFrom('net' as const, 'gross' as const),
  rounding: fc.constantFrom('half_up' as const, 'half_even' as const, 'floor' as const),
  channel: fc.constantFrom('web', 'store'),
  customerClass: fc.constantFrom('gold', 'wholesale'),
  on: fc.constantFrom('2026-02-28', '2026-03-15', '2026-03-20').map((day) => day as LocalDate),
})

const listsArb = fc.tuple(...['a', 'b', 'c', 'd', 'e'].map(listedArb))

describe('prices of lists', () => {
  it('are chosen alike in whatever order the lists come, and every list is accounted for', () => {
    const shuffled = listsArb.chain((lists) =>
      fc.tuple(fc.constant(lists), fc.shuffledSubarray(lists, { minLength: lists.length })),
    )
    fc.assert(
      fc.property(shuffled, questionArb, ([lists, others], question) => {
        const choice = choosePrice(lists, question)
        expect(choosePrice(others, question)).toEqual(choice)
        const named = [choice.chosen?.list ?? [], choice.passedOver.map(({ list }) => list)].flat()
        expect(named.sort()).toEqual(lists.map(({ list }) => list))
      }),
      cases,
    )
  })

  it('split a quantity over tiers without losing a unit', () => {
    fc.assert(
      fc.property(listedArb('a'), fc.integer({ min: 1, max: 300 }), (price, quantity) => {
        expect(brokenTiers(price)).toBeUndefined()
        const shares = tierShares(price, quantity)
        strictEqual(
          shares.reduce((sum, share) => sum + share.quantity, 0),
          quantity,
        )
        strictEqual(
          shares.every((share) => share.quantity > 0),
          true,
        )
      }),
      cases,
    )
  })

  it('MO5 bring the average price at which the quantity comes to the same amount in every rounding', () => {
    fc.assert(
      fc.property(listedArb('a'), questionArb, (price, { quantity, unit, rounding }) => {
        const amount = extendShares(tierShares(price, quantity), unit, rounding)
        const average = averagePrice(amount, quantity, unit)
        expect(unitPriceSchema.parse(average)).toEqual(average)
        for (const mode of ['half_up', 'half_even', 'floor', 'ceiling'] as const) {
          const count = { baseUnits: BigInt(quantity), digits: unit.digits }
          expect(extendPrice(average, count, mode)).toEqual(amount)
        }
      }),
      cases,
    )
  })

  it('MO5 cost the same to the cent, at one price, in however many tiers it is written', () => {
    fc.assert(
      fc.property(listedArb('a'), questionArb, ({ tiers, ...terms }, { quantity, unit }) => {
        const price = (tiers[0] as ListedPrice['tiers'][number]).price
        const same = { ...terms, tiers: tiers.map(({ from }) => ({ from, price })) }
        const whole = extendPrice(price, { baseUnits: BigInt(quantity), digits: unit.digits }, 'half_up')
        expect(extendShares(tierShares(same, quantity), unit, 'half_up')).toEqual(whole)
      }),
      cases,
    )
  })
})
