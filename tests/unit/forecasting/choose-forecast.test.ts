import { describe, expect, it } from 'vitest'
import { forecastDemand } from '../../../src/core/forecasting/choose-forecast.js'
import { demandPattern } from '../../../src/core/forecasting/demand-pattern.js'
import type { ForecastMethod } from '../../../src/core/forecasting/forecast.js'
import { simpleExponentialSmoothing } from '../../../src/core/forecasting/simple-exponential-smoothing.js'
import { airPassengers, lubricantSales } from '../../support/published/series.js'

describe('choosing a method', () => {
  it('F164 M55 takes a seasonal method for a seasonal series and says what the others would have missed', () => {
    const chosen = forecastDemand(airPassengers, { horizon: 12, seasonLength: 12 })
    expect(chosen).toMatchObject({
      method: 'holt_winters_multiplicative',
      reason: 'smallest_holdout_error',
      holdout: 12,
    })
    const errors = new Map(
      chosen.candidates.map(({ method, holdoutError }) => [method, holdoutError ?? Infinity]),
    )
    expect(errors.get('holt_winters_multiplicative')).toBeLessThan(errors.get('seasonal_naive') ?? 0)
    expect(errors.size).toBe(6)
    expect(Math.min(...errors.values())).toBe(errors.get(chosen.method))
  })

  it('F164 is never below zero and names what does not fit', () => {
    const chosen = forecastDemand(lubricantSales, { horizon: 6, seasonLength: 12 })
    expect(chosen.values.every((value) => value >= 0)).toBe(true)
    expect(chosen.pattern.kind).toBe('lumpy')
    expect(chosen.candidates).toContainEqual({
      method: 'holt_winters_multiplicative',
      unfit: 'factors of a season need values above zero',
    })
  })

  it('takes the simpler of two that are equally right', () => {
    const { method, candidates } = forecastDemand([5, 5, 5, 5, 5, 5, 5, 5, 5, 5], { horizon: 1 })
    expect(candidates.filter(({ holdoutError }) => holdoutError === 0).length).toBeGreaterThan(1)
    expect(method).toBe('seasonal_naive')
  })

  it('F164 uses the method that was asked for', () => {
    expect(forecastDemand(lubricantSales, { horizon: 1, method: 'croston' })).toMatchObject({
      method: 'croston',
      reason: 'asked_for',
      candidates: [],
    })
  })

  it('says that there was nothing to go by', () => {
    expect(forecastDemand([], { horizon: 2 })).toMatchObject({ values: [0, 0], reason: 'no_demand' })
    expect(forecastDemand([0, 0, 0], { horizon: 1 })).toMatchObject({ values: [0], reason: 'no_demand' })
    expect(forecastDemand([1, 2, 3], { horizon: 1 })).toMatchObject({ reason: 'too_short_to_compare' })
  })

  it('F164 takes the simple one where errors are too large to be compared', () => {
    const huge = Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? 1e200 : 3e200))
    expect(forecastDemand(huge, { horizon: 1 })).toMatchObject({
      method: 'simple_exponential_smoothing',
      reason: 'too_short_to_compare',
      holdout: 2,
    })
  })

  it('does not take a fault of a method for a series that does not fit', () => {
    let reads = 0
    const series = (faultAt: number) =>
      Array.from({ length: 10 }, () => ({
        valueOf: () => {
          reads += 1
          if (reads > faultAt) throw new TypeError('no number')
          return 5
        },
      })) as unknown as readonly number[]
    demandPattern(series(Infinity))
    const readsOfPattern = reads
    reads = 0
    expect(() => forecastDemand(series(readsOfPattern), { horizon: 1 })).toThrow(TypeError)
  })

  it('refuses a method for which the series is too short', () => {
    const asked = (series: readonly number[], method: ForecastMethod) => () =>
      forecastDemand(series, { horizon: 1, seasonLength: 3, method })
    expect(asked([1, 2], 'seasonal_naive')).toThrow('one whole season is needed')
    expect(asked([1, 2, 3], 'holt_winters_additive')).toThrow(
      'two whole seasons of two or more periods are needed',
    )
    expect(() => simpleExponentialSmoothing([], 1)).toThrow('smoothing needs a value')
  })
})
