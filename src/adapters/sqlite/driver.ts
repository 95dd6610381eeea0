import { ConfigurationError } from '../../core/ports/errors.js'
import { SqliteFailure } from './sqlite-failure.js'

export type SqliteValue = string | number | null
/** Read columns by their names: libsql adds `_metadata` to the row of a `get`. */
export type SqliteRow = Readonly<Record<string, unknown>>

/** What all three drivers share: an open, synchronous connection to one SQLite file. */
export interface SqliteConnection {
  prepare(sql: string): SqliteConnectionStatement
  exec(sql: string): unknown
  close(): unknown
}

export interface SqliteConnectionStatement {
  run(...parameters: unknown[]): unknown
  get(...parameters: unknown[]): unknown
  all(...parameters: unknown[]): unknown[]
}

export type SqliteDriverName = 'node:sqlite' | 'better-sqlite3' | 'libsql'

/** The few calls this adapter makes. Every failure of the database is a `SqliteFailure`. */
export interface SqliteDriver {
  readonly name: SqliteDriverName
  /** The same text gives the same statement: it is compiled once. */
  prepare(sql: string): SqliteStatement
  exec(sql: string): void
  /** All rows changed by `run` so far. */
  changedRows(): number
  close(): void
}

export interface SqliteStatement {
  /** Answers how many rows it changed. */
  run(parameters: readonly SqliteValue[]): number
  get(parameters: readonly SqliteValue[]): SqliteRow | undefined
  all(parameters: readonly SqliteValue[]): readonly SqliteRow[]
}

/**
 * The driver behind a connection that the host has opened. Which one it is shows in its methods: libsql has `pragma` and `sync`,
 * better-sqlite3 has `pragma` alone, `node:sqlite` has neither.
 */
export const driverOf = (connection: SqliteConnection): SqliteDriver => {
  const name = nameOf(connection)
  const compiled = new Map<string, SqliteStatement>()
  let open = true
  let changedRows = 0
  // Asked at every step, since a libsql statement goes on working after its connection was closed.
  const checkOpen = (): void => {
    if (!open || (connection as { readonly open?: unknown }).open === false) {
      throw new SqliteFailure('closed', new Error('the connection is closed'))
    }
  }
  const compile = (sql: string): SqliteStatement => {
    const statement = failing(() => connection.prepare(sql))
    return guarded(name === 'node:sqlite' ? spreading(statement) : statement, checkOpen, (rows) => {
      changedRows += rows
    })
  }

  return {
    name,
    prepare: (sql) => {
      let statement = compiled.get(sql)
      if (statement !== undefined) return statement
      checkOpen()
      statement = compile(sql)
      compiled.set(sql, statement)
      return statement
    },
    exec: (sql) => {
      checkOpen()
      try {
        connection.exec(sql)
      } catch (error) {
        throw SqliteFailure.of(error)
      }
    },
    changedRows: () => changedRows,
    close: () => {
      if (!open) return
      open = false
      compiled.clear()
      failing(() => connection.close())
    },
  }
}

const nameOf = (connection: SqliteConnection): SqliteDriverName => {
  const has = (method: string): boolean =>
    typeof (connection as unknown as Readonly<Record<string, unknown>> | null)?.[method] === 'function'
  if (!has('prepare') || !has('exec') || !has('close')) {
    throw new ConfigurationError(
      'sqliteStorage takes an open connection of node:sqlite, better-sqlite3 or libsql; for a path there is openSqliteStorage',
    )
  }
  return has('pragma') ? (has('sync') ? 'libsql' : 'better-sqlite3') : 'node:sqlite'
}

/** better-sqlite3 and libsql take the parameters as one list, `node:sqlite` takes each by itself. */
const spreading = (statement: SqliteConnectionStatement): SqliteConnectionStatement => ({
  run: (parameters) => statement.run(...(parameters as readonly unknown[])),
  get: (parameters) => statement.get(...(parameters as readonly unknown[])),
  all: (parameters) => statement.all(...(parameters as readonly unknown[])),
})

const guarded = (
  statement: SqliteConnectionStatement,
  checkOpen: () => void,
  changed: (rows: number) => void,
): SqliteStatement => ({
  run: (parameters) => {
    checkOpen()
    try {
      const rows = Number((statement.run(parameters) as { readonly changes: number | bigint }).changes)
      changed(rows)
      return rows
    } catch (error) {
      throw SqliteFailure.of(error)
    }
  },
  get: (parameters) => {
    checkOpen()
    try {
      return statement.get(parameters) as SqliteRow | undefined
    } catch (error) {
      throw SqliteFailure.of(error)
    }
  },
  all: (parameters) => {
    checkOpen()
    try {
      return statement.all(parameters) as readonly SqliteRow[]
    } catch (error) {
      throw SqliteFailure.of(error)
    }
  },
})

const failing = <Value>(call: () => Value): Value => {
  try {
    return call()
  } catch (error) {
    throw SqliteFailure.of(error)
  }
}
