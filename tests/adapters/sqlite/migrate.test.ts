import { describe, expect, it } from 'vitest'
import { sqliteStorage } from 'orderwright/sqlite'
import { fixedClock } from 'orderwright/testing'
import { driverOf } from '../../../src/adapters/sqlite/driver.js'
import { migrate } from '../../../src/adapters/sqlite/migrate.js'
import { migrations } from '../../../src/adapters/sqlite/migrations/list.js'
import { put, sampleKey } from '../../../src/testing/conformance/sample-writes.js'
import { tenant } from '../../../src/testing/conformance/store-under-test.js'
import { temporaryFile } from './temporary-file.js'

const file = temporaryFile()
const newest = migrations.length

describe('the schema of a SQLite file', () => {
  it('has steps numbered from 1 without a hole', () => {
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, place) => place + 1))
  })

  it('is brought up to date once, and left alone when the file is opened again', async () => {
    const clock = fixedClock()
    const first = await (await file.store({ clock })).health()
    expect([first.schemaVersion, first.pendingMigrations]).toEqual([newest, 0])
    clock.advance(60_000)
    await file.store({ clock })
    const steps = file
      .connect()
      .prepare('SELECT number, name, applied_at FROM orderwright_migration ORDER BY number')
      .all()
    expect(steps).toEqual(
      migrations.map(({ number, name }) => ({ number, name, applied_at: '2026-03-01T09:00:00.000Z' })),
    )
  })

  it('is refused, and not touched, when a newer version has written it', () => {
    const connection = file.connect()
    sqliteStorage(connection)
    connection.exec(
      "INSERT INTO orderwright_migration VALUES (999, 'from the future', '2030-01-01T00:00:00.000Z')",
    )
    expect(() => sqliteStorage(file.connect())).toThrow(
      expect.objectContaining({
        code: 'schema_too_new',
        message: expect.stringContaining('schema 999') as string,
      }),
    )
    const steps = connection.prepare('SELECT count(*) AS steps FROM orderwright_migration').get()
    expect(steps).toMatchObject({ steps: newest + 1 })
  })

  it('has all steps or none: one that fails leaves the file as it was', () => {
    const connection = file.connect()
    connection.exec('CREATE TABLE event (of_the_host TEXT)')
    expect(() => sqliteStorage(connection)).toThrow(
      expect.objectContaining({
        code: 'storage_unavailable',
        message: expect.stringContaining('event') as string,
      }),
    )
    expect(connection.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'event' }])
    expect(connection.inTransaction).toBe(false)
  })

  it('keeps what a host has beside it in the same file', async () => {
    const connection = file.connect()
    connection.exec(
      "CREATE TABLE host_setting (name TEXT); INSERT INTO host_setting VALUES ('theirs'); PRAGMA user_version = 7",
    )
    const storage = sqliteStorage(connection)
    await storage.update(tenant, [sampleKey('a')], () => put(sampleKey('a'), undefined, { size: 1 }))
    expect(connection.prepare('SELECT name FROM host_setting').all()).toEqual([{ name: 'theirs' }])
    expect(connection.prepare('PRAGMA user_version').all()).toEqual([{ user_version: 7 }])
  })

  it('SE1 names the tenant first in every primary key and every index', () => {
    const driver = driverOf(file.connect())
    migrate(driver, () => fixedClock().now())
    const tables = driver
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'orderwright_migration'",
      )
      .all([])
      .map((row) => String(row['name']))
    expect(tables.toSorted()).toEqual(['event', 'message', 'record', 'stock_level'])
    for (const table of tables) {
      const [first] = driver.prepare(`SELECT name FROM pragma_table_info('${table}') WHERE pk = 1`).all([])
      expect(first?.['name'], table).toBe('tenant')
      const indexes = driver.prepare(`SELECT name FROM pragma_index_list('${table}')`).all([])
      expect(indexes.length, table).toBeGreaterThan(0)
      for (const { name } of indexes) {
        const [column] = driver
          .prepare(`SELECT name FROM pragma_index_info('${String(name)}') WHERE seqno = 0`)
          .all([])
        expect(column?.['name'], String(name)).toBe('tenant')
      }
    }
  })
})
