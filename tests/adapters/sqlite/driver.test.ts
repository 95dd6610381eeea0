import type Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { openSqliteStorage, sqliteStorage, type SqliteConnection } from 'orderwright/sqlite'
import { driverOf } from '../../../src/adapters/sqlite/driver.js'
import { SqliteFailure } from '../../../src/adapters/sqlite/sqlite-failure.js'
import { temporaryFile } from './temporary-file.js'

const file = temporaryFile()

/** What better-sqlite3 looks like from outside. */
const withPragmaAlone = (connection: Database.Database): SqliteConnection & { pragma(): unknown } => ({
  prepare: (sql) => connection.prepare(sql),
  exec: (sql) => connection.exec(sql),
  close: () => connection.close(),
  pragma: () => undefined,
})

/** What `node:sqlite` looks like from outside: it takes parameters one by one and has no `pragma`. */
const withoutPragma = (connection: Database.Database): SqliteConnection => ({
  prepare: (sql) => {
    const statement = connection.prepare(sql)
    const refuseList = (parameters: readonly unknown[]): readonly unknown[] => {
      if (parameters.some((parameter) => Array.isArray(parameter))) throw new TypeError('one by one, please')
      return parameters
    }
    return {
      run: (...parameters) => statement.run(refuseList(parameters)),
      get: (...parameters) => statement.get(refuseList(parameters)),
      all: (...parameters) => statement.all(refuseList(parameters)),
    }
  },
  exec: (sql) => connection.exec(sql),
  close: () => connection.close(),
})

describe('a connection of the host', () => {
  it('tells by its methods which driver it is of', () => {
    const connection = file.connect()
    expect(driverOf(connection).name).toBe('libsql')
    expect(driverOf(withPragmaAlone(connection)).name).toBe('better-sqlite3')
    expect(driverOf(withoutPragma(connection)).name).toBe('node:sqlite')
  })

  it('works with each of the three shapes', async () => {
    for (const shape of [(one: Database.Database) => one, withPragmaAlone, withoutPragma]) {
      const storage = sqliteStorage(shape(file.connect()))
      expect((await storage.health()).durable).toBe(true)
    }
  })

  it('is refused with a word about openSqliteStorage when it is no connection', () => {
    for (const nothing of ['orders.sqlite', {}, null, { prepare: () => undefined }]) {
      expect(() => sqliteStorage(nothing as unknown as SqliteConnection)).toThrow(
        expect.objectContaining({
          code: 'configuration',
          message: expect.stringContaining('openSqliteStorage'),
        }),
      )
    }
  })

  it('is refused with a limit that would mean never or nothing', () => {
    for (const options of [{ deadline: 0 }, { deadline: Number.NaN }, { rememberedCharacters: -1 }]) {
      expect(() => sqliteStorage(file.connect(), options)).toThrow(
        expect.objectContaining({
          code: 'configuration',
          message: expect.stringContaining('at least 1') as string,
        }),
      )
    }
  })

  it('compiles each statement once', () => {
    let compiled = 0
    const connection = file.connect()
    const driver = driverOf({
      ...withoutPragma(connection),
      prepare: (sql) => {
        compiled += 1
        return withoutPragma(connection).prepare(sql)
      },
    })
    for (let time = 0; time < 3; time += 1) expect(driver.prepare('SELECT 1 AS one').get([])?.['one']).toBe(1)
    expect(compiled).toBe(1)
  })

  it('answers how many rows it has changed, one statement at a time and in all', () => {
    const driver = driverOf(file.connect())
    driver.exec('CREATE TABLE thing (size INTEGER) STRICT')
    expect(driver.prepare('INSERT INTO thing VALUES (1), (2), (3)').run([])).toBe(3)
    expect(driver.prepare('DELETE FROM thing WHERE size > ?').run([1])).toBe(2)
    expect(driver.changedRows()).toBe(5)
  })

  it('reports what the database refuses by the kind of trouble', () => {
    const driver = driverOf(file.connect())
    driver.exec('CREATE TABLE thing (size INTEGER CHECK (size > 0)) STRICT')
    const insert = driver.prepare('INSERT INTO thing VALUES (?)')
    const troubleOf = (call: () => unknown): unknown => {
      try {
        call()
      } catch (error) {
        return error instanceof SqliteFailure ? error.trouble : error
      }
      return 'none'
    }
    expect(troubleOf(() => insert.run([0]))).toBe('constraint')
    expect(troubleOf(() => insert.run(['large']))).toBe('constraint')
    expect(troubleOf(() => driver.prepare('SELECT no_such_column'))).toBe('other')
    driver.close()
    expect(troubleOf(() => insert.run([1]))).toBe('closed')
    expect(troubleOf(() => driver.exec('SELECT 1'))).toBe('closed')
  })

  it('reads the codes of all three drivers', () => {
    const busy = [
      Object.assign(new Error('node:sqlite'), { code: 'ERR_SQLITE_ERROR', errcode: 5 }),
      Object.assign(new Error('node:sqlite, extended'), { code: 'ERR_SQLITE_ERROR', errcode: 261 }),
      Object.assign(new Error('libsql'), { code: 'SQLITE_BUSY', rawCode: 5 }),
      Object.assign(new Error('better-sqlite3'), { code: 'SQLITE_BUSY_SNAPSHOT' }),
    ]
    for (const error of busy) expect(SqliteFailure.of(error).trouble, error.message).toBe('busy')
    const full = Object.assign(new Error('better-sqlite3'), { code: 'SQLITE_FULL' })
    expect(SqliteFailure.of(full).trouble).toBe('full')
  })
})

describe('openSqliteStorage', () => {
  it('names every driver it has tried, and why it does not work', async () => {
    const opened = openSqliteStorage(file.path(), { driver: 'better-sqlite3' })
    await expect(opened).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(/no SQLite driver works here.*better-sqlite3: /s) as string,
    })
  })

  it('takes one that works when none is named', async () => {
    const storage = await openSqliteStorage(file.path())
    expect(['node:sqlite', 'libsql']).toContain((await storage.health()).settings['driver'])
    storage.close()
  })

  it('reports a file it cannot open as storage_unavailable', async () => {
    await expect(openSqliteStorage('/no/such/folder/orders.sqlite')).rejects.toMatchObject({
      code: 'storage_unavailable',
    })
  })

  it('refuses whatever is asked after it was closed', async () => {
    const storage = await file.store()
    storage.close()
    storage.close()
    const closed = { code: 'storage_unavailable', message: expect.stringContaining('closed') as string }
    const key = { kind: 'sample', id: 'a' }
    const tenant = 'main' as Parameters<typeof storage.read>[0]
    await expect(storage.read(tenant, [key])).rejects.toMatchObject(closed)
    await expect(storage.find(tenant, { kind: 'sample' })).rejects.toMatchObject(closed)
    await expect(storage.claim(1, 1_000)).rejects.toMatchObject(closed)
    await expect(storage.health()).rejects.toMatchObject(closed)
    await expect(storage.history(tenant, key)[Symbol.asyncIterator]().next()).rejects.toMatchObject(closed)
    await expect(
      storage.update(tenant, [key], () => ({ records: [], events: [], messages: [] })),
    ).rejects.toMatchObject(closed)
  })
})
