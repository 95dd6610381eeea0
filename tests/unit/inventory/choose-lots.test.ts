import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LotNumber } from '../../../src/core/ids/ids.js'
import { chooseLots, mayLeave } from '../../../src/core/inventory/choose-lots.js'
import { compareLots, freeOf, type StockLot } from '../../../src/core/inventory/stock-lots.js'
import { plusDays, type LocalDate } from '../../../src/core/time/local-date.js'

const today = '2026-03-01' as LocalDate
const day = (offset: number) => plusDays(today, offset)

const lotArbitrary: fc.Arbitrary<Omit<StockLot, 'lot'>> = fc
  .record({
    expires: fc.option(fc.integer({ min: -5, max: 20 }), { nil: undefined }),
    received: fc.integer({ min: -10, max: 0 }),
    free: fc.nat({ max: 4 }),
    allocated: fc.nat({ max: 3 }),
    quarantined: fc.nat({ max: 3 }),
  })
  .map(({ expires, received, free, allocated, quarantined }) => ({
    receivedOn: day(received),
    onHand: free + allocated + quarantined,
    allocated,
    quarantined,
    ...(expires !== undefined && { expiresOn: day(expires) }),
  }))

const lotsArbitrary = fc
  .array(lotArbitrary, { maxLength: 8 })
  .map((lots) => lots.map((lot, index) => ({ ...lot, lot: `lot ${index}` as LotNumber })))

describe('choosing lots', () => {
  it('F37 takes what there is of the lots that may leave, first expired first out, or says how much there is', () => {
    fc.assert(
      fc.property(
        lotsArbitrary,
        fc.integer({ min: 1, max: 12 }),
        fc.nat({ max: 6 }),
        fc.nat({ max: 6 }),
        (unsorted, wanted, minimumDaysAtShipping, later) => {
          const lots = unsorted.toSorted(compareLots)
          const [on, shelfLife] = [day(later), { minimumDaysAtShipping }]
          // One unit after another, as a picker would who reads every label again each time.
          const units = unsorted
            .filter(
              ({ expiresOn }) => expiresOn === undefined || expiresOn >= plusDays(on, minimumDaysAtShipping),
            )
            .toSorted(
              (one, other) =>
                (one.expiresOn ?? '9999-12-31').localeCompare(other.expiresOn ?? '9999-12-31') ||
                one.receivedOn.localeCompare(other.receivedOn) ||
                one.lot.localeCompare(other.lot),
            )
            .flatMap((lot) => Array.from({ length: freeOf(lot) }, () => lot.lot))
          const chosen = chooseLots(lots, wanted, on, shelfLife)
          expect(chosen.enough).toBe(units.length >= wanted)
          if (chosen.enough) {
            const taken = chosen.shares.flatMap(({ lot, quantity }) =>
              Array.from({ length: quantity }, () => lot),
            )
            expect(taken).toEqual(units.slice(0, wanted))
          } else expect(chosen.available).toBe(units.length)
        },
      ),
    )
  })

  it('accounts for every unit it passed over', () => {
    fc.assert(
      fc.property(lotsArbitrary, (lots) => {
        const chosen = chooseLots(lots, 1_000, today, undefined)
        if (chosen.enough) return
        const passed = chosen.passedOver.reduce((sum, { quantity }) => sum + quantity, 0)
        const onHand = lots.reduce((sum, lot) => sum + lot.onHand, 0)
        expect(passed + chosen.available).toBe(onHand)
      }),
    )
  })

  it('lets goods leave on the day they expire, and with a shelf life so many days before', () => {
    const lot = { expiresOn: '2026-03-11' as LocalDate }
    expect([day(10), day(11)].map((on) => mayLeave(lot, on, undefined))).toEqual([true, false])
    const shelfLife = { minimumDaysAtShipping: 7 }
    expect([day(3), day(4)].map((on) => mayLeave(lot, on, shelfLife))).toEqual([true, false])
    expect(mayLeave({}, '9999-12-31' as LocalDate, shelfLife)).toBe(true)
    expect(mayLeave({ expiresOn: '0001-01-01' as LocalDate }, today, shelfLife)).toBe(false)
  })
})
