import { setTimeout as pause } from 'node:timers/promises'
import { StorageError } from '../../core/ports/errors.js'
import type { PostgresPool } from './client.js'
import { connectionsOf } from './connections.js'
import { databaseNow } from './database-clock.js'
import { migrations } from './migrations/list.js'
import { asStorageError, PostgresFailure } from './postgres-failure.js'
import { everyTenant, neededIsolation, tenantSetting } from './put-in-force.js'
import { literal, quoted } from './schema-name.js'
import type { Session } from './session.js'

export const defaultSchema = 'orderwright'

const newest = migrations.at(-1)?.number ?? 0
const patienceAtStart = 60_000

/**
 * Brings the schema up to date, all steps or none, and creates it where it is missing; of several processes that do it at once one does it and
 * the others find it done. For the role that owns the tables: run it at deployment, and let the application run as a role that may not do it.
 *
 * @throws StorageError `schema_too_new` when a newer version has written this schema, `storage_unavailable` when the database cannot be reached
 * @example
 * await migratePostgres(new Pool({ connectionString: ownerUrl }), { schema: 'sales' })
 */
export const migratePostgres = async (
  pool: PostgresPool,
  options: { readonly schema?: string } = {},
): Promise<void> => {
  const { schema = defaultSchema } = options
  try {
    await connectionsOf(pool).lendForLong(performance.now() + patienceAtStart, (session) =>
      migrate(session, schema),
    )
  } catch (error) {
    throw asStorageError(error)
  }
}

export const migrate = async (session: Session, name: string): Promise<void> => {
  if ((await schemaVersion(session, name)) === newest) return
  const schema = quoted(name)
  const ledger = `${schema}.orderwright_migration`
  await create(session, schema, ledger)
  await session.exec(
    `BEGIN ISOLATION LEVEL ${neededIsolation.toUpperCase()}; SELECT set_config('${tenantSetting}', ${literal(everyTenant)}, true)`,
  )
  try {
    // The row with number 0 is no step: whoever has locked it is the one who migrates.
    await session.exec(`SELECT number FROM ${ledger} WHERE number = 0 FOR UPDATE`)
    const applied = await schemaVersion(session, name)
    checkKnown(applied)
    for (const { number, name: step, sql } of migrations) {
      if (number <= applied) continue
      await session.exec(sql(schema))
      await session.exec(`INSERT INTO ${ledger} VALUES (${number}, ${literal(step)}, ${databaseNow})`)
    }
    await session.exec('COMMIT')
  } catch (error) {
    if (!session.broken()) await session.exec('ROLLBACK')
    throw error
  }
}

const mostAttempts = 20

/** Two who create the same at once can hinder each other even with IF NOT EXISTS: one of them is told that a name is taken. */
const create = async (session: Session, schema: string, ledger: string): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (!(await exists(session, schema))) await session.exec(`CREATE SCHEMA IF NOT EXISTS ${schema}`)
      await session.exec(
        `CREATE TABLE IF NOT EXISTS ${ledger} (number bigint PRIMARY KEY, name text NOT NULL, applied_at text NOT NULL)`,
      )
      await session.exec(
        `INSERT INTO ${ledger} VALUES (0, 'the lock of those who migrate', ${databaseNow}) ON CONFLICT (number) DO NOTHING`,
      )
      return
    } catch (error) {
      if (!isTaken(error) || attempt === mostAttempts) throw error
      await pause(Math.ceil(Math.random() * 20 * attempt))
    }
  }
}

/** A role that may create tables in a schema need not be allowed to create schemas. */
const exists = async (session: Session, schema: string): Promise<boolean> => {
  const rows = await session.rows(
    { text: `SELECT to_regnamespace($1) IS NOT NULL AS known`, name: undefined },
    [schema],
  )
  return rows[0]?.['known'] === 't'
}

const takenCodes = ['23505', '42P06', '42P07', '42710', '40001', '40P01']

const isTaken = (error: unknown): boolean => {
  const cause = error instanceof PostgresFailure ? (error.cause as { readonly code?: unknown }) : undefined
  return takenCodes.includes(String(cause?.code))
}

/** The number of the newest step that was applied to this schema; 0 for one without any. */
export const schemaVersion = async (session: Session, name: string): Promise<number> => {
  const ledger = `${quoted(name)}.orderwright_migration`
  const [known] = await session.rows(
    { text: 'SELECT to_regclass($1) IS NOT NULL AS known', name: undefined },
    [ledger],
  )
  if (known?.['known'] !== 't') return 0
  const [row] = await session.rows(
    { text: `SELECT coalesce(max(number), 0) AS newest FROM ${ledger}`, name: undefined },
    [],
  )
  return Number(row?.['newest'])
}

export const pendingMigrations = (applied: number): number =>
  migrations.filter((migration) => migration.number > applied).length

export const checkKnown = (applied: number): void => {
  if (applied <= newest) return
  throw new StorageError(
    'schema_too_new',
    `this database has schema ${applied}, this version of orderwright knows only up to ${newest}; install the newer version that wrote it`,
  )
}
