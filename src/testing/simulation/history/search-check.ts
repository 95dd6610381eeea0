import type { StockHistory, StockOperation } from './stock-history.js'

/**
 * Looks for any legal order of the operations that real time allows, and trusts no version: the search of Wing and Gong (1993) with the memory of
 * Lowe (2017). What is available depends only on which operations are done, so each set is looked at once. For histories of up to a few
 * hundred operations of a few clients. Answers false when there is no such order, and undefined when it gave up after `mostSets`.
 */
export const hasLegalOrder = (history: StockHistory, mostSets = 1_000_000): boolean | undefined => {
  const found = findLegalOrder(history, mostSets)
  return found === 'gave up' ? undefined : found !== 'none'
}

/** The order itself, which anybody can check; operations without an answer stand in it where they are taken to have happened. */
export const findLegalOrder = (
  history: StockHistory,
  mostSets = 1_000_000,
): readonly StockOperation[] | 'none' | 'gave up' => {
  const operations = history.operations.toSorted((left, right) => left.invoked - right.invoked)
  const known = operations.filter(({ outcome }) => outcome !== 'unknown').length
  const done: boolean[] = operations.map(() => false)
  const seen = new Set<string>()
  const backwards: StockOperation[] = []
  let gaveUp = false

  const search = (first: number, left: number, available: number): boolean => {
    if (left === 0) return true
    let open = first
    while (done[open] === true) open += 1
    const set = `${open}:${windowOf(done, open)}`
    if (seen.has(set)) return false
    if (seen.size >= mostSets) {
      gaveUp = true
      return false
    }
    seen.add(set)
    const earliest = earliestAnswer(operations, done, open)
    for (let place = open; place < operations.length; place += 1) {
      const operation = operations[place]
      if (operation === undefined || operation.invoked > earliest) break
      if (done[place] === true || !isLegal(operation, available)) continue
      done[place] = true
      const after = available + (operation.outcome === 'refused' ? 0 : operation.change)
      if (search(open, left - (operation.outcome === 'unknown' ? 0 : 1), after)) {
        backwards.push(operation)
        return true
      }
      done[place] = false
      if (gaveUp) return false
    }
    return false
  }
  const found = search(0, known, history.available)
  return gaveUp ? 'gave up' : found ? backwards.toReversed() : 'none'
}

const isLegal = ({ outcome, change, needsStock }: StockOperation, available: number): boolean =>
  outcome === 'refused' ? available < -change : !needsStock || available >= -change

/** Nothing that began after this moment can go next: something that had ended then would come after it. */
const earliestAnswer = (
  operations: readonly StockOperation[],
  done: readonly boolean[],
  open: number,
): number => {
  let earliest = Infinity
  for (let place = open; place < operations.length; place += 1) {
    const operation = operations[place]
    if (operation === undefined || operation.invoked > earliest) break
    if (done[place] !== true && operation.outcome !== 'unknown' && operation.answered < earliest)
      earliest = operation.answered
  }
  return earliest
}

/** Which operations behind the first open one are done, up to the last that is. */
const windowOf = (done: readonly boolean[], open: number): string => {
  let window = ''
  const last = done.lastIndexOf(true)
  for (let place = open; place <= last; place += 1) window += done[place] === true ? '1' : '0'
  return window
}
