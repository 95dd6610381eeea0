import { setImmediate as turn } from 'node:timers/promises'
import { fixedClock, type OpenStorage } from 'orderwright/testing'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import { keyName, type Key } from '../../../src/core/ids/key.js'
import { StorageError } from '../../../src/core/ports/errors.js'
import type { Storage } from '../../../src/core/ports/storage.js'
import { passThrough } from '../../../src/testing/pass-through.js'
import type { BrokenStore } from './broken.js'

const isDown = () => new StorageError('storage_unavailable', 'the server has gone')

interface Line {
  readonly isCut: () => boolean
  readonly beingCut: Promise<void>
}

/** Of the updates one after the other of one writer. */
const isThird = ([key]: readonly Key[]): boolean => key?.id.endsWith('-3') === true

/** A store in memory behind a line that can be cut, with some of its methods replaced. */
const behindLine =
  (breakIt: (storage: Storage, line: Line) => Partial<Storage>): OpenStorage =>
  async () => {
    const clock = fixedClock()
    const storage = memoryStorage({ clock })
    let cut = false
    let tell = (): void => undefined
    const beingCut = new Promise<void>((resolve) => {
      tell = resolve
    })
    const over = async <Value>(ask: () => Promise<Value>): Promise<Value> => {
      if (cut) throw isDown()
      return ask()
    }
    const sound: Storage = {
      read: (...parts) => over(() => storage.read(...parts)),
      update: (...parts) => over(() => storage.update(...parts)),
      find: (...parts) => over(() => storage.find(...parts)),
      history: async function* (...parts) {
        if (cut) throw isDown()
        yield* storage.history(...parts)
      },
      claim: (...parts) => over(() => storage.claim(...parts)),
      settle: (...parts) => over(() => storage.settle(...parts)),
      release: (...parts) => over(() => storage.release(...parts)),
      health: () => over(() => storage.health()),
    }
    return {
      storage: { ...sound, ...breakIt(storage, { isCut: () => cut, beingCut }) },
      clock,
      disconnect: async () => {
        cut = true
        tell()
      },
      reopen: async () => passThrough(storage),
    }
  }

type Late = (storage: Storage, ...update: Parameters<Storage['update']>) => Promise<void>

/** A store in memory one of whose records can be locked from outside; `late` is what an update does that waited too long. */
const lockable =
  (late: Late, reading: Partial<Storage> = {}): OpenStorage =>
  async () => {
    const clock = fixedClock()
    const storage = memoryStorage({ clock })
    const held = new Set<string>()
    return {
      storage,
      clock,
      hold: async (_tenant, key) => {
        held.add(keyName(key))
        return {
          impatient: {
            ...passThrough(storage),
            ...reading,
            update: (tenant, keys, decide) =>
              keys.some((one) => held.has(keyName(one)))
                ? late(storage, tenant, keys, decide)
                : storage.update(tenant, keys, decide),
          },
          release: async () => {
            held.clear()
          },
        }
      },
    }
  }

const tooLate = async (): Promise<never> => {
  throw new StorageError('deadline_exceeded', 'others held the lock')
}

const truth = 'ID9 tells the truth about the updates that an outage breaks off'
const outage = 'rejects with storage_unavailable, whatever is asked'

export const brokenOutages: readonly BrokenStore[] = [
  {
    breakage: 'hands on what its driver threw',
    open: behindLine((storage, { isCut }) => ({
      history: async function* (tenant, key, after) {
        if (isCut()) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
        yield* storage.history(tenant, key, after)
      },
    })),
    noticedBy: { [outage]: /history during an outage: connect ECONNREFUSED/ },
  },
  {
    breakage: 'claims nothing where it cannot reach its outbox',
    open: behindLine((storage, { isCut }) => ({
      claim: async (limit, lease) => (isCut() ? [] : storage.claim(limit, lease)),
    })),
    noticedBy: { [outage]: /claim during an outage: it was accepted/ },
  },
  {
    breakage: 'calls unavailable what it had committed',
    open: behindLine((storage, { isCut, beingCut }) => ({
      update: async (tenant, keys, decide) => {
        if (isCut()) throw isDown()
        await storage.update(tenant, keys, decide)
        if (!isThird(keys)) return
        await beingCut
        throw isDown()
      },
    })),
    noticedBy: { [truth]: /the update rejected with storage_unavailable, and it was written/ },
  },
  {
    breakage: 'answers an update before it has written it',
    open: behindLine((storage, { isCut }) => ({
      update: async (tenant, keys, decide) => {
        if (isCut()) throw isDown()
        if (!isThird(keys)) await storage.update(tenant, keys, decide)
      },
    })),
    noticedBy: { [truth]: /the update resolved, and nothing was written/ },
  },
  {
    breakage: 'has no word of its own for an update that broke off',
    open: behindLine((storage, { isCut }) => ({
      update: async (tenant, keys, decide) => {
        await turn()
        if (isCut()) throw new Error('Connection terminated unexpectedly')
        await storage.update(tenant, keys, decide)
      },
    })),
    noticedBy: { [truth]: /the answer of an outage/, [outage]: /update during an outage/ },
  },
  {
    breakage: 'calls a lock that it could not have an outage',
    open: lockable(async () => {
      throw isDown()
    }),
    noticedBy: { 'LV3 rejects with deadline_exceeded': /somebody else holds the lock: the server has gone/ },
  },
  {
    breakage: 'goes on without the lock when it has waited for it too long',
    open: lockable((storage, ...update) => storage.update(...update)),
    noticedBy: { 'LV3 rejects with deadline_exceeded': /somebody else holds the lock: it was accepted/ },
  },
  {
    breakage: 'writes late what it has said was too late',
    open: lockable(async (storage, ...update) => {
      await storage.update(...update)
      await tooLate()
    }),
    noticedBy: { 'LV3 rejects with deadline_exceeded': /strictly deep-equal/ },
  },
  {
    breakage: 'waits for locks to read',
    open: lockable(tooLate, { find: tooLate }),
    noticedBy: { 'reads, finds and gives histories without waiting for a lock': /others held the lock/ },
  },
]
