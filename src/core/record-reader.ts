import type { Key } from './ids/key.js'
import type { Versioned } from './plan.js'
import type { Page, Query, RecordedEvent } from './ports/storage.js'
import type { DerivedKind, RecordKind } from './record-kind.js'

/** Records as they are when they are looked at, without a lock: for queries, and for what a command gathers. Never the basis of a decision. */
export interface RecordReader {
  /** The records that exist, in the order of their ids as asked for. */
  getAll<State>(
    kind: DerivedKind<State> | RecordKind<State, never>,
    ids: readonly string[],
  ): Promise<readonly Versioned<State>[]>
  list<State>(
    kind: DerivedKind<State> | RecordKind<State, never>,
    query: Omit<Query, 'kind'>,
  ): Promise<Page<Versioned<State>>>
  history(key: Key, after?: number): AsyncIterable<RecordedEvent>
}
