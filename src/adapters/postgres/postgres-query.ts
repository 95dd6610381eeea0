import type { TenantId } from '../../core/ids/ids.js'
import { ConfigurationError } from '../../core/ports/errors.js'
import { largestPage, type Page, type Query, type StoredRecord } from '../../core/ports/storage.js'
import type { PostgresRow } from './client.js'
import { recordOf } from './postgres-records.js'
import { literal } from './schema-name.js'
import type { Session } from './session.js'
import { levelColumns, stockKindName } from './stock-rows.js'

type Value = string | number

/**
 * Filters and sorts in the database; the order is the entry's, then the id's, so that pages neither overlap nor leave out. The statement is
 * planned for the values it is asked with and not prepared: which of the partial indexes fits depends on them.
 */
export const findRecords = async (
  session: Session,
  schema: string,
  tenant: TenantId,
  query: Query,
): Promise<Page<StoredRecord>> => {
  const limit = Math.max(0, Math.min(query.limit ?? 50, largestPage))
  const { text, values } = statementOf(schema, tenant, query, limit + 1)
  const rows = await session.rows({ text, name: undefined }, values)
  const items = rows.slice(0, limit).map((row) => recordOf(query.kind, row['id'] ?? '', row))
  const last = rows[limit - 1]
  return last !== undefined && rows.length > limit ? { items, next: writeCursor(last) } : { items }
}

const statementOf = (
  schema: string,
  tenant: TenantId,
  query: Query,
  most: number,
): { readonly text: string; readonly values: readonly unknown[] } => {
  const isStock = query.kind === stockKindName
  const id = isStock ? "(location || '/' || sku)" : 'id'
  const columns = isStock
    ? ['version', 'chain', 'state', ...Object.values(levelColumns)]
    : ['version', 'chain', 'state']
  const values: unknown[] = [tenant]
  const conditions = ['tenant = $1']
  const given = (value: unknown, type: string): string => `$${values.push(value)}::${type}`

  // Written out, so that the planner sees which partial index fits.
  if (!isStock) conditions.push(`kind = ${literal(query.kind)}`)
  for (const [entry, value] of Object.entries(query.where ?? {})) {
    conditions.push(equality(isStock, entry, value, given))
  }
  if (query.range !== undefined) {
    const { entry, from, to } = query.range
    conditions.push(`${entryOf(isStock, entry)} IS NOT NULL`)
    for (const [bound, sign] of [
      [from, '>='],
      [to, '<='],
    ] as const) {
      if (bound !== undefined) conditions.push(compared(placeOf(isStock, entry), sign, bound, given))
    }
  }
  const descending = query.order?.direction === 'descending'
  const place = query.order === undefined ? undefined : placeOf(isStock, query.order.entry)
  const order = place === undefined ? [id] : [place.number, place.text, id]
  if (query.cursor !== undefined) {
    const beyond = descending ? '<' : '>'
    const [number, text, last] = readCursor(query.cursor)
    conditions.push(
      place === undefined
        ? `${id} ${beyond} ${given(last, 'text')}`
        : `(${order.join(', ')}) ${beyond} (${given(number, 'float8')}, ${given(text, 'text')}, ${given(last, 'text')})`,
    )
  }
  const direction = descending ? 'DESC' : 'ASC'
  const places =
    place === undefined
      ? `'0' AS place_number, '' AS place_text`
      : `${place.number} AS place_number, ${place.text} AS place_text`
  return {
    text: `SELECT ${id} AS id, ${places}, ${columns.join(', ')}
      FROM ${schema}.${isStock ? 'stock_level' : 'record'} WHERE ${conditions.join(' AND ')}
      ORDER BY ${order.map((one) => `${one} ${direction}`).join(', ')} LIMIT ${most}`,
    values,
  }
}

interface Place {
  readonly number: string
  readonly text: string
}

type Given = (value: unknown, type: string) => string

const isColumn = (isStock: boolean, entry: string): boolean =>
  isStock && (entry === 'location' || entry === 'sku')

const equality = (isStock: boolean, entry: string, value: Value, given: Given): string => {
  if (!isColumn(isStock, entry))
    return `${entryOf(isStock, entry)} = ${given(JSON.stringify(value), 'jsonb')}`
  return typeof value === 'string' ? `${entry} = ${given(value, 'text')}` : 'false'
}

const entryOf = (isStock: boolean, entry: string): string =>
  isColumn(isStock, entry) ? entry : `(entries -> ${literal(entry)})`

/** The place of a record in an order, as the indexes have it: numbers first, then texts; those that lack the entry come where the empty text does. */
const placeOf = (isStock: boolean, entry: string): Place => {
  if (isColumn(isStock, entry)) return { number: `'infinity'::float8`, text: entry }
  const name = literal(entry)
  return {
    number: `(coalesce(CASE WHEN jsonb_typeof(entries -> ${name}) = 'number' THEN (entries ->> ${name})::float8 END, 'infinity'::float8))`,
    text: `(coalesce(entries ->> ${name}, '') COLLATE "C")`,
  }
}

/** Every text lies behind every number. */
const compared = ({ number, text }: Place, sign: '>=' | '<=', bound: Value, given: Given): string =>
  typeof bound === 'number'
    ? `${number} ${sign} ${given(bound, 'float8')}`
    : `(${number}, ${text}) ${sign} ('infinity'::float8, ${given(bound, 'text')})`

const writeCursor = (row: PostgresRow): string =>
  JSON.stringify([row['place_number'], row['place_text'], row['id']])

const readCursor = (cursor: string): readonly [number: string, text: string, id: string] => {
  try {
    const place: unknown = JSON.parse(cursor)
    if (Array.isArray(place) && place.length === 3) {
      const [number, text, id] = place as readonly unknown[]
      if (isNumberText(number) && typeof text === 'string' && typeof id === 'string')
        return [number, text, id]
    }
  } catch {
    // Answered below: the message is the same for every unreadable cursor.
  }
  throw new ConfigurationError('the cursor of a query is the `next` of the page before')
}

const isNumberText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && !Number.isNaN(Number(value))
