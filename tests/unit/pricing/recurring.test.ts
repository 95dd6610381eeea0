import { describe, expect, it } from 'vitest'
import {
  agreeRecurring,
  endOfPeriod,
  unitsBegun,
  unitsEnded,
  unitsUpTo,
} from '../../../src/core/pricing/recurring.js'
import { present } from '../../../src/core/invariant.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'

const day = (text: string) => text as LocalDate
const terms = { every: 1, unit: 'month', align: 'anchor', count: 'actual', billed: 'period_start' } as const
const agreed = (more: object) =>
  present(agreeRecurring({ ...terms, anchor: day('2026-03-01'), ...more } as never, 1_000), 'terms that hold')

describe('what is sold by the period', () => {
  it('TM2 is one period where neither their number nor an end is agreed', () => {
    expect(agreed({}).until).toBe('2026-04-01')
    expect(agreed({ periods: 2 }).until).toBe('2026-05-01')
  })

  it('TM2 has begun nothing and ended nothing before its first day', () => {
    const twoMonths = agreed({ periods: 2 })
    const before = day('2026-02-28')
    expect([
      unitsBegun(twoMonths, before),
      unitsEnded(twoMonths, before),
      unitsUpTo(twoMonths, before),
    ]).toEqual([0, 0, 0])
    expect(endOfPeriod(twoMonths, before)).toBe('2026-03-01')
    expect([unitsBegun(twoMonths, day('2026-03-01')), unitsEnded(twoMonths, day('2026-04-01'))]).toEqual([
      1_000, 1_000,
    ])
  })
})
