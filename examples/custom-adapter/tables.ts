import type { Database, RootDatabase } from 'lmdb'
import type { IndexEntries, NewMessage, RecordedEvent, StoredRecord } from 'orderwright'

/** What is kept of a record beside its key. The entries stay with it, so that the next write knows which of the index are the old ones. */
export type StoredState = Omit<StoredRecord, 'key'> & { readonly entries: IndexEntries }

export interface QueuedMessage {
  readonly message: NewMessage
  readonly parked: boolean
  readonly attempts: number
  readonly fence: number
  /** Not to be claimed before: the end of a lease, or the time of the next attempt. */
  readonly dueAt: string
  /** Why the last attempt failed. */
  readonly reason?: string
}

/** Key, kind and id of the record that a message is about, the message's place in its line, and its id. */
export type MessageKey = [tenant: string, kind: string, id: string, position: number, message: string]

export type HeadKey = [
  tenant: string,
  createdAt: string,
  kind: string,
  id: string,
  position: number,
  message: string,
]

/** The tenant comes first in every key. */
export interface Tables {
  readonly records: Database<StoredState, [tenant: string, kind: string, id: string]>
  readonly index: Database<
    true,
    [tenant: string, kind: string, entry: string, value: string | number, id: string]
  >
  readonly events: Database<
    Omit<RecordedEvent, 'key'>,
    [tenant: string, kind: string, id: string, version: number]
  >
  readonly messages: Database<QueuedMessage, MessageKey>
  /** Where a message is, by its tenant and id. */
  readonly places: Database<MessageKey, [tenant: string, message: string]>
  /** The first message of each line, of each tenant oldest first, and when it is due. A line whose first is parked has none. */
  readonly heads: Database<string, HeadKey>
}

/** JSON, as states are: whatever else reads the file needs no library of this one. */
export const openTables = (root: RootDatabase): Tables => {
  const table = (name: string) => root.openDB<never, never>({ name, encoding: 'json' })
  return {
    records: table('records'),
    index: table('index'),
    events: table('events'),
    messages: table('messages'),
    places: table('places'),
    heads: table('heads'),
  }
}

/** All keys that begin with `prefix`; with `after`, those behind it. A byte sorts behind every number and text. */
export const under = (prefix: readonly (string | number)[], after?: string | number) => ({
  start: after === undefined ? [...prefix] : [...prefix, after],
  exclusiveStart: after !== undefined,
  end: [...prefix, lastKey],
})

export const lastKey = Uint8Array.of(255)
