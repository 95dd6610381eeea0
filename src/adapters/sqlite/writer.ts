import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises'
import { StorageError } from '../../core/ports/errors.js'
import type { Milliseconds } from '../../core/time/instant.js'
import type { Crowd } from './crowd.js'
import type { SqliteDriver } from './driver.js'
import { asStorageError, SqliteFailure } from './sqlite-failure.js'

/** One write transaction at a time, in the order asked for. */
export interface Writer {
  /**
   * Runs `work` between `BEGIN IMMEDIATE` and `COMMIT` in one turn of the event loop; at once where the lock is free. `work` runs again when
   * the database was too busy to commit. When it throws, everything is rolled back. `committed` is called right after the commit.
   */
  write<Value>(work: () => Value, committed?: (value: Value) => void): Promise<Value>
}

interface Waiting {
  readonly deadline: Milliseconds
  /** Answers false when the lock was not to be had. */
  readonly attempt: () => boolean
  readonly fail: (error: unknown) => void
}

const busy = Symbol('busy')
const longestPause: Milliseconds = 25

export interface WriterParts {
  readonly driver: SqliteDriver
  readonly crowd: Crowd
  /** How long a write waits for the lock. */
  readonly deadline: Milliseconds
  /** Called when a commit has failed. */
  readonly doubt: () => void
}

export const createWriter = ({ driver, crowd, deadline, doubt }: WriterParts): Writer => {
  const queue: Waiting[] = []
  let draining = false

  const attempt = <Value>(work: () => Value, committed?: (value: Value) => void): Value | typeof busy => {
    try {
      driver.exec('BEGIN IMMEDIATE')
    } catch (error) {
      if (!isBusy(error)) throw asStorageError(error)
      crowd.met()
      return busy
    }
    const begun = performance.now()
    let value: Value
    try {
      value = work()
    } catch (error) {
      rollBack(driver)
      if (isBusy(error)) return busy
      throw asStorageError(error)
    }
    try {
      driver.exec('COMMIT')
    } catch (error) {
      doubt()
      rollBack(driver)
      if (isBusy(error)) return busy
      throw commitFailure(error)
    }
    crowd.held(performance.now() - begun)
    committed?.(value)
    return value
  }

  const drain = async (): Promise<void> => {
    draining = true
    let longest: Milliseconds = 1
    for (let first = queue[0]; first !== undefined; first = queue[0]) {
      const rest = crowd.rest()
      if (rest > 0) await pause(rest)
      else if (ended(first)) {
        queue.shift()
        longest = 1
        await turn()
      } else {
        await pause(Math.ceil(Math.random() * longest))
        longest = Math.min(longest * 2, longestPause)
      }
    }
    draining = false
  }

  return {
    write: async (work, committed) => {
      if (!draining && crowd.rest() === 0) {
        const done = attempt(work, committed)
        if (done !== busy) return done
      }
      return new Promise((resolve, reject) => {
        queue.push({
          deadline: performance.now() + deadline,
          attempt: () => {
            const done = attempt(work, committed)
            if (done === busy) return false
            resolve(done)
            return true
          },
          fail: reject,
        })
        if (!draining) void drain()
      })
    },
  }
}

const ended = ({ attempt, deadline, fail }: Waiting): boolean => {
  try {
    if (attempt()) return true
    if (performance.now() < deadline) return false
    fail(tooLate())
  } catch (error) {
    fail(error)
  }
  return true
}

const isBusy = (error: unknown): boolean => error instanceof SqliteFailure && error.trouble === 'busy'

const rollBack = (driver: SqliteDriver): void => {
  try {
    driver.exec('ROLLBACK')
  } catch {
    // SQLite has rolled back by itself, as it does after the graver failures.
  }
}

/**
 * A full disk stops a commit before its last page is in the log, so nothing of it counts. Any other failure may have come after that, and
 * what is in the log a restart takes for committed.
 */
const commitFailure = (error: unknown): unknown =>
  error instanceof SqliteFailure && error.trouble !== 'full' && error.trouble !== 'constraint'
    ? new StorageError(
        'outcome_unknown',
        `the commit failed, and it is open what became of it: ${error.message}`,
        {
          cause: error.cause,
        },
      )
    : asStorageError(error)

const tooLate = (): StorageError =>
  new StorageError(
    'deadline_exceeded',
    'other processes kept the file locked until the deadline of the store. Nothing was written: ask again with the same key. When it comes often, a longer `deadline` helps, or fewer processes that write',
  )
