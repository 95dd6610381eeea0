import type { Storage } from '../../core/ports/storage.js'

/** A store to simulate over: empty, with the simulation's clock as its own. */
export interface SimulatedStore {
  readonly storage: Storage
  /** Closes it and opens it again, as another process would find it. Only for stores that outlive their process. */
  readonly reopen?: () => Promise<Storage>
  /**
   * Begins a transaction of the host's, lends the store inside of it, and rolls it back when the work is done. Only for stores that take part in a
   * transaction of the host's.
   */
  readonly within?: (work: (storage: Storage) => Promise<void>) => Promise<void>
  readonly close?: () => Promise<void>
}
