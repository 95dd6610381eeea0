import { setTimeout as pause } from 'node:timers/promises'
import type { Key } from '../../core/ids/key.js'
import { distinctKeys, type KeyMap } from '../../core/ids/key-map.js'
import type { Clock } from '../../core/ports/clock.js'
import { ConfigurationError, StorageError } from '../../core/ports/errors.js'
import type { LockedRecords, RecordWrite, Storage } from '../../core/ports/storage.js'
import type { Milliseconds } from '../../core/time/instant.js'
import { systemClock } from '../system/system-clock.js'
import { createCrowd } from './crowd.js'
import { currentRecords } from './current-records.js'
import { driverOf, type SqliteConnection, type SqliteDriver } from './driver.js'
import { migrate, pendingMigrations, schemaVersion } from './migrate.js'
import { isDurable, putInForce, readInForce } from './put-in-force.js'
import { asStorageError, SqliteFailure } from './sqlite-failure.js'
import { eventsPerPage, sqliteHistory } from './sqlite-history.js'
import { sqliteOutbox } from './sqlite-outbox.js'
import { findRecords } from './sqlite-query.js'
import { outdated, sqliteRecords, type KnownRecord, type Replaced } from './sqlite-records.js'
import { createWriter } from './writer.js'

export interface SqliteStorageOptions {
  /** The store's clock, which stamps what is recorded. The machine's own by default. */
  readonly clock?: Pick<Clock, 'now'>
  /** How long an update waits for the lock while other processes write, in milliseconds. Ten seconds by default. */
  readonly deadline?: Milliseconds
  /** About how many characters of stored text, states and index entries, are remembered in memory, 8 million by default. */
  readonly rememberedCharacters?: number
}

/** A store that owns its connection. */
export interface SqliteStorage extends Storage {
  /** Closes the connection; whatever is asked afterwards is refused with `storage_unavailable`. */
  close(): void
}

/**
 * Keeps everything in the SQLite file of `connection`, an open connection of libsql, better-sqlite3 or `node:sqlite` (told apart by their
 * methods: libsql has `pragma` and `sync`, better-sqlite3 has `pragma` alone, `node:sqlite` neither). The host opens and closes it; the
 * store sets WAL, `synchronous=FULL` and a short busy timeout, applies pending migrations, and begins its own transactions, so the
 * connection should serve nothing else. Any number of processes may open the same file.
 *
 * @throws ConfigurationError for a limit below 1 or what is no connection
 * @throws StorageError `schema_too_new` when a newer version has written this file, `storage_unavailable` when commits would not be durable
 * @example
 * const storage = sqliteStorage(new Database('orders.db'))
 */
export const sqliteStorage = (connection: SqliteConnection, options: SqliteStorageOptions = {}): Storage =>
  storageOver(driverOf(connection), options)

export const storageOver = (driver: SqliteDriver, options: SqliteStorageOptions): Storage => {
  const { clock = systemClock(), deadline = 10_000, rememberedCharacters = 8_000_000 } = options
  checkLimits({ deadline, rememberedCharacters })
  opening(driver, () => putInForce(driver, () => migrate(driver, () => clock.now())))
  const records = sqliteRecords(driver)
  const history = sqliteHistory(driver)
  const outbox = sqliteOutbox(driver)
  const crowd = createCrowd()
  const current = currentRecords(driver, records, rememberedCharacters, crowd.met)
  const writer = createWriter({ driver, crowd, deadline, doubt: current.doubt })

  return {
    read: (tenant, keys) =>
      reading(() => {
        if (keys.length === 0) return []
        driver.exec('BEGIN')
        try {
          current.begin()
          const found = current.read(tenant, keys)
          return keys.flatMap((key) => found.get(key)?.record ?? [])
        } finally {
          driver.exec('ROLLBACK')
        }
      }),
    update: async (tenant, keys, decide) => {
      const decided = (): readonly Replaced[] => {
        current.begin()
        const locked = current.read(tenant, keys)
        const { records: writes, events, messages } = decide(lockedRecords(locked), clock.now())
        checkWrites(writes, locked)
        const replaced = records.write(tenant, writes, locked)
        history.append(tenant, events)
        outbox.queue(tenant, messages)
        return replaced
      }
      await writer.write(decided, (replaced) => {
        current.committed(tenant, replaced)
      })
    },
    find: (tenant, query) => reading(() => findRecords(driver, tenant, query)),
    history: async function* (tenant, key, after = 0) {
      for (let last = after; ;) {
        const page = await reading(() => history.page(tenant, key, last))
        yield* page
        if (page.length < eventsPerPage) return
        last = page.at(-1)?.version ?? last
      }
    },
    claim: async (limit, lease) =>
      (await reading(() => outbox.isDue(clock.now())))
        ? writer.write(() => outbox.claim(limit, lease, clock.now()))
        : [],
    settle: async (results) => {
      if (results.length > 0) await writer.write(() => outbox.settle(results, clock.now()))
    },
    release: (tenant, about) => writer.write(() => outbox.release(tenant, about, clock.now())),
    health: () =>
      reading(() => {
        const inForce = readInForce(driver)
        const applied = schemaVersion(driver)
        return {
          adapter: 'sqlite',
          durable: isDurable(inForce),
          isolation: 'serializable',
          schemaVersion: applied,
          pendingMigrations: pendingMigrations(applied),
          settings: { driver: driver.name, ...inForce },
        }
      }),
  }
}

const checkLimits = (limits: Readonly<Record<string, number>>): void => {
  for (const [name, limit] of Object.entries(limits)) {
    if (!(limit >= 1)) throw new ConfigurationError(`${name} of a SQLite store is a number of at least 1`)
  }
}

/**
 * Each record is written over the version it has. So the second write of a key is one too many for its row, and fails there; only of writes that leave
 * the version as it was, or no row, must the keys be compared.
 */
const checkWrites = (writes: readonly RecordWrite[], locked: KeyMap<KnownRecord | undefined>): void => {
  let areTold = true
  for (const { key, before, version, state } of writes) {
    const known = locked.get(key)
    if (before !== (known?.record.version ?? 0)) throw locked.has(key) ? outdated(key, before) : unlocked(key)
    if (version <= before || (before === 0 && state === null)) areTold = false
  }
  if (!areTold && distinctKeys(writes.map(({ key }) => key)).length < writes.length)
    throw new StorageError('adapter_contract', 'a record was written twice in one update')
}

const lockedRecords = (locked: KeyMap<KnownRecord | undefined>): LockedRecords => ({
  get: (key) => {
    const known = locked.get(key)
    if (known === undefined && !locked.has(key)) throw unlocked(key)
    return known?.record
  },
})

const unlocked = (key: Key): StorageError =>
  new StorageError('adapter_contract', `a ${key.kind} record was asked for or written without its lock`)

const opening = (driver: SqliteDriver, open: () => void): void => {
  try {
    open()
  } catch (error) {
    throw asStorageError(error)
  }
}

const mostReadings = 20

/** Readers never wait for writers in WAL; the rare moments when they must, such as recovery after a crash, are over soon. */
const reading = async <Value>(read: () => Value): Promise<Value> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof SqliteFailure && error.trouble === 'busy' && attempt < mostReadings)) {
        throw asStorageError(error)
      }
      await pause(attempt)
    }
  }
}
