import type { Milliseconds } from '../../core/time/instant.js'
import { outcomeUnknown, PostgresFailure } from './postgres-failure.js'
import { beginning, type Whose } from './put-in-force.js'
import type { Session } from './session.js'

/** Answers the statement that ends the transaction: it is sent together with COMMIT where the connection allows that. */
export type Work<Value> = () => Promise<() => Promise<Value>>

/**
 * Runs `work` in a transaction of its own. When it throws, everything is rolled back. A commit whose answer is lost rejects with
 * `outcome_unknown`; whatever breaks before it has written nothing.
 */
export const transaction = async <Value>(
  session: Session,
  whose: Whose,
  until: Milliseconds,
  work: Work<Value>,
): Promise<Value> => {
  const begun = session.exec(beginning(whose, until - performance.now()))
  if (!session.pipelined) await begun
  let last: () => Promise<Value>
  try {
    ;[last] = await Promise.all([work(), begun])
  } catch (error) {
    await rollBack(session)
    throw error
  }
  return session.pipelined ? endTogether(session, last) : endInTurn(session, last)
}

const endInTurn = async <Value>(session: Session, last: () => Promise<Value>): Promise<Value> => {
  let value: Value
  try {
    value = await last()
  } catch (error) {
    await rollBack(session)
    throw error
  }
  await commit(session)
  return value
}

/** Behind a statement that has failed, COMMIT rolls back. */
const endTogether = async <Value>(session: Session, last: () => Promise<Value>): Promise<Value> => {
  const [written, committed] = await Promise.allSettled([last(), commit(session)])
  if (written.status === 'rejected') {
    throw isLost(written.reason) ? outcomeUnknown(written.reason) : written.reason
  }
  if (committed.status === 'rejected') throw committed.reason
  return written.value
}

const commit = async (session: Session): Promise<void> => {
  try {
    await session.exec('COMMIT')
  } catch (error) {
    throw isLost(error) ? outcomeUnknown(error) : error
  }
}

const rollBack = async (session: Session): Promise<void> => {
  if (session.broken()) return
  try {
    await session.exec('ROLLBACK')
  } catch {
    // The connection is lost, and the transaction with it: it does not go back to the pool.
  }
}

export const isLost = (error: unknown): error is PostgresFailure =>
  error instanceof PostgresFailure && error.trouble === 'lost'
