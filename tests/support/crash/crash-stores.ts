import pg from 'pg'
import { postgresStorage } from '../../../src/adapters/postgres/index.js'
import { openSqliteStorage } from '../../../src/adapters/sqlite/index.js'
import type { CrashStore } from './kill-writers.js'

export const sqliteFile = (path: string): CrashStore => ({
  writer: ['sqlite', path],
  open: async () => {
    const storage = await openSqliteStorage(path, { driver: 'libsql' })
    return { storage, close: async () => storage.close() }
  },
})

/** `through`: where the writer finds the server, when it is not where the judge does. */
export const postgresServer = (url: string, through = url, prepare = true): CrashStore => ({
  writer: ['postgres', through, prepare ? 'prepared' : 'plain'],
  open: async () => {
    const pool = new pg.Pool({ connectionString: url, max: 4 })
    pool.on('error', () => undefined)
    return { storage: postgresStorage(pool), close: () => pool.end() }
  },
})
