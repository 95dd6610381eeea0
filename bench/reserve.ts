import { compareMemory } from './support/compare-memory.js'
import { compareSqlite } from './support/compare-sqlite.js'
import { holdStockOf } from './support/hold-stock.js'
import { runFigures } from './support/run-figures.js'

/** Reserving stock: one unit of one SKU that everybody wants, and five of twenty SKUs at once. */
await runFigures({
  'reserve-memory-hot': () => compareMemory('reserve-memory-hot', holdStockOf(1, 1), 20_000),
  'reserve-sqlite-hot-256': () =>
    compareSqlite('reserve-sqlite-hot-256', holdStockOf(1, 1), {
      operations: 10_240,
      callers: 256,
      rounds: 5,
    }),
  'reserve-sqlite-5of20': () =>
    compareSqlite('reserve-sqlite-5of20', holdStockOf(5, 20), {
      operations: 10_240,
      callers: 256,
      rounds: 5,
    }),
})
