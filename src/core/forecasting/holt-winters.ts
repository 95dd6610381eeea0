import { smallest } from './bounded-search.js'
import { UnfittingSeries, type Forecast } from './forecast.js'
import { startOfSeason, type SeasonKind, type SeasonState } from './season-start.js'

export interface HoltWintersOptions {
  /** Periods of a season, 2 or more: 12 for months, 7 for days of a week. */
  readonly seasonLength: number
  readonly season: SeasonKind
  /** Level, trend and season, each between 0 and 1; searched for the least squared error when left out. */
  readonly parameters?: { readonly alpha: number; readonly beta: number; readonly gamma: number }
}

/**
 * Exponential smoothing of level, trend and season: P. R. Winters, Forecasting Sales by Exponentially Weighted Moving Averages, Management
 * Science 6 (1960), 324-342, after C. C. Holt (1957). Equations and starting values are those of `HoltWinters` in R's stats package, so that its
 * published figures hold here. `additive` seasons are added to the level, `multiplicative` ones are factors of it and need values above
 * zero. Two whole seasons are needed, else `series_unfitting` is thrown.
 */
export const holtWinters = (
  series: readonly number[],
  horizon: number,
  options: HoltWintersOptions,
): Forecast => {
  const { seasonLength, season } = options
  if (seasonLength < 2 || series.length < 2 * seasonLength)
    throw new UnfittingSeries('two whole seasons of two or more periods are needed')
  if (season === 'multiplicative' && series.some((value) => !(value > 0)))
    throw new UnfittingSeries('factors of a season need values above zero')
  const start = startOfSeason(series.slice(0, 2 * seasonLength), seasonLength, season)
  const [alpha = 0, beta = 0, gamma = 0] =
    options.parameters === undefined
      ? smallest(3, (at) => run(series, start, season, at).squaredError).at
      : [options.parameters.alpha, options.parameters.beta, options.parameters.gamma]
  const { level, trend, seasons, squaredError } = run(series, start, season, [alpha, beta, gamma])
  return {
    method: season === 'additive' ? 'holt_winters_additive' : 'holt_winters_multiplicative',
    parameters: {
      alpha,
      beta,
      gamma,
      level,
      trend,
      ...Object.fromEntries(seasons.map((value, index) => [`season${index + 1}`, value])),
    },
    values: Array.from({ length: horizon }, (_, ahead) => {
      const straight = level + (ahead + 1) * trend
      const seasonal = seasons[ahead % seasonLength] as number
      return season === 'additive' ? straight + seasonal : straight * seasonal
    }),
    squaredError,
  }
}

/** Runs over the series from its second season on; `seasons` begins with the period after the last. */
const run = (
  series: readonly number[],
  start: SeasonState,
  kind: SeasonKind,
  [alpha = 0, beta = 0, gamma = 0]: readonly number[],
): SeasonState & { readonly squaredError: number } => {
  let { level, trend } = start
  const seasons = [...start.seasons]
  const length = seasons.length
  const additive = kind === 'additive'
  let squaredError = 0
  for (let at = length; at < series.length; at += 1) {
    const value = series[at] as number
    const seasonal = seasons[at % length] as number
    const straight = level + trend
    const error = value - (additive ? straight + seasonal : straight * seasonal)
    squaredError += error * error
    const next = alpha * (additive ? value - seasonal : value / seasonal) + (1 - alpha) * straight
    trend = beta * (next - level) + (1 - beta) * trend
    level = next
    seasons[at % length] = gamma * (additive ? value - level : value / level) + (1 - gamma) * seasonal
  }
  const turn = series.length % length
  return { level, trend, seasons: [...seasons.slice(turn), ...seasons.slice(0, turn)], squaredError }
}
