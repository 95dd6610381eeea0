import type { SqliteDriver, SqliteValue } from './driver.js'

/**
 * Inserts rows, given as one list of values, several with one statement: each call of a driver costs more than a row in it. A row that
 * breaks a constraint throws, and leaves the rows before it to the rollback that follows.
 */
export type InsertRows = (values: readonly SqliteValue[]) => void

const rowsPerStatement = 16

export const insertRows = (driver: SqliteDriver, table: string, columns: readonly string[]): InsertRows => {
  const width = columns.length
  const row = `(${columns.map(() => '?').join(', ')})`
  // FAIL spares SQLite the copies of pages it keeps to undo a single statement: here the whole transaction is undone.
  const statements = Array.from(
    { length: rowsPerStatement + 1 },
    (_, rows) =>
      `INSERT OR FAIL INTO ${table} (${columns.join(', ')}) VALUES ${Array.from({ length: rows }, () => row).join(', ')}`,
  )
  const step = rowsPerStatement * width

  return (values) => {
    for (let from = 0; from < values.length; from += step) {
      const some = values.length <= step ? values : values.slice(from, from + step)
      driver.prepare(statements[some.length / width] ?? '').run(some)
    }
  }
}
