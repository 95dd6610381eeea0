import { open } from 'lmdb'
import { StorageError, systemClock, type Clock, type Storage } from 'orderwright'
import { checkSchema, inForce } from './in-force.js'
import { lmdbStorage } from './lmdb-storage.js'

export interface LmdbStorageOptions {
  /** The store's clock, which stamps what is recorded. The machine's own by default. */
  readonly clock?: Pick<Clock, 'now'>
}

export interface LmdbStorage extends Storage {
  /** Waits for what is under way; whatever is asked afterwards is refused with `storage_unavailable`. */
  close(): Promise<void>
}

export const openLmdbStorage = async (
  path: string,
  options: LmdbStorageOptions = {},
): Promise<LmdbStorage> => {
  const { clock = systemClock() } = options
  // By default a commit of LMDB's is visible before it is on the disk. An order that was confirmed must not be gone after a power cut.
  const root = open({ path, noSubdir: true, overlappingSync: false })
  try {
    if (!inForce(root).durable)
      throw new StorageError('storage_unavailable', 'commits of this file would not be durable')
    checkSchema(root)
  } catch (error) {
    await root.close()
    throw error
  }
  return { ...lmdbStorage(root, clock), close: () => root.close() }
}
