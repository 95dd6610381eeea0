export type ForecastMethod =
  | 'seasonal_naive'
  | 'simple_exponential_smoothing'
  | 'croston'
  | 'syntetos_boylan'
  | 'holt_winters_additive'
  | 'holt_winters_multiplicative'

/** What a method says about the coming periods, with what it was fitted with. An estimate: floating point, not money and not stock. */
export interface Forecast {
  readonly method: ForecastMethod
  /** The smoothing parameters and the last state, by name. */
  readonly parameters: Readonly<Record<string, number>>
  /** One value for each coming period. */
  readonly values: readonly number[]
  /** Sum of the squared errors of the forecasts one period ahead over the series itself. */
  readonly squaredError: number
}

/** Thrown for a series that a method cannot be fitted to; recognized by `code`. */
export class UnfittingSeries extends Error {
  readonly code = 'series_unfitting'
  override readonly name = 'UnfittingSeries'
}

export const repeated = (value: number, horizon: number): readonly number[] =>
  Array.from({ length: horizon }, () => value)
