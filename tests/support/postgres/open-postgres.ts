import { postgresStorage, type PostgresStorage } from 'orderwright/postgres'
import { fixedClock, type OpenStorage } from 'orderwright/testing'
import type pg from 'pg'
import type { TestDatabase } from './test-database.js'

/** The tables emptied for every opening, two pools of several connections each, one of them pipelined, and a clock that all share. */
export const openPostgres = (database: TestDatabase, clock = fixedClock(), options = ''): OpenStorage => {
  let pools: Promise<readonly [pg.Pool, pg.Pool]> | undefined
  return async () => {
    pools ??= Promise.all([database.pool({ options }), database.pool({ options, pipeline: true })])
    const [plain, pipelined] = await pools
    await database.empty()
    const over = (pool: pg.Pool): PostgresStorage => postgresStorage(pool, { clock })
    return {
      storage: over(plain),
      another: over(pipelined),
      clock,
      reopen: async () => over(await database.pool({ options })),
    }
  }
}
