import { StorageError } from '../../core/ports/errors.js'

/** The primary result codes of SQLite (https://www.sqlite.org/rescode.html) that something here depends on, and `closed`. */
export type SqliteTrouble = 'busy' | 'constraint' | 'mismatch' | 'too big' | 'full' | 'closed' | 'other'

const troubles: Readonly<Record<number, SqliteTrouble>> = {
  5: 'busy',
  6: 'busy',
  13: 'full',
  18: 'too big',
  19: 'constraint',
  20: 'mismatch',
}

const troubleNames: readonly (readonly [string, SqliteTrouble])[] = [
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_TOOBIG', 'too big'],
  ['SQLITE_CONSTRAINT', 'constraint'],
  ['SQLITE_MISMATCH', 'mismatch'],
]

/** A failure of the database itself, told apart from whatever a decision throws. Never leaves the adapter. */
export class SqliteFailure extends Error {
  constructor(
    readonly trouble: SqliteTrouble,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'SqliteFailure'
  }

  static of(error: unknown): SqliteFailure {
    return error instanceof SqliteFailure ? error : new SqliteFailure(troubleOf(error), error)
  }
}

/** `node:sqlite` has the number in `errcode`, libsql in `rawCode`, better-sqlite3 has the name in `code`. */
const troubleOf = (error: unknown): SqliteTrouble => {
  const { errcode, rawCode, code, message } = Object(error) as Readonly<Record<string, unknown>>
  const number = errcode ?? rawCode
  // The low byte is the primary code.
  if (typeof number === 'number') return troubles[number & 0xff] ?? 'other'
  if (typeof code === 'string' && code.startsWith('SQLITE_')) {
    return troubleNames.find(([name]) => code.startsWith(name))?.[1] ?? 'other'
  }
  return typeof message === 'string' && message.includes('not open') ? 'closed' : 'other'
}

/** What a caller of the port gets to see of a failure. Anything else is handed on as it is. */
export const asStorageError = (error: unknown): unknown => {
  if (!(error instanceof SqliteFailure)) return error
  const { trouble, message } = error
  if (trouble === 'constraint' || trouble === 'mismatch' || trouble === 'too big') {
    return new StorageError('adapter_contract', `the database refused what was to be written: ${message}`, {
      cause: error.cause,
    })
  }
  return new StorageError('storage_unavailable', `the database is not available: ${message}`, {
    cause: error.cause,
  })
}
