import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import {
  openSqliteStorage,
  type SqliteConnection,
  type SqliteStorage,
  type SqliteStorageOptions,
} from 'orderwright/sqlite'
import { afterEach } from 'vitest'

/** A path for a database of each test, and connections and stores that are closed after it. */
export interface TemporaryFile {
  path(): string
  connect(): Database.Database
  store(options?: SqliteStorageOptions): Promise<SqliteStorage>
}

/** One driver in all of a test's process: two copies of SQLite in one process undo each other's locks. */
export const temporaryFile = (): TemporaryFile => {
  let folder: string | undefined
  let opened: { close(): unknown }[] = []
  const path = (): string => {
    folder ??= mkdtempSync(join(tmpdir(), 'orderwright-sqlite-'))
    return join(folder, 'orders.sqlite')
  }
  const closedLater = <Opened extends { close(): unknown }>(one: Opened): Opened => {
    opened.push(one)
    return one
  }
  afterEach(() => {
    for (const one of opened) one.close()
    opened = []
    if (folder !== undefined) rmSync(folder, { recursive: true })
    folder = undefined
  })
  return {
    path,
    connect: () => closedLater(new Database(path())),
    store: async (options = {}) =>
      closedLater(await openSqliteStorage(path(), { driver: 'libsql', ...options })),
  }
}

/** The same connection, which keeps the text of every statement that is prepared. */
export const withStatements = (
  connection: Database.Database,
): { readonly connection: SqliteConnection; readonly statements: readonly string[] } => {
  const statements: string[] = []
  return {
    statements,
    connection: {
      prepare: (sql) => {
        statements.push(sql)
        return connection.prepare(sql)
      },
      exec: (sql) => connection.exec(sql),
      close: () => connection.close(),
      // What a connection is known by whose statements take their parameters as one list.
      ...{ pragma: () => undefined },
    },
  }
}

/** How the database would go about a statement. */
export const planOf = (connection: Database.Database, statement: string): string =>
  (connection.prepare(`EXPLAIN QUERY PLAN ${statement}`).all() as readonly { readonly detail: string }[])
    .map(({ detail }) => detail)
    .join('; ')
