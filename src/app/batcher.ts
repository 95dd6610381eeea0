import type { TenantId } from '../core/ids/ids.js'
import type { Key } from '../core/ids/key.js'
import { keyMap } from '../core/ids/key-map.js'
import { MissingKey } from '../core/plan.js'
import type { Clock } from '../core/ports/clock.js'
import { StorageError } from '../core/ports/errors.js'
import type { Storage, Writes } from '../core/ports/storage.js'
import type { Instant, Milliseconds } from '../core/time/instant.js'
import { answerError, type Answer } from './answer.js'
import { codeOf } from './error-code.js'
import type { Execution } from './execution.js'
import { workingRecords, type BatchKeys, type WorkingRecords } from './working-records.js'

/** Collects what arrives while a commit is under way and decides it together in the next one, in the order of arrival (group commit). */
export interface Batcher {
  submit<Value>(tenant: TenantId, execution: Execution<Value>): Promise<Answer<Value>>
}

export interface BatcherSettings {
  readonly commandsPerBatch: number
  readonly charactersPerBatch: number
  readonly deadline: Milliseconds
}

interface Waiting {
  readonly execution: Execution<unknown>
  readonly deadline: Milliseconds
  readonly resolve: (answer: Answer<unknown>) => void
  readonly reject: (error: unknown) => void
  /** Commits of which nobody knows what became, since the last that told. */
  unsure: number
  /** How often its plan asked for records that it had not named. */
  lookUps: number
  /** Its plan has run in a batch whose end is not known yet, so it may have been written. */
  decided: boolean
  answered: boolean
}

/** What a command's turn in a batch came to; nothing of it counts before the batch is committed. */
type Outcome =
  | { readonly kind: 'decided'; readonly answer: Answer<unknown> }
  | { readonly kind: 'needs'; readonly keys: readonly Key[] }
  | { readonly kind: 'broken'; readonly error: unknown }

const mostAttempts = 16

/** Updates of one tenant that may stay unanswered one after another. Each may hold a connection and locks of the store. */
const mostUnanswered = 8

export const createBatcher = (storage: Storage, clock: Clock, settings: BatcherSettings): Batcher => {
  const queues = new Map<TenantId, TenantQueue>()
  return {
    submit: <Value>(tenant: TenantId, execution: Execution<Value>) =>
      new Promise<Answer<Value>>((resolve, reject) => {
        let queue = queues.get(tenant)
        if (queue === undefined) {
          queue = tenantQueue(tenant, storage, clock, settings, () => queues.delete(tenant))
          queues.set(tenant, queue)
        }
        queue.add({
          execution,
          deadline: clock.elapsed() + settings.deadline,
          resolve: resolve as (answer: Answer<unknown>) => void,
          reject,
          unsure: 0,
          lookUps: 0,
          decided: false,
          answered: false,
        })
      }),
  }
}

interface TenantQueue {
  add(waiting: Waiting): void
}

const tenantQueue = (
  tenant: TenantId,
  storage: Storage,
  clock: Clock,
  settings: BatcherSettings,
  whenIdle: () => void,
): TenantQueue => {
  let queue: Waiting[] = []
  let running = false
  let inFlight: readonly Waiting[] = []
  let underWay: Promise<void> | undefined
  let cancelTimer: (() => void) | undefined
  /** Commits that were given up since one was decided in time, the oldest first, and when the last one was. What they were to write is not kept. */
  const unanswered = new Set<Promise<void>>()
  let lastGivenUp = 0

  const pump = (): void => {
    if (isSilent()) for (const waiting of queue) answer(waiting, unavailable())
    const batch = takeBatch()
    if (batch.length === 0) {
      running = false
      cancelTimer?.()
      cancelTimer = undefined
      leaveWhenIdle()
      return
    }
    inFlight = batch
    armTimer()
    const commit = commitBatch(batch)
    underWay = commit
    void commit.then(() => {
      if (underWay === commit) goOn()
      else if (unanswered.delete(commit)) leaveWhenIdle()
    })
  }

  const goOn = (): void => {
    inFlight = []
    underWay = undefined
    clock.soon(pump)
  }

  /**
   * All its callers have been answered, so nobody waits for it but those behind it. It may still be committed: the locks of the store keep it apart from
   * what comes next, and a decision that is asked for only now writes nothing.
   */
  const giveUp = (commit: Promise<void>): void => {
    lastGivenUp = clock.elapsed()
    unanswered.add(commit)
    const [oldest] = unanswered
    if (oldest !== undefined && unanswered.size > mostUnanswered) unanswered.delete(oldest)
    goOn()
  }

  /** A store that leaves so many updates unanswered, and decides none between them, gets no further one but for a trial each time a deadline has passed. */
  const isSilent = (): boolean =>
    unanswered.size >= mostUnanswered && clock.elapsed() - lastGivenUp < settings.deadline

  const leaveWhenIdle = (): void => {
    if (!running && unanswered.size === 0) whenIdle()
  }

  const takeBatch = (): readonly Waiting[] => {
    const waiting = queue.filter((one) => !one.answered)
    let characters = 0
    let count = 0
    for (const { execution } of waiting) {
      characters += execution.characters
      if (count > 0 && characters > settings.charactersPerBatch) break
      count += 1
      if (count === settings.commandsPerBatch) break
    }
    queue = waiting.slice(count)
    return waiting.slice(0, count)
  }

  const commitBatch = async (batch: readonly Waiting[]): Promise<void> => {
    if (areAnswered(batch)) return
    const outcomes = new Map<Waiting, Outcome>()
    try {
      const keys = keysOf(batch)
      await storage.update(tenant, keys.list, (locked, now) =>
        decideBatch(batch, workingRecords(locked, keys), now, outcomes),
      )
    } catch (error) {
      await failed(batch, error)
      return
    }
    // In time, for somebody waits for it still.
    if (!areAnswered(batch)) unanswered.clear()
    const again: Waiting[] = []
    for (const waiting of batch) settle(waiting, outcomes.get(waiting), again)
    queue = [...again, ...queue]
  }

  const failed = async (batch: readonly Waiting[], error: unknown): Promise<void> => {
    const code = codeOf(error)
    if (code === 'outcome_unknown') {
      // The key's record tells what became of it; without a key only the caller can look.
      const repeatable = batch.filter((waiting) => waiting.execution.repeatable && mayAskAgain(waiting))
      for (const waiting of batch) if (!repeatable.includes(waiting)) answer(waiting, unknownOutcome())
      queue = [...repeatable, ...queue]
      return
    }
    if (code === 'storage_unavailable' || code === 'deadline_exceeded') {
      for (const waiting of batch) answer(waiting, { ok: false, error: answerError(code), replayed: false })
      return
    }
    const [only] = batch
    if (batch.length === 1 && only !== undefined) {
      fail(only, error)
      return
    }
    // One of them breaks the whole write: halves find it, and its neighbors go through.
    const middle = Math.ceil(batch.length / 2)
    await commitBatch(batch.slice(0, middle))
    await commitBatch(batch.slice(middle))
  }

  const settle = (waiting: Waiting, outcome: Outcome | undefined, again: Waiting[]): void => {
    if (outcome === undefined) {
      fail(
        waiting,
        new StorageError('adapter_contract', 'the storage adapter committed without asking for the decision'),
      )
    } else if (outcome.kind === 'decided') {
      answer(waiting, outcome.answer)
    } else if (outcome.kind === 'broken') {
      fail(waiting, outcome.error)
    } else if (mayLookUp(waiting)) {
      waiting.execution.keys.push(...outcome.keys)
      waiting.decided = false
      again.push(waiting)
    } else {
      fail(
        waiting,
        new StorageError(
          'adapter_contract',
          `the plan keeps asking for keys, last ${outcome.keys[0]?.kind ?? 'none'}`,
        ),
      )
    }
  }

  const mayAskAgain = (waiting: Waiting): boolean => {
    waiting.unsure += 1
    return !waiting.answered && waiting.unsure < mostAttempts
  }

  /** A plan that is getting on with its look-ups does not pay for the commits that were unsure before. */
  const mayLookUp = (waiting: Waiting): boolean => {
    waiting.unsure = 0
    waiting.lookUps += 1
    return !waiting.answered && waiting.lookUps < mostAttempts
  }

  /** One timer for the earliest deadline: each command is answered by its own, not by that of whoever came before it. */
  const armTimer = (): void => {
    if (cancelTimer !== undefined) return
    const earliest = earliestDeadline([...inFlight, ...queue])
    if (earliest === undefined) return
    cancelTimer = clock.after(Math.max(1, earliest - clock.elapsed()), () => {
      cancelTimer = undefined
      expire()
      armTimer()
    })
  }

  const expire = (): void => {
    const now = clock.elapsed()
    for (const waiting of queue) {
      if (waiting.deadline <= now) answer(waiting, waiting.decided ? unknownOutcome() : tooLate())
    }
    queue = queue.filter((waiting) => !waiting.answered)
    for (const waiting of inFlight) {
      if (waiting.deadline <= now) answer(waiting, waiting.decided ? unknownOutcome() : tooLate())
    }
    if (underWay !== undefined && areAnswered(inFlight)) giveUp(underWay)
  }

  return {
    add: (waiting) => {
      queue.push(waiting)
      if (running) {
        armTimer()
        return
      }
      running = true
      clock.soon(pump)
    },
  }
}

const areAnswered = (batch: readonly Waiting[]): boolean => batch.every(({ answered }) => answered)

const earliestDeadline = (all: readonly Waiting[]): Milliseconds | undefined => {
  let earliest: Milliseconds | undefined
  for (const { answered, deadline } of all) {
    if (!answered && (earliest === undefined || deadline < earliest)) earliest = deadline
  }
  return earliest
}

/** The keys of all, each once. In which order they are locked is the store's business. */
const keysOf = (batch: readonly Waiting[]): BatchKeys => {
  const places = keyMap<number>()
  const list: Key[] = []
  for (const { execution } of batch) {
    for (const key of execution.keys) {
      if (places.has(key)) continue
      places.set(key, list.length)
      list.push(key)
    }
  }
  return { list, places }
}

const decideBatch = (
  batch: readonly Waiting[],
  records: WorkingRecords,
  now: Instant,
  outcomes: Map<Waiting, Outcome>,
): Writes => {
  for (const waiting of batch) outcomes.set(waiting, turn(waiting, records, now))
  return records.writes()
}

/** A command that fails takes none of its neighbors with it: it changes the working records only once it has decided. */
const turn = (waiting: Waiting, records: WorkingRecords, now: Instant): Outcome => {
  if (waiting.answered) return { kind: 'decided', answer: unknownOutcome() }
  waiting.decided = true
  try {
    return { kind: 'decided', answer: waiting.execution.decide(records, now) }
  } catch (error) {
    return error instanceof MissingKey
      ? { kind: 'needs', keys: [error.key, ...error.others] }
      : { kind: 'broken', error }
  }
}

const tooLate = (): Answer<never> => ({ ok: false, error: answerError('deadline_exceeded'), replayed: false })

const unavailable = (): Answer<never> => ({
  ok: false,
  error: answerError('storage_unavailable'),
  replayed: false,
})

const unknownOutcome = (): Answer<never> => ({
  ok: false,
  error: answerError('outcome_unknown'),
  replayed: false,
})

const answer = (waiting: Waiting, given: Answer<unknown>): void => {
  if (waiting.answered) return
  waiting.answered = true
  waiting.resolve(given)
}

const fail = (waiting: Waiting, error: unknown): void => {
  if (waiting.answered) return
  waiting.answered = true
  waiting.reject(error)
}
