import { setTimeout as pause } from 'node:timers/promises'
import { createOrderManagement, trustHost } from 'orderwright'
import { postgresStorage } from 'orderwright/postgres'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../../../src/app/answer.js'
import { collect, tenant } from '../../../src/testing/conformance/store-under-test.js'
import { stock } from '../../support/shop.js'
import { startServer, type ServerProcess } from '../../support/postgres/server-process.js'

let server: ServerProcess
let pool: pg.Pool
beforeAll(async () => {
  // Commits of this database are not durable unless somebody asks for it.
  server = await startServer({
    fsync: true,
    settings: { synchronous_commit: 'off', wal_writer_delay: '10s' },
  })
  pool = new pg.Pool({ connectionString: server.url, max: 6 })
})
afterAll(async () => {
  await pool.end()
  await server.stop()
})

const shop = () =>
  createOrderManagement({ storage: postgresStorage(pool), policy: trustHost }).as({
    actor: { kind: 'service', id: 'till' },
  })

describe('a server that is killed and started again', () => {
  it(
    'ID9 has lost no order that was acknowledged, and its keys tell what became of the others',
    { timeout: 120_000 },
    async () => {
      const first = shop()
      await stock(first, 'MUG', 1_000_000, '9.99')
      const acknowledged = new Map<string, Answer<{ readonly order: string }>>()
      const open = new Set<string>()
      let unsure = 0
      for (let crash = 0; crash < 3; crash += 1) {
        const oms = shop()
        let running = true
        const callers = Array.from({ length: 8 }, async (_, caller) => {
          for (let turn = 0; running; turn += 1) {
            const key = `${crash}/${caller}/${turn}`
            open.add(key)
            const answer = await oms.orders.place(order, { idempotencyKey: key })
            if (answer.ok) {
              open.delete(key)
              acknowledged.set(key, answer)
            } else await pause(20)
          }
        })
        await pause(120 + crash * 60)
        await server.crash()
        running = false
        await Promise.all(callers)
      }
      const oms = shop()
      const again = (key: string) => oms.orders.place(order, { idempotencyKey: key })
      await Promise.all(
        [...acknowledged].map(async ([key, answer]) => {
          expect(await again(key), key).toEqual({ ...answer, replayed: true })
        }),
      )
      for (const answer of await Promise.all([...open].map(again))) {
        expect(answer.ok).toBe(true)
        if (answer.replayed) unsure += 1
      }
      const everybody = acknowledged.size + open.size
      expect(acknowledged.size).toBeGreaterThan(40)
      const { rows } = await pool.query(
        `SELECT reserved, version, (SELECT count(*) FROM orderwright.orders) AS orders FROM orderwright.stock_levels`,
      )
      const told = `${acknowledged.size} acknowledged, ${unsure} committed without an answer`
      expect(rows[0], told).toEqual({
        reserved: String(everybody),
        version: String(everybody + 2),
        orders: String(everybody),
      })
      const events = await collect(postgresStorage(pool).history(tenant, { kind: 'stock', id: 'main/MUG' }))
      expect(events).toHaveLength(everybody + 2)
    },
  )

  it('is asked for synchronous_commit=on by each transaction that writes, whatever the database has', async () => {
    const health = await postgresStorage(pool).health()
    expect(health).toMatchObject({ durable: true, isolation: 'read committed' })
    expect(health.settings).toMatchObject({ synchronous_commit: 'on', fsync: 'on', standby: 'no' })
    const { rows } = await pool.query("SELECT current_setting('synchronous_commit') AS commits")
    expect(rows, 'the connection itself is left as it was').toEqual([{ commits: 'off' }])
  })

  it('is asked for it in both ways of an update, and for nothing weaker than what is in force', async () => {
    await pool.query(`CREATE TABLE IF NOT EXISTS commits_seen (commits text, what text)`)
    await pool.query(`CREATE OR REPLACE FUNCTION note_commits() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN INSERT INTO commits_seen VALUES (current_setting('synchronous_commit'), NEW.id); RETURN NEW; END $$`)
    await pool.query(
      `CREATE OR REPLACE TRIGGER note_commits BEFORE INSERT ON orderwright.record FOR EACH ROW EXECUTE FUNCTION note_commits()`,
    )
    for (const inForce of ['off', 'local', 'remote_apply']) {
      const strict = new pg.Pool({
        connectionString: server.url,
        max: 1,
        options: `-c synchronous_commit=${inForce}`,
      })
      const storage = postgresStorage(strict)
      const [written, empty] = [
        { kind: 'sample', id: `${inForce} written` },
        { kind: 'sample', id: `${inForce} empty` },
      ]
      const write = { before: 0, version: 1, state: {}, entries: {}, chain: '' }
      const writes = (key: typeof written) => ({ records: [{ key, ...write }], events: [], messages: [] })
      await storage.update(tenant, [written], (records) => {
        records.get(written)
        return writes(written)
      })
      const locked = { kind: 'sample', id: `${inForce} locked` }
      await storage.update(tenant, [locked, empty], (records) => {
        records.get(empty)
        return writes(locked)
      })
      await strict.end()
      const { rows } = await pool.query<{ commits: string }>(
        `SELECT DISTINCT commits FROM commits_seen WHERE what LIKE '${inForce}%'`,
      )
      expect(rows, inForce).toEqual([{ commits: inForce === 'remote_apply' ? 'remote_apply' : 'on' }])
    }
  })
})

const order = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] }
