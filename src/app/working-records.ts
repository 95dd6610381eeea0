import type { Key } from '../core/ids/key.js'
import { keyMap } from '../core/ids/key-map.js'
import { MissingKey, type Change, type Facts, type Versioned } from '../core/plan.js'
import type { LockedRecords, NewMessage, RecordedEvent, RecordWrite, Writes } from '../core/ports/storage.js'

/** The locked records of a batch with what its commands have decided so far: each command sees the decisions of those before it. */
export interface WorkingRecords {
  /** All records the batch has locked. A key nobody locked throws `MissingKey`. */
  readonly facts: Facts
  chainOf(key: Key): string
  accept(change: Change, events: readonly RecordedEvent[]): void
  queue(message: NewMessage): void
  writes(): Writes
}

interface Working {
  readonly key: Key
  readonly stored: number
  version: number
  state: unknown
  chain: string
  write?: RecordWrite
}

export const workingRecords = (locked: LockedRecords, keys: { has(key: Key): boolean }): WorkingRecords => {
  const records = keyMap<Working>()
  const loadedRecords: Working[] = []
  const events: RecordedEvent[] = []
  const messages: NewMessage[] = []

  const load = (key: Key): Working => {
    // Asked before the store is: a store may throw for a key that it has not locked.
    if (!keys.has(key)) throw new MissingKey(key)
    const stored = locked.get(key)
    const loaded: Working = {
      key,
      stored: stored?.version ?? 0,
      version: stored?.version ?? 0,
      state: stored?.state ?? null,
      chain: stored?.chain ?? '',
    }
    records.set(key, loaded)
    loadedRecords.push(loaded)
    return loaded
  }

  return {
    facts: {
      find: (key): Versioned<unknown> | undefined => {
        const working = records.get(key) ?? load(key)
        return working.state === null ? undefined : working
      },
    },
    chainOf: (key) => (records.get(key) ?? load(key)).chain,
    accept: (change, recorded) => {
      const record = records.get(change.key) ?? load(change.key)
      record.version = change.before + Math.max(1, change.events.length)
      record.state = change.state
      record.chain = recorded.at(-1)?.hash ?? record.chain
      record.write = {
        key: change.key,
        before: record.stored,
        version: record.version,
        state: record.state,
        entries: change.entries,
        chain: record.chain,
      }
      for (const event of recorded) events.push(event)
    },
    queue: (message) => {
      messages.push(message)
    },
    writes: () => ({
      records: loadedRecords.flatMap((record) => record.write ?? []),
      events,
      messages,
    }),
  }
}
