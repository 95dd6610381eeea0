import type {
  StockHistory,
  StockMovement,
  StockOperation,
} from '../../src/testing/simulation/history/stock-history.js'

/** Makes one small error in a history; answers nothing where it has no place for it. */
export type Plant = (history: StockHistory) => StockHistory | undefined

/** Errors as small as they come: what a checker of histories is worth is how many of these it finds. */
export const plants: Readonly<Record<string, Plant>> = {
  'two versions swapped': (history) => {
    const [one, other] = history.operations.filter(isDone)
    if (one?.version === undefined || other?.version === undefined) return undefined
    return changed(changed(history, one, { version: other.version }), other, { version: one.version })
  },
  'a release dropped': (history) => {
    const release = middle(history.operations.filter((one) => isDone(one) && one.change > 0))
    return release && { ...history, operations: history.operations.filter((one) => one !== release) }
  },
  'a movement dropped': (history) => {
    const movement = middle(history.movements)
    return movement && { ...history, movements: history.movements.filter((one) => one !== movement) }
  },
  'a grant turned into a refusal': (history) => {
    const grant = middle(history.operations.filter((one) => isDone(one) && one.needsStock))
    return grant && changed(history, grant, { outcome: 'refused' })
  },
  'a refusal turned into a grant': (history) => {
    const refusal = middle(history.operations.filter(isRefused))
    return refusal && changed(history, refusal, { outcome: 'done' })
  },
  'an answer moved before the question of what it knows': (history) => {
    const known = inOrder(history).filter(({ operation }) => isDone(operation))
    const place = Math.floor(known.length / 2)
    const [before, moved] = [known[place - 1]?.operation, known[place]?.operation]
    if (before === undefined || moved === undefined) return undefined
    return changed(history, moved, { invoked: before.invoked - 2, answered: before.invoked - 1 })
  },
  'a question moved behind the answer of what knows it': (history) => {
    const known = inOrder(history).filter(({ operation }) => isDone(operation))
    const place = Math.floor(known.length / 2)
    const [moved, next] = [known[place - 1]?.operation, known[place]?.operation]
    if (moved === undefined || next === undefined) return undefined
    return changed(history, moved, { invoked: next.answered + 1, answered: next.answered + 2 })
  },
  'a refusal at a version that never was': (history) => {
    const refusal = middle(history.operations.filter(isRefused))
    return refusal && changed(history, refusal, { version: history.version + history.movements.length + 1 })
  },
  'one unit more given than there was': (history) => {
    const grants = inOrder(history).filter(({ operation }) => isDone(operation) && operation.needsStock)
    const { operation, available } = middle(grants) ?? {}
    return operation && inLedgerToo(history, operation, -((available ?? 0) + 1))
  },
  'one unit more given than there was, by the last grant': (history) => {
    const grants = inOrder(history).filter(({ operation }) => isDone(operation) && operation.needsStock)
    const { operation, available } = grants.at(-1) ?? {}
    return operation && inLedgerToo(history, operation, -((available ?? 0) + 1))
  },
  'a refusal for want of one unit granted': (history) => {
    const short = inOrder(history).find(
      ({ operation, available }) => isRefused(operation) && -operation.change === available + 1,
    )
    return short && granted(history, short.operation)
  },
  'an answer about one unit more': (history) => {
    const grant = middle(history.operations.filter((one) => isDone(one) && one.needsStock))
    return grant && changed(history, grant, { change: grant.change - 1 })
  },
  'a refusal of the very last unit': (history) => {
    const refusals = inOrder(history).filter(
      ({ operation, available }) => isRefused(operation) && available > 0,
    )
    const { operation, available } = middle(refusals) ?? {}
    return operation && changed(history, operation, { change: -(available ?? 0) })
  },
}

/** Whether the operations may follow each other as they stand: written down once more, for the checkers must not take their own word. */
export const isInOrder = (history: StockHistory, order: readonly StockOperation[]): boolean => {
  const missing = history.operations.filter((one) => one.outcome !== 'unknown' && !order.includes(one))
  let available = history.available
  let latest = -Infinity
  for (const { outcome, change, needsStock, invoked, answered } of order) {
    if (outcome === 'refused' ? available + change >= 0 : needsStock && available + change < 0) return false
    if (outcome !== 'refused') available += change
    if (answered < latest) return false
    latest = Math.max(latest, invoked)
  }
  return missing.length === 0 && new Set(order).size === order.length
}

const isDone = ({ outcome }: StockOperation): boolean => outcome === 'done'
const isRefused = ({ outcome }: StockOperation): boolean => outcome === 'refused'

const middle = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(items.length / 2)]

const changed = (
  history: StockHistory,
  operation: StockOperation,
  change: Partial<StockOperation>,
): StockHistory => ({
  ...history,
  operations: history.operations.map((other) => (other === operation ? { ...other, ...change } : other)),
})

interface Placed {
  readonly operation: StockOperation
  /** What was there for it. */
  readonly available: number
}

/** As the server decided them. */
const inOrder = (history: StockHistory): readonly Placed[] => {
  const sorted = history.operations.toSorted(
    (left, right) =>
      (left.version ?? 0) - (right.version ?? 0) || Number(isRefused(left)) - Number(isRefused(right)),
  )
  let available = history.available
  return sorted.map((operation) => {
    const placed = { operation, available }
    if (!isRefused(operation)) available += operation.change
    return placed
  })
}

/** The ledger agrees with what is planted, so that the sums alone must tell. */
const inLedgerToo = (history: StockHistory, operation: StockOperation, change: number): StockHistory => ({
  ...changed(history, operation, { change }),
  movements: history.movements.map((movement) =>
    movement.version === operation.version ? { ...movement, change } : movement,
  ),
})

/** Granted with a version and a movement of its own, and all that follows one version later. */
const granted = (history: StockHistory, refusal: StockOperation): StockHistory => {
  const version = (refusal.version ?? 0) + 1
  const later = <Item extends { readonly version?: number }>(item: Item): Item =>
    (item.version ?? 0) >= version ? { ...item, version: (item.version ?? 0) + 1 } : item
  const movement: StockMovement = { version, source: refusal.source, change: refusal.change }
  return {
    ...history,
    operations: history.operations.map((one): StockOperation =>
      one === refusal ? { ...one, version, outcome: 'done' } : later(one),
    ),
    movements: [...history.movements.map(later), movement].toSorted(
      (left, right) => left.version - right.version,
    ),
  }
}
