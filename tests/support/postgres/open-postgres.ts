import { postgresStorage } from 'orderwright/postgres'
import { fixedClock, type OpenStorage } from 'orderwright/testing'
import type pg from 'pg'
import { breakable } from './breakable.js'
import type { TestDatabase } from './test-database.js'

/** The tables emptied for every opening, two pools of several connections each, one of them pipelined, and a clock that all share. */
export const openPostgres = (database: TestDatabase, clock = fixedClock(), options = ''): OpenStorage => {
  let pools: Promise<readonly [pg.Pool, pg.Pool]> | undefined
  return async () => {
    pools ??= Promise.all([database.pool({ options }), database.pool({ options, pipeline: true })])
    const [plain, pipelined] = await pools
    const [first, second] = [breakable(plain), breakable(pipelined)]
    await database.empty()
    return {
      storage: postgresStorage(first, { clock }),
      another: postgresStorage(second, { clock }),
      clock,
      reopen: async () => postgresStorage(await database.pool({ options }), { clock }),
      disconnect: async () => {
        first.disconnect()
        second.disconnect()
      },
      hold: async (tenant, { kind, id }) => {
        const other = await (await database.pool()).connect()
        await other.query('BEGIN')
        const record = [tenant, kind, id]
        await other.query(
          'SELECT FROM orderwright.record WHERE tenant = $1 AND kind = $2 AND id = $3 FOR UPDATE',
          record,
        )
        return {
          impatient: postgresStorage(plain, { clock, deadline: 300 }),
          release: async () => {
            await other.query('ROLLBACK')
            other.release()
          },
        }
      },
    }
  }
}
