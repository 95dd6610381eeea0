import type { Clock } from '../../core/ports/clock.js'
import { ConfigurationError, StorageError } from '../../core/ports/errors.js'
import type { Storage } from '../../core/ports/storage.js'
import type { Milliseconds } from '../../core/time/instant.js'
import type { PostgresClient, PostgresPool } from './client.js'
import { connectionsOf } from './connections.js'
import { failing, repeatedly } from './failing.js'
import { beginsAsNeeded, healthOf, isReadOnly, rowLevelSecurity } from './in-force.js'
import { checkKnown, defaultSchema, migrate, pendingMigrations, schemaVersion } from './migrate.js'
import { eventsPerPage, postgresHistory } from './postgres-history.js'
import { postgresOutbox } from './postgres-outbox.js'
import { findRecords } from './postgres-query.js'
import { postgresRecords } from './postgres-records.js'
import { postgresWrites } from './postgres-writes.js'
import { everyTenant, type Whose } from './put-in-force.js'
import { quoted } from './schema-name.js'
import { preparing, type Session } from './session.js'
import { transaction } from './transaction.js'
import { createUpdate } from './updates.js'
import { storageWithin, type WithinOptions } from './within.js'

export interface PostgresStorageOptions {
  /** The schema of the tables, `orderwright` by default. Any name PostgreSQL takes. */
  readonly schema?: string
  /** The store's clock, which stamps what is recorded. That of the database by default: one clock for all hosts. */
  readonly clock?: Pick<Clock, 'now'>
  /** How long a call waits for locks, for a free connection and for the answers of the server, in milliseconds. Ten seconds by default. */
  readonly deadline?: Milliseconds
  /** Whether pending migrations are applied at the start; true by default. Without it a schema that is behind is refused. */
  readonly migrate?: boolean
  /** Whether statements are prepared once on each connection; true by default. Turn it off behind a pooler that cannot carry them. */
  readonly prepare?: boolean
}

export interface PostgresStorage extends Storage {
  /**
   * The same store inside a transaction that the host has begun on `client`: what it answers is provisional until the host commits, and gone
   * when the host rolls back. Refuses `claim` and `settle`, and REPEATABLE READ or SERIALIZABLE unless asked to take them.
   */
  within(client: PostgresClient, options?: WithinOptions): Storage
}

/**
 * Keeps everything in a schema of a PostgreSQL database, version 15 or newer. The host opens the pool of node-postgres and ends it; any number
 * of processes may use the same schema. Nothing is asked of the database before the first call, which checks the schema and applies
 * pending migrations.
 *
 * Every method rejects with `schema_too_new` when a newer version has written the schema, and with `storage_unavailable` when the database
 * cannot be reached or migrations are pending that may not be applied here.
 *
 * @throws ConfigurationError for a deadline below 1 or a name that cannot be a schema's
 * @example
 * const storage = postgresStorage(new Pool({ connectionString, pipeline: true }))
 */
export const postgresStorage = (
  pool: PostgresPool,
  options: PostgresStorageOptions = {},
): PostgresStorage => {
  const { schema: name = defaultSchema, clock, deadline = 10_000 } = options
  if (!(deadline >= 1))
    throw new ConfigurationError('deadline of a PostgreSQL store is a number of at least 1')
  const schema = quoted(name)
  const prepare = preparing(options.prepare ?? true)
  const connections = connectionsOf(pool)
  const records = postgresRecords(schema, prepare)
  const writes = postgresWrites(schema, prepare)
  const history = postgresHistory(schema, prepare)
  const outbox = postgresOutbox(schema, prepare)
  const now = clock === undefined ? undefined : () => clock.now()
  /** Transactions must name their tenant before anything else. */
  let guarded = false
  let beginning = false
  const update = createUpdate({ connections, records, writes, now, deadline, beginning: () => beginning })

  const open = async (): Promise<void> => {
    const isBehind = await connections.lend(soon(), async (session) => {
      const applied = await schemaVersion(session, name)
      checkKnown(applied)
      if (pendingMigrations(applied) === 0) return false
      if (options.migrate === false || (await isReadOnly(session))) throw new SchemaBehind(applied)
      return true
    })
    if (isBehind) await connections.lendForLong(soon(), (session) => migrate(session, name))
    await connections.lend(soon(), async (session) => {
      guarded = (await rowLevelSecurity(session, name)) !== 'off'
      beginning = guarded || !(await beginsAsNeeded(session))
    })
  }
  let opening: Promise<void> | undefined
  /** Once; again after it failed. */
  const opened = (): Promise<void> => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }
  const soon = (): Milliseconds => performance.now() + deadline

  const asked = async <Value>(whose: Whose, work: (session: Session) => Promise<Value>): Promise<Value> => {
    await opened()
    const until = soon()
    return connections.lend(until, (session) =>
      guarded
        ? transaction(session, whose, until, async () => {
            const value = await work(session)
            return async () => value
          })
        : work(session),
    )
  }
  const written = async <Value>(whose: Whose, work: (session: Session) => Promise<Value>): Promise<Value> => {
    await opened()
    const until = soon()
    return repeatedly(until, () =>
      connections.lend(until, (session) =>
        transaction(session, whose, until, async () => () => work(session)),
      ),
    )
  }

  return {
    read: (tenant, keys) =>
      failing(async () => {
        if (keys.length === 0) return []
        const { found } = await asked(tenant, (session) => records.read(session, tenant, keys))
        return keys.flatMap((key) => found.get(key)?.record ?? [])
      }),
    update: (tenant, keys, decide) =>
      failing(async () => {
        await opened()
        await update(tenant, keys, decide)
      }),
    find: (tenant, query) =>
      failing(() => asked(tenant, (session) => findRecords(session, schema, tenant, query))),
    history: async function* (tenant, key, after = 0) {
      for (let last = after; ;) {
        const page = await failing(() => asked(tenant, (session) => history.page(session, tenant, key, last)))
        yield* page
        if (page.length < eventsPerPage) return
        last = page.at(-1)?.version ?? last
      }
    },
    claim: (limit, lease) =>
      failing(() => written(everyTenant, (session) => outbox.claim(session, limit, lease, now?.()))),
    settle: (results) =>
      failing(async () => {
        if (results.length === 0) return
        await written(everyTenant, (session) => outbox.settle(session, results, now?.()))
      }),
    release: (tenant, about) =>
      failing(() => written(tenant, (session) => outbox.release(session, tenant, about, now?.()))),
    health: () =>
      failing(async () => {
        if (options.migrate !== false) await opened().catch(unlessBehind)
        const until = soon()
        return connections.lend(until, (session) =>
          transaction(session, everyTenant, until, async () => {
            const health = await healthOf(session, name)
            return async () => health
          }),
        )
      }),
    within: (client, within = {}) =>
      storageWithin(
        { client, opened, name, schema, records, writes, history, outbox, now, deadline },
        within,
      ),
  }
}

class SchemaBehind extends StorageError {
  constructor(applied: number) {
    super(
      'storage_unavailable',
      `the schema is at step ${applied} and ${pendingMigrations(applied)} more are pending: run migratePostgres as the owner of the tables`,
    )
  }
}

/** Health says it by the number of pending migrations. */
const unlessBehind = (error: unknown): void => {
  if (!(error instanceof SchemaBehind)) throw error
}
