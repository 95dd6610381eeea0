import { ConfigurationError } from '../../core/ports/errors.js'
import { largestPage, type Page, type Query, type StoredRecord } from '../../core/ports/storage.js'
import type { IndexEntries } from '../../core/record-kind.js'

type Indexed = StoredRecord & { readonly entries: IndexEntries }
type Value = string | number

/** Filters and sorts the records of the query's kind; the order is the entry's, then the id's, so that pages neither overlap nor leave out. */
export const findRecords = (records: Iterable<Indexed>, query: Query): Page<StoredRecord> => {
  const found = [...records].filter((record) => matches(record, query))
  const direction = query.order?.direction === 'descending' ? -1 : 1
  const placeOf = (record: Indexed): readonly [Value, string] => [
    query.order === undefined ? '' : (record.entries[query.order.entry] ?? ''),
    record.key.id,
  ]
  found.sort((left, right) => direction * comparePlaces(placeOf(left), placeOf(right)))
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor)
  const rest =
    after === undefined
      ? found
      : found.filter((record) => direction * comparePlaces(placeOf(record), after) > 0)
  const limit = Math.min(query.limit ?? 50, largestPage)
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  return last !== undefined && rest.length > limit ? { items, next: writeCursor(placeOf(last)) } : { items }
}

const matches = (record: Indexed, query: Query): boolean => {
  for (const [entry, value] of Object.entries(query.where ?? {})) {
    if (record.entries[entry] !== value) return false
  }
  if (query.range === undefined) return true
  const value = record.entries[query.range.entry]
  if (value === undefined) return false
  const { from, to } = query.range
  return (
    (from === undefined || compareValues(value, from) >= 0) &&
    (to === undefined || compareValues(value, to) <= 0)
  )
}

const comparePlaces = (left: readonly [Value, string], right: readonly [Value, string]): number =>
  compareValues(left[0], right[0]) || compareValues(left[1], right[1])

/** Numbers before texts, as in SQLite. */
const compareValues = (left: Value, right: Value): number => {
  if (typeof left !== typeof right) return typeof left === 'number' ? -1 : 1
  return left < right ? -1 : left > right ? 1 : 0
}

const writeCursor = (place: readonly [Value, string]): string => JSON.stringify(place)

const readCursor = (cursor: string): readonly [Value, string] => {
  try {
    const place: unknown = JSON.parse(cursor)
    if (Array.isArray(place) && place.length === 2) return [place[0] as Value, String(place[1])]
  } catch {
    // Answered below: the message is the same for every unreadable cursor.
  }
  throw new ConfigurationError('the cursor of a query is the `next` of the page before')
}
