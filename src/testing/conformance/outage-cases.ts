import { ok, strictEqual } from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import type { Key } from '../../core/ids/key.js'
import type { Storage } from '../../core/ports/storage.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectRejection } from './expect-rejection.js'
import { put, sampleKey } from './sample-writes.js'
import { collect, conformanceCase, noWrites, shortSpan, tenant } from './store-under-test.js'

const ada = sampleKey('ada')
const writers = 6
const writtenBefore = 3

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
      const told = await writeThrough(storage, disconnect)
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

/**
 * Several write at once. The outage begins the moment the last of them has sent its fourth update: however fast the store and the machine are, that
 * one is under way, and what the others have sent is on its way or written.
 */
const writeThrough = async (storage: Storage, disconnect: () => Promise<void>): Promise<readonly Told[]> => {
  const atWork = new Set<number>()
  let outage: Promise<void> | undefined
  const sent = (writer: number): void => {
    atWork.add(writer)
    if (atWork.size === writers) outage ??= disconnect()
  }
  const told = await Promise.all(
    Array.from({ length: writers }, (_, writer) =>
      writeOn(storage, writer, () => {
        sent(writer)
      }),
    ),
  )
  await outage
  return told.flat()
}

/** Writes one new record after the other until the store is gone; answers what was said of each. */
const writeOn = async (storage: Storage, writer: number, sent: () => void): Promise<readonly Told[]> => {
  const told: Told[] = []
  for (let answer = 'resolved'; answer === 'resolved'; await turn()) {
    const key = sampleKey(`${writer}-${told.length}`)
    const update = storage.update(tenant, [key], (records) => put(key, records.get(key), { writer }))
    if (told.length === writtenBefore) sent()
    answer = await update.then(() => 'resolved', codeOf)
    told.push({ key, answer })
    ok(told.length < 100_000, 'an update is accepted long after the outage began')
  }
  // Who is turned away before the outage keeps nobody waiting for it.
  sent()
  return told
}

const codeOf = (error: unknown): string => String((error as { readonly code?: unknown }).code)
