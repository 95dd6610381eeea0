import type { Key } from '../../core/ids/key.js'
import { StorageError } from '../../core/ports/errors.js'
import type { IndexEntries } from '../../core/record-kind.js'
import type { SqliteRow, SqliteValue } from './driver.js'

/** Records of this kind stand in a table of integer columns, so that the database itself refuses to oversell (ST3). */
export const stockKindName = 'stock'

/** Location and SKU, which together are the id of a stock level: locations have no slash. */
export const placeOf = (key: Key): readonly [location: string, sku: string] => {
  const slash = key.id.indexOf('/')
  if (slash < 0)
    throw new StorageError('adapter_contract', 'the id of a stock record is a location, a slash and a SKU')
  return [key.id.slice(0, slash), key.id.slice(slash + 1)]
}

interface StockColumns {
  readonly onHand: number
  readonly reserved: number
  readonly quarantined: number
  readonly safetyStock: number
  readonly backorderAllowance: number
  readonly incoming: number
}

/** The columns on_hand to incoming, then state and entries: null where the columns say it all. */
export const stockValues = (
  key: Key,
  state: unknown,
  entries: IndexEntries,
): { readonly levels: readonly SqliteValue[]; readonly rest: readonly SqliteValue[] } => {
  const [location, sku] = placeOf(key)
  const { onHand, reserved, quarantined, safetyStock, backorderAllowance, incoming } =
    state as Partial<StockColumns>
  return {
    levels: [
      onHand ?? 0,
      reserved ?? 0,
      quarantined ?? 0,
      safetyStock ?? 0,
      backorderAllowance ?? 0,
      incoming ?? 0,
    ],
    rest: [
      saysItAll(state, location, sku) ? null : JSON.stringify(state),
      isPlace(entries, location, sku) ? null : JSON.stringify(entries),
    ],
  }
}

export const stockState = (row: SqliteRow): unknown =>
  typeof row['state'] === 'string'
    ? JSON.parse(row['state'])
    : {
        sku: row['sku'],
        location: row['location'],
        onHand: row['on_hand'],
        reserved: row['reserved'],
        quarantined: row['quarantined'],
        safetyStock: row['safety_stock'],
        backorderAllowance: row['backorder_allowance'],
        incoming: row['incoming'],
      }

const numbers = ['onHand', 'reserved', 'quarantined', 'safetyStock', 'backorderAllowance', 'incoming']

const saysItAll = (state: unknown, location: string, sku: string): boolean => {
  const level = state as Readonly<Record<string, unknown>>
  return (
    level['location'] === location &&
    level['sku'] === sku &&
    Object.keys(level).length === 2 + numbers.length &&
    numbers.every((name) => typeof level[name] === 'number')
  )
}

const isPlace = (entries: IndexEntries, location: string, sku: string): boolean =>
  entries['location'] === location && entries['sku'] === sku && Object.keys(entries).length === 2
