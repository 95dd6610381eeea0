import { ConfigurationError, StorageError } from '../../core/ports/errors.js'
import type { Storage } from '../../core/ports/storage.js'
import type { Instant, Milliseconds } from '../../core/time/instant.js'
import type { PostgresClient } from './client.js'
import { failing } from './failing.js'
import { healthOf } from './in-force.js'
import { decideOn } from './locked-records.js'
import { PostgresFailure, tooLate } from './postgres-failure.js'
import { eventsPerPage, type PostgresHistory } from './postgres-history.js'
import type { PostgresOutbox } from './postgres-outbox.js'
import { findRecords } from './postgres-query.js'
import type { PostgresRecords } from './postgres-records.js'
import type { PostgresWrites } from './postgres-writes.js'
import { neededIsolation, settingsFor, type Whose } from './put-in-force.js'
import { sessionOf, type Session } from './session.js'
import { nowOf, writeLocked } from './updates.js'

export interface WithinOptions {
  /**
   * Takes a transaction that is REPEATABLE READ or SERIALIZABLE. There a record that somebody has changed since the transaction began fails
   * the whole transaction (40001): the host must then roll back and repeat all of it.
   */
  readonly anyIsolation?: boolean
}

export interface WithinParts {
  readonly client: PostgresClient
  readonly opened: () => Promise<void>
  /** The schema as it is called, and as it stands in SQL. */
  readonly name: string
  readonly schema: string
  readonly records: PostgresRecords
  readonly writes: PostgresWrites
  readonly history: PostgresHistory
  readonly outbox: PostgresOutbox
  readonly now: (() => Instant) | undefined
  readonly deadline: Milliseconds
}

/** One thing at a time on the one connection, whichever store asks, each inside a savepoint: what fails leaves the host's transaction as it was. */
export const storageWithin = (parts: WithinParts, { anyIsolation = false }: WithinOptions): Storage => {
  const { client, records, history, outbox } = parts
  const session = sessionOf(client)
  const asked = <Value>(whose: Whose, work: () => Promise<Value>): Promise<Value> =>
    inTurn(client, async () => {
      await parts.opened()
      return listening(client, () =>
        savepoint(session, async () => {
          if (!anyIsolation) await checkIsolation(session)
          await session.exec(`${rememberPatience}; ${settingsFor(whose, parts.deadline)}`)
          return work()
        }),
      )
    })

  return {
    read: async (tenant, keys) => {
      if (keys.length === 0) return []
      const { found } = await asked(tenant, () => records.read(session, tenant, keys))
      return keys.flatMap((key) => found.get(key)?.record ?? [])
    },
    update: async (tenant, keys, decide) => {
      const until = performance.now() + parts.deadline
      let wanted = keys
      for (;;) {
        try {
          await asked(tenant, async () => {
            const looked = await records.lock(session, tenant, wanted)
            const decided = decideOn(looked, (locked) => decide(locked, nowOf(parts, looked)))
            const inserted = decided.changed
              .filter(({ write }) => write.before === 0)
              .map(({ write }) => write.key)
            try {
              await writeLocked(session, parts, tenant, decided)
            } catch (error) {
              if (!(error instanceof PostgresFailure && error.trouble === 'changed')) throw error
              wanted = [...keys, ...inserted]
              throw new Overtaken(error)
            }
          })
          return
        } catch (error) {
          if (!(error instanceof Overtaken)) throw error
          if (performance.now() >= until) throw tooLate('overtaken', error)
        }
      }
    },
    find: (tenant, query) => asked(tenant, () => findRecords(session, parts.schema, tenant, query)),
    history: async function* (tenant, key, after = 0) {
      for (let last = after; ;) {
        const page = await asked(tenant, () => history.page(session, tenant, key, last))
        yield* page
        if (page.length < eventsPerPage) return
        last = page.at(-1)?.version ?? last
      }
    },
    claim: () => Promise.reject(noRelay()),
    settle: () => Promise.reject(noRelay()),
    release: (tenant, about) => asked(tenant, () => outbox.release(session, tenant, about, parts.now?.())),
    health: async () => {
      const health = await asked('*', () => healthOf(session, parts.name))
      return {
        ...health,
        durable: false,
        settings: { ...health.settings, provisional: 'until the host commits' },
      }
    },
  }
}

/** The last call on each client: a client of the host may be lent to several stores at once, and their savepoints must not interleave. */
const lastOn = new WeakMap<PostgresClient, Promise<unknown>>()

const inTurn = <Value>(client: PostgresClient, work: () => Promise<Value>): Promise<Value> => {
  const turn = (lastOn.get(client) ?? Promise.resolve()).then(() => failing(work))
  lastOn.set(
    client,
    turn.catch(() => undefined),
  )
  return turn
}

/** How long the host waits for locks is its own business: only our statements wait as long as we say. */
const rememberPatience =
  "SELECT set_config('orderwright.lock_timeout_of_host', current_setting('lock_timeout'), true)"
const restorePatience =
  "SELECT set_config('lock_timeout', current_setting('orderwright.lock_timeout_of_host'), true)"

/** Somebody was faster, and the host's transaction is as it was before. */
class Overtaken extends Error {
  constructor(cause: unknown) {
    super('others have written what was decided on', { cause })
  }
}

let savepoints = 0

/** Each under a name of its own: one of the host that has the same would be hidden by it. */
const savepoint = async <Value>(session: Session, work: () => Promise<Value>): Promise<Value> => {
  const name = `orderwright_${(savepoints += 1)}`
  try {
    await session.exec(`SAVEPOINT ${name}`)
  } catch (error) {
    throw isOutside(error) ? noTransaction() : error
  }
  let value: Value
  try {
    value = await work()
  } catch (error) {
    if (!session.broken()) await session.exec(`ROLLBACK TO SAVEPOINT ${name}; RELEASE SAVEPOINT ${name}`)
    throw error
  }
  await session.exec(`${restorePatience}; RELEASE SAVEPOINT ${name}`)
  return value
}

/** A connection that breaks while we use it rejects what we asked; it need not end the process as well. */
const listening = async <Value>(client: PostgresClient, work: () => Promise<Value>): Promise<Value> => {
  const ignore = (): void => undefined
  client.on('error', ignore)
  try {
    return await work()
  } finally {
    client.removeListener('error', ignore)
  }
}

const checkIsolation = async (session: Session): Promise<void> => {
  const [row] = await session.rows(
    { text: "SELECT current_setting('transaction_isolation') AS isolation", name: undefined },
    [],
  )
  const isolation = row?.['isolation'] ?? 'unknown'
  if (isolation === neededIsolation) return
  throw new ConfigurationError(
    `the transaction of the host is ${isolation.toUpperCase()}: there a record that somebody else has changed fails the whole transaction; begin it READ COMMITTED, or pass { anyIsolation: true } and repeat the transaction on 40001`,
  )
}

/** 25P01: a savepoint outside of a transaction. */
const isOutside = (error: unknown): boolean =>
  error instanceof PostgresFailure && (error.cause as { readonly code?: unknown }).code === '25P01'

const noTransaction = (): ConfigurationError =>
  new ConfigurationError('within(client) takes a client on which the host has begun a transaction')

const noRelay = (): StorageError =>
  new StorageError(
    'storage_unavailable',
    "messages are claimed and settled outside of the host's transaction: what is sent cannot be rolled back",
  )
