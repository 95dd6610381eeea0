import type { StockHistory, StockMovement, StockOperation } from './stock-history.js'

/**
 * Checks a history along its own witness, the versions that answers carry (ST11): sorted by them it has to be a legal sequence, and an order that
 * real time allows. O(n log n). Answers what is wrong; nothing means that the history is linearizable.
 */
export const checkByVersions = (history: StockHistory): readonly string[] => [
  ...checkLedger(history),
  ...checkSequence(history),
  ...checkRealTime(history),
]

/** Every movement has one operation and every operation its movement; unknown operations either have one or changed nothing. */
const checkLedger = ({ operations, movements, version }: StockHistory): readonly string[] => {
  const broken: string[] = []
  const unclaimed = new Map<number, StockMovement>()
  for (const [place, movement] of movements.entries()) {
    if (movement.version !== version + place + 1)
      broken.push(`ST11 movement ${movement.version} follows version ${version + place}`)
    unclaimed.set(movement.version, movement)
  }
  for (const { outcome, version: decided, source, change } of operations) {
    if (outcome === 'refused' || decided === undefined) continue
    const movement = unclaimed.get(decided)
    if (movement === undefined) {
      broken.push(`ST10 ${source} was done at version ${decided}, and no movement of its own says so`)
      continue
    }
    unclaimed.delete(decided)
    if (movement.source !== source)
      broken.push(`ST10 version ${decided} was answered to ${source} but belongs to ${movement.source}`)
    if (movement.change !== change)
      broken.push(`ST10 ${source} was answered a change of ${change}, the ledger says ${movement.change}`)
  }
  for (const [at, { source }] of unclaimed)
    broken.push(`ST10 movement ${at} of ${source} belongs to no operation`)
  return broken
}

/** ST5 and ST7: what was given was there, and what was refused was not. */
const checkSequence = (history: StockHistory): readonly string[] => {
  const broken: string[] = []
  const last = history.version + history.movements.length
  let available = history.available
  for (const operation of inOrder(history.operations)) {
    const { change, source, outcome, needsStock, version = 0 } = operation
    if (version < history.version || version > last)
      broken.push(`ST11 ${source} was decided at version ${version}, which never was`)
    if (outcome === 'refused') {
      if (available >= -change)
        broken.push(`ST7 ${source} was refused ${-change} at version ${version}, ${available} were available`)
      continue
    }
    if (needsStock && available < -change)
      broken.push(`ST5 ${source} was given ${-change} at version ${version}, ${available} were available`)
    available += change
  }
  return broken
}

/** An operation that ended before another began is decided before it. */
const checkRealTime = (history: StockHistory): readonly string[] => {
  const broken: string[] = []
  let latest = -Infinity
  for (const { invoked, answered, source, version } of inOrder(history.operations)) {
    if (answered < latest)
      broken.push(
        `ST11 ${source} was answered before something began that comes before version ${version ?? 0}`,
      )
    if (invoked > latest) latest = invoked
  }
  return broken
}

/** By version; a refusal stands behind the change that made the version it saw. */
const inOrder = (operations: readonly StockOperation[]): readonly StockOperation[] =>
  operations
    .filter(({ version }) => version !== undefined)
    .toSorted(
      (left, right) =>
        (left.version ?? 0) - (right.version ?? 0) ||
        Number(left.outcome === 'refused') - Number(right.outcome === 'refused') ||
        left.invoked - right.invoked,
    )
