import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../core/ports/clock.js'
import type { Milliseconds } from '../../core/time/instant.js'
import type { PortCase } from './port-case.js'

export interface OpenedClock {
  readonly clock: Clock
  /** Moves the clock on. Without it the cases wait in real time, half a second in all. */
  readonly advance?: (span: Milliseconds) => void
}

export type OpenClock = () => OpenedClock | Promise<OpenedClock>

const span: Milliseconds = 50

/**
 * The promises of `Clock`.
 *
 * @example
 * for (const { name, run } of clockConformance) test(name, () => run(() => ({ clock: myClock() })))
 */
export const clockConformance: readonly PortCase<OpenClock>[] = [
  {
    name: 'tells the time as an ISO 8601 instant in UTC with milliseconds, and the time passes',
    why: 'Instants are compared as texts; one without milliseconds sorts before what came earlier.',
    run: async (open) => {
      const { clock, pass } = await opened(open)
      const before = clock.now()
      ok(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(before), `${before} is an instant`)
      await pass(span)
      ok(clock.now() > before, 'time passes')
    },
  },
  {
    name: 'measures elapsed time in milliseconds, and never goes back',
    why: 'A deadline that moves away is none, and one in seconds is a thousand times too long.',
    run: async (open) => {
      const { clock, pass } = await opened(open)
      const first = clock.elapsed()
      let last = first
      for (let turn = 0; turn < 4; turn += 1) {
        await pass(span)
        for (let reading = 0; reading < 1_000; reading += 1) {
          const elapsed = clock.elapsed()
          ok(elapsed >= last, `${elapsed} came after ${last}`)
          last = elapsed
        }
      }
      const measured = last - first
      ok(measured >= 4 * span - 4 && measured < 100 * span, `${4 * span} milliseconds took ${measured}`)
    },
  },
  {
    name: 'calls back soon, once, when what is ready to run has run',
    why: 'A batch that forms too early holds one command of the hundred that came together.',
    run: async (open) => {
      const { clock } = await opened(open)
      const order: string[] = []
      await new Promise<void>((resolve) => {
        clock.soon(() => {
          order.push('soon')
          resolve()
        })
        order.push('the rest of the turn')
        void afterSteps(20).then(() => order.push('what was ready'))
      })
      await pause(span)
      deepStrictEqual(order, ['the rest of the turn', 'what was ready', 'soon'])
    },
  },
  {
    name: 'calls back after a span, once and not before, the shorter span first',
    why: 'A retry before its time is one more knock at a channel that is down.',
    run: async (open) => {
      const { clock, pass } = await opened(open)
      const order: string[] = []
      clock.after(4 * span, () => order.push('late'))
      clock.after(2 * span, () => order.push('early'))
      deepStrictEqual(order, [], 'not at once')
      await pass(span)
      deepStrictEqual(order, [], 'not before its time')
      await pass(5 * span)
      await pass(5 * span)
      deepStrictEqual(order, ['early', 'late'])
    },
  },
  {
    name: 'never calls back what was canceled, and takes a cancel that comes too late',
    why: 'A deadline that strikes after the answer refuses what was done.',
    run: async (open) => {
      const { clock, pass } = await opened(open)
      let canceled = 0
      let called = 0
      const cancel = clock.after(span, () => (canceled += 1))
      const cancelLate = clock.after(span, () => (called += 1))
      cancel()
      await pass(3 * span)
      cancelLate()
      cancel()
      strictEqual(called, 1, 'the other is called')
      strictEqual(canceled, 0, 'the canceled is not')
    },
  },
]

const opened = async (open: OpenClock) => {
  const { clock, advance } = await open()
  const pass = async (time: Milliseconds): Promise<void> => {
    if (advance === undefined) await pause(time)
    else advance(time)
  }
  return { clock, pass }
}

const afterSteps = async (steps: number): Promise<void> => {
  for (let step = 0; step < steps; step += 1) await Promise.resolve()
}
