import { StorageError } from '../../core/ports/errors.js'
import { driverOf, type SqliteConnection, type SqliteDriverName } from './driver.js'
import { loadDriver } from './load-driver.js'
import { storageOver, type SqliteStorage, type SqliteStorageOptions } from './sqlite-storage.js'

/**
 * Opens the SQLite file at `path`, or creates it, with the first driver that works: `node:sqlite` (Node 22.14 and newer), then
 * better-sqlite3, then libsql; or with the one named in `driver`. The packages are optional peers; none is loaded before this call.
 *
 * @throws ConfigurationError when no driver works here, as better-sqlite3 13 on Node 20; StorageError as `sqliteStorage`
 * @example
 * const storage = await openSqliteStorage('orders.db')
 */
export const openSqliteStorage = async (
  path: string,
  options: SqliteStorageOptions & { readonly driver?: SqliteDriverName } = {},
): Promise<SqliteStorage> => {
  const open = await loadDriver(options.driver)
  const driver = driverOf(connect(open, path))
  try {
    const close = (): void => {
      driver.close()
    }
    return { ...storageOver(driver, options), close }
  } catch (error) {
    driver.close()
    throw error
  }
}

const connect = (open: (path: string) => SqliteConnection, path: string): SqliteConnection => {
  try {
    return open(path)
  } catch (error) {
    throw new StorageError('storage_unavailable', `the database file cannot be opened: ${String(error)}`, {
      cause: error,
    })
  }
}
