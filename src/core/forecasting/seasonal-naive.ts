import { UnfittingSeries, type Forecast } from './forecast.js'

/**
 * Each coming period is what the same period was one season ago: the baseline that a method has to beat. With a season of one period it is the last
 * value. Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 2nd edition, section 3.1.
 */
export const seasonalNaive = (series: readonly number[], horizon: number, seasonLength = 1): Forecast => {
  if (series.length < seasonLength) throw new UnfittingSeries('one whole season is needed')
  const last = series.slice(-seasonLength)
  let squaredError = 0
  for (let at = seasonLength; at < series.length; at += 1) {
    squaredError += ((series[at] as number) - (series[at - seasonLength] as number)) ** 2
  }
  return {
    method: 'seasonal_naive',
    parameters: { seasonLength },
    values: Array.from({ length: horizon }, (_, ahead) => last[ahead % seasonLength] as number),
    squaredError,
  }
}
