import type { StockHistory, StockOperation } from './stock-history.js'

/**
 * What must hold of every legal history, whatever the order: a refusal needs that too little can have been available at some moment inside the
 * call, a grant that enough can have been. Trusts no version. Finds no error that is none; misses some. O(n log n), for long histories.
 * What begins at the very moment at which something ends may have come before it.
 */
export const screenHistory = (history: StockHistory): readonly string[] => {
  const done = history.operations.filter(({ outcome }) => outcome !== 'refused')
  const gains = done.filter(({ change }) => change > 0)
  const losses = done.filter(({ change }) => change < 0)
  const gainedUntil = sumUntil(gains, ({ invoked }) => invoked)
  const surelyGainedBefore = sumBefore(gains.filter(isKnown), ({ answered }) => answered)
  const lostUntil = sumUntil(losses, ({ invoked }) => invoked)
  const surelyLostBefore = sumBefore(losses.filter(isKnown), ({ answered }) => answered)

  return history.operations.flatMap((operation) => {
    const { outcome, needsStock, change, invoked, answered, source } = operation
    if (!needsStock || outcome === 'unknown') return []
    const wanted = -change
    if (outcome === 'refused') {
      const least = history.available + surelyGainedBefore(invoked) + lostUntil(answered)
      return least >= wanted
        ? [`ST7 ${source} was refused ${wanted}, and never less than ${least} were available`]
        : []
    }
    const most = history.available + gainedUntil(answered) + surelyLostBefore(invoked)
    return most < wanted
      ? [`ST5 ${source} was given ${wanted}, and never more than ${most} were available`]
      : []
  })
}

const isKnown = ({ outcome }: StockOperation): boolean => outcome === 'done'

type SumAt = (
  operations: readonly StockOperation[],
  momentOf: (operation: StockOperation) => number,
) => (moment: number) => number

/** The sum of all changes whose moment is before a given one. */
const sumBefore: SumAt = (operations, momentOf) =>
  sumWhile(operations, momentOf, (earlier, moment) => earlier < moment)

/** The sum of all changes whose moment is no later than a given one. */
const sumUntil: SumAt = (operations, momentOf) =>
  sumWhile(operations, momentOf, (earlier, moment) => earlier <= moment)

const sumWhile = (
  operations: readonly StockOperation[],
  momentOf: (operation: StockOperation) => number,
  counts: (earlier: number, moment: number) => boolean,
): ReturnType<SumAt> => {
  const sorted = operations
    .map((operation) => ({ moment: momentOf(operation), change: operation.change }))
    .sort((left, right) => left.moment - right.moment)
  const sums: number[] = [0]
  for (const { change } of sorted) sums.push((sums.at(-1) ?? 0) + change)
  return (moment) => {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (counts(sorted[middle]?.moment ?? 0, moment)) low = middle + 1
      else high = middle
    }
    return sums[low] ?? 0
  }
}
