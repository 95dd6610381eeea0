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

const throughProxy = async (pipeline = false) => {
  const between = (proxy = await tcpProxy(await database.url()))
  pool = new pg.Pool({ connectionString: between.url, max: 3, pipeline })
  // Not prepared, so that the proxy sees the text of each statement.
  const storage = postgresStorage(pool, { prepare: false })
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
