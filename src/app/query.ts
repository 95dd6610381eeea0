import type { z } from 'zod'
import type { GatherContext } from '../core/command.js'
import type { Key } from '../core/ids/key.js'
import type { Versioned } from '../core/plan.js'
import type { Page, Query, RecordedEvent, StoredRecord } from '../core/ports/storage.js'
import type { DerivedKind, RecordKind } from '../core/record-kind.js'
import type { Refusal } from '../core/refusal.js'
import type { Result } from '../core/result.js'
import type { Settings } from '../core/settings.js'
import type { Instant } from '../core/time/instant.js'
import type { Hash } from './record-events.js'

export type KindOf<State> = DerivedKind<State> | RecordKind<State, never>

/**
 * What a query may look at, all of it unlocked and of one tenant. Everything it looks at becomes the facts that the policy is asked over,
 * so a query cannot answer with a record the policy has not seen.
 */
export interface QueryContext {
  readonly settings: Settings
  readonly hash: Hash
  /** The host's tax engine, where it has one. */
  readonly taxSource?: GatherContext['taxSource']
  /** The shell's clock: good enough to show what is over, never to decide it. */
  now(): Instant
  get<State>(kind: KindOf<State>, id: string): Promise<Versioned<State> | undefined>
  /** The records that exist, in the order of their ids as asked for. */
  getAll<State>(kind: KindOf<State>, ids: readonly string[]): Promise<readonly Versioned<State>[]>
  list<State>(kind: KindOf<State>, query: Omit<Query, 'kind'>): Promise<Page<Versioned<State>>>
  /** Records as they are stored, whatever their kind. */
  stored(keys: readonly Key[]): Promise<readonly StoredRecord[]>
  listStored(query: Query): Promise<Page<StoredRecord>>
  history(key: Key, after?: number): AsyncIterable<RecordedEvent>
}

export interface Found<Value> {
  readonly value: Value
  /** The version of the record, where the answer is about one. */
  readonly version?: number
}

/** One thing that can be asked. Declared like a command: a name that policies know, a strict input, and what answers it. */
export interface QueryDefinition<Schema extends z.ZodType, Value> {
  readonly name: string
  readonly input: Schema
  readonly run: (input: z.output<Schema>, context: QueryContext) => Promise<Result<Found<Value>, Refusal>>
}

/** Gives a query its types from its schema, so that it needs to name none of them twice. */
export const defineQuery = <Schema extends z.ZodType, Value>(
  query: QueryDefinition<Schema, Value>,
): QueryDefinition<Schema, Value> => query
