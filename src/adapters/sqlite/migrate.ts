import { StorageError } from '../../core/ports/errors.js'
import type { Instant } from '../../core/time/instant.js'
import type { SqliteDriver } from './driver.js'
import { migrations } from './migrations/list.js'

const ledger =
  'CREATE TABLE IF NOT EXISTS orderwright_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT'

const newest = migrations.at(-1)?.number ?? 0

/** Brings the schema up to date, all steps or none. Of several processes that start at once one does it and the others find it done. */
export const migrate = (driver: SqliteDriver, now: () => Instant): void => {
  if (schemaVersion(driver) === newest) return
  driver.exec('BEGIN IMMEDIATE')
  try {
    driver.exec(ledger)
    const applied = schemaVersion(driver)
    if (applied > newest) throw tooNew(applied)
    for (const { number, name, sql } of migrations) {
      if (number <= applied) continue
      driver.exec(sql)
      driver.prepare('INSERT INTO orderwright_migration VALUES (?, ?, ?)').run([number, name, now()])
    }
    driver.exec('COMMIT')
  } catch (error) {
    driver.exec('ROLLBACK')
    throw error
  }
}

/** The number of the newest step that was applied to this file; 0 for a file without any. */
export const schemaVersion = (driver: SqliteDriver): number => {
  const known = driver.prepare("SELECT name FROM sqlite_schema WHERE name = 'orderwright_migration'").get([])
  if (known === undefined) return 0
  return Number(
    driver.prepare('SELECT coalesce(max(number), 0) AS newest FROM orderwright_migration').get([])?.[
      'newest'
    ],
  )
}

export const pendingMigrations = (applied: number): number =>
  migrations.filter((migration) => migration.number > applied).length

const tooNew = (applied: number): StorageError =>
  new StorageError(
    'schema_too_new',
    `this file has schema ${applied}, this version of orderwright knows only up to ${newest}; install the newer version that wrote it`,
  )
