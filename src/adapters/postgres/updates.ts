import { setTimeout as pause } from 'node:timers/promises'
import type { TenantId } from '../../core/ids/ids.js'
import type { Key } from '../../core/ids/key.js'
import type { LockedRecords, RecordWrite, Writes } from '../../core/ports/storage.js'
import type { Instant, Milliseconds } from '../../core/time/instant.js'
import type { Connections } from './connections.js'
import { decideOn, writesNothing, type Decided } from './locked-records.js'
import { outcomeUnknown, PostgresFailure, tooLateToRepeat } from './postgres-failure.js'
import type { Looked, PostgresRecords } from './postgres-records.js'
import { noStamp, type ChangedRecord, type PostgresWrites } from './postgres-writes.js'
import type { Session } from './session.js'
import { isLost, transaction } from './transaction.js'

export type Decide = (records: LockedRecords, now: Instant) => Writes

export interface UpdateParts {
  readonly connections: Connections
  readonly records: PostgresRecords
  readonly writes: PostgresWrites
  /** The clock of the store, where it is not that of the database. */
  readonly now: (() => Instant) | undefined
  readonly deadline: Milliseconds
  /** Whether each update begins a transaction of its own, because something must be set before its first statement. */
  readonly beginning: () => boolean
}

/** `update` of the port. */
export type Update = (tenant: TenantId, keys: readonly Key[], decide: Decide) => Promise<void>

/** How long others are reckoned with after they were last met. */
const memory: Milliseconds = 1_000
const longestPause: Milliseconds = 50

/**
 * Two ways to the same end. Without locks: read, decide, and write with one statement that checks every record the decision has seen; two round
 * trips, nothing held between them. With locks: begin, lock and read in key order, decide, write, commit. The first is tried unless others
 * were met lately, the second is what it falls back to.
 */
export const createUpdate = (parts: UpdateParts): Update => {
  const { connections, deadline } = parts
  let metOthers = -memory
  return async (tenant, keys, decide) => {
    const until = performance.now() + deadline
    let locking = parts.beginning() || performance.now() - metOthers < memory
    let wanted = keys
    for (let attempt = 1; ; attempt += 1) {
      const inserted: Key[] = []
      const counted: Decide = (records, now) => {
        const writes = decide(records, now)
        for (const { key, before } of writes.records) if (before === 0) inserted.push(key)
        return writes
      }
      try {
        await connections.lend(until, (session) =>
          locking
            ? updateLocked(session, parts, tenant, wanted, until, counted)
            : updateUnlocked(session, parts, tenant, wanted, until, counted),
        )
        return
      } catch (error) {
        if (error === needsLocks) {
          locking = true
          continue
        }
        if (!mayRepeat(error, locking, attempt)) throw error
        if (performance.now() >= until) throw tooLateToRepeat(error)
        // What was thought to be new and is there is locked the next time.
        wanted = [...keys, ...inserted]
        if (error.trouble !== 'lost') {
          locking = true
          metOthers = performance.now()
        }
        if (attempt > 1) await pause(Math.random() * Math.min(longestPause, 2 ** attempt))
      }
    }
  }
}

const needsLocks = Symbol('needs locks')

const mayRepeat = (error: unknown, locking: boolean, attempt: number): error is PostgresFailure => {
  if (!(error instanceof PostgresFailure)) return false
  switch (error.trouble) {
    case 'again':
    case 'changed':
      return true
    case 'late':
      return !locking
    case 'lost':
      // Lost before anything was written: a pool may hand out a connection whose server has gone.
      return attempt === 1
    case 'refused':
    case 'readonly':
    case 'down':
      return false
  }
}

const updateUnlocked = async (
  session: Session,
  parts: UpdateParts,
  tenant: TenantId,
  keys: readonly Key[],
  until: Milliseconds,
  decide: Decide,
): Promise<void> => {
  const looked = await parts.records.read(session, tenant, keys)
  const decided = decideOn(looked, (records) => decide(records, nowOf(parts, looked)))
  const { writes, changed, seen, absent } = decided
  if (writesNothing(writes)) return
  if (absent.length > 0 || changed.some(isRemoval)) {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a signal for the loop above, not an error
    throw needsLocks
  }
  const { events, messages } = writes
  try {
    await parts.writes.writeUnlocked(
      session,
      { tenant, records: changed, events, messages },
      seen,
      until - performance.now(),
    )
  } catch (error) {
    throw isLost(error) ? outcomeUnknown(error) : error
  }
}

const updateLocked = (
  session: Session,
  parts: UpdateParts,
  tenant: TenantId,
  keys: readonly Key[],
  until: Milliseconds,
  decide: Decide,
): Promise<void> =>
  transaction(session, tenant, until, async () => {
    const looked = await parts.records.lock(session, tenant, keys)
    const decided = decideOn(looked, (records) => decide(records, nowOf(parts, looked)))
    return () => writeLocked(session, parts, tenant, decided)
  })

/** In a transaction that holds the locks. */
export const writeLocked = async (
  session: Session,
  { records: looking, writes: writing }: Pick<UpdateParts, 'records' | 'writes'>,
  tenant: TenantId,
  { writes, changed, absent }: Decided,
): Promise<void> => {
  if (writesNothing(writes)) return stillAbsent(session, looking, tenant, absent)
  const kept = changed.filter((one) => !isRemoval(one))
  const removed = changed.filter(isRemoval).map(({ write }) => write.key)
  const { events, messages } = writes
  const gone = [...removed, ...absent]
  // A place that was empty is held by a row of our own until the commit: whoever puts a record there meanwhile waits, and decides again.
  const records = [...kept, ...absent.map(placeholder)]
  const write = () => writing.write(session, { tenant, records, events, messages })
  if (gone.length === 0) return write()
  const clear = () => writing.remove(session, tenant, gone)
  if (!session.pipelined) return write().then(clear)
  // COMMIT is sent as soon as this returns: what is sent later would come behind it, and undo what others have done since.
  await Promise.all([write(), clear()])
}

/**
 * A record that was put where nothing was, while we waited for the lock of another, is not seen by the statement that locks; what was written with it
 * is. With all the locks in hand a look at the empty places tells.
 */
const stillAbsent = async (
  session: Session,
  looking: PostgresRecords,
  tenant: TenantId,
  absent: readonly Key[],
): Promise<void> => {
  if (absent.length === 0) return
  const { found } = await looking.read(session, tenant, absent)
  if (absent.some((key) => found.get(key) !== undefined))
    throw new PostgresFailure('changed', 'there is a record now where there was none')
}

const isRemoval = ({ write }: ChangedRecord): boolean => write.state === null

const placeholder = (key: Key): ChangedRecord => {
  const write: RecordWrite = { key, before: 0, version: 1, state: {}, entries: {}, chain: '' }
  return { write, replaces: noStamp }
}

export const nowOf = (parts: Pick<UpdateParts, 'now'>, looked: Looked): Instant =>
  parts.now === undefined ? looked.now : parts.now()
