import type { StorageHealth } from '../../core/ports/storage.js'
import { pendingMigrations, schemaVersion } from './migrate.js'
import { commitInForce } from './put-in-force.js'
import type { Session } from './session.js'

const asking = `
SELECT current_setting('synchronous_commit') AS synchronous_commit,
  current_setting('fsync', true) AS fsync,
  current_setting('full_page_writes', true) AS full_page_writes,
  current_setting('synchronous_standby_names', true) AS synchronous_standby_names,
  current_setting('server_version') AS server_version,
  current_setting('transaction_isolation') AS isolation,
  current_setting('server_encoding') AS server_encoding,
  pg_is_in_recovery() AS standby,
  current_user AS role`

const guarding = `
SELECT count(*) FILTER (WHERE tables.relrowsecurity) AS guarded, bool_or(roles.rolsuper OR roles.rolbypassrls) AS exempt
FROM pg_catalog.pg_class AS tables JOIN pg_catalog.pg_namespace AS schemas ON schemas.oid = tables.relnamespace
  CROSS JOIN pg_catalog.pg_roles AS roles
WHERE schemas.nspname = $1 AND tables.relname IN ('record', 'stock_level', 'event', 'message') AND roles.rolname = current_user`

/** Whether row-level security is on for the four tables; 'bypassed' where this role need not mind it. */
export const rowLevelSecurity = async (
  session: Session,
  schema: string,
): Promise<'on' | 'bypassed' | 'off'> => {
  const [row] = await session.rows({ text: guarding, name: undefined }, [schema])
  if (Number(row?.['guarded'] ?? 0) === 0) return 'off'
  return row?.['exempt'] === 't' ? 'bypassed' : 'on'
}

/** What is really in force in a transaction that writes, read from the server. Inside such a transaction only. */
export const healthOf = async (session: Session, schema: string): Promise<StorageHealth> => {
  // The first one puts it in force, the second one reads it back.
  await session.exec(`SELECT ${commitInForce}`)
  const [row] = await session.rows({ text: asking, name: undefined }, [])
  const applied = await schemaVersion(session, schema)
  const text = (name: string): string => row?.[name] ?? 'unknown'
  const standby = row?.['standby'] === 't'
  return {
    adapter: 'postgres',
    durable: text('fsync') !== 'off' && text('synchronous_commit') !== 'off' && !standby,
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
      standby: standby ? 'yes' : 'no',
      row_level_security: await rowLevelSecurity(session, schema),
    },
  }
}
