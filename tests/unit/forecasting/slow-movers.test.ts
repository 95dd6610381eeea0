import { describe, expect, it } from 'vitest'
import { croston } from '../../../src/core/forecasting/croston.js'
import { demandPattern } from '../../../src/core/forecasting/demand-pattern.js'
import { seasonalNaive } from '../../../src/core/forecasting/seasonal-naive.js'
import { simpleExponentialSmoothing } from '../../../src/core/forecasting/simple-exponential-smoothing.js'
import { lubricantSales, oilProduction } from '../../support/published/series.js'

describe('Croston’s method', () => {
  it('F164 gives the figures of Forecasting: Principles and Practice: 2.750 / 2.793 = 0.985', () => {
    const { parameters, values } = croston(lubricantSales, 3)
    expect(parameters['size']).toBeCloseTo(2.75, 3)
    expect(parameters['interval']).toBeCloseTo(2.793, 3)
    expect(values).toHaveLength(3)
    for (const value of values) expect(value).toBeCloseTo(0.985, 3)
  })

  it('F164 is corrected by 1 - alpha / 2 in the variant of Syntetos and Boylan', () => {
    const plain = croston(lubricantSales, 1, { alpha: 0.2 }).values[0] ?? 0
    const corrected = croston(lubricantSales, 1, { alpha: 0.2, variant: 'sba' }).values[0] ?? 0
    expect(corrected / plain).toBeCloseTo(0.9, 12)
  })

  it('is the mean of a demand that comes every period with one size', () => {
    expect(croston([4, 4, 4, 4], 1).values).toEqual([4])
  })

  it('needs a demand', () => {
    expect(() => croston([0, 0, 0], 1)).toThrow('no demand at all')
  })
})

describe('simple exponential smoothing', () => {
  it.each([
    { alpha: 0.2, forecast: 484.802468 },
    { alpha: 0.6, forecast: 501.837461 },
  ])('F164 forecasts the oil production as the book does with alpha $alpha', ({ alpha, forecast }) => {
    expect(simpleExponentialSmoothing(oilProduction, 1, alpha).values[0]).toBeCloseTo(forecast, 4)
  })

  it('F164 finds the alpha of the book, 0.89, and its forecast', () => {
    const { parameters, values } = simpleExponentialSmoothing(oilProduction, 2)
    expect(parameters['alpha']).toBeCloseTo(0.89, 2)
    expect(values[0]).toBeCloseTo(496.5, 0)
    expect(values[1]).toBe(values[0])
  })
})

describe('the baseline', () => {
  it('M55 repeats the last season', () => {
    expect(seasonalNaive([9, 9, 1, 2, 3], 5, 3).values).toEqual([1, 2, 3, 1, 2])
    expect(seasonalNaive([4, 7], 2).values).toEqual([7, 7])
  })
})

describe('the kind of demand', () => {
  it.each([
    { series: [5, 6, 5, 6, 5], kind: 'smooth' },
    { series: [1, 9, 1, 12, 1], kind: 'erratic' },
    { series: [5, 0, 0, 6, 0], kind: 'intermittent' },
    { series: lubricantSales, kind: 'lumpy' },
    { series: [0, 0], kind: 'none' },
  ])('sorts $kind demand by the bounds of Syntetos, Boylan and Croston', ({ series, kind }) => {
    expect(demandPattern(series).kind).toBe(kind)
  })
})
