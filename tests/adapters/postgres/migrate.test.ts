import { migratePostgres, postgresStorage } from 'orderwright/postgres'
import { describe, expect, it } from 'vitest'
import { migrations } from '../../../src/adapters/postgres/migrations/list.js'
import { put, sampleKey } from '../../../src/testing/conformance/sample-writes.js'
import { tenant } from '../../../src/testing/conformance/store-under-test.js'
import { testDatabase } from '../../support/postgres/test-database.js'

const database = testDatabase()
const newest = migrations.length
const ada = sampleKey('ada')

describe('the schema of a PostgreSQL database', () => {
  it('has steps numbered from 1 without a hole', () => {
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, place) => place + 1))
  })

  it('is created at the first call, by one of all the processes that start at once, in a schema of any name', async () => {
    for (const schema of ['Shop "A"', "o'clock; DROP TABLE x", 'größe', 'a'.repeat(63)]) {
      const pool = await database.pool({ max: 8 })
      const stores = Array.from({ length: 8 }, () => postgresStorage(pool, { schema }))
      const healths = await Promise.all(stores.map((store) => store.health()))
      for (const health of healths) {
        expect([health.schemaVersion, health.pendingMigrations, health.settings['schema']]).toEqual([
          newest,
          0,
          schema,
        ])
      }
      const [storage, another] = stores
      await storage?.update(tenant, [ada], (records) => put(ada, records.get(ada), { schema }))
      expect((await another?.read(tenant, [ada]))?.[0]?.state).toEqual({ schema })
    }
  })

  it('keeps two schemas of one database apart', async () => {
    const pool = await database.pool()
    const [one, two] = ['one', 'two'].map((schema) => postgresStorage(pool, { schema }))
    await one?.update(tenant, [ada], (records) => put(ada, records.get(ada), { in: 'one' }))
    expect(await two?.read(tenant, [ada])).toEqual([])
  })

  it('is refused, and not touched, when a newer version has written it', async () => {
    const pool = await database.pool()
    await migratePostgres(pool, { schema: 'newer' })
    await pool.query(`INSERT INTO newer.orderwright_migration VALUES (999, 'from the future', '2030')`)
    for (const asked of [
      () => postgresStorage(pool, { schema: 'newer' }).read(tenant, [ada]),
      () => postgresStorage(pool, { schema: 'newer' }).health(),
      () => migratePostgres(pool, { schema: 'newer' }),
    ]) {
      await expect(asked()).rejects.toMatchObject({
        code: 'schema_too_new',
        message: expect.stringContaining('schema 999') as string,
      })
    }
    const { rows } = await pool.query('SELECT count(*) AS steps FROM newer.orderwright_migration')
    expect(rows).toEqual([{ steps: String(newest + 2) }])
  })

  it('has all steps or none: one that fails leaves the schema as it was', async () => {
    const pool = await database.pool()
    await pool.query('CREATE SCHEMA taken; CREATE TABLE taken.event (of_the_host text)')
    await expect(postgresStorage(pool, { schema: 'taken' }).health()).rejects.toMatchObject({
      code: 'storage_unavailable',
      message: expect.stringContaining('event') as string,
    })
    const { rows } = await pool.query(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'taken' ORDER BY tablename`,
    )
    expect(rows).toEqual([{ tablename: 'event' }, { tablename: 'orderwright_migration' }])
    await pool.query('DROP TABLE taken.event')
    expect((await postgresStorage(pool, { schema: 'taken' }).health()).schemaVersion).toBe(newest)
  })

  it('that is behind is refused where migrating is left to somebody else, and health says what is pending', async () => {
    const pool = await database.pool()
    const storage = postgresStorage(pool, { schema: 'behind', migrate: false })
    await expect(storage.read(tenant, [ada])).rejects.toMatchObject({
      code: 'storage_unavailable',
      message: expect.stringContaining('migratePostgres') as string,
    })
    expect(await storage.health()).toMatchObject({ schemaVersion: 0, pendingMigrations: newest })
    await migratePostgres(pool, { schema: 'behind' })
    expect(await storage.read(tenant, [ada])).toEqual([])
  })

  it('SE1 names the tenant first in every primary key and every index, and has no key of another kind', async () => {
    const pool = await database.pool()
    await migratePostgres(pool, { schema: 'keys' })
    const ours = `FROM pg_class AS tables
      JOIN pg_namespace AS schemas ON schemas.oid = tables.relnamespace AND schemas.nspname = 'keys'`
    const { rows: tables } = await pool.query<{ name: string }>(
      `SELECT tables.relname AS name ${ours} WHERE tables.relkind IN ('r', 'p') ORDER BY name`,
    )
    const names = tables.map(({ name }) => name)
    expect(names).toEqual(['event', 'message', 'orderwright_migration', 'record', 'stock_level'])
    const { rows: indexes } = await pool.query<{ of: string; name: string; first: string; key: boolean }>(
      `SELECT tables.relname AS of, indexes.relname AS name, columns.attname AS first, index.indisprimary AS key ${ours}
       JOIN pg_index AS index ON index.indrelid = tables.oid
       JOIN pg_class AS indexes ON indexes.oid = index.indexrelid
       LEFT JOIN pg_attribute AS columns ON columns.attrelid = tables.oid AND columns.attnum = index.indkey[0]`,
    )
    const ofTenants = indexes.filter((index) => index.of !== 'orderwright_migration')
    expect(
      ofTenants
        .filter(({ key }) => key)
        .map((index) => index.of)
        .toSorted(),
    ).toEqual(names.filter((name) => name !== 'orderwright_migration'))
    expect(ofTenants.length).toBeGreaterThan(20)
    expect(ofTenants.filter(({ first }) => first !== 'tenant')).toEqual([])
    const { rows: references } = await pool.query(
      `SELECT constraints.conname ${ours} JOIN pg_constraint AS constraints ON constraints.conrelid = tables.oid AND constraints.contype = 'f'`,
    )
    expect(references).toEqual([])
  })

  it('has no name that PostgreSQL would cut short or cannot keep', async () => {
    const pool = await database.pool()
    for (const schema of ['', 'a'.repeat(64), 'nul\0'])
      expect(() => postgresStorage(pool, { schema })).toThrow(
        expect.objectContaining({ code: 'configuration' }),
      )
    expect(() => postgresStorage(pool, { deadline: 0 })).toThrow(
      expect.objectContaining({ code: 'configuration' }),
    )
  })
})
