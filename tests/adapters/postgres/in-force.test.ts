import { createOrderManagement, trustHost } from 'orderwright'
import { migratePostgres, postgresStorage, rowLevelSecuritySql, runtimeRoleSql } from 'orderwright/postgres'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { message, put, sampleKey, sending, together } from '../../../src/testing/conformance/sample-writes.js'
import { tenant } from '../../../src/testing/conformance/store-under-test.js'
import { startPair } from '../../support/postgres/replicated-pair.js'
import type { ServerProcess } from '../../support/postgres/server-process.js'
import { testDatabase } from '../../support/postgres/test-database.js'

const database = testDatabase()
const ada = sampleKey('ada')
const role = `orderwright plain ${process.pid}`

/** Sessions as an application gets them whose role or database has these settings. */
const poolWith = (options: string): Promise<pg.Pool> => database.pool({ options })

describe('health of a PostgreSQL store', () => {
  afterEach(() => database.empty())

  /** The isolation of each transaction that has written a record. */
  const watchIsolation = async (): Promise<() => Promise<unknown>> => {
    await database.query(`CREATE TABLE IF NOT EXISTS isolation_seen (isolation text)`)
    await database.query(`CREATE OR REPLACE FUNCTION note_isolation() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN INSERT INTO isolation_seen VALUES (current_setting('transaction_isolation')); RETURN NEW; END $$`)
    for (const table of ['record', 'message'])
      await database.query(
        `CREATE OR REPLACE TRIGGER note_isolation BEFORE INSERT OR UPDATE ON orderwright.${table} FOR EACH ROW EXECUTE FUNCTION note_isolation()`,
      )
    return async () => {
      const rows = await database.query(`SELECT DISTINCT isolation FROM isolation_seen ORDER BY isolation`)
      await database.query('TRUNCATE isolation_seen')
      return rows.map(({ isolation }) => isolation)
    }
  }

  it('names the isolation in which every record is written, whatever the role or the database begins with', async () => {
    const seen = await watchIsolation()
    for (const level of ['serializable', 'repeatable read', 'read committed']) {
      const storage = postgresStorage(
        await poolWith(`-c default_transaction_isolation=${level.replace(' ', '\\ ')}`),
      )
      const health = await storage.health()
      expect(health.isolation).toBe('read committed')
      expect(health.settings['default_transaction_isolation']).toBe(level)
      await storage.update(tenant, [ada], (records, now) =>
        together(put(ada, records.get(ada), { level }), sending(message(ada, 1, now))),
      )
      await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), null))
      const [claimed] = await storage.claim(1, 60_000)
      await storage.settle([
        { tenant, id: claimed?.id ?? '', fence: claimed?.fence ?? 0, outcome: 'delivered' },
      ])
      expect(await seen(), level).toEqual([health.isolation])
    }
  })

  it('is right also about a connection that was made after the role was given another isolation', async () => {
    const seen = await watchIsolation()
    const pool = await database.pool({ max: 1 })
    const storage = postgresStorage(pool)
    await storage.health()
    await pool.query(`SET default_transaction_isolation = 'serializable'`)
    await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), { step: 1 }))
    await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), { step: 2 }))
    expect(await seen()).toEqual(['read committed'])
    expect((await storage.read(tenant, [ada]))[0]?.version).toBe(2)
  })

  it('says that a role which may only read makes nothing durable; it reads, and is refused whatever it writes', async () => {
    await postgresStorage(await database.pool()).update(tenant, [ada], (records, now) =>
      together(put(ada, records.get(ada), { step: 1 }), sending(message(ada, 1, now))),
    )
    const storage = postgresStorage(await poolWith('-c default_transaction_read_only=on'))
    const health = await storage.health()
    expect(health.durable).toBe(false)
    expect(health.settings['transaction_read_only']).toBe('on')
    expect(await storage.read(tenant, [ada])).toHaveLength(1)
    const refused = { code: 'storage_unavailable', message: expect.stringContaining('read_only') as string }
    const write = storage.update(tenant, [ada], (records) => put(ada, records.get(ada), { step: 2 }))
    await expect(write).rejects.toMatchObject(refused)
    await expect(
      storage.update(tenant, [ada], (records) => put(ada, records.get(ada), null)),
    ).rejects.toMatchObject(refused)
    await expect(storage.claim(1, 60_000)).rejects.toMatchObject(refused)
    await expect(storage.release(tenant, ada)).rejects.toMatchObject(refused)

    const writable = await postgresStorage(await database.pool()).health()
    expect(writable.settings['transaction_read_only']).toBe('off')
  })

  it('counts the steps that are pending where they cannot be applied, instead of failing', async () => {
    const pool = await poolWith('-c default_transaction_read_only=on')
    const storage = postgresStorage(pool, { schema: 'unborn' })
    const { schemaVersion, pendingMigrations } = await storage.health()
    expect([schemaVersion, pendingMigrations > 0]).toEqual([0, true])
    await expect(storage.read(tenant, [ada])).rejects.toMatchObject({
      code: 'storage_unavailable',
      message: expect.stringContaining('pending') as string,
    })
  })
})

describe('row-level security in health', () => {
  const schema = 'walls'
  beforeAll(async () => {
    const owner = await database.pool({ max: 1 })
    await migratePostgres(owner, { schema })
    await owner.query(`CREATE ROLE "${role}"`)
    await owner.query(runtimeRoleSql({ role, schema }))
  })
  afterAll(async () => {
    await database.query(
      `ALTER TABLE walls.message OWNER TO current_user; DROP OWNED BY "${role}"; DROP ROLE "${role}"`,
    )
  })

  it('is on only where it holds this role on every table', async () => {
    const asRole = await poolWith(`-c role=${role.replaceAll(' ', '\\ ')}`)
    const wall = async (pool: pg.Pool) =>
      (await postgresStorage(pool, { schema }).health()).settings['row_level_security']
    expect(await wall(asRole)).toBe('off')

    await database.query(`ALTER TABLE walls.message ENABLE ROW LEVEL SECURITY`)
    expect(await wall(asRole), 'one of four').toBe('partial')

    await database.query(`ALTER TABLE walls.message OWNER TO "${role}"`)
    expect(await wall(asRole), 'not forced, asked as the owner').toBe('bypassed')
    await database.query(`ALTER TABLE walls.message OWNER TO current_user`)

    await database.query(rowLevelSecuritySql({ schema }))
    expect(await wall(asRole), 'four of four').toBe('on')
    expect(await wall(await database.pool({ max: 1 })), 'as a superuser').toBe('bypassed')

    await database.query(`ALTER TABLE walls.event DISABLE ROW LEVEL SECURITY`)
    expect(await wall(asRole), 'three of four').toBe('partial')
  })
})

describe('a store on a standby', () => {
  let pair: { readonly primary: ServerProcess; readonly standby: ServerProcess }
  beforeAll(async () => {
    pair = await startPair()
  }, 60_000)
  afterAll(async () => {
    await pair.standby.stop()
    await pair.primary.stop()
  })

  it('says that it is one, that nothing is durable there, and reads', async () => {
    const primary = new pg.Pool({ connectionString: pair.primary.url, max: 2 })
    await primary.query(rowLevelSecuritySql())
    await primary.end()
    const pool = new pg.Pool({ connectionString: pair.standby.url, max: 2 })
    try {
      for (const migrate of [true, false]) {
        const storage = postgresStorage(pool, { migrate, deadline: 2_000 })
        const health = await storage.health()
        expect(health).toMatchObject({ durable: false, isolation: 'read committed', pendingMigrations: 0 })
        expect(health.settings).toMatchObject({ standby: 'yes', transaction_read_only: 'on' })
        expect(await storage.read(tenant, [ada])).toEqual([])
        const oms = createOrderManagement({ storage, policy: trustHost })
        const order = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] }
        const placed = await oms
          .as({ actor: { kind: 'service', id: 'till' } })
          .orders.place(order, { idempotencyKey: 'cart' })
        expect(placed).toMatchObject({ ok: false, error: { code: 'storage_unavailable' } })
      }
    } finally {
      await pool.end()
    }
  })
})
