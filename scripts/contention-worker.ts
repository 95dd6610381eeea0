import { fork } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { fsyncProbe } from '../bench/support/fsync-probe.js'
import { postgresStorage } from '../src/adapters/postgres/index.js'
import { startServer } from '../tests/support/postgres/server-process.js'
import type { ContentionCount } from '../tests/support/race/contention-process.js'
import { raceEngine } from '../tests/support/race/race-engine.js'

// Called by `contention.mjs`: one run, its figures as one line of JSON.
const [program = '', attempts = '1000000', seconds = '3600', processes = '4', stock = '0'] =
  process.argv.slice(2)
const server = await startServer({ fsync: true, settings: { max_wal_size: '4GB', shared_buffers: '256MB' } })
const pool = new pg.Pool({ connectionString: server.url, max: 2 })
const oms = raceEngine(postgresStorage(pool))
for (let sku = 0; sku < 20; sku += 1) {
  await oms.orThrow.catalog.define({ sku: `SKU-${sku}`, name: `Product ${sku}` })
  await oms.orThrow.inventory.receive(
    { sku: `SKU-${sku}`, quantity: Number(stock) },
    { idempotencyKey: `stock ${sku}` },
  )
}

const number = async (sql: string): Promise<number> =>
  Number((await pool.query<{ readonly number: string }>(sql)).rows[0]?.number)
const deadlocks = () =>
  number('SELECT deadlocks AS number FROM pg_stat_database WHERE datname = current_database()')

const before = await deadlocks()
const share = String(Math.ceil(Number(attempts) / Number(processes)))
const begun = performance.now()
const counts = await Promise.all(
  Array.from({ length: Number(processes) }, async (_, place) => {
    const child = fork(program, [server.url, `p${place}`, share, seconds, String(32 / Number(processes))])
    const died = once(child, 'exit').then(([code]) => {
      throw new Error(`a process ended with ${String(code)}`)
    })
    const [count] = await Promise.race([once(child, 'message'), died])
    died.catch(() => undefined)
    return count as ContentionCount
  }),
)
const took = (performance.now() - begun) / 1_000
// What a session has counted is sent when it ends.
await new Promise((resolve) => setTimeout(resolve, 2_000))

const sum = (read: (count: ContentionCount) => number): number =>
  counts.reduce((total, count) => total + read(count), 0)
const done = sum((count) => count.done)
const figures = {
  attempts: done + sum(({ refused, wrong }) => refused + wrong.length),
  done,
  refused: sum(({ refused }) => refused),
  /** How often a caller was not told the outcome and asked again under its key. */
  askedAgain: sum(({ askedAgain }) => askedAgain),
  wrong: counts.flatMap(({ wrong }) => wrong).slice(0, 5),
  seconds: Math.round(took),
  deadlocks: (await deadlocks()) - before,
  /** Levels on which more is promised than there is. */
  oversold: await number(
    'SELECT count(*) AS number FROM orderwright.stock_level WHERE reserved > on_hand + backorder_allowance',
  ),
  /** Levels whose promises are not those of the holds. */
  drifted: await number(`
    SELECT count(*) AS number FROM orderwright.stock_level AS level LEFT JOIN (
      SELECT line ->> 'sku' AS sku, sum((line ->> 'quantity')::bigint) AS held
      FROM orderwright.record, json_array_elements(state -> 'lines') AS line
      WHERE kind = 'reservation' AND state ->> 'status' = 'held' GROUP BY 1
    ) AS holds USING (sku) WHERE level.reserved <> coalesce(holds.held, 0)`),
  /** Holds that are not the ones somebody was told of. */
  orphans:
    (await number(`SELECT count(*) AS number FROM orderwright.record WHERE kind = 'reservation'`)) - done,
  fsyncMilliseconds: Number(fsyncProbe().toFixed(2)),
}
console.log(JSON.stringify(figures))
await pool.end()
await server.stop()
