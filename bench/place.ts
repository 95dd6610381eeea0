import { compareMemory } from './support/compare-memory.js'
import { comparePostgres } from './support/compare-postgres.js'
import { compareSqlite } from './support/compare-sqlite.js'
import { placeOrders } from './support/place-orders.js'
import { runFigures } from './support/run-figures.js'

/** Placing an order of five lines: idempotency, reservation on five stock rows, events, hash chain, message. */
await runFigures({
  'place-memory': () => compareMemory('place-memory', placeOrders, 10_000),
  'place-sqlite-256': () =>
    compareSqlite('place-sqlite-256', placeOrders, { operations: 10_240, callers: 256, rounds: 5 }),
  'place-sqlite-1': () =>
    compareSqlite('place-sqlite-1', placeOrders, { operations: 1_000, callers: 1, rounds: 7 }),
  'place-postgres-256': () =>
    comparePostgres('place-postgres-256', placeOrders, { operations: 10_240, callers: 256, rounds: 5 }),
  'place-postgres-1': () =>
    comparePostgres('place-postgres-1', placeOrders, { operations: 1_000, callers: 1, rounds: 5 }),
})
