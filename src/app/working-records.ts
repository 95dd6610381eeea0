import type { Key } from '../core/ids/key.js'
import { keyMap } from '../core/ids/key-map.js'
import { MissingKey, type Change, type Facts, type Versioned } from '../core/plan.js'
import type { LockedRecords, NewMessage, RecordedEvent, RecordWrite, Writes } from '../core/ports/storage.js'

/** The locked records of a batch with what its commands have decided so far: each command sees the decisions of those before it. */
export interface WorkingRecords {
  /** The facts of one command: only its own keys, so that a forgotten key is found in every batch and not just in unlucky ones. */
  factsFor(keys: { has(key: Key): boolean }): Facts
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

export const workingRecords = (locked: LockedRecords): WorkingRecords => {
  const records = keyMap<Working>()
  const events: RecordedEvent[] = []
  const messages: NewMessage[] = []

  const load = (key: Key): Working => {
    const known = records.get(key)
    if (known !== undefined) return known
    const stored = locked.get(key)
    const loaded: Working = {
      key,
      stored: stored?.version ?? 0,
      version: stored?.version ?? 0,
      state: stored?.state ?? null,
      chain: stored?.chain ?? '',
    }
    records.set(key, loaded)
    return loaded
  }

  return {
    factsFor: (keys) => ({
      find: (key): Versioned<unknown> | undefined => {
        if (!keys.has(key)) throw new MissingKey(key)
        const working = load(key)
        return working.state === null ? undefined : working
      },
    }),
    chainOf: (key) => load(key).chain,
    accept: (change, recorded) => {
      const record = load(change.key)
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
      records: [...records.values()].flatMap((record) => (record.write === undefined ? [] : [record.write])),
      events,
      messages,
    }),
  }
}
