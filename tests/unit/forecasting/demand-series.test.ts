import { describe, expect, it } from 'vitest'
import { demandSeries } from '../../../src/core/forecasting/demand-series.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'

const day = (text: string) => text as LocalDate
const demand = (on: string, quantity: number) => ({ on: day(on), quantity })

describe('a demand series', () => {
  it('counts days without demand as zero and leaves out what lies outside', () => {
    const demands = [
      demand('2026-02-27', 1),
      demand('2026-02-28', 2),
      demand('2026-03-02', 4),
      demand('2026-03-03', 8),
    ]
    expect(demandSeries(demands, day('2026-02-28'), day('2026-03-02'), 'day')).toEqual({
      period: 'day',
      begins: ['2026-02-28', '2026-03-01', '2026-03-02'],
      values: [2, 0, 4],
    })
  })

  it('counts weeks back from the end, so that the newest is whole', () => {
    const series = demandSeries(
      [demand('2026-03-02', 5), demand('2026-03-09', 7)],
      day('2026-02-27'),
      day('2026-03-15'),
      'week',
    )
    expect(series).toMatchObject({ begins: ['2026-03-02', '2026-03-09'], values: [5, 7] })
  })

  it('takes whole months of the calendar only, over the turn of the year', () => {
    const demands = [
      demand('2025-11-30', 1),
      demand('2025-12-31', 2),
      demand('2026-02-28', 4),
      demand('2026-03-01', 8),
    ]
    expect(demandSeries(demands, day('2025-11-02'), day('2026-02-28'), 'month')).toMatchObject({
      begins: ['2025-12-01', '2026-01-01', '2026-02-01'],
      values: [2, 0, 4],
    })
    expect(demandSeries(demands, day('2026-02-02'), day('2026-02-27'), 'month').values).toEqual([])
  })

  it('71 is empty when the end comes before the start', () => {
    expect(demandSeries([], day('2026-03-02'), day('2026-03-01'), 'week').values).toEqual([])
  })
})
