import { describe, expect, it } from 'vitest'
import { holtWinters } from '../../../src/core/forecasting/holt-winters.js'
import { airPassengers } from '../../support/published/series.js'

/** `HoltWinters(AirPassengers, seasonal = "mult")` of R's stats package prints these. */
const printed = {
  alpha: 0.2755925,
  beta: 0.03269295,
  gamma: 0.8707292,
  level: 469.3232206,
  trend: 3.0215391,
  seasons: [
    0.9464611, 0.8829239, 0.9717369, 1.0304825, 1.0476884, 1.1805272, 1.3590778, 1.3331706, 1.1083381,
    0.9868813, 0.8361333, 0.9209877,
  ],
}

const year = { seasonLength: 12, season: 'multiplicative' } as const
const given = { alpha: printed.alpha, beta: printed.beta, gamma: printed.gamma }

describe('Holt-Winters', () => {
  it('F164 gives the level, trend and seasons that R prints for the airline passengers', () => {
    const { parameters, values } = holtWinters(airPassengers, 12, { ...year, parameters: given })
    expect(parameters['level']).toBeCloseTo(printed.level, 3)
    expect(parameters['trend']).toBeCloseTo(printed.trend, 4)
    for (const [index, season] of printed.seasons.entries()) {
      expect(parameters[`season${index + 1}`], `season ${index + 1}`).toBeCloseTo(season, 5)
    }
    expect(values[0]).toBeCloseTo((printed.level + printed.trend) * (printed.seasons[0] ?? 0), 2)
    expect(values[11]).toBeCloseTo((printed.level + 12 * printed.trend) * (printed.seasons[11] ?? 0), 2)
  })

  it('F164 finds parameters at least as good as those that R finds, and in the same place', () => {
    const theirs = holtWinters(airPassengers, 1, { ...year, parameters: given })
    const ours = holtWinters(airPassengers, 1, year)
    expect(ours.squaredError).toBeLessThanOrEqual(theirs.squaredError + 1e-3)
    expect(ours.parameters['alpha']).toBeCloseTo(given.alpha, 2)
    expect(ours.parameters['beta']).toBeCloseTo(given.beta, 2)
    expect(ours.parameters['gamma']).toBeCloseTo(given.gamma, 2)
  })

  it('F164 finds the additive parameters that R prints, gamma of 1 included', () => {
    const { parameters } = holtWinters(airPassengers, 1, { seasonLength: 12, season: 'additive' })
    expect(parameters['alpha']).toBeCloseTo(0.2479595, 2)
    expect(parameters['beta']).toBeCloseTo(0.03453373, 2)
    expect(parameters['gamma']).toBeCloseTo(1, 2)
  })

  it('M55 carries a season and a trend on exactly where there is nothing else', () => {
    const season = [10, -4, 2, -8]
    const series = Array.from({ length: 20 }, (_, at) => 100 + 3 * at + (season[at % 4] ?? 0))
    const { values } = holtWinters(series, 8, { seasonLength: 4, season: 'additive' })
    for (const [ahead, value] of values.entries()) {
      expect(value).toBeCloseTo(100 + 3 * (20 + ahead) + (season[ahead % 4] ?? 0), 6)
    }
  })

  it('takes seasons of an odd number of periods', () => {
    const series = Array.from({ length: 28 }, (_, at) => 50 * ([1, 1, 1, 1, 1, 1.5, 0.5][at % 7] ?? 0))
    const { values } = holtWinters(series, 7, { seasonLength: 7, season: 'multiplicative' })
    expect(values[5]).toBeCloseTo(75, 6)
    expect(values[6]).toBeCloseTo(25, 6)
  })

  it('says of what it cannot be fitted to why', () => {
    expect(() => holtWinters([1, 2, 3], 1, { seasonLength: 2, season: 'additive' })).toThrow(
      'two whole seasons',
    )
    expect(() => holtWinters([1, 2, 0, 4], 1, { seasonLength: 2, season: 'multiplicative' })).toThrow(
      'above zero',
    )
  })
})
