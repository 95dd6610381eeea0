import pg from 'pg'
import { createOrderManagement, trustHost } from 'orderwright'
import { postgresStorage } from 'orderwright/postgres'
import { afterEach, describe, expect, it } from 'vitest'
import type { Storage } from '../../../src/core/ports/storage.js'
import { put, sampleKey } from '../../../src/testing/conformance/sample-writes.js'
import { tenant } from '../../../src/testing/conformance/store-under-test.js'
import { newKey, stock } from '../../support/shop.js'
import { tcpProxy, type TcpProxy } from '../../support/postgres/tcp-proxy.js'
import { testDatabase } from '../../support/postgres/test-database.js'

const database = testDatabase()
const ada = sampleKey('ada')
const bob = sampleKey('bob')

/** What the statement that writes ends with, in both ways of an update. */
const writing = 'AS done'

let proxy: TcpProxy | undefined
let pool: pg.Pool | undefined
const hangUp = async (): Promise<void> => {
  await pool?.end()
  await proxy?.close()
  pool = undefined
  proxy = undefined
}
afterEach(async () => {
  await hangUp()
  await database.empty()
})

const throughProxy = async (pipeline = false, deadline = 10_000) => {
  const between = (proxy = await tcpProxy(await database.url()))
  pool = new pg.Pool({ connectionString: between.url, max: 3, pipeline })
  // Not prepared, so that the proxy sees the text of each statement.
  const storage = postgresStorage(pool, { prepare: false, deadline })
  await storage.health()
  return { proxy: between, storage }
}

/** Asks for a place that is empty and stays so: such an update needs locks. */
const changeWithLocks = (storage: Storage, state: unknown): Promise<void> =>
  storage.update(tenant, [ada, bob], (records) => {
    records.get(bob)
    return put(ada, records.get(ada), state)
  })

const change = (storage: Storage, state: unknown): Promise<void> =>
  storage.update(tenant, [ada], (records) => put(ada, records.get(ada), state))

const stateOf = async (): Promise<unknown> => {
  const [record] = await postgresStorage(await database.pool()).read(tenant, [ada])
  return record?.state
}

describe('a connection that is cut', () => {
  for (const pipeline of [false, true]) {
    const how = pipeline ? 'with statements sent ahead' : 'with one statement at a time'

    it(`ID9 after the answer of the server leaves it open what became of an update, ${how}: it was written`, async () => {
      const { proxy: between, storage } = await throughProxy(pipeline)
      const cut = between.cutAt(writing, 'after')
      await expect(change(storage, { step: 1 })).rejects.toMatchObject({ code: 'outcome_unknown' })
      await cut
      expect(await stateOf()).toEqual({ step: 1 })
    })

    it(`ID9 before the server has it leaves it as open, ${how}: it was not written`, async () => {
      const { proxy: between, storage } = await throughProxy(pipeline)
      const cut = between.cutAt(writing, 'before')
      await expect(change(storage, { step: 1 })).rejects.toMatchObject({ code: 'outcome_unknown' })
      await cut
      expect(await stateOf()).toBeUndefined()
    })

    it(`ID9 at COMMIT leaves it open what became of an update with locks, ${how}`, async () => {
      for (const [moment, left] of [
        ['before', undefined],
        ['after', { step: 1 }],
      ] as const) {
        const { proxy: between, storage } = await throughProxy(pipeline)
        const cut = between.cutAt('COMMIT\0', moment)
        await expect(changeWithLocks(storage, { step: 1 })).rejects.toMatchObject({
          code: 'outcome_unknown',
        })
        await cut
        // Sent together with what it commits, the first answer that is lost need not be that of COMMIT.
        if (!pipeline) expect(await stateOf()).toEqual(left)
        await hangUp()
      }
    })
  }

  it('before anything was written is made good with another one', async () => {
    const { proxy: between, storage } = await throughProxy()
    const cut = between.cutAt('WITH records', 'before')
    await change(storage, { step: 1 })
    await cut
    expect(await stateOf()).toEqual({ step: 1 })
  })

  it('ID9 at the commit of an order is resolved by its key: one order, and the answer to it', async () => {
    const { proxy: between, storage } = await throughProxy()
    const oms = createOrderManagement({ storage, policy: trustHost }).as({
      actor: { kind: 'service', id: 'till' },
    })
    await stock(oms, 'MUG', 10, '9.99')
    const order = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] }
    for (const moment of ['before', 'after'] as const) {
      const key = newKey()
      const cut = between.cutAt(writing, moment)
      const answer = await oms.orders.place(order, key)
      await cut
      expect(answer).toMatchObject({ ok: true, replayed: moment === 'after' })
      expect(await oms.orders.place(order, key)).toEqual({ ...answer, replayed: true })
    }
    const [level] = await database.query('SELECT on_hand, reserved FROM orderwright.stock_levels')
    expect(level).toEqual({ on_hand: '10', reserved: '2' })
  })

  it('while it lies idle in the pool does not end the process of a host that does not listen', async () => {
    const { proxy: between, storage } = await throughProxy()
    await change(storage, { step: 1 })
    await between.close()
    proxy = undefined
    await new Promise((resolve) => setTimeout(resolve, 50))
    await expect(change(storage, { step: 2 })).rejects.toMatchObject({ code: 'storage_unavailable' })
    expect(await stateOf()).toEqual({ step: 1 })
  })
})

describe('a connection that falls silent', { timeout: 30_000 }, () => {
  for (const pipeline of [false, true]) {
    const how = pipeline ? 'with statements sent ahead' : 'with one statement at a time'

    it(`LV3 ID9 leaves it open what became of an update when the deadline is over, ${how}`, async () => {
      for (const [step, moment] of [
        [1, 'before'],
        [2, 'after'],
      ] as const) {
        const { proxy: between, storage } = await throughProxy(pipeline, 1_000)
        const silent = between.silenceAt(writing, moment)
        await expect(change(storage, { step })).rejects.toMatchObject({ code: 'outcome_unknown' })
        await silent
        expect(await stateOf()).toEqual(moment === 'after' ? { step } : undefined)
        await hangUp()
      }
    })

    it(`LV3 leaves it open at COMMIT of an update with locks, ${how}`, async () => {
      const { proxy: between, storage } = await throughProxy(pipeline, 1_000)
      const silent = between.silenceAt('COMMIT\0', 'after')
      await expect(changeWithLocks(storage, { step: 1 })).rejects.toMatchObject({ code: 'outcome_unknown' })
      await silent
    })
  }

  it('LV3 before anything was written is deadline_exceeded', async () => {
    const { proxy: between, storage } = await throughProxy(false, 1_000)
    const silent = between.silenceAt('WITH records', 'before')
    await expect(change(storage, { step: 1 })).rejects.toMatchObject({ code: 'deadline_exceeded' })
    await silent
    expect(await stateOf()).toBeUndefined()
  })

  it('LV3 under a query is storage_unavailable', async () => {
    const { proxy: between, storage } = await throughProxy(false, 1_000)
    const silent = between.silenceAt('SELECT', 'before')
    await expect(storage.find(tenant, { kind: ada.kind })).rejects.toMatchObject({
      code: 'storage_unavailable',
    })
    await silent
  })

  it('LV4 is not given back to the pool: more of them than it holds do not fill it', async () => {
    const { proxy: between, storage } = await throughProxy(false, 500)
    for (let times = 1; times <= 4; times += 1) {
      const silent = between.silenceAt(writing, 'before')
      await expect(change(storage, { step: times })).rejects.toMatchObject({ code: 'outcome_unknown' })
      await silent
    }
    expect(pool?.totalCount).toBe(0)
    await change(storage, { step: 5 })
    expect(await stateOf()).toEqual({ step: 5 })
  })

  it('at the start does not keep the store from being opened by the next call', async () => {
    const between = (proxy = await tcpProxy(await database.url()))
    pool = new pg.Pool({ connectionString: between.url, max: 3 })
    const storage = postgresStorage(pool, { prepare: false, deadline: 1_000 })
    const silent = between.silenceAt('to_regclass', 'before')
    await expect(change(storage, { step: 1 })).rejects.toMatchObject({ code: 'storage_unavailable' })
    await silent
    await change(storage, { step: 2 })
    expect(await stateOf()).toEqual({ step: 2 })
  })

  const openTill = async (deadlines: { readonly store: number; readonly engine: number }, sku: string) => {
    const { proxy: between, storage } = await throughProxy(false, deadlines.store)
    const settings = { deadline: deadlines.engine }
    const till = createOrderManagement({ storage, policy: trustHost, settings }).as({
      actor: { kind: 'service', id: 'till' },
    })
    await stock(till, sku, 10, '9.99')
    return { between, till, order: { channel: 'web', currency: 'EUR', lines: [{ sku, quantity: 1 }] } }
  }

  it('LV3 LV4 at the commit of an order ends that call alone, and the key tells what became of it', async () => {
    for (const moment of ['before', 'after'] as const) {
      const { between, till, order } = await openTill({ store: 4_000, engine: 1_000 }, moment)
      const key = newKey()
      const silent = between.silenceAt(writing, moment)
      const unknown = { ok: false, error: { code: 'outcome_unknown' } }
      expect(await till.orders.place(order, key)).toMatchObject(unknown)
      await silent
      expect(await till.orders.place(order, newKey())).toMatchObject({ ok: true })
      expect(await till.orders.place(order, key)).toMatchObject({ ok: true, replayed: moment === 'after' })
      await hangUp()
    }
  })

  it('ID9 at the commit of an order is resolved within the call where the store has the shorter deadline', async () => {
    for (const moment of ['before', 'after'] as const) {
      const { between, till, order } = await openTill({ store: 1_000, engine: 8_000 }, moment)
      const silent = between.silenceAt(writing, moment)
      const placed = await till.orders.place(order, newKey())
      await silent
      expect(placed).toMatchObject({ ok: true, replayed: moment === 'after' })
      await hangUp()
    }
  })
})
