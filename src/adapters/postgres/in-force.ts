import type { StorageHealth } from '../../core/ports/storage.js'
import { textArray } from './binary-array.js'
import { pendingMigrations, schemaVersion } from './migrate.js'
import { commitInForce, neededIsolation } from './put-in-force.js'
import { guardedTables } from './row-level-security.js'
import type { Session } from './session.js'

const asking = `
SELECT current_setting('synchronous_commit') AS synchronous_commit,
  current_setting('fsync', true) AS fsync,
  current_setting('full_page_writes', true) AS full_page_writes,
  current_setting('synchronous_standby_names', true) AS synchronous_standby_names,
  current_setting('server_version') AS server_version,
  current_setting('transaction_isolation') AS isolation,
  current_setting('default_transaction_isolation', true) AS default_transaction_isolation,
  current_setting('transaction_read_only', true) AS transaction_read_only,
  current_setting('server_encoding') AS server_encoding,
  pg_is_in_recovery() AS standby,
  current_user AS role`

const enabling = `
SELECT count(*) AS enabled
FROM pg_catalog.pg_class AS tables JOIN pg_catalog.pg_namespace AS schemas ON schemas.oid = tables.relnamespace
WHERE schemas.nspname = $1 AND tables.relname = ANY ($2::text[]) AND tables.relrowsecurity`

const guarding = `
SELECT count(*) FILTER (WHERE row_security_active(tables.oid)) AS active
FROM pg_catalog.pg_class AS tables JOIN pg_catalog.pg_namespace AS schemas ON schemas.oid = tables.relnamespace
WHERE schemas.nspname = $1 AND tables.relname = ANY ($2::text[])`

/** How far row-level security holds this role: on all tables, on some of them, on none though it is enabled ('bypassed'), or not enabled. */
export type RowLevelSecurity = 'on' | 'partial' | 'bypassed' | 'off'

export const rowLevelSecurity = async (session: Session, schema: string): Promise<RowLevelSecurity> => {
  const values = [schema, textArray(guardedTables)]
  const [tables] = await session.rows({ text: enabling, name: undefined }, values)
  // Only where there is something to ask about: other engines may lack the function.
  if (tables?.['enabled'] === '0') return 'off'
  const [held] = await session.rows({ text: guarding, name: undefined }, values)
  const active = Number(held?.['active'])
  if (active === guardedTables.length) return 'on'
  return active === 0 ? 'bypassed' : 'partial'
}

/** Whether transactions of this connection are of the isolation that the store needs before anything is set. */
export const beginsAsNeeded = async (session: Session): Promise<boolean> =>
  (await setting(session, 'transaction_isolation')) === neededIsolation

/** Whether nothing can be written here: on a standby, or as a role that has `default_transaction_read_only`. */
export const isReadOnly = async (session: Session): Promise<boolean> =>
  (await setting(session, 'transaction_read_only')) === 'on'

const setting = async (session: Session, name: string): Promise<string | null | undefined> => {
  const [row] = await session.rows({ text: 'SELECT current_setting($1) AS setting', name: undefined }, [name])
  return row?.['setting']
}

/** What is really in force in a transaction that writes, read from the server. Inside such a transaction only. */
export const healthOf = async (session: Session, schema: string): Promise<StorageHealth> => {
  // The first one puts it in force, the second one reads it back.
  await session.exec(`SELECT ${commitInForce}`)
  const [row] = await session.rows({ text: asking, name: undefined }, [])
  const applied = await schemaVersion(session, schema)
  const text = (name: string): string => row?.[name] ?? 'unknown'
  const standby = row?.['standby'] === 't'
  const crashProof = text('fsync') !== 'off' && text('synchronous_commit') !== 'off'
  return {
    adapter: 'postgres',
    durable: crashProof && !standby && text('transaction_read_only') !== 'on',
    isolation: text('isolation'),
    schemaVersion: applied,
    pendingMigrations: pendingMigrations(applied),
    settings: {
      schema,
      role: text('role'),
      server_version: text('server_version'),
      server_encoding: text('server_encoding'),
      synchronous_commit: text('synchronous_commit'),
      fsync: text('fsync'),
      full_page_writes: text('full_page_writes'),
      synchronous_standby_names: text('synchronous_standby_names'),
      default_transaction_isolation: text('default_transaction_isolation'),
      transaction_read_only: text('transaction_read_only'),
      standby: standby ? 'yes' : 'no',
      row_level_security: await rowLevelSecurity(session, schema),
    },
  }
}
