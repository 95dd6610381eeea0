import { croston } from './croston.js'
import { demandPattern, type DemandPattern } from './demand-pattern.js'
import { repeated, UnfittingSeries, type Forecast, type ForecastMethod } from './forecast.js'
import { holtWinters } from './holt-winters.js'
import { seasonalNaive } from './seasonal-naive.js'
import { simpleExponentialSmoothing } from './simple-exponential-smoothing.js'

export interface ForecastRequest {
  /** Coming periods to forecast, 1 or more. */
  readonly horizon: number
  /** Periods of a season; 1, no season, when left out. */
  readonly seasonLength?: number
  /** The method to use; chosen by the holdout error when left out. */
  readonly method?: ForecastMethod
}

/** How one method did on the periods that were kept from it. */
export interface Candidate {
  readonly method: ForecastMethod
  /** Root of the mean squared error over the holdout; absent when the method could not be fitted. */
  readonly holdoutError?: number
  readonly unfit?: string
}

/** A forecast with why this method made it. Values are never below zero: nobody demands less than nothing. */
export interface ChosenForecast extends Forecast {
  readonly pattern: DemandPattern
  readonly reason: 'smallest_holdout_error' | 'asked_for' | 'too_short_to_compare' | 'no_demand'
  /** Periods that were kept back to compare the methods. */
  readonly holdout: number
  readonly candidates: readonly Candidate[]
}

/**
 * Forecasts a demand series by the method whose forecast of its last periods, made without them, had the smallest root mean squared error; a tie
 * goes to the simpler one, which is tried first. The squared error, since the expected demand is what is wanted: the absolute
 * error of rare demand is least for a forecast of nothing.
 */
export const forecastDemand = (series: readonly number[], request: ForecastRequest): ChosenForecast => {
  const { horizon, seasonLength = 1, method } = request
  const pattern = demandPattern(series)
  const say = (
    forecast: Forecast,
    reason: ChosenForecast['reason'],
    holdout = 0,
    candidates: readonly Candidate[] = [],
  ): ChosenForecast => ({
    ...forecast,
    values: forecast.values.map((value) => Math.max(0, value)),
    pattern,
    reason,
    holdout,
    candidates,
  })
  if (pattern.kind === 'none') return say(nothing(horizon), 'no_demand')
  if (method !== undefined) return say(methods[method](series, horizon, seasonLength), 'asked_for')
  const holdout = holdoutOf(series.length, seasonLength)
  if (holdout === 0) return say(simpleExponentialSmoothing(series, horizon), 'too_short_to_compare')
  const known = series.slice(0, -holdout)
  const kept = series.slice(-holdout)
  const candidates = methodNames.map((name) => tryMethod(name, known, kept, seasonLength))
  const chosen = candidates.reduce<Candidate | undefined>(
    (best, candidate) =>
      (candidate.holdoutError ?? Infinity) < (best?.holdoutError ?? Infinity) ? candidate : best,
    undefined,
  )
  return chosen === undefined
    ? say(simpleExponentialSmoothing(series, horizon), 'too_short_to_compare', holdout, candidates)
    : say(
        methods[chosen.method](series, horizon, seasonLength),
        'smallest_holdout_error',
        holdout,
        candidates,
      )
}

type Method = (series: readonly number[], horizon: number, seasonLength: number) => Forecast

/** From the simplest to the one with the most parameters. */
const methods: Readonly<Record<ForecastMethod, Method>> = {
  seasonal_naive: seasonalNaive,
  simple_exponential_smoothing: (series, horizon) => simpleExponentialSmoothing(series, horizon),
  syntetos_boylan: (series, horizon) => croston(series, horizon, { variant: 'sba' }),
  croston: (series, horizon) => croston(series, horizon),
  holt_winters_additive: (series, horizon, seasonLength) =>
    holtWinters(series, horizon, { seasonLength, season: 'additive' }),
  holt_winters_multiplicative: (series, horizon, seasonLength) =>
    holtWinters(series, horizon, { seasonLength, season: 'multiplicative' }),
}

const methodNames = Object.keys(methods) as readonly ForecastMethod[]

/** A season, or a fifth of a series without one; nothing of a series of fewer than eight periods, of which any rest would say little. */
const holdoutOf = (length: number, seasonLength: number): number => {
  if (length < 8) return 0
  const wanted = seasonLength > 1 ? seasonLength : Math.ceil(length / 5)
  return Math.min(wanted, Math.floor(length / 4))
}

const tryMethod = (
  method: ForecastMethod,
  known: readonly number[],
  kept: readonly number[],
  seasonLength: number,
): Candidate => {
  try {
    const { values } = methods[method](known, kept.length, seasonLength)
    const squares = kept.map((value, index) => (value - Math.max(0, values[index] as number)) ** 2)
    return { method, holdoutError: Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / kept.length) }
  } catch (error) {
    if (error instanceof UnfittingSeries) return { method, unfit: error.message }
    throw error
  }
}

const nothing = (horizon: number): Forecast => ({
  method: 'seasonal_naive',
  parameters: {},
  values: repeated(0, horizon),
  squaredError: 0,
})
