import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { compareKeys } from '../../core/ids/key.js'
import type { Storage } from '../../core/ports/storage.js'
import type { ConformanceCase } from './conformance-case.js'
import { everyJson } from './every-json.js'
import { append, put, sampleKey, together } from './sample-writes.js'
import { collect, conformanceCase, plainRecord, tenant } from './store-under-test.js'

const ada = sampleKey('ada')
const bob = sampleKey('bob')
const nobody = sampleKey('nobody')

export const readCases: readonly ConformanceCase[] = [
  conformanceCase(
    'reads the records it is asked for and leaves out those that are missing',
    'A command looks before it locks; a made-up record would send it to the wrong ones.',
    async ({ storage }) => {
      await storage.update(tenant, [ada, bob], (records, now) =>
        together(
          append(ada, records.get(ada), { name: 'Ada' }, [{ type: 'Named' }, { type: 'Renamed' }], now),
          put(bob, records.get(bob), { name: 'Bob' }),
        ),
      )
      const found = (await storage.read(tenant, [bob, nobody, ada])).map(plainRecord)
      const [first, second] = found.toSorted((left, right) => compareKeys(left.key, right.key))
      deepStrictEqual(found.length, 2)
      deepStrictEqual([first?.key, first?.version, first?.state], [ada, 2, { name: 'Ada' }])
      ok(/^[0-9a-f]{64}$/.test(first?.chain ?? ''), 'the chain of a record is the hash of its newest event')
      deepStrictEqual(second, { key: bob, version: 1, state: { name: 'Bob' }, chain: '' })
      deepStrictEqual(await storage.read(tenant, [nobody]), [])
      deepStrictEqual(await storage.read(tenant, []), [])
    },
  ),

  conformanceCase(
    'gives state back as it was written: every script, long texts, nested lists',
    'A name that comes back changed is printed on the parcel, and the folded log no longer equals the record.',
    async ({ storage, record }) => {
      await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), everyJson))
      deepStrictEqual((await record(ada))?.state, everyJson)
    },
  ),

  conformanceCase(
    'tells ids apart by case, blanks, quotes and slashes',
    'SKUs are case-sensitive and may hold spaces; two of them in one stock level are sold as each other.',
    async ({ storage, record }) => {
      const ids = [
        'm/a b',
        'm/A b',
        'm/a  b',
        "m/a'b",
        'm/a"b',
        'm/a%b',
        'm/a_b',
        'm/a\\b',
        'm',
        'm/',
        '1',
        '01',
      ]
      const keys = ids.map(sampleKey)
      await storage.update(tenant, keys, (records) =>
        together(...keys.map((key) => put(key, records.get(key), { id: key.id }))),
      )
      for (const key of keys) deepStrictEqual((await record(key))?.state, { id: key.id })
      deepStrictEqual((await storage.read(tenant, [sampleKey('M/a b')])).length, 0)
    },
  ),

  conformanceCase(
    'shows over every handle what an update has committed',
    'Two processes of one host share a store; a promise that only one of them knows of is sold twice.',
    async ({ storage, another }) => {
      await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), { from: 'the first' }))
      const [seen] = await another.read(tenant, [ada])
      deepStrictEqual(seen?.state, { from: 'the first' })
      const found = async (store: Storage) =>
        (await store.find(tenant, { kind: 'sample' })).items.map(({ state }) => state)
      deepStrictEqual([await found(storage), await found(another)], [[seen.state], [seen.state]])
      // A handle that has just looked may hold on to the snapshot it has seen.
      strictEqual((await storage.read(tenant, [ada])).length, 1)
      await another.update(tenant, [ada], (records) => put(ada, records.get(ada), { from: 'the second' }))
      const [now] = await storage.read(tenant, [ada])
      deepStrictEqual([now?.version, now?.state], [2, { from: 'the second' }])
      deepStrictEqual(await found(storage), [now?.state], 'a search finds what was committed before it')
    },
  ),

  conformanceCase(
    'keeps what an update has committed when the store is closed and opened again',
    'The customer was told that the order is placed.',
    async ({ storage, reopen }) => {
      await storage.update(tenant, [ada], (records, now) =>
        append(ada, records.get(ada), { name: 'Ada' }, [{ type: 'Named' }], now),
      )
      if (reopen === undefined) {
        const { durable } = await storage.health()
        strictEqual(
          durable,
          false,
          'a store that calls itself durable gives `reopen`, so that it can be shown',
        )
        return
      }
      const reopened = await reopen()
      const [found] = await reopened.read(tenant, [ada])
      deepStrictEqual([found?.version, found?.state], [1, { name: 'Ada' }])
      deepStrictEqual((await collect(reopened.history(tenant, ada))).length, 1)
    },
    ['reopen'],
  ),
]
