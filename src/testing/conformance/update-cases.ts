import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import type { Key } from '../../core/ids/key.js'
import type { RecordWrite, Storage, StoredRecord } from '../../core/ports/storage.js'
import { plus } from '../../core/time/instant.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectRejection } from './expect-rejection.js'
import { append, message, put, recordWrite, sampleKey, sending, together } from './sample-writes.js'
import { collect, conformanceCase, noWrites, shortSpan, tenant } from './store-under-test.js'

const ada = sampleKey('ada')
const bob = sampleKey('bob')
const cyd = sampleKey('cyd')

export const updateCases: readonly ConformanceCase[] = [
  conformanceCase(
    'inserts a new record, changes it and removes it',
    'A record that outlives its removal is the erased person who still gets mail.',
    async ({ storage, record }) => {
      await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), { step: 1 }))
      deepStrictEqual(await record(ada), { key: ada, version: 1, state: { step: 1 }, chain: '' })
      await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), { step: 2 }))
      deepStrictEqual(await record(ada), { key: ada, version: 2, state: { step: 2 }, chain: '' })
      await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), null))
      strictEqual(await record(ada), undefined)
      await storage.update(tenant, [ada], (records) => {
        strictEqual(records.get(ada), undefined, 'a removed record is gone for the next decision')
        return put(ada, undefined, { step: 'anew' })
      })
      deepStrictEqual((await record(ada))?.state, { step: 'anew' })
    },
  ),

  conformanceCase(
    'hands the decision the locked records, and undefined for those that are not there yet',
    'A decision that does not see the stock level refuses what is on the shelf.',
    async ({ storage }) => {
      await storage.update(tenant, [bob], (records, now) =>
        append(bob, records.get(bob), { name: 'Bob' }, [{ type: 'Named' }], now),
      )
      let seen: readonly (StoredRecord | undefined)[] = []
      await storage.update(tenant, [ada, bob], (records) => {
        seen = [records.get(ada), records.get(bob)]
        return noWrites
      })
      const [event] = await collect(storage.history(tenant, bob))
      strictEqual(seen[0], undefined)
      deepStrictEqual(seen[1]?.key, bob)
      deepStrictEqual([seen[1]?.version, seen[1]?.state], [1, { name: 'Bob' }])
      strictEqual(seen[1]?.chain, event?.hash, 'the chain goes on where the newest event ended')
    },
  ),

  conformanceCase(
    'throws when the decision asks for a record that is not locked',
    'A decision over an unlocked record is the race that sells the last piece twice.',
    async ({ storage, record }) => {
      await storage.update(tenant, [bob], (records) => put(bob, records.get(bob), { name: 'Bob' }))
      const asking = storage.update(tenant, [ada], (records) => {
        records.get(bob)
        return put(ada, records.get(ada), { name: 'Ada' })
      })
      await expectRejection(asking, 'adapter_contract', 'bob is not locked')
      strictEqual(await record(ada), undefined, 'nothing is written by a decision that threw')
    },
  ),

  conformanceCase(
    "RS3 passes the store's own clock to the decision",
    'Holds end by one clock; with two, a hold is over for one process and alive for the other.',
    async ({ now, pass, movable }) => {
      const before = await now()
      ok(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(before), `${before} is an ISO 8601 instant in UTC`)
      await pass(shortSpan)
      const after = await now()
      if (movable) strictEqual(after, plus(before, shortSpan))
      else ok(after > before, 'time passes in the store')
    },
  ),

  conformanceCase(
    'writes nothing when the decision throws, and rejects with the very same error',
    'What a bug left half-done is found weeks later, by the accountant.',
    async ({ storage, record }) => {
      const thrown = new Error('the plan broke its own rule')
      const update = storage.update(tenant, [ada], (records, now) => {
        append(ada, records.get(ada), { name: 'Ada' }, [{ type: 'Named' }], now)
        throw thrown
      })
      const caught = await update.catch((error: unknown) => error)
      strictEqual(caught, thrown)
      strictEqual(await record(ada), undefined)
      await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), { name: 'Ada' }))
      strictEqual((await record(ada))?.version, 1, 'the locks of the failed update are gone')
    },
  ),

  conformanceCase(
    'EV2 refuses a write at another version than the record has, and leaves nothing of its update',
    'It is the second wall behind the locks: without it a lost update is silent.',
    async ({ storage, record }) => {
      for (const step of [1, 2])
        await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), { step }))
      for (const before of [0, 1, 3]) {
        const stale = storage.update(tenant, [ada, bob], (records, now) =>
          together(
            append(bob, records.get(bob), { name: 'Bob' }, [{ type: 'Named' }], now),
            {
              ...noWrites,
              records: [{ ...recordWrite(ada, undefined, { step: 'stale' }), before, version: before + 1 }],
            },
            sending(message(bob, 1, now)),
          ),
        )
        await expectRejection(stale, 'adapter_contract', `ada is at version 2, not ${before}`)
      }
      deepStrictEqual((await record(ada))?.state, { step: 2 })
      await nothingAbout(storage, 'bob')
    },
  ),

  conformanceCase(
    'EV2 refuses two writes of one record in one update, and leaves nothing of it',
    'Nobody can tell which of the two was meant; a store that takes both may keep the state of one and the index entries of the other.',
    async ({ storage, record }) => {
      const writeOf = (key: Key, before: number, state: unknown): RecordWrite => ({
        ...recordWrite(key, undefined, state, { step: before }),
        before,
        version: before + 1,
      })
      await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), { step: 1 }, { step: 0 }))
      const pairs: Readonly<Record<string, readonly RecordWrite[]>> = {
        'one over the other': [writeOf(ada, 1, { step: 2 }), writeOf(ada, 2, { step: 3 })],
        'both over the same version': [writeOf(ada, 1, { step: 2 }), writeOf(ada, 1, { step: 3 })],
        'both at the version it has': [
          { ...writeOf(ada, 1, { step: 2 }), version: 1 },
          { ...writeOf(ada, 1, { step: 3 }), version: 1 },
        ],
        'a removal and what comes anew': [writeOf(ada, 1, null), writeOf(ada, 0, { step: 'anew' })],
        'two removals': [writeOf(ada, 1, null), writeOf(ada, 1, null)],
        'two of a new record': [writeOf(bob, 0, { step: 1 }), writeOf(bob, 0, { step: 2 })],
        'a new record and its change': [writeOf(bob, 0, { step: 1 }), writeOf(bob, 1, { step: 2 })],
        'a new record and none': [writeOf(bob, 0, { step: 1 }), writeOf(bob, 0, null)],
      }
      for (const [name, records] of Object.entries(pairs)) {
        const writing = storage.update(tenant, [ada, bob, cyd], (_records, now) =>
          together(
            append(cyd, undefined, { name: 'Cyd' }, [{ type: 'Named' }], now),
            { ...noWrites, records },
            sending(message(cyd, 1, now)),
          ),
        )
        await expectRejection(writing, 'adapter_contract', name)
        deepStrictEqual(await record(ada), { key: ada, version: 1, state: { step: 1 }, chain: '' }, name)
        await nothingAbout(storage, 'bob')
        await nothingAbout(storage, 'cyd')
      }
      const { items } = await storage.find(tenant, { kind: 'sample', where: { step: 0 } })
      deepStrictEqual(
        items.map(({ key }) => key),
        [ada],
      )
    },
  ),

  conformanceCase(
    'EV2 leaves nothing of a refused update behind for the next one to write',
    'An adapter that collects rows and forgets to let go of them commits half an order together with the next.',
    async ({ storage, record }) => {
      await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), { step: 1 }))
      const stale = storage.update(tenant, [ada, bob], (records, now) =>
        together(
          append(bob, records.get(bob), { name: 'Bob' }, [{ type: 'Named' }], now),
          sending(message(bob, 1, now)),
          {
            ...noWrites,
            records: [{ ...recordWrite(ada, undefined, { step: 'stale' }), before: 7, version: 8 }],
          },
        ),
      )
      await expectRejection(stale, 'adapter_contract', 'ada is at version 1, not 7')
      await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), { step: 2 }))
      deepStrictEqual((await record(ada))?.state, { step: 2 })
      await nothingAbout(storage, 'bob')
    },
  ),

  conformanceCase(
    'EV9 writes records, events and messages of one update together',
    'A message without its change, or a change without its message, is what an outbox is there to rule out.',
    async ({ storage, another, record }) => {
      await storage.update(tenant, [ada, bob], (records, now) =>
        together(
          append(ada, records.get(ada), { name: 'Ada' }, [{ type: 'Named' }], now),
          put(bob, records.get(bob), { name: 'Bob' }),
          sending(message(ada, 1, now), message(bob, 1, now)),
        ),
      )
      deepStrictEqual([(await record(ada))?.version, (await record(bob))?.version], [1, 1])
      strictEqual((await collect(another.history(tenant, ada))).length, 1)
      strictEqual((await another.claim(10, shortSpan)).length, 2)
    },
  ),

  conformanceCase(
    'EV9 writes nothing of an update when one part of it cannot be written',
    'Messages that are written apart fail apart: the order stands, and nobody is told of it.',
    async ({ storage, record }) => {
      // No store has to take a bigint, and none may take the rest of its update without it.
      const taken = await storage
        .update(tenant, [ada], (records, now) =>
          together(
            append(ada, records.get(ada), { name: 'Ada' }, [{ type: 'Named' }], now),
            sending({ ...message(ada, 1, now), data: { pieces: 1n } }),
          ),
        )
        .then(
          () => true,
          () => false,
        )
      if (taken) strictEqual((await storage.claim(10, shortSpan)).length, 1, 'the message is there as well')
      else await nothingAbout(storage, 'ada')
      await storage.update(tenant, [bob], (records) => put(bob, records.get(bob), { name: 'Bob' }))
      strictEqual((await record(bob))?.version, 1, 'the store goes on')
    },
  ),

  conformanceCase(
    'EV4 changes nothing when the decision writes nothing',
    'A refused command must not make versions grow.',
    async ({ storage, record }) => {
      await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), { step: 1 }))
      await storage.update(tenant, [ada, bob], () => noWrites)
      deepStrictEqual(await record(ada), { key: ada, version: 1, state: { step: 1 }, chain: '' })
      await nothingAbout(storage, 'bob')
    },
  ),

  conformanceCase(
    'EV11 keeps the chain of a record through a change without events',
    'The next event would begin a second chain, and the audit of an honest shop would find a break.',
    async ({ storage, record }) => {
      await storage.update(tenant, [ada], (records, now) =>
        append(ada, records.get(ada), { step: 1 }, [{ type: 'Named' }], now),
      )
      const [event] = await collect(storage.history(tenant, ada))
      await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), { step: 2 }))
      ok(event !== undefined, 'there is an event')
      deepStrictEqual(await record(ada), { key: ada, version: 2, state: { step: 2 }, chain: event.hash })
    },
  ),

  conformanceCase(
    'never changes a state that it has handed out',
    'A plan that holds one state and reads another in it decides on neither.',
    async ({ storage }) => {
      const state = (step: number) => ({ step, lines: [{ step }] })
      await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), state(1)))
      const handedOut: unknown[] = []
      const [read] = await storage.read(tenant, [ada])
      const { items } = await storage.find(tenant, { kind: 'sample' })
      handedOut.push(read?.state, items[0]?.state)
      await storage.update(tenant, [ada], (records) => {
        handedOut.push(records.get(ada)?.state)
        return put(ada, records.get(ada), state(2))
      })
      deepStrictEqual(handedOut, [state(1), state(1), state(1)])
    },
  ),

  conformanceCase(
    'never changes a state that the decision has returned',
    'The caller still holds it, to answer with it.',
    async ({ storage, record }) => {
      for (const step of [1, 2]) {
        const state = Object.freeze({ step, lines: Object.freeze([Object.freeze({ step })]) })
        await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), state))
        deepStrictEqual((await record(ada))?.state, { step, lines: [{ step }] })
      }
    },
  ),

  conformanceCase(
    'takes as many records in one update as a full batch brings',
    'Statements have limits on their parameters; a sale must not be the day on which they are found.',
    async ({ storage }) => {
      const keys = Array.from({ length: 2_560 }, (_, index) => sampleKey(`many-${index}`))
      const bump = () =>
        storage.update(tenant, keys, (records) =>
          together(
            ...keys.map((key) => put(key, records.get(key), { step: (records.get(key)?.version ?? 0) + 1 })),
          ),
        )
      await bump()
      await bump()
      const stored = await storage.read(tenant, keys)
      strictEqual(stored.length, keys.length)
      for (const { key, version, state } of stored) {
        deepStrictEqual([version, state], [2, { step: 2 }], `${key.id} has both changes`)
      }
    },
  ),
]

/** No record, no event, no message: what a refused update leaves behind. */
const nothingAbout = async (storage: Storage, id: string): Promise<void> => {
  deepStrictEqual(await storage.read(tenant, [sampleKey(id)]), [], `no record of ${id}`)
  deepStrictEqual(await collect(storage.history(tenant, sampleKey(id))), [], `no event of ${id}`)
  const claimed = await storage.claim(10, shortSpan)
  deepStrictEqual(
    claimed.filter((one) => one.about.id === id),
    [],
    `no message about ${id}`,
  )
}
