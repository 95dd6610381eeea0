/** Most values of the function that one search asks for. */
const mostEvaluations = 4_000
const finest = 1e-7

/**
 * Where a function of parameters between 0 and 1 is least: a grid first, then steps along each axis from its best point, halved when none of them
 * helps. It draws nothing at random and its work is bounded, so the same series gives the same parameters everywhere.
 */
export const smallest = (
  parameters: number,
  valueAt: (at: readonly number[]) => number,
): { readonly at: readonly number[]; readonly value: number } => {
  const cells = parameters === 1 ? 50 : 10
  let evaluations = 0
  let best: { at: readonly number[]; value: number } = { at: [], value: Infinity }
  const ask = (at: readonly number[]): boolean => {
    evaluations += 1
    const value = valueAt(at)
    if (!(value < best.value)) return false
    best = { at, value }
    return true
  }
  for (const at of gridOf(parameters, cells)) ask(at)
  let step = 1 / cells / 2
  while (step > finest && evaluations < mostEvaluations) {
    const helped = neighbors(best.at, step).some(ask)
    if (!helped) step /= 2
  }
  return best
}

/** All points of the grid, the corners included. */
const gridOf = (parameters: number, cells: number): readonly (readonly number[])[] =>
  Array.from({ length: (cells + 1) ** parameters }, (_, index) =>
    Array.from(
      { length: parameters },
      (_axis, axis) => (Math.floor(index / (cells + 1) ** axis) % (cells + 1)) / cells,
    ),
  )

const neighbors = (at: readonly number[], step: number): readonly (readonly number[])[] =>
  at.flatMap((value, axis) =>
    [value + step, value - step].map((moved) => at.with(axis, Math.min(1, Math.max(0, moved)))),
  )
