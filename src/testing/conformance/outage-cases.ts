import { ok, strictEqual } from 'node:assert/strict'
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises'
import type { Key } from '../../core/ids/key.js'
import type { Storage } from '../../core/ports/storage.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectRejection } from './expect-rejection.js'
import { put, sampleKey } from './sample-writes.js'
import { collect, conformanceCase, noWrites, shortSpan, tenant } from './store-under-test.js'

const ada = sampleKey('ada')
const writers = 6

export const outageCases: readonly ConformanceCase[] = [
  conformanceCase(
    'rejects with storage_unavailable, whatever is asked, while the store cannot be reached',
    'A host that is told "there is no such order" during an outage believes it.',
    async ({ storage, disconnect }) => {
      if (disconnect === undefined) return
      await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), { name: 'Ada' }))
      await disconnect()
      for (const [method, ask] of Object.entries(everyMethod)) {
        await expectRejection(ask(storage), 'storage_unavailable', `${method} during an outage`)
      }
    },
    ['disconnect'],
  ),

  conformanceCase(
    'ID9 tells the truth about the updates that an outage breaks off: written, not written, or outcome_unknown',
    'A caller that is told "failed" orders again, one that is told "done" ships; only "unknown" makes them look.',
    async ({ storage, disconnect, reopen }) => {
      if (disconnect === undefined || reopen === undefined) return
      const writing = Promise.all(Array.from({ length: writers }, (_, writer) => writeOn(storage, writer)))
      await pause(shortSpan / 10)
      await disconnect()
      const told = (await writing).flat()
      const reopened = await reopen()
      for (const { key, answer } of told) {
        const isThere = (await reopened.read(tenant, [key])).length === 1
        if (answer === 'resolved') ok(isThere, `${key.id}: the update resolved, and nothing was written`)
        else if (answer !== 'outcome_unknown') {
          strictEqual(answer, 'storage_unavailable', `${key.id}: the answer of an outage`)
          ok(!isThere, `${key.id}: the update rejected with ${answer}, and it was written`)
        }
      }
    },
    ['disconnect', 'reopen'],
  ),
]

const everyMethod: Readonly<Record<string, (storage: Storage) => Promise<unknown>>> = {
  read: (storage) => storage.read(tenant, [ada]),
  update: (storage) => storage.update(tenant, [ada], () => noWrites),
  find: (storage) => storage.find(tenant, { kind: 'sample' }),
  history: (storage) => collect(storage.history(tenant, ada)),
  claim: (storage) => storage.claim(10, shortSpan),
  settle: (storage) =>
    storage.settle([{ tenant, id: '00000000-0000-7000-8000-000000000001', fence: 1, outcome: 'delivered' }]),
  release: (storage) => storage.release(tenant, ada),
  health: (storage) => storage.health(),
}

interface Told {
  readonly key: Key
  /** `resolved`, or the code it was rejected with. */
  readonly answer: string
}

/** Writes one new record after the other until the store is gone; answers what was said of each. */
const writeOn = async (storage: Storage, writer: number): Promise<readonly Told[]> => {
  const told: Told[] = []
  for (let answer = 'resolved'; answer === 'resolved'; await turn()) {
    const key = sampleKey(`${writer}-${told.length}`)
    answer = await storage
      .update(tenant, [key], (records) => put(key, records.get(key), { writer }))
      .then(() => 'resolved', codeOf)
    told.push({ key, answer })
    ok(told.length < 100_000, 'an update is accepted long after the outage began')
  }
  return told
}

const codeOf = (error: unknown): string => String((error as { readonly code?: unknown }).code)
