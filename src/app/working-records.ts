import type { Key } from '../core/ids/key.js'
import type { KeyMap } from '../core/ids/key-map.js'
import { MissingKey, type Change, type Facts, type Versioned } from '../core/plan.js'
import type {
  LockedRecords,
  NewMessage,
  RecordedEvent,
  RecordWrite,
  StoredRecord,
  Writes,
} from '../core/ports/storage.js'
import type { IndexEntries } from '../core/record-kind.js'

/** The locked records of a batch with what its commands have decided so far: each command sees the decisions of those before it. */
export interface WorkingRecords {
  /** All records the batch has locked. A key nobody locked throws `MissingKey`. */
  readonly facts: Facts
  chainOf(key: Key): string
  accept(change: Change, events: readonly RecordedEvent[]): void
  queue(message: NewMessage): void
  writes(): Writes
}

/** The keys a batch has locked, each once, and where in the list each of them stands. */
export interface BatchKeys {
  readonly list: readonly Key[]
  readonly places: KeyMap<number>
}

interface Working {
  readonly stored: number
  version: number
  state: unknown
  chain: string
  /** Of the newest state; undefined while nothing has changed. */
  entries: IndexEntries | undefined
}

export const workingRecords = (locked: LockedRecords, keys: BatchKeys): WorkingRecords => {
  // At the places of their keys: one look-up finds whether a key is locked and what has become of its record.
  const records: (Working | undefined)[] = keys.list.map(() => undefined)
  const changed: { readonly key: Key; readonly record: Working }[] = []
  const events: RecordedEvent[] = []
  const messages: NewMessage[] = []

  const recordAt = (key: Key): Working => {
    const place = keys.places.get(key)
    if (place === undefined) throw new MissingKey(key)
    return (records[place] ??= workingCopy(locked.get(key)))
  }

  return {
    facts: {
      find: (key): Versioned<unknown> | undefined => {
        const working = recordAt(key)
        return working.state === null ? undefined : working
      },
    },
    chainOf: (key) => recordAt(key).chain,
    accept: (change, recorded) => {
      const record = recordAt(change.key)
      if (record.entries === undefined) changed.push({ key: change.key, record })
      record.version = change.before + Math.max(1, change.events.length)
      record.state = change.state
      record.chain = recorded.at(-1)?.hash ?? record.chain
      record.entries = change.entries
      for (const event of recorded) events.push(event)
    },
    queue: (message) => {
      messages.push(message)
    },
    writes: () => ({
      records: changed.map(writeOf),
      events,
      messages,
    }),
  }
}

const workingCopy = (stored: StoredRecord | undefined): Working => ({
  stored: stored?.version ?? 0,
  version: stored?.version ?? 0,
  state: stored?.state ?? null,
  chain: stored?.chain ?? '',
  entries: undefined,
})

const writeOf = ({ key, record }: { readonly key: Key; readonly record: Working }): RecordWrite => ({
  key,
  before: record.stored,
  version: record.version,
  state: record.state,
  entries: record.entries ?? {},
  chain: record.chain,
})
