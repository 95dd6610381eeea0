import type { Key } from '../../core/ids/key.js'
import { StorageError } from '../../core/ports/errors.js'
import type { IndexEntries } from '../../core/record-kind.js'
import type { PostgresRow } from './client.js'

/** Records of this kind stand in a table of integer columns, so that the database itself refuses to oversell (ST3). */
export const stockKindName = 'stock'

/** Location and SKU, which together are the id of a stock level: locations have no slash. */
export const placeOf = (key: Key): readonly [location: string, sku: string] => {
  const slash = key.id.indexOf('/')
  if (slash < 0)
    throw new StorageError('adapter_contract', 'the id of a stock record is a location, a slash and a SKU')
  return [key.id.slice(0, slash), key.id.slice(slash + 1)]
}

/** Each number of a level with its column. */
export const levelColumns = {
  onHand: 'on_hand',
  reserved: 'reserved',
  quarantined: 'quarantined',
  safetyStock: 'safety_stock',
  backorderAllowance: 'backorder_allowance',
  incoming: 'incoming',
} as const

export type LevelNumbers = Readonly<Record<keyof typeof levelColumns, number>>

export const levelNames = Object.keys(levelColumns) as readonly (keyof typeof levelColumns)[]

/** The state and the entries as JSON: null where the columns say it all. */
export const stockTexts = (
  key: Key,
  state: unknown,
  entries: IndexEntries,
): { readonly state: string | null; readonly entries: string | null } => {
  const [location, sku] = placeOf(key)
  return {
    state: saysItAll(state, location, sku) ? null : JSON.stringify(state),
    entries: isPlace(entries, location, sku) ? null : JSON.stringify(entries),
  }
}

export const stockState = (id: string, row: PostgresRow): unknown => {
  const { state } = row
  if (typeof state === 'string') return JSON.parse(state)
  const [location, sku] = placeOf({ kind: stockKindName, id })
  return {
    sku,
    location,
    onHand: Number(row['on_hand']),
    reserved: Number(row['reserved']),
    quarantined: Number(row['quarantined']),
    safetyStock: Number(row['safety_stock']),
    backorderAllowance: Number(row['backorder_allowance']),
    incoming: Number(row['incoming']),
  }
}

const saysItAll = (state: unknown, location: string, sku: string): boolean => {
  const level = state as Readonly<Record<string, unknown>>
  return (
    level['location'] === location &&
    level['sku'] === sku &&
    Object.keys(level).length === 2 + levelNames.length &&
    levelNames.every((name) => typeof level[name] === 'number')
  )
}

const isPlace = (entries: IndexEntries, location: string, sku: string): boolean =>
  entries['location'] === location && entries['sku'] === sku && Object.keys(entries).length === 2
