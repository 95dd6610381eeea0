export { openSqliteStorage } from './open-sqlite-storage.js'
export { sqliteStorage, type SqliteStorage, type SqliteStorageOptions } from './sqlite-storage.js'
export type { SqliteConnection, SqliteConnectionStatement, SqliteDriverName } from './driver.js'
