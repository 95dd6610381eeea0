import { setImmediate as turn } from 'node:timers/promises'
import { postgresStorage } from 'orderwright/postgres'
import { fixedClock } from 'orderwright/testing'
import { memoryStorage } from 'orderwright'
import { describe, expect, it } from 'vitest'
import { keyMap } from '../../src/core/ids/key-map.js'
import type { Storage, StoredRecord } from '../../src/core/ports/storage.js'
import { passThrough } from '../../src/testing/pass-through.js'
import { checkAppends, type ListStep } from '../../src/testing/simulation/history/append-check.js'
import { runAppends, type AppendHistory } from '../support/append-run.js'
import { testDatabase } from '../support/postgres/test-database.js'
import { storesUnderTest } from '../support/stores-under-test.js'

// Whether the transactions of each adapter are as strict as it says: not a test of the databases but of how we use them.

const steps = 40

const areSound = (histories: readonly AppendHistory[]): void => {
  for (const { steps, lists, told } of histories) {
    expect(checkAppends(steps, lists)).toEqual([])
    expect(told).toEqual(lists)
  }
  // Where nothing was taken back, or nobody came between, nothing would be shown.
  const done = histories.flatMap(({ steps }) => steps)
  const count = (is: (step: ListStep) => boolean): number => done.filter(is).length
  expect(count(({ outcome }) => outcome === 'committed')).toBeGreaterThan(done.length / 2)
  expect(count(({ outcome }) => outcome === 'aborted')).toBeGreaterThan(5)
  expect(count(({ invoked, answered }) => answered - invoked > 2)).toBeGreaterThan(5)
}

describe.each(await storesUnderTest())('clients who read lists and append to them in $name', ({ open }) => {
  it('EV2 find them as if one had come after the other, and nothing that was taken back', async () => {
    const histories: AppendHistory[] = []
    for (const seed of [1, 2, 3, 4, 5]) {
      const { storage, another, close } = await open()
      try {
        const stores = another === undefined ? [storage] : [storage, another]
        histories.push(await runAppends({ seed, clients: 8, steps, stores }))
      } finally {
        await close?.()
      }
    }
    areSound(histories)
  })
})

describe('hosts whose transactions on PostgreSQL are committed or rolled back', () => {
  const database = testDatabase()

  it('EV2 come one after the other with everybody else, and nobody sees what they take back', async () => {
    const pool = await database.pool({ max: 8 })
    const storage = postgresStorage(pool, { clock: fixedClock() })
    const history = await runAppends({
      seed: 2,
      clients: 8,
      steps,
      stores: [storage],
      within: async (end, work) => {
        const host = await pool.connect()
        try {
          await host.query('BEGIN')
          await work(storage.within(host))
          await turn()
          await host.query(end)
        } catch (error) {
          await host.query('ROLLBACK')
          throw error
        } finally {
          host.release()
        }
      },
    })
    areSound([history])
  })
})

/** What somebody makes who reads, thinks and then writes: each step is written whole, and none knows of the other. */
const decidingBeforeTheLock = (storage: Storage): Storage => ({
  ...passThrough(storage),
  update: async (tenant, keys, decide) => {
    const before = keyMap<StoredRecord>()
    for (const record of await storage.read(tenant, keys)) before.set(record.key, record)
    await turn()
    await storage.update(tenant, keys, (locked, now) => {
      const writes = decide({ get: (key) => before.get(key) }, now)
      return {
        ...writes,
        records: writes.records.map((write) => ({ ...write, before: locked.get(write.key)?.version ?? 0 })),
      }
    })
  },
})

it('a store that decides before it has the lock is found out', async () => {
  const storage = decidingBeforeTheLock(memoryStorage())
  const { steps: done, lists } = await runAppends({ seed: 1, clients: 8, steps, stores: [storage] })
  expect(checkAppends(done, lists)).not.toEqual([])
})
