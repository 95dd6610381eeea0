import { smallest } from './bounded-search.js'
import { repeated, UnfittingSeries, type Forecast } from './forecast.js'

/**
 * The level l(t) = α·y(t) + (1 - α)·l(t - 1), from l(1) = y(1), is the forecast of every coming period. Hyndman and Athanasopoulos, Forecasting:
 * Principles and Practice, 2nd edition, section 7.1. Without an `alpha` the one of the least squared error is searched.
 */
export const simpleExponentialSmoothing = (
  series: readonly number[],
  horizon: number,
  alpha?: number,
): Forecast => {
  if (series.length === 0) throw new UnfittingSeries('smoothing needs a value')
  const [fitted = 0] =
    alpha === undefined ? smallest(1, ([at = 0]) => smooth(series, at).squaredError).at : [alpha]
  const { level, squaredError } = smooth(series, fitted)
  return {
    method: 'simple_exponential_smoothing',
    parameters: { alpha: fitted, level },
    values: repeated(level, horizon),
    squaredError,
  }
}

/** Smooths a series; the level after its last value and the squared error of each level as the forecast of the next value. */
export const smooth = (
  series: readonly number[],
  alpha: number,
): { readonly level: number; readonly squaredError: number } => {
  let [level = 0] = series
  let squaredError = 0
  for (const value of series) {
    const error = value - level
    squaredError += error * error
    level += alpha * error
  }
  return { level, squaredError }
}
