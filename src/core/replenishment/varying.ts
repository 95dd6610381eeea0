/** A quantity that varies: its mean and its standard deviation, both zero or more. */
export interface Varying {
  readonly mean: number
  readonly deviation: number
}

/** Mean and sample standard deviation; zero for fewer than two values, which say nothing of how they vary. */
export const varyingOf = (values: readonly number[]): Varying => {
  if (values.length === 0) return { mean: 0, deviation: 0 }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  if (values.length === 1) return { mean, deviation: 0 }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) }
}
