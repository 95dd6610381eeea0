import { openSqliteStorage } from 'orderwright/sqlite'
import { postgresStorage } from 'orderwright/postgres'
import pg from 'pg'
import { openLmdbStorage } from '../../../examples/custom-adapter/open-lmdb-storage.js'
import type { Storage } from '../../../src/core/ports/storage.js'

/** A store that several processes can open, each by itself. */
export type SharedStore =
  | { readonly adapter: 'sqlite'; readonly file: string }
  | { readonly adapter: 'lmdb'; readonly file: string }
  | {
      readonly adapter: 'postgres'
      readonly url: string
      readonly schema: string
      readonly connections: number
    }

export interface OpenedStore {
  readonly storage: Storage
  readonly close: () => Promise<void>
}

export const openShared = async (store: SharedStore): Promise<OpenedStore> => {
  if (store.adapter === 'sqlite') {
    const storage = await openSqliteStorage(store.file)
    return {
      storage,
      close: async () => {
        storage.close()
      },
    }
  }
  if (store.adapter === 'lmdb') {
    const storage = await openLmdbStorage(store.file)
    return { storage, close: () => storage.close() }
  }
  const pool = new pg.Pool({ connectionString: store.url, max: store.connections, pipeline: true })
  return {
    storage: postgresStorage(pool, { schema: store.schema }),
    close: () => pool.end(),
  }
}
