import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencyCode } from '../../src/core/money/currency.js'
import { fromMinor, toMinor } from '../../src/core/money/money.js'
import { prorate } from '../../src/core/pricing/prorate.js'
import { daysBetween, plusDays, plusMonths, type LocalDate } from '../../src/core/time/local-date.js'
import { periodAt, periodOn, type Recurrence } from '../../src/core/time/recurrence.js'
import { dayAt, startOfDay, type ZoneId } from '../../src/core/time/zone.js'

const numRuns = 10_000
const epoch = '2015-01-01' as LocalDate
const date = fc.integer({ min: 0, max: 9_000 }).map((days) => plusDays(epoch, days))

const anchored = fc.record({
  anchor: date,
  every: fc.integer({ min: 1, max: 14 }),
  unit: fc.constantFrom('day', 'week', 'month', 'year'),
  align: fc.constant('anchor'),
}) satisfies fc.Arbitrary<Recurrence>

const aligned = fc
  .record({
    anchor: date,
    kind: fc.constantFrom(
      { unit: 'week', every: 1 },
      { unit: 'year', every: 1 },
      ...[1, 2, 3, 4, 6, 12].map((every) => ({ unit: 'month', every }) as const),
    ),
  })
  .map(({ anchor, kind }): Recurrence => ({ anchor, align: 'calendar', ...kind }) as Recurrence)

const recurrence = fc.oneof(anchored, aligned)
const zone = fc.constantFrom(
  ...(['Europe/Berlin', 'America/New_York', 'America/Santiago', 'Africa/Cairo', 'Asia/Tokyo'] as ZoneId[]),
)
const count = fc.constantFrom('actual_days', 'thirty_day_months')
const price = fc
  .tuple(fc.integer({ min: -10_000_000, max: 10_000_000 }), fc.constantFrom('EUR', 'JPY', 'BHD'))
  .map(([minor, code]) => fromMinor(BigInt(minor), currencyCode(code)))

describe('periods', () => {
  it('TM3 follow each other without hole or overlap: each ends where the next begins', () => {
    fc.assert(
      fc.property(recurrence, fc.integer({ min: 0, max: 400 }), (recurring, index) => {
        const period = periodAt(recurring, index)
        strictEqual(period.from < period.until, true)
        strictEqual(periodAt(recurring, index + 1).from, period.until)
        if (index === 0) strictEqual(period.from, recurring.anchor)
      }),
      { numRuns },
    )
  })

  it('TM3 hold every day from the anchor on in exactly one of them', () => {
    fc.assert(
      fc.property(recurrence, fc.integer({ min: -800, max: 4_000 }), (recurring, days) => {
        const day = plusDays(recurring.anchor, days)
        const period = periodOn(recurring, day)
        if (days < 0) expect(period).toBeUndefined()
        else {
          strictEqual(period !== undefined && period.from <= day && day < period.until, true)
          expect(period).toEqual(periodAt(recurring, period?.index ?? -1))
        }
      }),
      { numRuns },
    )
  })

  it('TM2 of months begin on the anchor’s day wherever the month has one, however many there were before', () => {
    fc.assert(
      fc.property(
        date,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 300 }),
        (anchor, every, index) => {
          const { from } = periodAt({ anchor, every, unit: 'month', align: 'anchor' }, index)
          const day = Number(anchor.slice(8))
          const isLastOfMonth = plusDays(from, 1).slice(8) === '01'
          strictEqual(Number(from.slice(8)) === day || (isLastOfMonth && Number(from.slice(8)) < day), true)
          strictEqual(from, plusMonths(anchor, every * index))
        },
      ),
      { numRuns },
    )
  })

  it('TM3 begin at the moment the one before ends, in every zone and across every change of the clock', () => {
    fc.assert(
      fc.property(recurrence, zone, fc.integer({ min: 0, max: 60 }), (recurring, where, index) => {
        const { from, until } = periodAt(recurring, index)
        const [begins, ends] = [startOfDay(where, from), startOfDay(where, until)]
        strictEqual(begins < ends, true)
        expect([dayAt(where, begins), dayAt(where, ends)]).toEqual([from, until])
      }),
      { numRuns },
    )
  })

  it('TM7 cost their price to the cent however they are cut, by either count of days', () => {
    fc.assert(
      fc.property(
        recurrence,
        fc.integer({ min: 0, max: 60 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        price,
        count,
        (recurring, index, offsets, whole, by) => {
          const period = periodAt(recurring, index).whole
          const days = daysBetween(period.from, period.until)
          const cuts = offsets.map((offset) => plusDays(period.from, offset % days)).toSorted()
          const ends = [...cuts, period.until]
          const parts = ends.map((until, at) => ({ from: cuts[at - 1] ?? period.from, until }))
          const prices = parts.map((part) => toMinor(prorate(whole, period, part, by)))
          strictEqual(
            prices.reduce((sum, one) => sum + one, 0n),
            toMinor(whole),
          )
          const sign = toMinor(whole) < 0n ? -1n : 1n
          strictEqual(
            prices.every((one) => one * sign >= 0n),
            true,
          )
        },
      ),
      { numRuns },
    )
  })
})
