import type { SchedulingPoint, Strategy } from './strategy.js'
import type { Tell } from './tell.js'

/** Owns the order of everything: only one waiting point goes on at a time, and which one is a choice that can be made again. */
export interface Scheduler {
  /** Waits until it is chosen. */
  point(task: string, place: string): Promise<void>
  /** Calls back when it is chosen. */
  later(task: string, place: string, callback: () => void): void
  /** Work outside of the simulation (a real database): nothing is chosen before it has ended. */
  outside<Value>(work: Promise<Value>): Promise<Value>
  /** Chooses until `over` says so. Answers false when nobody waits, nothing is timed, and it is not over. */
  run(over: () => boolean): Promise<boolean>
  /** Nobody waits. */
  idle(): boolean
  /** Every choice made so far. */
  readonly choices: readonly number[]
  /** A figure over all choices and places: two runs with the same one took the same way. */
  fingerprint(): number
}

export interface SchedulerParts {
  readonly strategy: Strategy
  /** Choices to be made again; when they are used up the first in line goes. */
  readonly replay?: readonly number[]
  /** Whether time moves on although somebody waits: a moment, or up to what is timed next. It is asked at each step. */
  readonly timePasses: () => 'no' | 'a moment' | 'to the next'
  readonly passMoment: () => void
  /** Moves time on to what is timed next; answers false when nothing is. */
  readonly toNext: () => boolean
  /** Called before each step. */
  readonly onStep: () => void
  readonly mostSteps: number
  readonly tell: Tell
}

interface Waiting extends SchedulingPoint {
  readonly go: () => void
}

// Choices that are none of those who wait.
const moment = -1
const nextTimer = -2

export class TooManySteps extends Error {
  readonly code = 'too_many_steps'
}

export const createScheduler = (parts: SchedulerParts): Scheduler => {
  const { strategy, replay, timePasses, passMoment, toNext, onStep, mostSteps, tell } = parts
  const waiting: Waiting[] = []
  const choices: number[] = []
  let fingerprint = 0
  let outside = 0
  let ended: (() => void) | undefined

  const note = (text: string): void => {
    for (let place = 0; place < text.length; place += 1) {
      fingerprint = (Math.imul(fingerprint, 31) + text.charCodeAt(place)) | 0
    }
  }

  const choose = (): number => {
    if (replay !== undefined) return Math.min(replay[choices.length] ?? 0, waiting.length - 1)
    const passing = timePasses()
    if (passing !== 'no') return passing === 'a moment' ? moment : nextTimer
    return strategy(waiting, choices.length)
  }

  const quiet = async (): Promise<void> => {
    await turn()
    while (outside > 0) {
      await new Promise<void>((resolve) => (ended = resolve))
      await turn()
    }
  }

  return {
    choices,
    idle: () => waiting.length === 0,
    fingerprint: () => fingerprint,
    point: (task, place) => new Promise((go) => waiting.push({ task, place, go })),
    later: (task, place, callback) => {
      waiting.push({ task, place, go: callback })
    },
    outside: async (work) => {
      outside += 1
      try {
        return await work
      } finally {
        outside -= 1
        if (outside === 0) ended?.()
      }
    },
    run: async (over) => {
      for (;;) {
        await quiet()
        if (over()) return true
        if (waiting.length === 0) {
          if (!toNext()) return false
          continue
        }
        if (choices.length >= mostSteps)
          throw new TooManySteps(`LV1 the run has not come to its end after ${mostSteps} steps`)
        onStep()
        const choice = choose()
        choices.push(choice)
        const step = choices.length
        if (choice < 0) {
          tell(() => `${step} time passes, ${choice === moment ? 'a moment' : 'up to what is timed next'}`)
          if (choice === moment) passMoment()
          else toNext()
          continue
        }
        const [chosen] = waiting.splice(choice, 1)
        if (chosen === undefined) continue
        tell(() => `${step} ${nameOf(chosen)}`)
        note(chosen.task)
        note(chosen.place)
        chosen.go()
      }
    },
  }
}

/** Tasks at a port have their place in their name. */
const nameOf = ({ task, place }: SchedulingPoint): string =>
  task.endsWith(place) ? task : `${task} ${place}`

/**
 * Everything that could go on by itself has done so afterwards: a tick that is asked for by a promise's callback comes when no other one is
 * left. A turn of the event loop would be as good, and costs a system call each.
 */
const turn = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve))
