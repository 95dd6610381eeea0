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

/** A connection that begins its transactions in another isolation than the store needs takes locks for every commit. */
export const takingLocks = (url: string): string => {
  const settings = new URL(url)
  settings.searchParams.set('options', '-c default_transaction_isolation=repeatable\\ read')
  return settings.href
}
