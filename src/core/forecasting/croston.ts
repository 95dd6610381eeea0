import { repeated, UnfittingSeries, type Forecast } from './forecast.js'

/** The smoothing constant that the literature proposes for slow movers is between 0.05 and 0.2. */
const usualAlpha = 0.1

/**
 * Demand that comes now and then: the size of a demand and the time between two of them are smoothed apart, each time there is one, and their
 * ratio is the forecast for each period. J. D. Croston, Forecasting and Stock Control for Intermittent Demands, Operational Research
 * Quarterly 23 (1972), 289-303. It overestimates; the variant `sba` multiplies by 1 - α/2: A. A. Syntetos and J. E. Boylan, The accuracy of
 * intermittent demand estimates, International Journal of Forecasting 21 (2005), 303-314. Both averages begin with their first value;
 * the first interval is counted from the beginning of the series.
 */
export const croston = (
  series: readonly number[],
  horizon: number,
  {
    alpha = usualAlpha,
    variant = 'croston',
  }: { readonly alpha?: number; readonly variant?: 'croston' | 'sba' } = {},
): Forecast => {
  const correction = variant === 'sba' ? 1 - alpha / 2 : 1
  let size: number | undefined
  let interval = 1
  let since = 0
  let squaredError = 0
  for (const value of series) {
    since += 1
    if (size !== undefined) squaredError += (value - (correction * size) / interval) ** 2
    if (value <= 0) continue
    interval = size === undefined ? since : interval + alpha * (since - interval)
    size = size === undefined ? value : size + alpha * (value - size)
    since = 0
  }
  if (size === undefined) throw new UnfittingSeries('there was no demand at all')
  return {
    method: variant === 'sba' ? 'syntetos_boylan' : 'croston',
    parameters: { alpha, size, interval },
    values: repeated((correction * size) / interval, horizon),
    squaredError,
  }
}
