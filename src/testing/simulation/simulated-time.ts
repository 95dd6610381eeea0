import type { Clock } from '../../core/ports/clock.js'
import type { Instant, Milliseconds } from '../../core/time/instant.js'
import type { Scheduler } from './scheduler.js'

/** Time as the simulation has it: it moves when it is moved. Every clock shows it with an error of its own. */
export interface SimulatedTime {
  elapsed(): Milliseconds
  /** Moves on and calls back what has come due, the earliest first. */
  advance(span: Milliseconds): void
  /** Moves on to what is timed next; false when nothing is. */
  toNext(): boolean
  /** The store's clock. */
  readonly storeClock: Pick<Clock, 'now'>
  /** Lets every clock move on but no deadline come nearer: a pause between calls, not within them. */
  pause(span: Milliseconds): void
  /** Sets the store's clock forwards or backwards, as an operator or a bad time server would. */
  jump(span: Milliseconds): void
  /** Lets the store's clock stand still for so long; whoever sets it sets it going. */
  freeze(span: Milliseconds): void
  /** Brings all clocks together again, at the latest time that the store's has shown. */
  agree(): void
  /** Sets the store's clock to a moment. */
  set(instant: Instant): void
  clockOf(process: LivingProcess, scheduler: Scheduler): Clock
}

export interface LivingProcess {
  readonly name: string
  alive(): boolean
}

interface Timer {
  readonly due: Milliseconds
  readonly owner: LivingProcess
  readonly callback: () => void
}

export const simulatedTime = (epoch: string): SimulatedTime => {
  const start = new Date(epoch).getTime()
  let elapsed = 0
  let paused = 0
  let error = 0
  let latest = start
  let frozen: { readonly at: number; readonly until: number } | undefined
  let timers: Timer[] = []
  let shown: { readonly at: number; readonly text: Instant } | undefined

  const instant = (at: number): Instant => {
    if (shown?.at !== at) shown = { at, text: new Date(at).toISOString() as Instant }
    return shown.text
  }

  const advance = (span: Milliseconds): void => {
    elapsed += span
    const due = timers.filter((timer) => timer.due <= elapsed).sort((left, right) => left.due - right.due)
    if (due.length === 0) return
    timers = timers.filter((timer) => timer.due > elapsed)
    for (const { owner, callback } of due) if (owner.alive()) callback()
  }

  return {
    elapsed: () => elapsed,
    advance,
    toNext: () => {
      timers = timers.filter(({ owner }) => owner.alive())
      let next = Infinity
      for (const { due } of timers) if (due < next) next = due
      if (next === Infinity) return false
      advance(Math.max(0, next - elapsed))
      return true
    },
    storeClock: {
      now: () => {
        const passed = elapsed + paused
        const at = frozen !== undefined && passed < frozen.until ? frozen.at : start + passed + error
        if (at > latest) latest = at
        return instant(at)
      },
    },
    freeze: (span) => {
      const passed = elapsed + paused
      frozen = { at: start + passed + error, until: passed + span }
    },
    agree: () => {
      frozen = undefined
      error = 0
      paused = Math.max(latest - start - elapsed, paused)
    },
    pause: (span) => {
      paused += span
    },
    jump: (span) => {
      frozen = undefined
      error += span
    },
    set: (instant) => {
      frozen = undefined
      error = new Date(instant).getTime() - start - elapsed - paused
    },
    clockOf: (process, scheduler) => ({
      now: () => instant(start + elapsed + paused),
      elapsed: () => elapsed,
      soon: (callback) => {
        scheduler.later(process.name, 'soon', () => {
          if (process.alive()) callback()
        })
      },
      after: (span, callback) => {
        const timer = { due: elapsed + span, owner: process, callback }
        timers.push(timer)
        return () => {
          timers = timers.filter((other) => other !== timer)
        }
      },
    }),
  }
}
