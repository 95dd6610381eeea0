import { postgresStorage } from '../../src/adapters/postgres/index.js'
import type { Writes } from '../../src/core/ports/storage.js'
import { compare } from '../harness.js'
import { prebuildPostgresCommit, writePostgresByHand } from './hand-written-postgres.js'
import { openEngine } from './open-engine.js'
import { postgresRounds } from './postgres-rounds.js'
import { recordWrites } from './record-writes.js'
import type { WorkLoad } from './work-load.js'

interface Size {
  readonly operations: number
  readonly callers: number
  readonly rounds: number
}

/**
 * The engine on PostgreSQL with fsync and `synchronous_commit=on`, against a hand-written loop on the same driver that writes the same rows in
 * the same groups. The rows are those of a recorded run; each round of either side starts on a copy of one stocked database.
 */
export const comparePostgres = async (
  name: string,
  load: WorkLoad,
  { operations, callers, rounds }: Size,
): Promise<void> => {
  const databases = await postgresRounds()
  await databases.fill(async (pool) => {
    await load.stockUp(openEngine(postgresStorage(pool)))
    await pool.query('VACUUM ANALYZE')
  })
  const written: Writes[] = []
  await databases.round((pool) =>
    load.run(openEngine(recordWrites(postgresStorage(pool), written)), 0, operations, callers),
  )
  const commits = written.map(prebuildPostgresCommit)
  console.error(`${name}: ${operations} operations in ${commits.length} commits; ${await databases.probe()}`)

  await compare({
    name,
    unit: 'ops/s',
    rounds,
    ours: () =>
      databases.round(async (pool) => {
        const storage = postgresStorage(pool)
        await storage.health()
        const oms = openEngine(storage)
        globalThis.gc?.()
        const start = performance.now()
        await load.run(oms, 0, operations, callers)
        return { operations, milliseconds: performance.now() - start }
      }),
    limit: () =>
      databases.round(async (pool) => {
        const client = await pool.connect()
        globalThis.gc?.()
        const start = performance.now()
        await writePostgresByHand(client, commits)
        const milliseconds = performance.now() - start
        client.release()
        return { operations, milliseconds }
      }),
  })
  await databases.end()
}
