import type { TenantId, Version } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import type { IndexEntries } from '../record-kind.js'
import type { Instant, Milliseconds } from '../time/instant.js'

/** A record as it stands. `chain` is the hash of its newest event, or an empty text for a record without events. */
export interface StoredRecord {
  readonly key: Key
  readonly version: Version
  readonly state: unknown
  readonly chain: string
}

/** The locked records handed to `decide`: `undefined` for a locked key that has no record yet. Other keys throw. */
export interface LockedRecords {
  get(key: Key): StoredRecord | undefined
}

/** A record to write. `before` is the version it had (0: it is new); `state` null removes it. */
export interface RecordWrite {
  readonly key: Key
  readonly before: Version
  readonly version: Version
  readonly state: unknown
  readonly entries: IndexEntries
  readonly chain: string
}

/** One event as stored. `body` is the RFC 8785 canonical JSON of its envelope; `hash` = SHA-256(previous hash + body), in hex. */
export interface RecordedEvent {
  readonly key: Key
  readonly version: Version
  readonly id: string
  readonly type: string
  readonly recordedAt: Instant
  readonly body: string
  readonly hash: string
}

/** A message to send. Messages about one record are delivered in the order of `position`. */
export interface NewMessage {
  readonly id: string
  readonly about: Key
  readonly position: number
  readonly topic: string
  readonly channel: string
  readonly data: Readonly<Record<string, unknown>>
  readonly createdAt: Instant
}

/** What one update writes. Each key is written at most once: of two writes of one record no store could tell which was meant. */
export interface Writes {
  readonly records: readonly RecordWrite[]
  readonly events: readonly RecordedEvent[]
  readonly messages: readonly NewMessage[]
}

/** A claimed message. `fence` grows with every claim: a settlement with an older one is ignored. */
export interface OutboxMessage extends NewMessage {
  readonly tenant: TenantId
  readonly attempts: number
  readonly fence: number
}

export type Delivery = {
  readonly tenant: TenantId
  readonly id: string
  readonly fence: number
} & (
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'retry'; readonly at: Instant; readonly reason: string }
  | { readonly outcome: 'parked'; readonly reason: string }
)

/** Equality and one range over the entries a kind declares, one order, a cursor, at most 200 records a page. */
export interface Query {
  readonly kind: string
  readonly where?: Readonly<Record<string, string | number>>
  readonly range?: { readonly entry: string; readonly from?: string | number; readonly to?: string | number }
  readonly order?: { readonly entry: string; readonly direction: 'ascending' | 'descending' }
  /** The `next` of the page before. */
  readonly cursor?: string
  readonly limit?: number
}

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Hand it back as `cursor` for the following page; absent on the last. */
  readonly next?: string
}

export const largestPage = 200

/** What is really in force, read from the store and not from its configuration. */
export interface StorageHealth {
  readonly adapter: string
  readonly durable: boolean
  readonly isolation: string
  readonly schemaVersion: number
  readonly pendingMigrations: number
  readonly settings: Readonly<Record<string, string | number>>
}

/**
 * An atomic read-decide-write over named records, batched. The conformance kit asks what is promised below as far as a case can: what a restart
 * leaves, how an outage is answered and who waits for a lock only where it is given the means (`reopen`, `disconnect`, `hold` of `OpenedStorage`);
 * that a write survives a power cut, and the answer of a store that is too busy, not at all.
 *
 * States are shared, never copied: neither side changes a state that the store has handed out or that `decide` has returned, so a store may
 * keep it. What leaves the shell for the host is a copy.
 *
 * Every method rejects with an error whose `code` is `storage_unavailable` when the store cannot be reached or is too busy.
 */
export interface Storage {
  /** Unlocked: for queries and to discover which records a command touches. Never the basis of a decision. Missing records are left out. */
  read(tenant: TenantId, keys: readonly Key[]): Promise<readonly StoredRecord[]>

  /**
   * Locks `keys` in key order, calls `decide` with their current records and the store's clock, writes what it returns: all or nothing,
   * durable when the promise resolves. May call `decide` again with fresh records, so `decide` is pure. When `decide` throws, nothing is
   * written and the promise rejects with what it threw. Rejects with code `adapter_contract`, and writes nothing, when a record has another
   * version than its `before`, or is written twice. Rejects with code `outcome_unknown` when the store cannot say whether it
   * committed, and with `deadline_exceeded` when the locks could not be had in time.
   */
  update(
    tenant: TenantId,
    keys: readonly Key[],
    decide: (records: LockedRecords, now: Instant) => Writes,
  ): Promise<void>

  /**
   * Unlocked, as `read`: what was committed before it was asked is found, what is committed meanwhile may be. Numbers come in the order of their
   * size, texts in that of their code, equals by id; a page goes on where the last ended.
   */
  find(tenant: TenantId, query: Query): Promise<Page<StoredRecord>>

  /** The events of one record after version `after`, oldest first; also of one that was removed. */
  history(tenant: TenantId, key: Key, after?: Version): AsyncIterable<RecordedEvent>

  /**
   * Claims messages by status for the length of `lease`: of each record only the first that is not delivered, and none of a record whose first
   * is parked. A claim that was not settled when its lease ends can be claimed again. As many as are due, up to `limit`.
   *
   * Of one tenant the oldest come first. Of several tenants each has its turn: the oldest of each, then the second of each, and a later claim goes
   * on behind the tenant from which this one took last. So the backlog of one tenant holds up nobody else's messages.
   */
  claim(limit: number, lease: Milliseconds): Promise<readonly OutboxMessage[]>

  /** Settles claims, each by itself. One whose fence is no longer the newest changes nothing; a lease that is over does not matter. */
  settle(results: readonly Delivery[]): Promise<void>

  /** Puts parked messages of one record back in line, with all their attempts before them; answers how many. */
  release(tenant: TenantId, about: Key): Promise<number>

  health(): Promise<StorageHealth>
}
