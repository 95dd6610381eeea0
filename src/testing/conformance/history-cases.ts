import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import type { RecordedEvent } from '../../core/ports/storage.js'
import type { ConformanceCase } from './conformance-case.js'
import { append, put, sampleKey } from './sample-writes.js'
import { collect, conformanceCase, shortSpan, tenant } from './store-under-test.js'

const ada = sampleKey('ada')
const nobody = sampleKey('nobody')

export const historyCases: readonly ConformanceCase[] = [
  conformanceCase(
    'EV11 gives events back oldest first, each with the very body and hash it was written with',
    'The hash is over the body: one re-spaced or re-ordered character and the whole chain is broken.',
    async ({ storage, pass }) => {
      let written: readonly RecordedEvent[] = []
      for (const part of [['Łódź', '東京'], ['🧾 \u2028'], ['"quoted" \\ back', 'nai\u0308ve']]) {
        let events: readonly RecordedEvent[] = []
        await storage.update(tenant, [ada], (records, now) => {
          const planned = part.map((text) => ({ type: 'Noted', text, z: 1, a: { b: [1, 2] } }))
          const writes = append(ada, records.get(ada), { text: part.at(-1) }, planned, now)
          events = writes.events
          return writes
        })
        written = [...written, ...events]
        await pass(shortSpan)
      }
      deepStrictEqual((await collect(storage.history(tenant, ada))).map(plainEvent), written.map(plainEvent))
    },
  ),

  conformanceCase(
    'gives the events after a version, and none for a record that has none',
    'A projection that reads on from where it stopped must neither repeat an event nor leave one out.',
    async ({ storage }) => {
      await storage.update(tenant, [ada], (records, now) =>
        append(
          ada,
          records.get(ada),
          {},
          Array.from({ length: 5 }, () => ({ type: 'Noted' })),
          now,
        ),
      )
      for (const [after, versions] of [
        [0, [1, 2, 3, 4, 5]],
        [3, [4, 5]],
        [5, []],
        [9, []],
      ] as const) {
        const events = await collect(storage.history(tenant, ada, after))
        deepStrictEqual(
          events.map((event) => event.version),
          versions,
          `after version ${after}`,
        )
      }
      deepStrictEqual(await collect(storage.history(tenant, nobody)), [])
    },
  ),

  conformanceCase(
    'EV1 keeps the events of a record that was removed',
    'Who erased what, and when, is asked after it is gone.',
    async ({ storage }) => {
      await storage.update(tenant, [ada], (records, now) =>
        append(ada, records.get(ada), { name: 'Ada' }, [{ type: 'Named' }], now),
      )
      await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), null))
      strictEqual((await storage.read(tenant, [ada])).length, 0, 'the record is gone')
      strictEqual((await collect(storage.history(tenant, ada))).length, 1, 'its event is not')
    },
  ),

  conformanceCase(
    'EV1 gives all of a long history',
    'A busy stock level has more events than a page; an audit that stops at the first proves little.',
    async ({ storage }) => {
      const total = 2_500
      for (let start = 0; start < total; start += 500) {
        await storage.update(tenant, [ada], (records, now) =>
          append(
            ada,
            records.get(ada),
            {},
            Array.from({ length: 500 }, () => ({ type: 'Noted' })),
            now,
          ),
        )
      }
      const events = await collect(storage.history(tenant, ada))
      strictEqual(events.length, total)
      strictEqual(
        events.every((event, index) => event.version === index + 1),
        true,
        'versions are 1 to n without holes',
      )
    },
  ),
]

const plainEvent = ({ key, version, id, type, recordedAt, body, hash }: RecordedEvent): RecordedEvent => ({
  key: { kind: key.kind, id: key.id },
  version,
  id,
  type,
  recordedAt,
  body,
  hash,
})
