import type { RootDatabase } from 'lmdb'
import { ConfigurationError, StorageError, type Clock, type Storage } from 'orderwright'
import { inForce, schemaVersion } from './in-force.js'
import { appendEvent, eventsPerPage, pageOfEvents } from './lmdb-history.js'
import { claimMessages, queueMessage, releaseMessages, settleMessage, type Turn } from './lmdb-outbox.js'
import { findRecords } from './lmdb-query.js'
import { readRecord, writeRecords } from './lmdb-records.js'
import { lockedRecords } from './locked-records.js'
import { openTables } from './tables.js'
import { writerTo } from './writer.js'

/** The port over an open LMDB environment. Any number of processes may open the same file. */
export const lmdbStorage = (root: RootDatabase, clock: Pick<Clock, 'now'>): Storage => {
  const tables = openTables(root)
  const write = writerTo(root)
  const reading = readerOf(root)
  const turn: Turn = { last: undefined }

  return {
    read: (tenant, keys) => reading(() => keys.flatMap((key) => readRecord(tables, tenant, key) ?? [])),

    update: (tenant, keys, decide) =>
      write(() => {
        const locked = lockedRecords(keys, (key) => readRecord(tables, tenant, key))
        const { records, events, messages } = decide(locked, clock.now())
        writeRecords(tables, tenant, records)
        for (const event of events) appendEvent(tables, tenant, event)
        for (const message of messages) queueMessage(tables, tenant, message)
      }),

    find: (tenant, query) => reading(() => findRecords(tables, tenant, query)),

    history: async function* (tenant, key, after = 0) {
      for (let last = after; ;) {
        const page = await reading(() => pageOfEvents(tables, tenant, key, last))
        yield* page
        if (page.length < eventsPerPage) return
        last = page.at(-1)?.version ?? last
      }
    },

    claim: (limit, lease) => write(() => claimMessages(tables, turn, limit, lease, clock.now())),

    settle: (results) =>
      write(() => {
        for (const result of results) settleMessage(tables, result)
      }),

    release: (tenant, about) => write(() => releaseMessages(tables, tenant, about)),

    health: () =>
      reading(() => ({
        adapter: 'lmdb',
        isolation: 'serializable',
        schemaVersion: schemaVersion(root),
        pendingMigrations: 0,
        ...inForce(root),
      })),
  }
}

/** One turn of the event loop sees one snapshot, and the newest: what another process committed a moment ago counts. */
const readerOf =
  (root: RootDatabase) =>
  async <Value>(read: () => Value): Promise<Value> => {
    try {
      root.resetReadTxn()
      return read()
    } catch (error) {
      if (error instanceof ConfigurationError) throw error
      throw new StorageError('storage_unavailable', String(error), { cause: error })
    }
  }
