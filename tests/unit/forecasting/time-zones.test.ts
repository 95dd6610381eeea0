import { afterEach, describe, expect, it } from 'vitest'
import { forecastDemand } from '../../../src/core/forecasting/choose-forecast.js'
import { demandSeries } from '../../../src/core/forecasting/demand-series.js'
import { dateOf, type LocalDate } from '../../../src/core/time/local-date.js'
import type { Instant } from '../../../src/core/time/instant.js'

const own = process.env['TZ']

afterEach(() => {
  if (own === undefined) delete process.env['TZ']
  else process.env['TZ'] = own
})

/** A year of demand with a week in it, recorded around midnight in UTC and over both clock changes. */
const moments = Array.from({ length: 365 }, (_, index) => {
  const on = new Date(Date.UTC(2025, 2, 1 + index, index % 2 === 0 ? 0 : 23, index % 2 === 0 ? 5 : 55))
  return { on: dateOf(on.toISOString() as Instant), quantity: index % 7 === 0 ? 9 : 2 + (index % 3) }
})

const forecastIn = (zone: string) => {
  process.env['TZ'] = zone
  const day = (text: string) => text as LocalDate
  const daily = demandSeries(moments, day('2025-03-01'), day('2026-02-28'), 'day')
  const monthly = demandSeries(moments, day('2025-03-01'), day('2026-02-28'), 'month')
  return [daily, monthly, forecastDemand(daily.values, { horizon: 14, seasonLength: 7 })]
}

describe('a forecast', () => {
  it('TM6 F164 is the same in every time zone of the process', () => {
    const [here, ...others] = ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/Berlin'].map(
      forecastIn,
    )
    expect(new Date('2026-03-01T00:00:00').getTimezoneOffset()).toBe(-60)
    for (const other of others) expect(other).toEqual(here)
  })

  it('F164 is the same each time it is made', () => {
    expect(forecastIn('UTC')).toEqual(forecastIn('UTC'))
  })
})
