export type SeasonKind = 'additive' | 'multiplicative'

export interface SeasonState {
  readonly level: number
  readonly trend: number
  /** One value for each period of a season. */
  readonly seasons: readonly number[]
}

/**
 * Level, trend and seasons to begin with, out of two whole seasons: a centered moving average is the trend, a straight line through it gives level
 * and slope, and what the values differ from it, averaged for each period, gives the season: `decompose` and `HoltWinters` of R's stats.
 */
export const startOfSeason = (
  series: readonly number[],
  seasonLength: number,
  kind: SeasonKind,
): SeasonState => {
  const trends = movingAverages(series, seasonLength)
  const { intercept, slope } = lineThrough(trends.map(({ average }) => average))
  const differences: number[][] = Array.from({ length: seasonLength }, () => [])
  for (const { at, average } of trends) {
    const value = series[at] as number
    differences[at % seasonLength]?.push(kind === 'additive' ? value - average : value / average)
  }
  const figures = differences.map(mean)
  const center = mean(figures)
  return {
    level: intercept,
    trend: slope,
    seasons: figures.map((figure) => (kind === 'additive' ? figure - center : figure / center)),
  }
}

/** Over one season; of an even number of periods the first and the last count half. */
const movingAverages = (
  series: readonly number[],
  seasonLength: number,
): readonly { readonly at: number; readonly average: number }[] => {
  const half = Math.floor(seasonLength / 2)
  const even = seasonLength % 2 === 0
  return series.flatMap((_value, at) => {
    if (at < half || at + half >= series.length) return []
    const around = series.slice(at - half, at + half + 1)
    const sum = around.reduce((total, value) => total + value, 0)
    const ends = even ? ((around[0] as number) + (around.at(-1) as number)) / 2 : 0
    return [{ at, average: (sum - ends) / seasonLength }]
  })
}

/** Least squares through two or more values at 1, 2, 3 and so on. */
const lineThrough = (values: readonly number[]): { readonly intercept: number; readonly slope: number } => {
  const middle = (values.length + 1) / 2
  const average = mean(values)
  let [above, below] = [0, 0]
  for (const [index, value] of values.entries()) {
    const distance = index + 1 - middle
    above += distance * (value - average)
    below += distance * distance
  }
  const slope = above / below
  return { intercept: average - slope * middle, slope }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
