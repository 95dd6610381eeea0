import type { TenantId } from '../../core/ids/ids.js'
import { ConfigurationError } from '../../core/ports/errors.js'
import { largestPage, type Page, type Query, type StoredRecord } from '../../core/ports/storage.js'
import type { SqliteDriver, SqliteRow, SqliteValue } from './driver.js'
import { recordOf, stockColumns } from './sqlite-records.js'
import { stockKindName, stockState } from './stock-rows.js'

type Value = string | number

/** Filters and sorts in the database; the order is the entry's, then the id's, so that pages neither overlap nor leave out. */
export const findRecords = (driver: SqliteDriver, tenant: TenantId, query: Query): Page<StoredRecord> => {
  const limit = Math.max(0, Math.min(query.limit ?? 50, largestPage))
  const { sql, parameters } = statementOf(tenant, query, limit + 1)
  const rows = driver.prepare(sql).all(parameters)
  const items = rows.slice(0, limit).map((row) => found(query.kind, row))
  const last = rows[limit - 1]
  return last !== undefined && rows.length > limit ? { items, next: writeCursor(last) } : { items }
}

const found = (kind: string, row: SqliteRow): StoredRecord =>
  recordOf(
    kind,
    String(row['id']),
    row,
    kind === stockKindName ? stockState(row) : JSON.parse(row['state'] as string),
  )

const statementOf = (
  tenant: TenantId,
  query: Query,
  most: number,
): { readonly sql: string; readonly parameters: readonly SqliteValue[] } => {
  const isStock = query.kind === stockKindName
  const id = isStock ? "location || '/' || sku" : 'id'
  const place = query.order === undefined ? "''" : placeOf(query.kind, query.order.entry)
  const columns = isStock ? stockColumns : 'version, state, chain'
  const conditions = ['tenant = ?']
  const parameters: SqliteValue[] = [tenant]
  const demand = (condition: string, ...values: readonly Value[]): void => {
    conditions.push(condition)
    parameters.push(...values)
  }

  // Written out where it can be, so that the planner sees which partial index fits.
  if (!isStock && plainName.test(query.kind)) demand(`kind = '${query.kind}'`)
  else if (!isStock) demand('kind = ?', query.kind)
  for (const [entry, value] of Object.entries(query.where ?? {})) {
    demand(`${entryOf(query.kind, entry)} = ?`, value)
  }
  if (query.range !== undefined) {
    const { entry, from, to } = query.range
    demand(`${entryOf(query.kind, entry)} IS NOT NULL`)
    if (from !== undefined) demand(`${placeOf(query.kind, entry)} >= ?`, from)
    if (to !== undefined) demand(`${placeOf(query.kind, entry)} <= ?`, to)
  }
  const descending = query.order?.direction === 'descending'
  if (query.cursor !== undefined) {
    const beyond = descending ? '<' : '>'
    const [value, last] = readCursor(query.cursor)
    if (query.order === undefined) demand(`${id} ${beyond} ?`, last)
    // The first condition says nothing new, but an index can be entered with it.
    else demand(`${place} ${beyond}= ? AND (${place}, ${id}) ${beyond} (?, ?)`, value, value, last)
  }
  const direction = descending ? 'DESC' : 'ASC'
  return {
    sql: `SELECT ${id} AS id, ${place} AS place, ${columns} FROM ${isStock ? 'stock_level' : 'record'}
      WHERE ${conditions.join(' AND ')} ORDER BY ${query.order === undefined ? '' : `${place} ${direction}, `}${id} ${direction} LIMIT ?`,
    parameters: [...parameters, most],
  }
}

const plainName = /^[A-Za-z][A-Za-z0-9_]*$/

/** Null where a record lacks the entry. A name that no kind declares is never written into a statement: all records lack it. */
const entryOf = (kind: string, entry: string): string => {
  if (kind === stockKindName && (entry === 'location' || entry === 'sku')) return entry
  return plainName.test(entry) ? `json_extract(entries, '$.${entry}')` : 'NULL'
}

/** The place of a record in an order: those that lack the entry come where the empty text does. Indexes have the same expression. */
const placeOf = (kind: string, entry: string): string => `coalesce(${entryOf(kind, entry)}, '')`

const writeCursor = (row: SqliteRow): string => JSON.stringify([row['place'], row['id']])

const readCursor = (cursor: string): readonly [Value, string] => {
  try {
    const place: unknown = JSON.parse(cursor)
    if (Array.isArray(place) && place.length === 2) {
      const [value, id] = place as readonly unknown[]
      if ((typeof value === 'string' || typeof value === 'number') && typeof id === 'string')
        return [value, id]
    }
  } catch {
    // Answered below: the message is the same for every unreadable cursor.
  }
  throw new ConfigurationError('the cursor of a query is the `next` of the page before')
}
