import { describe, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import Database from 'libsql'
import { sqliteStorage, type SqliteConnection } from 'orderwright/sqlite'
import { put } from '../../../src/testing/conformance/sample-writes.js'
import { tenant } from '../../../src/testing/conformance/store-under-test.js'
import { temporaryFile } from './temporary-file.js'

const file = temporaryFile()

/** Lets everything through but one setting, as a driver does that was compiled differently. */
const deafTo = (connection: Database.Database, setting: RegExp): SqliteConnection => ({
  prepare: (sql) => connection.prepare(sql),
  exec: (sql) => (setting.test(sql) ? undefined : connection.exec(sql)),
  close: () => connection.close(),
})

describe('what is in force on a connection', () => {
  it('is WAL with synchronous=FULL, foreign keys and a short busy timeout, read back from the database', async () => {
    const connection = file.connect()
    connection.exec('PRAGMA synchronous = OFF')
    const { adapter, durable, isolation, settings } = await sqliteStorage(connection).health()
    expect({ adapter, durable, isolation }).toEqual({
      adapter: 'sqlite',
      durable: true,
      isolation: 'serializable',
    })
    expect(settings).toMatchObject({
      driver: 'libsql',
      journal_mode: 'wal',
      synchronous: 'full',
      foreign_keys: 1,
      busy_timeout: 20,
    })
    expect(String(settings['sqlite'])).toMatch(/^3\.\d+\.\d+$/)
  })

  it('stops the store from opening when it would not keep what it has confirmed, before the file is touched', () => {
    const connection = file.connect()
    connection.exec('PRAGMA synchronous = NORMAL')
    expect(() => sqliteStorage(deafTo(connection, /synchronous =/))).toThrow(
      expect.objectContaining({
        code: 'storage_unavailable',
        message: expect.stringContaining('synchronous=normal') as string,
      }),
    )
    expect(connection.prepare('SELECT name FROM sqlite_schema').all()).toEqual([])
  })

  it('is no rollback journal, whose readers would wait for writers', () => {
    expect(() => sqliteStorage(deafTo(file.connect(), /journal_mode =/))).toThrow(
      expect.objectContaining({
        code: 'storage_unavailable',
        message: expect.stringContaining('journal_mode=delete') as string,
      }),
    )
  })

  it('refuses a database in memory', () => {
    const connection = new Database(':memory:')
    expect(() => sqliteStorage(connection)).toThrow(
      expect.objectContaining({
        code: 'storage_unavailable',
        message: expect.stringContaining('memory') as string,
      }),
    )
    connection.close()
  })

  it('is what health tells, also after somebody has changed it', async () => {
    const connection = file.connect()
    const storage = sqliteStorage(connection)
    connection.exec('PRAGMA synchronous = NORMAL')
    const { durable, settings } = await storage.health()
    expect([durable, settings['synchronous']]).toEqual([false, 'normal'])
  })

  it('SE7 leaves nothing of what was erased in the file once the log has been moved into it', async () => {
    const connection = file.connect()
    const storage = sqliteStorage(connection)
    const person = { kind: 'personal_data', id: 'C-1' }
    const long = { name: 'Zoë Canary', notes: 'canary '.repeat(2_000) }
    const write = (state: unknown): Promise<void> =>
      storage.update(tenant, [person], (records) =>
        put(person, records.get(person), state, { name: 'canary' }),
      )
    await write(long)
    await write({ ...long, name: 'Zoë Canary-Finch' })
    await write(null)
    connection.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all()
    expect(readFileSync(file.path()).toString('latin1')).not.toMatch(/canary/i)
  })
})
