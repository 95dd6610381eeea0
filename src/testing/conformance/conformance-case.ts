import type { TenantId } from '../../core/ids/ids.js'
import type { Key } from '../../core/ids/key.js'
import type { Clock } from '../../core/ports/clock.js'
import type { Storage } from '../../core/ports/storage.js'
import type { Milliseconds } from '../../core/time/instant.js'

/** One promise of the storage port, as plain data: hand it to any test runner. */
export interface ConformanceCase {
  /** A sentence about behavior; the ids of the invariants it shows stand first. */
  readonly name: string
  /** What goes wrong in a business whose store breaks the promise. */
  readonly why: string
  /** The parts of `OpenedStorage` without which this case cannot ask, and passes without having asked. */
  readonly needs: readonly ('reopen' | 'disconnect' | 'hold')[]
  /** Rejects with an `AssertionError` when the promise is broken. Opens its own store and closes it. */
  readonly run: (open: OpenStorage) => Promise<void>
}

/** A new, empty store, opened for one case. */
export interface OpenedStorage {
  readonly storage: Storage
  /** A second handle on the same store, over a connection of its own. Without one the cases use the first handle twice. */
  readonly another?: Storage
  /** The store's own clock, where a test can move it. Without one the cases wait in real time, some ten seconds in all. */
  readonly clock?: Pick<Clock, 'now'> & { advance(span: Milliseconds): void }
  /**
   * Closes every handle and opens the same store again. Only for stores that outlive their process, and due from every store whose health says
   * `durable`.
   */
  readonly reopen?: () => Promise<Storage>
  /** Breaks every connection of both handles, at once and for good, as an outage would: what is under way breaks off. `reopen` ends it. */
  readonly disconnect?: () => Promise<void>
  /** Locks one stored record as another process would that is in the middle of an update. */
  readonly hold?: (tenant: TenantId, key: Key) => Promise<HeldRecord>
  readonly close?: () => Promise<void>
}

/** A record that somebody else has locked. */
export interface HeldRecord {
  /** A handle on the same store that waits for locks half a second or so, and not as long as in earnest. */
  readonly impatient: Storage
  /** Lets the lock go, and closes what was opened for it. */
  readonly release: () => Promise<void>
}

/**
 * How the kit gets at an adapter.
 *
 * @example
 * const open: OpenStorage = async () => {
 *   const clock = fixedClock()
 *   return { storage: memoryStorage({ clock }), clock }
 * }
 * for (const { name, run } of storageConformance) test(name, () => run(open))
 */
export type OpenStorage = () => Promise<OpenedStorage>
