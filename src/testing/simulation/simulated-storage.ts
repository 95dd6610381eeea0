import type { Key } from '../../core/ids/key.js'
import { reservationKind, type Reservation } from '../../core/inventory/reservation.js'
import { StorageError } from '../../core/ports/errors.js'
import type { RecordedEvent, Storage, StoredRecord, Writes } from '../../core/ports/storage.js'
import type { Instant, Milliseconds } from '../../core/time/instant.js'
import type { ClaimLedger } from './claim-ledger.js'
import type { FaultPlan } from './fault-plan.js'
import { InjectedFault } from './injected-fault.js'
import { rolledBack } from './rolled-back.js'
import type { Scheduler } from './scheduler.js'
import type { Shadow } from './shadow.js'
import type { LivingProcess, SimulatedTime } from './simulated-time.js'
import type { Decided } from './status-notes.js'
import { detail, keysInWords, writesInWords, type Tell } from './tell.js'

export interface SimulatedStorageParts {
  readonly store: Storage
  readonly process: LivingProcess & { die(): void }
  readonly scheduler: Scheduler
  readonly time: SimulatedTime
  readonly faults: FaultPlan
  readonly tell: Tell
  readonly shadow: Shadow
  readonly claims: ClaimLedger
  /** Longer than anybody waits. */
  readonly beyondDeadline: Milliseconds
  /** Watches over the decisions that are made of what the store has locked. */
  readonly deciding: (decide: () => Writes) => Decided
  /** Hears of every commit with what it breaks. */
  readonly committed: (decided: Decided, broken: readonly string[]) => void
  /** Erases the person that is behind one of the records, as somebody else would. */
  readonly erasePerson: (keys: readonly Key[]) => Promise<void>
  /** Hears what a claim breaks. */
  readonly claimed: (broken: readonly string[]) => void
}

/**
 * One process's way to the store. Every call stops twice: before the store has it (`arrives`) and before the caller learns (`is
 * acknowledged`). Between the two the effect exists and nobody knows. A call of a process that died stays unanswered for ever.
 */
export const simulatedStorage = (parts: SimulatedStorageParts): Storage => {
  const { store, process, scheduler, time, faults, shadow, claims, beyondDeadline, committed } = parts

  const tell = (what: () => string): void => {
    parts.tell(() => detail(`${process.name} ${what()}`))
  }
  const stop = async (place: string): Promise<void> => {
    await scheduler.point(`${process.name} ${place}`, place)
    if (!process.alive()) await never()
  }
  const call = async <Value>(
    name: string,
    ask: () => Promise<Value>,
    what: (value: Value) => string,
  ): Promise<Value> => {
    await stop(`${name} arrives`)
    time.advance(1)
    const value = await scheduler.outside(ask())
    tell(() => what(value))
    await stop(`${name} is acknowledged`)
    return value
  }

  const die = async (): Promise<never> => {
    tell(() => 'dies')
    process.die()
    return never()
  }

  const apply: Storage['update'] = async (tenant, keys, decide) => {
    let decided: Decided | undefined
    await scheduler.outside(
      store.update(tenant, keys, (records, now) => {
        decided = parts.deciding(() => decide(records, now))
        return decided.writes
      }),
    )
    const done = decided
    if (done === undefined) return
    tell(() => `has committed ${writesInWords(done.writes)}`)
    committed(done, shadow.commit(done.writes))
  }

  /** Decides and takes it back, as a store does that finds at commit that another was first. */
  const discard: Storage['update'] = async (tenant, keys, decide) => {
    await scheduler.outside(rolledBack(store).update(tenant, keys, decide))
    tell(() => `has decided on ${keysInWords(keys)}, and the store took it back`)
  }

  const update: Storage['update'] = async (tenant, keys, decide) => {
    await stop('update arrives')
    time.advance(1)
    const fault = faults.strike('update arrives')
    switch (fault) {
      case 'crash_before_commit':
        return die()
      case 'disk_full':
        throw new StorageError('storage_unavailable', 'the disk is full')
      case 'lost_request':
        throw new StorageError('outcome_unknown', 'the connection broke during the commit')
      case 'conflict':
      case 'persistent_conflict':
        for (let again = fault === 'conflict' ? 1 : 4; again > 0; again -= 1) {
          await discard(tenant, keys, decide)
          // Time enough for those who were first to commit.
          for (let pause = 0; pause < 4; pause += 1) await stop('update arrives')
        }
        if (fault === 'persistent_conflict')
          throw new StorageError('deadline_exceeded', 'others were always first')
        break
      case 'batch_is_refused':
        throw new InjectedFault('the store does not take this batch')
      case 'silence_before_commit':
        await discard(tenant, keys, decide)
        return never()
      case 'slow_arrival':
        time.advance(beyondDeadline)
        break
      case 'person_is_erased':
        await scheduler.outside(parts.erasePerson(keys))
        break
      case 'hold_ends_now': {
        const end = endOfHold(shadow, keys)
        if (end !== undefined) time.set(end)
        break
      }
      default:
    }
    await apply(tenant, keys, decide)
    switch (faults.strike('update is acknowledged')) {
      case 'crash_after_commit':
        return die()
      case 'lost_acknowledgement':
        await stop('update is acknowledged')
        throw new StorageError('outcome_unknown', 'the connection broke after the commit')
      case 'silence_after_commit':
        return never()
      case 'slow_acknowledgement':
        time.advance(beyondDeadline)
        return stop('update is acknowledged')
      default:
        return stop('update is acknowledged')
    }
  }

  return {
    update,
    read: async (tenant, keys) => {
      const found = await call(
        'read',
        () => store.read(tenant, keys),
        (read) => `reads ${read.length} of ${keysInWords(keys)}`,
      )
      switch (faults.strike('read')) {
        case 'stale_read':
          return found.flatMap((record) => staleOf(shadow, record))
        case 'partial_read':
          return found.slice(0, Math.floor(found.length / 2))
        case 'read_unavailable':
          throw unavailable()
        default:
          return found
      }
    },
    find: async (tenant, query) => {
      const page = await call(
        'find',
        () => store.find(tenant, query),
        ({ items }) => `finds ${items.length} of ${query.kind}`,
      )
      switch (faults.strike('find')) {
        case 'stale_find':
          return { items: page.items.slice(1).flatMap((record) => staleOf(shadow, record)) }
        case 'find_unavailable':
          throw unavailable()
        default:
          return page
      }
    },
    history: async function* (tenant, key, after) {
      const events = await call(
        'history',
        () => allOf(store.history(tenant, key, after)),
        ({ length }) => `reads ${length} events of ${keysInWords([key])}`,
      )
      switch (faults.strike('history')) {
        case 'history_unavailable':
          throw unavailable()
        case 'history_breaks_off':
          yield* events.slice(0, events.length >> 1)
          throw unavailable()
        case 'stale_history':
          return yield* events.slice(0, -1)
        default:
          return yield* events
      }
    },
    claim: async (limit, lease) => {
      await stop('claim arrives')
      if (faults.strike('claim arrives') === 'claim_unavailable') throw unavailable()
      time.advance(1)
      const now = time.storeClock.now()
      const claimed = await scheduler.outside(store.claim(limit, lease))
      tell(() => `claims ${claimed.length} messages`)
      parts.claimed(claims.claimed(claimed, now, lease))
      await stop('claim is acknowledged')
      if (claimed.length === 0) return claimed
      switch (faults.strike('claim is acknowledged')) {
        case 'lost_claim':
          throw unavailable()
        case 'crash_after_claim':
          return die()
        case 'lease_runs_out':
          time.advance(lease + 1)
          return claimed
        default:
          return claimed
      }
    },
    settle: async (results) => {
      await stop('settle arrives')
      if (faults.strike('settle arrives') === 'settle_unavailable') throw unavailable()
      time.advance(1)
      await scheduler.outside(store.settle(results))
      tell(() => `settles ${results.map(({ outcome }) => outcome).join(', ')}`)
      claims.settled(results)
      await stop('settle is acknowledged')
      if (faults.strike('settle is acknowledged') === 'lost_settlement') throw unavailable()
    },
    release: async (tenant, about) => {
      await stop('release arrives')
      if (faults.strike('release arrives') === 'release_unavailable') throw unavailable()
      time.advance(1)
      const released = await scheduler.outside(store.release(tenant, about))
      tell(() => `releases ${released} messages about ${keysInWords([about])}`)
      claims.released(about)
      await stop('release is acknowledged')
      if (faults.strike('release is acknowledged') === 'lost_release') throw unavailable()
      return released
    },
    health: () => store.health(),
  }
}

/** For those who wait for a process that is gone, or a store that is silent. */
export const never = (): Promise<never> => new Promise(() => undefined)

const unavailable = (): StorageError => new StorageError('storage_unavailable', 'the store is away')

const allOf = async (events: AsyncIterable<RecordedEvent>): Promise<readonly RecordedEvent[]> => {
  const all: RecordedEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

/** What the record was before its last change, as a replica that is behind would have it; a record that is new is not there yet. */
const staleOf = (shadow: Shadow, record: StoredRecord): StoredRecord | readonly [] =>
  shadow.previous(record.key) ?? (record.version === 1 ? [] : record)

/** When the first of the locked holds that are still held comes to its end. */
const endOfHold = (shadow: Shadow, keys: readonly Key[]): Instant | undefined =>
  keys
    .filter(({ kind }) => kind === reservationKind.name)
    .map((key) => shadow.records.get(key)?.state as Reservation | undefined)
    .find((hold) => hold?.status === 'held')?.expiresAt
