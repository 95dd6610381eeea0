import type { TenantId } from '../../core/ids/ids.js'
import { compareKeys, type Key } from '../../core/ids/key.js'
import { distinctKeys, keyMap, type KeyMap } from '../../core/ids/key-map.js'
import type { StoredRecord } from '../../core/ports/storage.js'
import type { Instant } from '../../core/time/instant.js'
import { textArray } from './binary-array.js'
import type { PostgresRow } from './client.js'
import { rowsOf } from './rows-of.js'
import { databaseNow } from './database-clock.js'
import type { Prepare, Session } from './session.js'
import { levelColumns, levelNames, placeOf, stockKindName, stockState } from './stock-rows.js'

/** The tables `record` and `stock_level`, read. */
export interface PostgresRecords {
  /** Unlocked. */
  read(session: Session, tenant: TenantId, keys: readonly Key[]): Promise<Looked>
  /** Locks what is there in key order, stock levels last, then looks at the clock. Inside a transaction only. */
  lock(session: Session, tenant: TenantId, keys: readonly Key[]): Promise<Looked>
}

export interface Looked {
  /** With undefined for those that do not exist. */
  readonly found: KeyMap<Row | undefined>
  /** The clock of the database after the last of them was read. */
  readonly now: Instant
}

export interface Row {
  readonly record: StoredRecord
  readonly stamp: number
}

const numbers = levelNames.map((name) => levelColumns[name]).join(', ')
const noNumbers = levelNames.map((name) => `NULL::bigint AS ${levelColumns[name]}`).join(', ')

export const postgresRecords = (schema: string, prepare: Prepare): PostgresRecords => {
  // A subquery that depends on the row before it is run for each row in turn: in the order of the keys, each through the primary key.
  const looking = (locking: string): string => `
WITH records AS MATERIALIZED (
  SELECT wanted.kind, wanted.id, found.version, found.stamp, found.chain, found.state, ${noNumbers}
  FROM ${rowsOf('$2::text[]', '$3::text[]')} AS wanted (kind, id) CROSS JOIN LATERAL (
    SELECT version, stamp, chain, state FROM ${schema}.record AS stored
    WHERE stored.tenant = $1 AND stored.kind = wanted.kind AND stored.id = wanted.id ${locking}
  ) AS found
), levels AS MATERIALIZED (
  SELECT '${stockKindName}', wanted.location || '/' || wanted.sku, found.*
  FROM ${rowsOf('$4::text[]', '$5::text[]')} AS wanted (location, sku) CROSS JOIN LATERAL (
    SELECT version, stamp, chain, state, ${numbers} FROM ${schema}.stock_level AS stored
    WHERE stored.tenant = $1 AND stored.location = wanted.location AND stored.sku = wanted.sku ${locking}
  ) AS found
)
SELECT * FROM records UNION ALL SELECT * FROM levels
UNION ALL SELECT NULL, NULL, NULL, NULL, ${databaseNow}, NULL, ${noNumbers}`
  const reading = prepare(looking('OFFSET 0'))
  const locking = prepare(looking('FOR UPDATE'))

  const look = async (
    session: Session,
    statement: typeof reading,
    tenant: TenantId,
    keys: readonly Key[],
  ): Promise<Looked> => {
    const found = keyMap<Row | undefined>()
    for (const key of keys) found.set(key, undefined)
    const { records, levels } = sortedKeys(keys)
    const rows = await session.rows(statement, [
      tenant,
      textArray(records.map(({ kind }) => kind)),
      textArray(records.map(({ id }) => id)),
      textArray(levels.map(([location]) => location)),
      textArray(levels.map(([, sku]) => sku)),
    ])
    let now = '' as Instant
    for (const row of rows) {
      const { kind, id } = row
      if (typeof kind !== 'string' || typeof id !== 'string') now = row['chain'] as Instant
      else found.set({ kind, id }, storedRow(kind, id, row))
    }
    return { found, now }
  }

  return {
    read: (session, tenant, keys) => look(session, reading, tenant, keys),
    lock: (session, tenant, keys) => look(session, locking, tenant, keys),
  }
}

const sortedKeys = (
  keys: readonly Key[],
): { readonly records: readonly Key[]; readonly levels: readonly (readonly [string, string])[] } => {
  const sorted = [...distinctKeys(keys)].sort(compareKeys)
  return {
    records: sorted.filter(({ kind }) => kind !== stockKindName),
    levels: sorted.filter(({ kind }) => kind === stockKindName).map(placeOf),
  }
}

const storedRow = (kind: string, id: string, row: PostgresRow): Row => ({
  record: recordOf(kind, id, row),
  stamp: Number(row['stamp']),
})

export const recordOf = (kind: string, id: string, row: PostgresRow): StoredRecord => ({
  key: { kind, id },
  version: Number(row['version']),
  state: kind === stockKindName ? stockState(id, row) : JSON.parse(row['state'] ?? 'null'),
  chain: row['chain'] ?? '',
})
