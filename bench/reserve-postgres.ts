import type pg from 'pg'
import { postgresStorage } from '../src/adapters/postgres/index.js'
import { compare, percentile } from './harness.js'
import { runAll } from './support/callers.js'
import { comparePostgres } from './support/compare-postgres.js'
import { holdStockOf } from './support/hold-stock.js'
import { openEngine } from './support/open-engine.js'
import { postgresRounds } from './support/postgres-rounds.js'
import { runFigures } from './support/run-figures.js'

const callers = 500
const rounds = 5
const holds = 10_000

/**
 * The way without a batcher, in its least form: nothing is kept but the level itself (no hold, no event, no key), by one statement that is a transaction
 * of its own, over as many connections as a pool commonly has.
 */
const againstUpdates = async (name: string): Promise<void> => {
  const updates = 2_000
  const databases = await postgresRounds()
  const ours: number[] = []
  const theirs: number[] = []
  const load = holdStockOf(1, 1, (milliseconds) => ours.push(milliseconds))
  await databases.fill((pool) => load.stockUp(openEngine(postgresStorage(pool))))
  console.error(`${name}: ${await databases.probe()}`)
  await compare({
    name,
    unit: 'ops/s',
    rounds,
    ours: () =>
      databases.round(async (pool) => {
        const storage = postgresStorage(pool)
        await storage.health()
        const oms = openEngine(storage)
        const start = performance.now()
        await load.run(oms, 0, holds, callers)
        return { operations: holds, milliseconds: performance.now() - start }
      }),
    limit: () =>
      databases.round(async (pool) => {
        const start = performance.now()
        await runAll(0, updates, callers, async () => {
          const sent = performance.now()
          await takeOne(pool)
          theirs.push(performance.now() - sent)
        })
        return { operations: updates, milliseconds: performance.now() - start }
      }, 32),
  })
  printWaits(`${name}, ours`, ours.slice(-rounds * holds))
  printWaits(`${name}, one UPDATE per caller`, theirs.slice(-rounds * updates))
  await databases.end()
}

const takeOne = async (pool: pg.Pool): Promise<void> => {
  const { rowCount } = await pool.query({
    name: 'take one',
    text: `UPDATE orderwright.stock_level SET reserved = reserved + 1, version = version + 1
      WHERE tenant = 'main' AND sku = 'SKU-0000' AND on_hand + backorder_allowance - quarantined - safety_stock - reserved >= 1`,
  })
  if (rowCount !== 1) throw new Error('there is enough for everybody')
}

const printWaits = (name: string, waits: readonly number[]): void => {
  const [half, most] = [percentile(waits, 50), percentile(waits, 99)]
  console.error(`${name}: ${half.toFixed(1)} ms p50, ${most.toFixed(1)} ms p99 from call to answer`)
}

/** One SKU that 500 callers want at once: against a hand-written batcher of the same rows, and against one conditional UPDATE per caller. */
await runFigures({
  'reserve-postgres-hot': async () => {
    const waits: number[] = []
    const load = holdStockOf(1, 1, (milliseconds) => waits.push(milliseconds))
    await comparePostgres('reserve-postgres-hot', load, { operations: holds, callers, rounds })
    printWaits('reserve-postgres-hot', waits.slice(-rounds * holds))
  },
  'reserve-postgres-vs-update': () => againstUpdates('reserve-postgres-vs-update'),
})
