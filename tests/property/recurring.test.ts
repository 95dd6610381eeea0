import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InvoiceLine } from '../../src/core/invoicing/invoice.js'
import type { CurrencyCode } from '../../src/core/money/currency.js'
import { fromMinor, toMinor, type Money } from '../../src/core/money/money.js'
import { unbilledLines } from '../../src/core/orders/billable.js'
import { nextPeriodOn } from '../../src/core/orders/next-period.js'
import {
  agreeRecurring,
  dayAfter,
  unitsBegun,
  unitsEnded,
  unitsUpTo,
  type Recurring,
} from '../../src/core/pricing/recurring.js'
import { prorate } from '../../src/core/pricing/prorate.js'
import { periodAt } from '../../src/core/time/recurrence.js'
import { plusDays, type LocalDate } from '../../src/core/time/local-date.js'
import { openBooks } from '../support/books.js'
import { treatmentArb } from '../support/totals-arbitrary.js'
import { expectSameAmounts, sum, totalsArb } from '../support/taxed-orders.js'

const cases = { numRuns: 10_000 }

const dateArb = fc.integer({ min: 0, max: 1_500 }).map((days) => plusDays('2024-01-01' as LocalDate, days))

/** Every way in which something recurs, from one day to two years, with ends in the middle of a period. */
const termsArb = fc
  .record({
    anchor: dateArb,
    unit: fc.constantFrom('day', 'week', 'month', 'year'),
    every: fc.constantFrom(1, 2, 3, 6),
    align: fc.constantFrom('anchor', 'calendar'),
    count: fc.constantFrom('actual_days', 'thirty_day_months'),
    end: fc.oneof(
      fc.record({ periods: fc.integer({ min: 1, max: 20 }) }),
      fc.record({ days: fc.integer({ min: 0, max: 900 }) }),
    ),
    billed: fc.constantFrom('period_start', 'period_end'),
  })
  .map(({ end, every, unit, align, count, ...terms }) => ({
    ...terms,
    unit,
    align,
    every: align === 'calendar' && (unit === 'week' || unit === 'year') ? 1 : every,
    count: unit === 'month' || unit === 'year' ? count : 'actual_days',
    ...('days' in end ? { endsOn: plusDays(terms.anchor, end.days) } : end),
  })) as fc.Arbitrary<Parameters<typeof agreeRecurring>[0]>

const recurringArb = fc
  .tuple(termsArb, fc.integer({ min: 1, max: 5 }))
  .map(([terms, seats]): Recurring | undefined => agreeRecurring(terms, seats * 1_000_000))
  .filter((terms) => terms !== undefined)

describe('what is sold by the period', () => {
  it('TM2 TM3 TM7 any days at which it is billed cut it into the same units: none twice, none left out', () => {
    let parts = 0
    fc.assert(
      fc.property(recurringArb, fc.array(fc.nat(1_200), { maxLength: 8 }), (recurring, days) => {
        const { anchor, until, perPeriod } = recurring
        const all = unitsUpTo(recurring, until)
        const dates = [...days.map((each) => plusDays(anchor, each)).toSorted(), until]
        for (const upTo of [unitsBegun, unitsEnded]) {
          let done = 0
          let day = anchor
          for (const date of dates) {
            const units = upTo(recurring, date)
            expect(units).toBeGreaterThanOrEqual(done)
            strictEqual(dayAfter(recurring, done), day)
            done = units
            day = dayAfter(recurring, units)
          }
          strictEqual(done, all)
          strictEqual(dayAfter(recurring, all), until)
        }
        const second = periodAt(recurring, 1)
        if (second.until <= until)
          strictEqual(unitsUpTo(recurring, second.until) - unitsUpTo(recurring, second.from), perPeriod)
        if (all % perPeriod !== 0) parts += 1
      }),
      cases,
    )
    expect(parts).toBeGreaterThan(2_000)
  })

  it('TM7 a part costs what proration by the day says, to the millionth of a period, and parts of one period its price', () => {
    fc.assert(
      fc.property(
        recurringArb,
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.nat(40),
        (recurring, cents, cut) => {
          const whole = periodAt(recurring, 1)
          if (whole.until > recurring.until) return
          const day = plusDays(whole.from, cut)
          if (day >= whole.until) return
          const one = { ...recurring, perPeriod: 1_000_000 }
          const price = fromMinor(BigInt(cents), 'EUR' as CurrencyCode)
          const before = unitsUpTo(one, whole.from)
          const cost = (units: number) => (BigInt(cents) * BigInt(units) * 2n + 1_000_000n) / 2_000_000n
          const first = cost(unitsUpTo(one, day) - before)
          const exact = toMinor(prorate(price, whole, { from: whole.from, until: day }, recurring.count))
          const off = first - exact
          const most = 1n + BigInt(cents) / 2_000_000n
          strictEqual(off >= -most && off <= most, true)
          strictEqual(unitsUpTo(one, whole.until) - before, 1_000_000)
        },
      ),
      cases,
    )
  })

  it('F153 F154 OQ4 any partition of billing days gives the same periods and the same amounts, tax by tax', () => {
    let billed = 0
    fc.assert(
      fc.property(
        termsArb,
        treatmentArb,
        totalsArb,
        fc.constantFrom('net', 'gross'),
        fc.array(fc.nat(900), { maxLength: 6 }),
        (terms, tax, totals, prices, days) => {
          const books = openBooks({ totals })
          books.product('CARE', 0)
          const line = { sku: 'CARE', quantity: 2, tax, recurring: terms }
          const unitPrice = { amount: '19.99', currency: 'EUR' }
          const placed = books.order(
            { channel: 'web', currency: 'EUR', prices, lines: [{ ...line, unitPrice }] },
            'not left',
          )
          // The 31st alone is no day of a month of thirty.
          if (!placed.ok) {
            expect(placed.error.details).toMatchObject({ issues: [{ rule: 'periods.range' }] })
            return
          }
          const { id, lines: agreed, totals: whole } = placed.value
          const until = agreed[0]?.recurring?.until as LocalDate
          const dates = [...days.map((each) => plusDays(terms.anchor, each)).toSorted(), until]
          const invoices = dates.flatMap((on) => books.billPeriods(id, on))
          const again = books.billPeriods(id, until)
          expect(again).toEqual([])
          billed += invoices.length
          const own: readonly InvoiceLine[] = invoices.flatMap(({ lines }) => lines)
          let day: string = terms.anchor
          for (const { period } of own) {
            strictEqual(period?.from, day)
            day = period?.until ?? ''
          }
          strictEqual(day, until)
          strictEqual(sum(own.map(({ net }) => net)), toMinor(agreed[0]?.net as Money))
          if (whole !== undefined)
            expectSameAmounts(
              invoices.flatMap((invoice) => invoice.totals ?? []),
              whole,
            )
          const stored = books.stored(id)
          expect(stored.invoiced).toEqual(stored.total)
          expect(stored.lines[0]).toMatchObject({
            shipped: agreed[0]?.quantity,
            invoiced: agreed[0]?.quantity,
          })
          expect(nextPeriodOn(stored)).toBeUndefined()
          expect(unbilledLines(stored, until)).toEqual([])
        },
      ),
      cases,
    )
    expect(billed).toBeGreaterThan(15_000)
  })
})
