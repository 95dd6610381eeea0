import type { Milliseconds } from '../../core/time/instant.js'
import type { PostgresPool, PostgresPoolClient } from './client.js'
import { PostgresFailure, tooLate } from './postgres-failure.js'
import { sessionOf, type Session } from './session.js'

/** Connections of the host's pool, each for as long as one piece of work needs it. */
export interface Connections {
  /**
   * Lends a connection, waiting for one until `until` (as `performance.now()`), and for its answers not much longer. One that broke or does not
   * answer is not given back to the pool.
   */
  lend<Value>(until: Milliseconds, work: (session: Session) => Promise<Value>): Promise<Value>
  /** The same for work that may take as long as it takes. */
  lendForLong<Value>(until: Milliseconds, work: (session: Session) => Promise<Value>): Promise<Value>
}

/** A server that waits for a lock says so at the deadline; its answer has this long to arrive. */
const grace: Milliseconds = 250

export const connectionsOf = (pool: PostgresPool): Connections => {
  listen(pool)
  return {
    lend: (until, work) =>
      lendFrom(pool, until, async (session) => {
        const stopWaiting = answerBy(until + grace, session)
        try {
          return await work(session)
        } finally {
          stopWaiting()
        }
      }),
    lendForLong: (until, work) => lendFrom(pool, until, work),
  }
}

const lendFrom = async <Value>(
  pool: PostgresPool,
  until: Milliseconds,
  work: (session: Session) => Promise<Value>,
): Promise<Value> => {
  const client = await connect(pool, until)
  client.on('error', ignore)
  const session = sessionOf(client)
  try {
    return await work(session)
  } finally {
    // A connection that is destroyed may report it later.
    if (!session.broken()) client.removeListener('error', ignore)
    client.release(session.broken())
  }
}

/** What has arrived while this process was busy is read before the session is given up. */
const answerBy = (moment: Milliseconds, session: Session): (() => void) => {
  let reading: NodeJS.Immediate | undefined
  const timer = setTimeout(
    () => {
      reading = setImmediate(() => {
        session.giveUp(new Error('the server did not answer in time'))
      })
    },
    Math.max(1, moment - performance.now()),
  )
  return () => {
    clearTimeout(timer)
    clearImmediate(reading)
  }
}

const heard = new WeakSet<PostgresPool>()

/** Without a listener an idle connection that breaks, as when the server restarts, ends the host's process. One for all stores of a pool. */
const listen = (pool: PostgresPool): void => {
  if (heard.has(pool)) return
  heard.add(pool)
  pool.on?.('error', ignore)
}

const ignore = (): void => undefined

const connect = async (pool: PostgresPool, until: Milliseconds): Promise<PostgresPoolClient> => {
  const connecting = pool.connect()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, Math.max(1, until - performance.now()), undefined)
  })
  try {
    const client = await Promise.race([connecting, late])
    if (client !== undefined) return client
  } catch (error) {
    throw new PostgresFailure('down', error)
  } finally {
    clearTimeout(timer)
  }
  // It comes when it comes; nobody waits for it any more.
  connecting.then(
    (client) => {
      client.release()
    },
    () => undefined,
  )
  throw tooLate('unconnected', undefined)
}
