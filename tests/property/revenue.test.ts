import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencyCode } from '../../src/core/money/currency.js'
import { fromMinor, toMinor, type Money } from '../../src/core/money/money.js'
import { plusDays, type LocalDate } from '../../src/core/time/local-date.js'
import { planRevenue, type RevenueInput, type RevenueSchedule } from '../../src/revenue/index.js'

const numRuns = 10_000
const start = '2026-01-01' as LocalDate
const day = (at: number): LocalDate => plusDays(start, at)
const eur = (minor: number | bigint): Money => fromMinor(BigInt(minor), currencyCode('EUR'))

const recognition = (earliest: number) =>
  fc.oneof(
    fc.record({
      at: fc.constant('point' as const),
      on: fc.integer({ min: earliest, max: earliest + 400 }).map(day),
    }),
    fc.constant({ at: 'point' as const }),
    fc
      .tuple(fc.integer({ min: earliest, max: earliest + 200 }), fc.integer({ min: 1, max: 300 }))
      .chain(([from, length]) =>
        fc.record({
          at: fc.constant('over_time' as const),
          from: fc.constant(day(from)),
          until: fc.constant(day(from + length)),
          by: fc.constantFrom('day' as const, 'month' as const),
        }),
      ),
    fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 3 }).map((percents) => ({
      at: 'progress' as const,
      steps: percents
        .toSorted((a, b) => a - b)
        .map((percent, index) => ({ on: day(earliest + 37 * index), percent: String(percent) })),
    })),
  )

const obligations = (earliest: number) =>
  fc
    .array(fc.tuple(fc.integer({ min: 1, max: 100_000 }), recognition(earliest)), {
      minLength: 1,
      maxLength: 4,
    })
    .map((several) =>
      several.map(([price, how], index) => ({
        id: `o${index}`,
        standAlonePrice: eur(price),
        recognition: how,
      })),
    )

const contract = fc
  .record({
    price: fc.integer({ min: 0, max: 1_000_000 }),
    first: obligations(0),
    billed: fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: -50_000, max: 50_000 })), {
      maxLength: 4,
    }),
    changes: fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 2 }).chain((days) =>
      fc.tuple(
        ...days
          .toSorted((a, b) => a - b)
          .map((on) =>
            fc.record({
              on: fc.constant(day(on)),
              as: fc.constantFrom('prospective' as const, 'catch_up' as const),
              price: fc.integer({ min: -200_000, max: 500_000 }).map(eur),
              obligations: obligations(on),
            }),
          ),
      ),
    ),
  })
  .map(({ price, first, billed, changes }): RevenueInput => ({
    transactionPrice: eur(price),
    obligations: first,
    changes,
    billed: billed.map(([on, amount]) => ({ on: day(on), amount: eur(amount) })),
  }))

const minorOf = (amounts: readonly Money[]): bigint => amounts.reduce((sum, each) => sum + toMinor(each), 0n)

/** Runs what is asked of every schedule that can be; a contract that cannot be is refused for its reason. */
const forSchedules = (check: (schedule: RevenueSchedule, input: RevenueInput) => void): number => {
  let checked = 0
  fc.assert(
    fc.property(contract, (input) => {
      const answer = planRevenue(input)
      if (answer.ok) {
        checked += 1
        check(answer.value, input)
      } else {
        expect(['revenue.belowRecognized', 'obligation.missing']).toContain(answer.error.issues?.[0]?.rule)
      }
    }),
    { numRuns },
  )
  return checked
}

describe('revenue', () => {
  it('M96 recognized and not yet scheduled add up to the transaction price with its changes, to the cent', () => {
    const checked = forSchedules((schedule, input) => {
      const price = minorOf([
        input.transactionPrice as Money,
        ...(input.changes ?? []).map((change) => change.price as Money),
      ])
      expect(toMinor(schedule.transactionPrice)).toBe(price)
      const recognized = minorOf(schedule.months.map((month) => month.recognized))
      expect(recognized + toMinor(schedule.unscheduled)).toBe(price)
      expect(toMinor(schedule.unscheduled)).toBeGreaterThanOrEqual(0n)
    })
    expect(checked).toBeGreaterThan(numRuns / 2)
  })

  it('M96 rolls forward without a cent lost: opening + billed − recognized = closing, and closing opens the next month', () => {
    forSchedules(({ months }) => {
      let opening = 0n
      for (const month of months) {
        expect(toMinor(month.opening)).toBe(opening)
        opening += toMinor(month.billed) - toMinor(month.recognized)
        expect(toMinor(month.closing)).toBe(opening)
        expect(minorOf(month.obligations.map(({ recognized }) => recognized))).toBe(toMinor(month.recognized))
      }
    })
  })

  it('M96 a change leaves the months before it as they were', () => {
    forSchedules((schedule, input) => {
      const [first] = input.changes ?? []
      if (first === undefined) return
      const before = planRevenue({ ...input, changes: [] })
      if (!before.ok) throw new Error(before.error.code)
      const untouched = (each: RevenueSchedule) =>
        each.months
          .filter(({ month, recognized }) => month < first.on.slice(0, 7) && recognized.amount !== '0.00')
          .map(({ month, recognized }) => [month, recognized.amount])
      expect(untouched(schedule)).toEqual(untouched(before.value))
    })
  })
})
