import { deepStrictEqual } from 'node:assert/strict'
import type { ConformanceCase } from './conformance-case.js'
import { expectRejection } from './expect-rejection.js'
import { append, message, sampleKey, sending, together } from './sample-writes.js'
import { collect, conformanceCase, plainRecord, tenant } from './store-under-test.js'

const ada = sampleKey('ada')

export const lockCases: readonly ConformanceCase[] = [
  conformanceCase(
    'LV3 rejects with deadline_exceeded when a lock is not to be had in time, and writes nothing',
    'A buyer who waits for ever holds a connection for ever; soon nobody else gets one.',
    async ({ storage, record, hold }) => {
      if (hold === undefined) return
      const rename = (name: string) => (store: typeof storage) =>
        store.update(tenant, [ada], (records, now) =>
          together(
            append(ada, records.get(ada), { name }, [{ type: 'Named' }], now),
            sending(message(ada, 1, now)),
          ),
        )
      await storage.update(tenant, [ada], (records, now) =>
        append(ada, records.get(ada), { name: 'Ada' }, [{ type: 'Named' }], now),
      )
      const { impatient, release } = await hold(tenant, ada)
      try {
        await expectRejection(rename('Eve')(impatient), 'deadline_exceeded', 'somebody else holds the lock')
      } finally {
        await release()
      }
      deepStrictEqual((await record(ada))?.state, { name: 'Ada' })
      deepStrictEqual(await storage.claim(10, 1), [])
      await rename('Ada L.')(storage)
      deepStrictEqual((await record(ada))?.state, { name: 'Ada L.' }, 'the lock was let go')
    },
    ['hold'],
  ),

  conformanceCase(
    'reads, finds and gives histories without waiting for a lock',
    'A list of orders must not stand still while one of them is being paid.',
    async ({ storage, hold }) => {
      if (hold === undefined) return
      await storage.update(tenant, [ada], (records, now) =>
        append(ada, records.get(ada), { name: 'Ada' }, [{ type: 'Named' }], now),
      )
      const { impatient, release } = await hold(tenant, ada)
      try {
        const [read] = (await impatient.read(tenant, [ada])).map(plainRecord)
        const [found] = (await impatient.find(tenant, { kind: 'sample' })).items.map(plainRecord)
        const events = await collect(impatient.history(tenant, ada))
        deepStrictEqual([read?.state, found?.state, events.length], [{ name: 'Ada' }, { name: 'Ada' }, 1])
      } finally {
        await release()
      }
    },
    ['hold'],
  ),
]
