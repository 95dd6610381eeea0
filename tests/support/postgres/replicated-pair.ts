import pg from 'pg'
import { setTimeout as pause } from 'node:timers/promises'
import { migratePostgres } from '../../../src/adapters/postgres/index.js'
import { startServer, type ServerProcess } from './server-process.js'
import { withClient } from './test-server.js'

/** A primary and its standby. With `synchronous`, a commit waits until the standby has it on disk. */
export const startPair = async (
  synchronous = true,
): Promise<{
  readonly primary: ServerProcess
  readonly standby: ServerProcess
}> => {
  const primary = await startServer({ fsync: true })
  const pool = new pg.Pool({ connectionString: primary.url, max: 1 })
  await migratePostgres(pool)
  await pool.end()
  // Nothing is written while it is copied.
  await primary.kill()
  const standby = await startServer({ fsync: true, copyOf: primary.data, standbyOf: primary.url })
  await primary.start(synchronous ? { synchronous_standby_names: 'standby' } : {})
  await withClient(primary.url, async (client) => {
    for (let attempt = 0; attempt < 400; attempt += 1) {
      const { rows } = await client.query('SELECT 1 FROM pg_stat_replication WHERE state = $1', ['streaming'])
      if (rows.length > 0) return
      await pause(25)
    }
    throw new Error('the standby does not follow')
  })
  return { primary, standby }
}

/** Makes a standby the primary; resolves when it takes writes. */
export const promote = ({ url }: ServerProcess): Promise<void> =>
  withClient(url, async (client) => {
    await client.query('SELECT pg_promote(true, 30)')
  })
