import { StorageError } from '../../core/ports/errors.js'

/**
 * What became of a statement that failed:
 * - `again`: rolled back because of others (40001, 40P01); another try may succeed
 * - `changed`: others have written what was decided on
 * - `late`: a lock was not had in time (55P03)
 * - `refused`: the database does not accept what was to be written
 * - `lost`: the connection broke or was ended, so that it is open what the server did
 * - `readonly`: this server, or this role, takes no writes
 * - `down`: the database cannot do it now, or may not; nothing was done
 */
export type PostgresTrouble = 'again' | 'changed' | 'late' | 'refused' | 'lost' | 'readonly' | 'down'

/** A failure of the database itself, told apart from whatever a decision throws. Never leaves the adapter. */
export class PostgresFailure extends Error {
  constructor(
    readonly trouble: PostgresTrouble,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'PostgresFailure'
  }

  static of(error: unknown): PostgresFailure {
    return error instanceof PostgresFailure ? error : new PostgresFailure(troubleOf(error), error)
  }
}

/** Tables whose rows are inserted by several at once: a unique violation there says that somebody was faster. */
const recordTables = ['record', 'stock_level']

/** By SQLSTATE (https://www.postgresql.org/docs/18/errcodes-appendix.html). Without one it was not the server that failed. */
const troubleOf = (error: unknown): PostgresTrouble => {
  const { code, table, severity } = Object(error) as Readonly<Record<string, unknown>>
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return 'lost'
  // A fatal error ends the connection, and it may arrive after the commit.
  if (severity === 'FATAL' || severity === 'PANIC') return 'lost'
  if (code === '40001' || code === '40P01') return 'again'
  if (code === '55P03') return 'late'
  // The writing statement divides by zero when it has not written all it should.
  if (code === '22012') return 'changed'
  if (code === '23505') return recordTables.includes(String(table)) ? 'changed' : 'refused'
  if (code === '25006') return 'readonly'
  if (code === '40003') return 'lost'
  return ['21', '22', '23'].includes(code.slice(0, 2)) ? 'refused' : 'down'
}

/** What a caller of the port gets to see of a failure. Anything else is handed on as it is. */
export const asStorageError = (error: unknown): unknown => {
  if (!(error instanceof PostgresFailure)) return error
  const { trouble, message, cause } = error
  switch (trouble) {
    case 'refused':
      return new StorageError('adapter_contract', `the database refused what was to be written: ${message}`, {
        cause,
      })
    case 'late':
      return tooLate('locked', cause)
    case 'readonly':
      return new StorageError(
        'storage_unavailable',
        `nothing may be written here, on a standby or with default_transaction_read_only: ${message}`,
        { cause },
      )
    case 'changed':
    case 'again':
    case 'lost':
    case 'down':
      return new StorageError('storage_unavailable', `the database is not available: ${message}`, { cause })
  }
}

export const outcomeUnknown = ({ message, cause }: PostgresFailure): StorageError =>
  new StorageError(
    'outcome_unknown',
    `the connection broke during the commit, and it is open what became of it: ${message}`,
    { cause },
  )

/** What a call has waited for until its deadline was over. */
const lateness = {
  locked:
    'somebody else kept the records locked until the deadline of the store. Nothing was written: ask again with the same key. When it comes often, pg_blocking_pids and pg_stat_activity say who holds the locks, such as a transaction that a host left open',
  overtaken:
    'others kept changing the records until the deadline of the store. Nothing was written: ask again with the same key. When it comes often, a longer `deadline` of the store helps, or fewer hosts that change the same records',
  disconnected:
    'the server did not answer, or the connection broke, until the deadline of the store was over. Nothing was written: ask again with the same key',
  unconnected:
    'the pool had no free connection until the deadline of the store. Nothing was written: ask again with the same key. When it comes often, give the pool more connections (`max`), or look for a host that does not release its own',
} as const

export const tooLate = (because: keyof typeof lateness, cause: unknown): StorageError => {
  const table = because === 'locked' ? lockedTable(cause) : undefined
  const where = table === undefined ? '' : ` (table ${table})`
  return new StorageError('deadline_exceeded', `${lateness[because]}${where}`, { cause })
}

/** A try that may be repeated, and the time is over. */
export const tooLateToRepeat = (failure: PostgresFailure): StorageError => {
  if (failure.trouble === 'late') return tooLate('locked', failure.cause)
  return tooLate(failure.trouble === 'lost' ? 'disconnected' : 'overtaken', failure)
}

/** PostgreSQL names it in the context of the error alone: `while locking tuple (0,1) in relation "record"`. */
const lockedTable = (cause: unknown): string | undefined => {
  const { where } = Object(cause) as { readonly where?: unknown }
  return typeof where === 'string' ? /relation "([^"]+)"/.exec(where)?.[1] : undefined
}
