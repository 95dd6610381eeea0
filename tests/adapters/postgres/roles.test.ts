import { createOrderManagement, trustHost } from 'orderwright'
import { migratePostgres, postgresStorage, rowLevelSecuritySql, runtimeRoleSql } from 'orderwright/postgres'
import { storageConformance } from 'orderwright/testing'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TenantId } from '../../../src/core/ids/ids.js'
import { message, put, sampleKey, sending, together } from '../../../src/testing/conformance/sample-writes.js'
import { otherTenant, tenant } from '../../../src/testing/conformance/store-under-test.js'
import { openPostgres } from '../../support/postgres/open-postgres.js'
import { testDatabase } from '../../support/postgres/test-database.js'
import { newKey, stock } from '../../support/shop.js'

const database = testDatabase()
const ada = sampleKey('ada')
/** Roles belong to the whole server, not to one database. */
const role = `orderwright runtime ${process.pid}`
const reader = `orderwright reader ${process.pid}`

/** A pool whose sessions have no other rights than those of the role. */
const poolAs = (name: string): Promise<pg.Pool> =>
  database.pool({ options: `-c role=${name.replaceAll(' ', '\\ ')}`, max: 4 })

beforeAll(async () => {
  const owner = await database.pool({ max: 1 })
  for (const name of [role, reader]) await owner.query(`CREATE ROLE "${name}"`)
  await owner.query(runtimeRoleSql({ role }))
  await owner.query(runtimeRoleSql({ role: reader, reader: true }))
})
afterAll(async () => {
  for (const name of [role, reader]) await database.query(`DROP OWNED BY "${name}"; DROP ROLE "${name}"`)
})

describe('the role that an application runs as', () => {
  it('is enough for everything the store does', async () => {
    const storage = postgresStorage(await poolAs(role))
    const oms = createOrderManagement({ storage, policy: trustHost }).as({
      actor: { kind: 'service', id: 'till' },
    })
    await stock(oms, 'MUG', 5, '9.99')
    const order = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] }
    expect((await oms.orders.place(order, newKey())).ok).toBe(true)
    await storage.update(tenant, [ada], (records, now) =>
      together(put(ada, records.get(ada), { step: 1 }), sending(message(ada, 1, now))),
    )
    await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), null))
    const [claimed] = await storage.claim(10, 60_000)
    expect(claimed?.about).toEqual(ada)
    await storage.settle([
      { tenant, id: claimed?.id ?? '', fence: claimed?.fence ?? 0, outcome: 'delivered' },
    ])
    expect(await storage.health()).toMatchObject({ pendingMigrations: 0, settings: { role } })
  })

  it('can change no event, empty or drop no table and create none', async () => {
    const pool = await poolAs(role)
    for (const forbidden of [
      `UPDATE orderwright.event SET body = '{}'`,
      'DELETE FROM orderwright.event',
      'TRUNCATE orderwright.record',
      'DROP TABLE orderwright.message',
      'CREATE TABLE orderwright.mine (x int)',
      'DELETE FROM orderwright.orderwright_migration',
    ]) {
      await expect(pool.query(forbidden), forbidden).rejects.toMatchObject({ code: '42501' })
    }
  })

  it('that only reads sees every view and not what lies behind them', async () => {
    const pool = await poolAs(reader)
    const views = await database.query(`SELECT viewname FROM pg_views WHERE schemaname = 'orderwright'`)
    for (const { viewname } of views) await pool.query(`SELECT * FROM orderwright.${String(viewname)}`)
    expect((await pool.query('SELECT * FROM orderwright.stock_levels')).rowCount).toBeGreaterThan(0)
    await expect(pool.query('SELECT * FROM orderwright.record')).rejects.toMatchObject({ code: '42501' })
  })
})

describe('row-level security', () => {
  const schema = 'guarded'
  const guardedPool = async (): Promise<pg.Pool> => {
    const owner = await database.pool({ max: 1 })
    await migratePostgres(owner, { schema })
    await owner.query(rowLevelSecuritySql({ schema }))
    await owner.query(runtimeRoleSql({ role, schema }))
    return poolAs(role)
  }

  it('SE1 lets a transaction see and write the rows of its tenant alone, and none where it names no tenant', async () => {
    const pool = await guardedPool()
    const storage = postgresStorage(pool, { schema })
    const write = (owner: TenantId) =>
      storage.update(owner, [ada], (records, now) =>
        together(put(ada, records.get(ada), { owner }), sending(message(ada, 1, now, owner))),
      )
    await write(tenant)
    await write(otherTenant)
    expect((await storage.read(otherTenant, [ada]))[0]?.state).toEqual({ owner: otherTenant })
    expect((await storage.health()).settings['row_level_security']).toBe('on')
    expect((await storage.claim(10, 60_000)).map((one) => one.tenant).toSorted()).toEqual(
      [tenant, otherTenant].toSorted(),
    )

    const rows = async (setting: string) => {
      const client = await pool.connect()
      try {
        await client.query(`BEGIN; ${setting}`)
        return (await client.query(`SELECT tenant FROM ${schema}.record`)).rows as unknown
      } finally {
        await client.query('ROLLBACK')
        client.release()
      }
    }
    expect(await rows('SELECT 1')).toEqual([])
    expect(await rows(`SET LOCAL orderwright.tenant = '*'`)).toEqual([])
    expect(await rows(`SET LOCAL orderwright.tenant = '${otherTenant}'`)).toEqual([{ tenant: otherTenant }])
    const stranger = `SET LOCAL orderwright.tenant = '${otherTenant}'; UPDATE ${schema}.record SET tenant = 'main'`
    await expect(rows(stranger)).rejects.toMatchObject({ code: '42501' })
  })

  it('SE1 holds for those who read the views of a superuser, who is behind no wall', async () => {
    const walled = "views' own"
    const name = `"${walled}"`
    const owner = await database.pool({ max: 1 })
    const { rows: who } = await owner.query('SELECT rolsuper FROM pg_roles WHERE rolname = current_user')
    expect(who, 'the tables belong to a superuser').toEqual([{ rolsuper: true }])
    const storage = postgresStorage(await database.pool(), { schema: walled })
    const oms = createOrderManagement({ storage, policy: trustHost })
    for (const shop of ['north', 'south']) {
      const till = oms.as({ tenant: shop, actor: { kind: 'service', id: 'till' } })
      await stock(till, 'MUG', 5, '9.99')
      const order = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] }
      await till.orThrow.orders.place(order, newKey())
    }
    await owner.query(runtimeRoleSql({ role: reader, schema: walled, reader: true }))

    const client = await (await poolAs(reader)).connect()
    const tenantsIn = async (view: string): Promise<unknown> => {
      const { rows } = await client.query<{ tenant: string }>(
        `SELECT DISTINCT tenant FROM ${name}.${view} ORDER BY tenant`,
      )
      return rows.map((row) => row.tenant)
    }
    try {
      const filled = ['orders', 'order_lines', 'products', 'stock_levels']
      for (const view of filled) expect(await tenantsIn(view), 'without the wall').toEqual(['north', 'south'])

      await owner.query(rowLevelSecuritySql({ schema: walled }))
      for (const view of filled) expect(await tenantsIn(view), `${view}, no tenant named`).toEqual([])
      await client.query(`SET orderwright.tenant = 'south'`)
      for (const view of filled) expect(await tenantsIn(view), view).toEqual(['south'])
      await client.query(`SET orderwright.tenant = '*'`)
      for (const view of filled) expect(await tenantsIn(view), 'the name of the relay').toEqual([])
      const { rowCount } = await owner.query(`SELECT FROM ${name}.stock_levels`)
      expect(rowCount, 'as a superuser').toBe(2)
    } finally {
      await client.query('RESET orderwright.tenant')
      client.release()
    }
  })

  it('SE1 is minded by every view', async () => {
    const views = await database.query(
      `SELECT viewname, definition LIKE '%relrowsecurity%current_setting%' OR definition LIKE '%current_setting%relrowsecurity%' AS walled
      FROM pg_views WHERE schemaname = 'orderwright'`,
    )
    expect(views.length).toBeGreaterThan(25)
    expect(views.filter(({ walled }) => walled !== true)).toEqual([])
  })

  it('keeps the promises of the port', async () => {
    const owner = await database.pool({ max: 1 })
    await owner.query(rowLevelSecuritySql())
    const open = openPostgres(database, undefined, `-c role=${role.replaceAll(' ', '\\ ')}`)
    for (const { name, run } of storageConformance) {
      await run(open).catch((error: unknown) => {
        throw new Error(`${name}: ${String(error)}`, { cause: error })
      })
    }
    expect((await (await open()).storage.health()).settings['row_level_security']).toBe('on')
  })
})
