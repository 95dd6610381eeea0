import type { Clock } from '../core/ports/clock.js'
import { plus, type Instant, type Milliseconds } from '../core/time/instant.js'

/** A clock that moves when the test says so. Give the same one to the store and to `createOrderManagement`. */
export interface TestClock extends Clock {
  /** Moves on by `span` and calls back what has come due, the earliest first. */
  advance(span: Milliseconds): void
  /** Sets the time of day as an operator would, backwards too; `elapsed` and what waits for it stay. */
  set(instant: string): void
}

const epoch = '2026-03-01T09:00:00.000Z'

/**
 * Stands still until it is moved.
 *
 * @example
 * const clock = fixedClock('2026-03-01T09:00:00.000Z')
 * const storage = memoryStorage({ clock })
 * clock.advance(60_000)
 */
export const fixedClock = (start: string = epoch): TestClock => testClock(start, 0)

/** Moves on by `step` milliseconds with every reading of `now`, so that no two instants are the same. */
export const steppingClock = (start: string = epoch, step: Milliseconds = 1): TestClock =>
  testClock(start, step)

interface Timer {
  readonly due: Milliseconds
  readonly callback: () => void
}

const testClock = (start: string, step: Milliseconds): TestClock => {
  let now = instantOf(start)
  let elapsed: Milliseconds = 0
  let timers: readonly Timer[] = []

  const move = (span: Milliseconds): void => {
    now = plus(now, span)
    elapsed += span
  }

  return {
    now: () => {
      const read = now
      if (step > 0) move(step)
      return read
    },
    elapsed: () => elapsed,
    soon: (callback) => {
      setImmediate(callback)
    },
    after: (span, callback) => {
      const timer = { due: elapsed + span, callback }
      timers = [...timers, timer]
      return () => {
        timers = timers.filter((waiting) => waiting !== timer)
      }
    },
    advance: (span) => {
      move(span)
      const due = timers.filter((timer) => timer.due <= elapsed)
      timers = timers.filter((timer) => timer.due > elapsed)
      for (const timer of due.toSorted((left, right) => left.due - right.due)) timer.callback()
    },
    set: (instant) => {
      now = instantOf(instant)
    },
  }
}

const instantOf = (text: string): Instant => new Date(text).toISOString() as Instant
