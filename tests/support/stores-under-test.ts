import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStorage, type SqliteDriverName } from 'orderwright/sqlite'
import { fixedClock, type OpenStorage } from 'orderwright/testing'
import { memoryStorage } from '../../src/adapters/memory/memory-storage.js'
import { driverOf } from '../../src/adapters/sqlite/driver.js'
import { loadDriver } from '../../src/adapters/sqlite/load-driver.js'
import { openPostgres } from './postgres/open-postgres.js'
import { testDatabase } from './postgres/test-database.js'

export interface NamedStore {
  readonly name: string
  readonly open: OpenStorage
}

export const openMemory: OpenStorage = async () => {
  const clock = fixedClock()
  return { storage: memoryStorage({ clock }), clock }
}

/** A new file for every opening, two connections to it, and a clock that both share. */
export const openSqliteFile =
  (driver: SqliteDriverName, clock = fixedClock()): OpenStorage =>
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'orderwright-'))
    const file = join(folder, 'orders.db')
    const connect = (deadline = 10_000) => openSqliteStorage(file, { clock, driver, deadline })
    const handles = [await connect(), await connect()] as const
    const reopened: { close(): void }[] = []
    const disconnect = async (): Promise<void> => {
      for (const handle of handles) handle.close()
    }
    return {
      storage: handles[0],
      another: handles[1],
      clock,
      reopen: async () => {
        await disconnect()
        const again = await connect()
        reopened.push(again)
        return again
      },
      disconnect,
      hold: async () => {
        const impatient = await connect(300)
        const other = driverOf((await loadDriver(driver))(file))
        other.exec('BEGIN IMMEDIATE')
        return {
          impatient,
          release: async () => {
            other.exec('ROLLBACK')
            other.close()
            impatient.close()
          },
        }
      },
      close: async () => {
        for (const handle of [...handles, ...reopened]) handle.close()
        await rm(folder, { recursive: true })
      },
    }
  }

const drivers: readonly SqliteDriverName[] = ['node:sqlite', 'better-sqlite3', 'libsql']

/** Every store that works on this Node: memory, SQLite with each driver that can be loaded here, and PostgreSQL. */
export const storesUnderTest = async (): Promise<readonly NamedStore[]> => {
  const stores: NamedStore[] = [{ name: 'memory', open: openMemory }]
  for (const driver of drivers) {
    if (await works(driver)) stores.push({ name: `SQLite (${driver})`, open: openSqliteFile(driver) })
  }
  stores.push({ name: 'PostgreSQL', open: openPostgres(testDatabase()) })
  return stores
}

const works = async (driver: SqliteDriverName): Promise<boolean> => {
  try {
    const opened = await openSqliteFile(driver)()
    await opened.close?.()
    return true
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'configuration') return false
    throw error
  }
}
