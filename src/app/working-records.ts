import { keyName, type Key } from '../core/ids/key.js'
import { MissingKey, type Change, type Facts, type Versioned } from '../core/plan.js'
import type { LockedRecords, NewMessage, RecordedEvent, RecordWrite, Writes } from '../core/ports/storage.js'
import { freezeDeep } from './freeze.js'

/** The locked records of a batch with what its commands have decided so far: each command sees the decisions of those before it. */
export interface WorkingRecords {
  /** The facts of one command: only its own keys, so that a forgotten key is found in every batch and not just in unlucky ones. */
  factsFor(keys: { has(name: string): boolean }): Facts
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
  const records = new Map<string, Working>()
  const events: RecordedEvent[] = []
  const messages: NewMessage[] = []

  const load = (key: Key, name: string): Working => {
    const known = records.get(name)
    if (known !== undefined) return known
    const stored = locked.get(key)
    const loaded: Working = {
      key,
      stored: stored?.version ?? 0,
      version: stored?.version ?? 0,
      state: stored?.state ?? null,
      chain: stored?.chain ?? '',
    }
    records.set(name, loaded)
    return loaded
  }

  return {
    factsFor: (keys) => ({
      find: (key): Versioned<unknown> | undefined => {
        const name = keyName(key)
        if (!keys.has(name)) throw new MissingKey(key)
        const { state, version } = load(key, name)
        return state === null ? undefined : { state, version }
      },
    }),
    chainOf: (key) => load(key, keyName(key)).chain,
    accept: (change, recorded) => {
      const record = load(change.key, keyName(change.key))
      record.version = change.before + Math.max(1, change.events.length)
      record.state = freezeDeep(change.state)
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
