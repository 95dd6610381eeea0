import { keyName, type Key } from '../../src/core/ids/key.js'
import type { NewMessage, RecordedEvent, Storage, Writes } from '../../src/core/ports/storage.js'
import { passThrough } from '../../src/testing/pass-through.js'

/** A store that remembers what was committed to it: which records there are, without asking it. */
export interface WatchedStorage extends Storage {
  /** The ids of all records of a kind that were ever written, oldest first. */
  idsOf(kind: string): readonly string[]
  /** Every key that was ever written. */
  keys(): readonly Key[]
  /** What was written since the last call. */
  takeWrites(): Writes
  /** All events and messages in the order in which they were committed. */
  readonly events: readonly RecordedEvent[]
  readonly messages: readonly NewMessage[]
}

export const watched = (storage: Storage): WatchedStorage => {
  const keys = new Map<string, Key>()
  const events: RecordedEvent[] = []
  const messages: NewMessage[] = []
  let latest: Writes = { records: [], events: [], messages: [] }
  return {
    ...passThrough(storage),
    update: async (tenant, locked, decide) => {
      let writes: Writes | undefined
      await storage.update(tenant, locked, (records, now) => (writes = decide(records, now)))
      if (writes === undefined) return
      for (const { key } of writes.records) keys.set(keyName(key), key)
      events.push(...writes.events)
      messages.push(...writes.messages)
      latest = {
        records: [...latest.records, ...writes.records],
        events: [...latest.events, ...writes.events],
        messages: [...latest.messages, ...writes.messages],
      }
    },
    idsOf: (kind) => [...keys.values()].filter((key) => key.kind === kind).map((key) => key.id),
    keys: () => [...keys.values()],
    takeWrites: () => {
      const taken = latest
      latest = { records: [], events: [], messages: [] }
      return taken
    },
    events,
    messages,
  }
}
