import type Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { sqliteStorage, type SqliteConnection, type SqliteStorageOptions } from 'orderwright/sqlite'
import type { Key } from '../../../src/core/ids/key.js'
import type { Storage, StoredRecord } from '../../../src/core/ports/storage.js'
import { put, sampleKey, together } from '../../../src/testing/conformance/sample-writes.js'
import { noWrites, otherTenant, tenant } from '../../../src/testing/conformance/store-under-test.js'
import { confirmed, newKey, openShop, shipped, stock } from '../../support/shop.js'
import { currentRecords } from '../../../src/adapters/sqlite/current-records.js'
import { driverOf } from '../../../src/adapters/sqlite/driver.js'
import { sqliteRecords } from '../../../src/adapters/sqlite/sqlite-records.js'
import { temporaryFile } from './temporary-file.js'

const file = temporaryFile()
const ada = sampleKey('ada')

const write = (storage: Storage, key: Key, state: unknown): Promise<void> =>
  storage.update(tenant, [key], (records) => put(key, records.get(key), state))

/** What a decision gets to see. */
const decidedOn = async (storage: Storage, key: Key): Promise<StoredRecord | undefined> => {
  let seen: StoredRecord | undefined
  await storage.update(tenant, [key], (records) => {
    seen = records.get(key)
    return noWrites
  })
  return seen
}

/** Counts how often a record's row is read. */
const counting = (connection: Database.Database, options: SqliteStorageOptions = {}) => {
  const counted = { reads: 0 }
  const counter: SqliteConnection = {
    prepare: (sql) => {
      const statement = connection.prepare(sql)
      const count = sql.includes('FROM record WHERE') || sql.includes('FROM stock_level WHERE') ? 1 : 0
      return {
        run: (list) => statement.run(list),
        get: (list) => {
          counted.reads += count
          return statement.get(list)
        },
        all: (list) => {
          counted.reads += count
          return statement.all(list)
        },
      }
    },
    exec: (sql) => connection.exec(sql),
    close: () => connection.close(),
    // Parameters come as one list, as better-sqlite3 and libsql take them.
    ...{ pragma: () => undefined },
  }
  return { storage: sqliteStorage(counter, options), counted }
}

describe('remembered records', () => {
  it('spare the statement for a record that was decided on before', async () => {
    const { storage, counted } = counting(file.connect())
    await write(storage, ada, { step: 1 })
    await write(storage, ada, { step: 2 })
    counted.reads = 0
    for (let step = 3; step < 10; step += 1) await write(storage, ada, { step })
    expect((await decidedOn(storage, ada))?.state).toEqual({ step: 9 })
    expect(await storage.read(tenant, [ada])).toHaveLength(1)
    expect(counted.reads).toBe(0)
  })

  it('ST5 are forgotten as soon as another connection has committed, so no decision rests on them', async () => {
    const [storage, another] = [await file.store(), await file.store()]
    await write(storage, ada, { step: 1 })
    await write(storage, ada, { step: 2 })
    await write(another, ada, { step: 'by another' })
    expect(await decidedOn(storage, ada)).toEqual({
      key: ada,
      version: 3,
      state: { step: 'by another' },
      chain: '',
    })
    await another.update(tenant, [ada], (records) => put(ada, records.get(ada), null))
    expect(await decidedOn(storage, ada)).toBeUndefined()
    await write(another, ada, { step: 'anew' })
    expect((await storage.read(tenant, [ada]))[0]?.state).toEqual({ step: 'anew' })
    expect((await decidedOn(storage, ada))?.version).toBe(1)
  })

  it('ST5 are forgotten when somebody else writes over the same connection', async () => {
    const connection = file.connect()
    const [storage, another] = [sqliteStorage(connection), sqliteStorage(connection)]
    await write(storage, ada, { step: 1 })
    await write(storage, ada, { step: 2 })
    await write(another, ada, { step: 'by another' })
    expect((await decidedOn(storage, ada))?.version).toBe(3)
    connection.exec(`UPDATE record SET version = 9, state = '{"step":"by hand"}' WHERE id = 'ada'`)
    expect(await decidedOn(storage, ada)).toMatchObject({ version: 9, state: { step: 'by hand' } })
    expect((await storage.read(tenant, [ada]))[0]?.version).toBe(9)
  })

  it('stay what they were when an update fails after it has written', async () => {
    const storage = await file.store()
    await write(storage, ada, { step: 1 })
    await write(storage, ada, { step: 2 })
    const failing = storage.update(tenant, [ada], (records) =>
      together(put(ada, records.get(ada), { step: 'lost' }), {
        ...noWrites,
        records: [{ key: sampleKey('bob'), before: 0, version: 0, state: {}, entries: {}, chain: '' }],
      }),
    )
    await expect(failing).rejects.toMatchObject({ code: 'adapter_contract' })
    expect((await decidedOn(storage, ada))?.state).toEqual({ step: 2 })
    await write(storage, ada, { step: 3 })
    expect((await storage.read(tenant, [ada]))[0]?.version).toBe(3)
  })

  it('leave nothing of a failed update to the next one', async () => {
    const storage = await file.store()
    await write(storage, ada, { step: 1 })
    const failing = storage.update(tenant, [ada], () =>
      together(put(sampleKey('new'), undefined, {}), {
        ...noWrites,
        records: [{ key: ada, before: 7, version: 8, state: {}, entries: {}, chain: '' }],
      }),
    )
    await expect(failing).rejects.toMatchObject({ code: 'adapter_contract' })
    await write(storage, ada, { step: 2 })
    expect(await storage.read(tenant, [sampleKey('new')])).toEqual([])
  })

  it('SE1 are remembered for their own tenant only', async () => {
    const storage = await file.store()
    await write(storage, ada, { of: 'main' })
    await write(storage, ada, { of: 'main', step: 2 })
    await storage.update(otherTenant, [ada], (records) => {
      expect(records.get(ada)).toBeUndefined()
      return put(ada, undefined, { of: 'other' })
    })
    expect((await decidedOn(storage, ada))?.state).toEqual({ of: 'main', step: 2 })
    expect((await storage.read(otherTenant, [ada]))[0]?.state).toEqual({ of: 'other' })
  })

  const long = 'x'.repeat(1_000)
  it.each([
    ['states', { long }, {}],
    ['index entries', {}, { long }],
  ])(
    'are bounded by their %s: what is asked for again and again stays, the rest is read again',
    async (_what, state, entries) => {
      const { storage, counted } = counting(file.connect(), { rememberedCharacters: 12_000 })
      const keys = Array.from({ length: 50 }, (_, index) => sampleKey(`record ${index}`))
      await storage.update(tenant, [ada, ...keys], () =>
        together(...[ada, ...keys].map((key) => put(key, undefined, state, entries))),
      )
      await decidedOn(storage, ada)
      counted.reads = 0
      for (let round = 0; round < 2; round += 1) {
        for (const key of keys) {
          expect((await decidedOn(storage, key))?.state).toEqual(state)
          expect((await decidedOn(storage, ada))?.state).toEqual(state)
        }
      }
      expect(counted.reads).toBe(2 * keys.length)
    },
  )

  it('equal what a fresh connection reads, for everything that the engine writes', async () => {
    const storage = await file.store()
    const { oms } = openShop(() => storage)
    await stock(oms, 'APPLE', 10, '1.25')
    await oms.orThrow.parties.register({ id: 'C-1', roles: ['customer'], name: 'Zoë' }, newKey())
    const order = await confirmed(oms, [{ sku: 'APPLE', quantity: 4 }], { customer: 'C-1' })
    const { invoice } = await shipped(oms, order, [{ line: 'L1', quantity: 3 }])
    await oms.orThrow.payments.record(
      { amount: { amount: '2.00', currency: 'EUR' }, method: 'cash', invoices: [{ invoice }] },
      newKey(),
    )
    const fresh = await file.store()
    let compared = 0
    for (const kind of [
      'order',
      'stock',
      'invoice',
      'payment',
      'shipment',
      'fulfillment',
      'party',
      'product',
    ]) {
      const { items } = await fresh.find(tenant, { kind, limit: 200 })
      for (const { key, version, state, chain } of items) {
        expect(await decidedOn(storage, key)).toStrictEqual({ key, version, state, chain })
        compared += 1
      }
    }
    expect(compared).toBe(8)
  })
})

describe('the indexes', () => {
  it('are written anew only for a record that is looked for by other entries than before', async () => {
    const connection = file.connect()
    const storage = sqliteStorage(connection)
    connection.exec(`
      CREATE TABLE reindexed (version INTEGER);
      CREATE TRIGGER reindexing AFTER UPDATE OF entries ON record BEGIN INSERT INTO reindexed VALUES (NEW.version); END;
    `)
    const found = async (city: string): Promise<readonly (number | undefined)[]> => {
      const { items } = await storage.find(tenant, { kind: ada.kind, where: { city }, limit: 10 })
      return items.map(({ version }) => version)
    }
    const save = (city: string): Promise<void> =>
      storage.update(tenant, [ada], (records) => put(ada, records.get(ada), { city }, { city }))
    for (const city of ['Bern', 'Bern', 'Bern', 'Basel', 'Basel']) await save(city)
    expect([await found('Bern'), await found('Basel')]).toEqual([[], [5]])
    expect(
      connection.prepare('SELECT json_group_array(version) AS versions FROM reindexed').get(),
    ).toMatchObject({
      versions: '[4]',
    })
  })
})

describe('whether others write to the file', () => {
  it('is not told by the first look, which has nothing to compare with, but by a commit of another connection', async () => {
    const neighbor = sqliteStorage(file.connect())
    const driver = driverOf(file.connect())
    let met = 0
    const current = currentRecords(driver, sqliteRecords(driver), 1_000_000, () => {
      met += 1
    })
    const look = (): number => {
      driver.exec('BEGIN')
      current.begin()
      driver.exec('ROLLBACK')
      return met
    }
    expect([look(), look()]).toEqual([0, 0])
    await write(neighbor, ada, { step: 1 })
    expect([look(), look()]).toEqual([1, 1])
  })
})
