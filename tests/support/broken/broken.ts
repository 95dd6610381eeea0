import { fixedClock, type OpenStorage } from 'orderwright/testing'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import type { Key } from '../../../src/core/ids/key.js'
import { keyName } from '../../../src/core/ids/key.js'
import type { Clock } from '../../../src/core/ports/clock.js'
import type { LockedRecords, Storage, StoredRecord, Writes } from '../../../src/core/ports/storage.js'
import { passThrough } from '../../../src/testing/pass-through.js'

/** A store that breaks one promise, and the cases that have to notice: by the start of their name, with the words of their complaint. */
export interface BrokenStore {
  readonly breakage: string
  readonly open: OpenStorage
  readonly noticedBy: Readonly<Record<string, RegExp>>
}

type Break = (storage: Storage, clock: Pick<Clock, 'now'>) => Partial<Storage>

/** A store in memory with some of its methods replaced. */
export const broken =
  (breakIt: Break): OpenStorage =>
  async () => {
    const clock = fixedClock()
    const storage = memoryStorage({ clock })
    return { storage: { ...passThrough(storage), ...breakIt(storage, clock) }, clock }
  }

/** Another decision, or other writes, at the place where the store decides. */
export const deciding =
  (
    change: (
      decide: (records: LockedRecords) => Writes,
      records: LockedRecords,
      keys: readonly Key[],
    ) => Writes,
  ): Break =>
  (storage) => ({
    update: (tenant, keys, decide) =>
      storage.update(tenant, keys, (records, now) => change((given) => decide(given, now), records, keys)),
  })

/** Other writes than those that were decided. */
export const writing = (change: (writes: Writes) => Writes): Break =>
  deciding((decide, records) => change(decide(records)))

export const recordsFrom = (stored: readonly StoredRecord[], keys: readonly Key[]): LockedRecords => {
  const locked = new Set(keys.map(keyName))
  const known = new Map(stored.map((record) => [keyName(record.key), record]))
  return {
    get: (key) => {
      if (!locked.has(keyName(key)))
        throw Object.assign(new Error('not locked'), { code: 'adapter_contract' })
      return known.get(keyName(key))
    },
  }
}

/** The writes, made to fit whatever is stored by now: what a version check is there to refuse. */
export const forced = (writes: Writes, records: LockedRecords): Writes => ({
  ...writes,
  records: writes.records.map((write) => ({ ...write, before: records.get(write.key)?.version ?? 0 })),
})
