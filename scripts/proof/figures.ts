import type { Bound, Check } from './checks.js'
import type { Result } from './result.js'

/** One line of a benchmark, beside what is asked of it. */
export interface AskedFigure {
  readonly bench: string
  readonly ours: number
  readonly limit: number
  readonly ratio: number
  readonly unit: string
  readonly bound: Bound
}

/** The figures of a run for which something is asked, in the order in which they were printed. */
export const figuresOf = ({ asked = {} }: Check, { output }: Result): readonly AskedFigure[] =>
  output
    .filter((line) => line.startsWith('{"bench"'))
    .map((line) => JSON.parse(line) as Omit<AskedFigure, 'bound'>)
    .flatMap((figure) => {
      const bound = asked[figure.bench]
      return bound === undefined ? [] : [{ ...figure, bound }]
    })

/** Whether every figure that is asked for was printed and keeps its bound, or has a page that says why it may not. */
export const reached = (check: Check, result: Result): boolean => {
  const figures = figuresOf(check, result)
  return Object.keys(check.asked ?? {}).every((name) =>
    figures.some((figure) => figure.bench === name && (keeps(figure) || figure.bound.decision !== undefined)),
  )
}

export const keeps = ({ ratio, bound }: AskedFigure): boolean =>
  bound.is === 'at least' ? ratio >= bound.ratio : ratio <= bound.ratio
