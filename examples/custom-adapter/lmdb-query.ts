import { compareKeys } from 'lmdb'
import {
  ConfigurationError,
  largestPage,
  type IndexEntries,
  type Page,
  type Query,
  type StoredRecord,
  type TenantId,
} from 'orderwright'
import { lastKey, under, type StoredState, type Tables } from './tables.js'

type Found = StoredState & { readonly id: string }

/** Where a record stands in the list: the entry the list is ordered by, if it has it, and its id. */
type Place = [value: string | number | false, id: string]

/** A page begins behind a place, not at a count: what comes or goes before it moves nothing. */
export const findRecords = (tables: Tables, tenant: TenantId, query: Query): Page<StoredRecord> => {
  const limit = Math.min(query.limit ?? 50, largestPage)
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor)
  const found = comesById(query)
    ? firstOf(matching(tables, tenant, query, after?.[1]), limit + 1)
    : sorted([...matching(tables, tenant, query)], query, after).slice(0, limit + 1)
  const items = found
    .slice(0, limit)
    .map(({ id, version, state, chain }) => ({ key: { kind: query.kind, id }, version, state, chain }))
  const last = found[limit - 1]
  return last !== undefined && found.length > limit
    ? { items, next: JSON.stringify(placeOf(last, query)) }
    : { items }
}

/** The index holds the ids of one value, as the table holds those of one kind, in their order: such a list need not be read whole. */
const comesById = ({ where = {}, range, order }: Query): boolean =>
  order === undefined && (range === undefined || Object.keys(where).length > 0)

function* matching(tables: Tables, tenant: TenantId, query: Query, afterId?: string): Generator<Found> {
  for (const id of candidates(tables, tenant, query, afterId)) {
    const record = tables.records.get([tenant, query.kind, id])
    if (record !== undefined && matches(record.entries, query)) yield { id, ...record }
  }
}

/** By one condition from the index, the rest is compared: an equality where there is one, else the range, else all of the kind. */
function* candidates(
  { records, index }: Tables,
  tenant: TenantId,
  query: Query,
  afterId?: string,
): Generator<string> {
  const { kind, where = {}, range } = query
  const [equality] = Object.entries(where)
  if (equality !== undefined) {
    for (const key of index.getKeys(under([tenant, kind, ...equality], afterId))) yield key[4]
  } else if (range !== undefined) {
    const { entry, from, to } = range
    const start = from === undefined ? [tenant, kind, entry] : [tenant, kind, entry, from]
    const end = to === undefined ? [tenant, kind, entry, lastKey] : [tenant, kind, entry, to, lastKey]
    for (const key of index.getKeys({ start, end })) yield key[4]
  } else {
    for (const key of records.getKeys(under([tenant, kind], afterId))) yield key[2]
  }
}

const matches = (entries: IndexEntries, { where = {}, range }: Query): boolean => {
  for (const [entry, value] of Object.entries(where)) if (entries[entry] !== value) return false
  if (range === undefined) return true
  const value = entries[range.entry]
  if (value === undefined) return false
  const { from = value, to = value } = range
  return compareKeys(value, from) >= 0 && compareKeys(value, to) <= 0
}

const sorted = (found: Found[], query: Query, after: Place | undefined): readonly Found[] => {
  const direction = query.order?.direction === 'descending' ? -1 : 1
  const compare = (left: Place, right: Place): number => direction * comparePlaces(left, right)
  const behind = after === undefined ? found : found.filter((one) => compare(placeOf(one, query), after) > 0)
  return behind.sort((left, right) => compare(placeOf(left, query), placeOf(right, query)))
}

const placeOf = ({ id, entries }: Found, { order }: Query): Place => [
  (order === undefined ? undefined : entries[order.entry]) ?? false,
  id,
]

/** As LMDB orders its keys: nothing first, then numbers, then texts by code. */
const comparePlaces = ([left, leftId]: Place, [right, rightId]: Place): number =>
  compareKeys(left, right) || compareKeys(leftId, rightId)

const firstOf = <Item>(items: Iterable<Item>, most: number): readonly Item[] => {
  const first: Item[] = []
  for (const item of items) if (first.push(item) === most) break
  return first
}

const readCursor = (cursor: string): Place => {
  try {
    const place: unknown = JSON.parse(cursor)
    if (Array.isArray(place) && place.length === 2 && typeof place[1] === 'string') return place as Place
  } catch {
    // Answered below: the message is the same for every unreadable cursor.
  }
  throw new ConfigurationError('the cursor of a query is the `next` of the page before')
}
