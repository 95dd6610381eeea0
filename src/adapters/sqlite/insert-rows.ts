import type { TenantId } from '../../core/ids/ids.js'
import type { SqliteDriver, SqliteValue } from './driver.js'

/**
 * Inserts rows, several with one statement: each call of a driver costs more than a row in it. A row that breaks a constraint throws, and
 * leaves the rows before it to the rollback that follows.
 */
export type InsertRows<Row> = (tenant: TenantId, rows: readonly Row[]) => void

const rowsPerStatement = 16

/** `valuesOf` adds the values of the `columns` of one row; the column `tenant` stands before them, and is bound once for all rows of a statement. */
export const insertRows = <Row>(
  driver: SqliteDriver,
  table: string,
  columns: readonly string[],
  valuesOf: (row: Row, values: SqliteValue[]) => void,
): InsertRows<Row> => {
  const width = columns.length
  const placesOf = (row: number): string =>
    columns.map((_, column) => `?${2 + row * width + column}`).join(', ')
  // FAIL spares SQLite the copies of pages it keeps to undo a single statement: here the whole transaction is undone.
  const statements = Array.from(
    { length: rowsPerStatement + 1 },
    (_, rows) =>
      `INSERT OR FAIL INTO ${table} (tenant, ${columns.join(', ')}) VALUES ${Array.from({ length: rows }, (_, row) => `(?1, ${placesOf(row)})`).join(', ')}`,
  )

  return (tenant, rows) => {
    for (let from = 0; from < rows.length; from += rowsPerStatement) {
      const end = Math.min(rows.length, from + rowsPerStatement)
      const values: SqliteValue[] = [tenant]
      for (let place = from; place < end; place += 1) valuesOf(rows[place] as Row, values)
      driver.prepare(statements[end - from] ?? '').run(values)
    }
  }
}
