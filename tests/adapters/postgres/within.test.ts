import { createOrderManagement, trustHost } from 'orderwright'
import { postgresStorage } from 'orderwright/postgres'
import type pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { put, sampleKey } from '../../../src/testing/conformance/sample-writes.js'
import { tenant } from '../../../src/testing/conformance/store-under-test.js'
import { newKey, stock } from '../../support/shop.js'
import { testDatabase } from '../../support/postgres/test-database.js'

const database = testDatabase()
const ada = sampleKey('ada')

let client: pg.PoolClient | undefined
afterEach(async () => {
  await client?.query('ROLLBACK')
  client?.release()
  client = undefined
  await database.empty()
})

/** A store over a pool, and the same inside a transaction of the host. */
const begun = async (begin = 'BEGIN') => {
  const pool = await database.pool()
  const storage = postgresStorage(pool)
  client = await pool.connect()
  await client.query('CREATE TABLE IF NOT EXISTS of_the_host (note text)')
  await client.query(begin)
  return { storage, host: client, joined: storage.within(client) }
}

const omsOver = (
  storage: ReturnType<typeof postgresStorage> | ReturnType<ReturnType<typeof postgresStorage>['within']>,
) => createOrderManagement({ storage, policy: trustHost }).as({ actor: { kind: 'service', id: 'host' } })

describe("a store within the host's transaction", () => {
  it("EV9 commits an order and the host's own row together, or neither", async () => {
    for (const end of ['ROLLBACK', 'COMMIT'] as const) {
      const { storage, host, joined } = await begun()
      const outside = omsOver(storage)
      if (end === 'ROLLBACK') await stock(outside, 'MUG', 5, '9.99')
      await host.query(`INSERT INTO of_the_host VALUES ('${end}')`)
      const order = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 2 }] }
      const placed = await omsOver(joined).orders.place(order, newKey())
      expect(placed.ok).toBe(true)
      expect((await outside.orThrow.inventory.level({ sku: 'MUG' })).available, 'provisional').toBe(5)
      await host.query(end)
      expect((await outside.orThrow.inventory.level({ sku: 'MUG' })).available).toBe(end === 'COMMIT' ? 3 : 5)
      expect(await storage.claim(10, 1_000)).toHaveLength(0)
      host.release()
      client = undefined
    }
    expect(await database.query('SELECT note FROM of_the_host')).toEqual([{ note: 'COMMIT' }])
  })

  it('leaves the transaction of the host usable after a decision that threw, and after one that was refused by the database', async () => {
    const { host, joined } = await begun()
    await host.query(`INSERT INTO of_the_host VALUES ('before')`)
    const thrown = new Error('a bug')
    const throwing = joined.update(tenant, [ada], () => {
      throw thrown
    })
    await expect(throwing).rejects.toBe(thrown)
    const key = { kind: 'stock', id: 'main/MUG' }
    const impossible = { sku: 'MUG', location: 'main', onHand: 1, reserved: 2 }
    await expect(
      joined.update(tenant, [key], (records) => put(key, records.get(key), impossible)),
    ).rejects.toMatchObject({ code: 'adapter_contract' })
    const { rows } = await host.query(`SELECT count(*) AS notes FROM of_the_host WHERE note = 'before'`)
    expect(rows).toEqual([{ notes: '1' }])
    await joined.update(tenant, [ada], (records) => put(ada, records.get(ada), { step: 1 }))
    expect((await joined.read(tenant, [ada]))[0]?.state).toEqual({ step: 1 })
  })

  it('decides again when somebody else inserts what it found missing', async () => {
    const { storage, joined, host } = await begun()
    const seen: unknown[] = []
    const rival = await (await database.pool({ max: 1 })).connect()
    await rival.query('BEGIN')
    const other = storage.within(rival)
    await other.update(tenant, [ada], (records) => put(ada, records.get(ada), { from: 'the other' }))
    const update = joined.update(tenant, [ada], (records) => {
      seen.push(records.get(ada)?.state)
      return put(ada, records.get(ada), { from: 'us' })
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    await rival.query('COMMIT')
    rival.release()
    await update
    expect(seen).toEqual([undefined, { from: 'the other' }])
    await host.query('COMMIT')
    expect((await storage.read(tenant, [ada]))[0]?.version).toBe(2)
  })

  it('runs at once what is asked at once, in turn', async () => {
    const { joined } = await begun()
    await Promise.all(
      Array.from({ length: 10 }, () =>
        joined.update(tenant, [ada], (records) => {
          const { count } = (records.get(ada)?.state ?? { count: 0 }) as { readonly count: number }
          return put(ada, records.get(ada), { count: count + 1 })
        }),
      ),
    )
    expect((await joined.read(tenant, [ada]))[0]?.state).toEqual({ count: 10 })
  })

  it('runs in turn also what several stores and engines are asked at once within one client', async () => {
    const { storage, host } = await begun()
    await stock(omsOver(storage), 'MUG', 5, '9.99')
    const order = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] }
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => omsOver(storage.within(host)).orders.place(order, newKey())),
    )
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true])
    await host.query('COMMIT')
    expect((await omsOver(storage).orThrow.inventory.level({ sku: 'MUG' })).reserved).toBe(4)
  })

  it('keeps what one store was asked from what fails in another within the same client at the same time', async () => {
    const { storage, host } = await begun(`BEGIN; SET LOCAL lock_timeout = '1234ms'`)
    const bob = sampleKey('bob')
    const thrown = new Error('a bug')
    const [failed, written] = await Promise.allSettled([
      storage.within(host).update(tenant, [ada], () => {
        throw thrown
      }),
      storage.within(host).update(tenant, [bob], (records) => put(bob, records.get(bob), { step: 1 })),
    ])
    expect(failed).toEqual({ status: 'rejected', reason: thrown })
    expect(written.status).toBe('fulfilled')
    const { rows } = await host.query(`SELECT current_setting('lock_timeout') AS patience`)
    expect(rows).toEqual([{ patience: '1234ms' }])
    await host.query('COMMIT')
    expect((await storage.read(tenant, [ada, bob])).map(({ key }) => key)).toEqual([bob])
  })

  it('leaves a savepoint of the host as it is, whatever its name', async () => {
    const { storage, host, joined } = await begun()
    for (const name of ['orderwright', 'mine']) {
      await host.query(`SAVEPOINT ${name}`)
      await host.query(`INSERT INTO of_the_host VALUES ('behind the savepoint')`)
      await joined.update(tenant, [ada], (records) => put(ada, records.get(ada), { name }))
      await host.query(`ROLLBACK TO SAVEPOINT ${name}`)
    }
    const { rows } = await host.query(`SELECT FROM of_the_host WHERE note = 'behind the savepoint'`)
    expect(rows).toEqual([])
    await host.query('COMMIT')
    expect(await storage.read(tenant, [ada])).toEqual([])
  })

  it('refuses REPEATABLE READ and SERIALIZABLE unless it is told to take them', async () => {
    for (const level of ['REPEATABLE READ', 'SERIALIZABLE']) {
      const { storage, host, joined } = await begun(`BEGIN ISOLATION LEVEL ${level}`)
      const write = (store: typeof joined) =>
        store.update(tenant, [ada], (records) => put(ada, records.get(ada), { level }))
      await expect(write(joined)).rejects.toMatchObject({
        code: 'configuration',
        message: expect.stringContaining(level) as string,
      })
      await write(storage.within(host, { anyIsolation: true }))
      await host.query('ROLLBACK')
      host.release()
      client = undefined
    }
  })

  it('refuses a client without a transaction, and the work of a relay', async () => {
    const { host, joined } = await begun()
    await expect(joined.claim(1, 1_000)).rejects.toMatchObject({ code: 'storage_unavailable' })
    await expect(joined.settle([])).rejects.toMatchObject({ code: 'storage_unavailable' })
    await host.query('ROLLBACK')
    await expect(joined.read(tenant, [ada])).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('begun a transaction') as string,
    })
  })

  it('says that nothing is durable before the commit, commits durably, and gives the host its settings back', async () => {
    const { host, joined } = await begun(
      `BEGIN; SET LOCAL lock_timeout = '1234ms'; SET LOCAL synchronous_commit = off`,
    )
    const health = await joined.health()
    expect(health).toMatchObject({ durable: false, isolation: 'read committed' })
    expect(health.settings).toMatchObject({ provisional: 'until the host commits' })
    await joined.update(tenant, [ada], (records) => put(ada, records.get(ada), {}))
    const { rows } = await host.query(
      `SELECT current_setting('lock_timeout') AS patience, current_setting('synchronous_commit') AS commits`,
    )
    expect(rows).toEqual([{ patience: '1234ms', commits: 'on' }])
  })
})
