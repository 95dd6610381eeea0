import type { TenantId } from '../core/ids/ids.js'
import type { Key } from '../core/ids/key.js'
import { distinctKeys, keyMap } from '../core/ids/key-map.js'
import type { Clock } from '../core/ports/clock.js'
import type { Storage, StoredRecord } from '../core/ports/storage.js'

interface Asked {
  readonly keys: readonly Key[]
  readonly resolve: (records: readonly StoredRecord[]) => void
  readonly reject: (error: unknown) => void
}

/** Most keys of one read. */
const mostKeys = 1_000

/**
 * The store's unlocked read, with what is asked for in the same turn of the event loop read as one: hundreds of commands that look at a record before
 * their common commit cost one transaction of the store, not hundreds. Each gets the records it asked for; a read that fails, fails for all of them.
 */
export const readTogether = (
  storage: Pick<Storage, 'read'>,
  clock: Pick<Clock, 'soon'>,
): Pick<Storage, 'read'> => {
  const waiting = new Map<TenantId, Asked[]>()
  const readAll = async (tenant: TenantId, asked: readonly Asked[]): Promise<void> => {
    try {
      const records = keyMap<StoredRecord>()
      const keys = distinctKeys(asked.flatMap((one) => one.keys))
      for (const record of await storage.read(tenant, keys)) records.set(record.key, record)
      for (const one of asked) one.resolve(one.keys.flatMap((key) => records.get(key) ?? []))
    } catch (error) {
      for (const one of asked) one.reject(error)
    }
  }
  const readWaiting = (): void => {
    for (const [tenant, asked] of waiting) for (const some of inReads(asked)) void readAll(tenant, some)
    waiting.clear()
  }
  return {
    read: (tenant, keys) =>
      new Promise((resolve, reject) => {
        if (waiting.size === 0) clock.soon(readWaiting)
        const asked = waiting.get(tenant) ?? []
        asked.push({ keys, resolve, reject })
        waiting.set(tenant, asked)
      }),
  }
}

const inReads = (asked: readonly Asked[]): readonly (readonly Asked[])[] => {
  const reads: Asked[][] = []
  let keys = mostKeys
  for (const one of asked) {
    keys += one.keys.length
    if (keys > mostKeys) {
      reads.push([])
      keys = one.keys.length
    }
    reads.at(-1)?.push(one)
  }
  return reads
}
