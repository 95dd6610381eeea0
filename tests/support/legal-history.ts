import { chanceFrom } from '../../src/testing/simulation/chance.js'
import type {
  StockHistory,
  StockMovement,
  StockOperation,
} from '../../src/testing/simulation/history/stock-history.js'

/** What a server that is right makes of clients who ask at random: a reference for the checkers, far from the engine. */
export const legalHistory = (seed: number, length: number, clients: number): StockHistory => {
  const chance = chanceFrom(seed)
  const start = 5 + chance.below(15)
  const operations: StockOperation[] = []
  const movements: StockMovement[] = []
  const promises: { readonly source: string; readonly quantity: number }[] = []
  const freeAt = Array.from({ length: clients }, () => 0)
  let now = 0
  let available = start
  let version = 3

  const decide = (source: string): Omit<StockOperation, 'invoked' | 'answered'> => {
    const promise = chance.oneIn(3) ? promises.pop() : undefined
    const change = promise?.quantity ?? (chance.oneIn(12) ? 1 + chance.below(6) : -(1 + chance.below(5)))
    const needsStock = change < 0
    if (needsStock && available < -change) return { source, change, outcome: 'refused', needsStock, version }
    available += change
    version += 1
    movements.push({ version, source, change })
    if (needsStock) promises.push({ source, quantity: -change })
    return { source, change, outcome: 'done', needsStock, version }
  }

  for (let place = 0; place < length; place += 1) {
    now += 10
    const client = chance.below(clients)
    const invoked = Math.max(freeAt[client] ?? 0, now - chance.below(60)) + 1
    const decided = decide(`operation ${place}`)
    now = Math.max(now, invoked) + 1
    // The decision falls at `now`: after the question, before the answer.
    const answered = now + 1 + chance.below(60)
    freeAt[client] = answered
    const isLost = decided.outcome === 'done' && chance.oneIn(25)
    operations.push({
      ...decided,
      invoked,
      answered: isLost ? Infinity : answered,
      ...(isLost && { outcome: 'unknown' }),
    })
  }
  return { available: start, version: 3, operations, movements }
}
