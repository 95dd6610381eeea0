import { StorageError } from '../../core/ports/errors.js'
import type { Milliseconds } from '../../core/time/instant.js'
import type { SqliteDriver } from './driver.js'

/** What the connection runs under, read back from the database and not from what was asked for. */
export interface InForce {
  readonly journal_mode: string
  readonly synchronous: string
  readonly foreign_keys: number
  readonly busy_timeout: Milliseconds
  readonly sqlite: string
}

/** How long one call may block the process for a lock at start-up, when several processes open one file. */
const patienceAtStart: Milliseconds = 5_000

/** How long one call may block it later on. Short, since nothing else runs meanwhile; whoever still waits then waits asynchronously. */
const patience: Milliseconds = 20

/** With the 2 MB that are the default a batch spills half-done pages into the log and writes them again at the end. */
const cacheKibibytes = 8_000

/**
 * Pages in the log before they are copied into the file, 16 MB. A batch of 128 orders writes about the 1,000 that are the default, so every
 * commit would copy, and the same pages again and again.
 */
const pagesPerCheckpoint = 4_000

/**
 * Makes commits survive a loss of power: WAL with `synchronous=FULL`, which better-sqlite3 compiles to NORMAL. What does not hold when read
 * back is refused: a store that may forget confirmed orders is worse than none.
 */
export const putInForce = (driver: SqliteDriver, prepare: () => void): void => {
  driver.exec(`PRAGMA busy_timeout = ${patienceAtStart}`)
  driver.exec('PRAGMA journal_mode = WAL')
  driver.exec('PRAGMA synchronous = FULL')
  driver.exec('PRAGMA foreign_keys = ON')
  // An erased person is gone from the file too, not only from its index.
  driver.exec('PRAGMA secure_delete = ON')
  driver.exec(`PRAGMA cache_size = -${cacheKibibytes}`)
  driver.exec(`PRAGMA wal_autocheckpoint = ${pagesPerCheckpoint}`)
  const inForce = readInForce(driver)
  if (inForce.journal_mode !== 'wal' || !isDurable(inForce)) throw notDurable(driver, inForce)
  prepare()
  driver.exec(`PRAGMA busy_timeout = ${patience}`)
}

const notDurable = (driver: SqliteDriver, { journal_mode, synchronous }: InForce): StorageError =>
  new StorageError(
    'storage_unavailable',
    `orders need journal_mode=wal and synchronous=full, but ${driver.name} has journal_mode=${journal_mode} and synchronous=${synchronous} in force; a database in memory or on a network share cannot keep them`,
  )

export const isDurable = ({ synchronous }: InForce): boolean =>
  synchronous === 'full' || synchronous === 'extra'

const levels = ['off', 'normal', 'full', 'extra']

export const readInForce = (driver: SqliteDriver): InForce => ({
  journal_mode: String(pragma(driver, 'journal_mode')),
  synchronous: levels[Number(pragma(driver, 'synchronous'))] ?? 'unknown',
  foreign_keys: Number(pragma(driver, 'foreign_keys')),
  // The one pragma whose column is not called what it is.
  busy_timeout: Number(driver.prepare('PRAGMA busy_timeout').get([])?.['timeout']),
  sqlite: String(driver.prepare('SELECT sqlite_version() AS version').get([])?.['version']),
})

const pragma = (driver: SqliteDriver, name: string): unknown =>
  driver.prepare(`PRAGMA ${name}`).get([])?.[name]
