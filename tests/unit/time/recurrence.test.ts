import { expect, it } from 'vitest'
import type { LocalDate } from '../../../src/core/time/local-date.js'
import { periodOn } from '../../../src/core/time/recurrence.js'

const day = (text: string) => text as LocalDate

it.each([
  ['two weeks', '2026-03-04', 2, 'week', '2026-03-20', 1, '2026-03-18', '2026-04-01'],
  ['two weeks, on the first day', '2026-03-04', 2, 'week', '2026-04-01', 2, '2026-04-01', '2026-04-15'],
  [
    'a year from a leap day, the day before',
    '2024-02-29',
    1,
    'year',
    '2026-02-27',
    1,
    '2025-02-28',
    '2026-02-28',
  ],
  ['a year from a leap day', '2024-02-29', 1, 'year', '2028-02-29', 4, '2028-02-29', '2029-02-28'],
] as const)('TM2 TM3 a day is in one period of %s', (_what, anchor, every, unit, on, index, from, until) => {
  expect(periodOn({ anchor: day(anchor), every, unit, align: 'anchor' }, day(on))).toMatchObject({
    index,
    from,
    until,
  })
})
