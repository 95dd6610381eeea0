import type { Clock } from '../core/ports/clock.js'
import { ConfigurationError } from '../core/ports/errors.js'
import type { Milliseconds } from '../core/time/instant.js'
import { codeOf } from './error-code.js'

export interface StartOptions {
  /** Pause between the end of one round and the beginning of the next, in milliseconds; a second by default. */
  readonly every?: Milliseconds
  /** Deliver what waits in the outbox; true by default. */
  readonly relay?: boolean
  /** End stock holds whose time is over; true by default. */
  readonly sweep?: boolean
  /** The tenants to sweep; the single tenant by default. */
  readonly tenants?: readonly string[]
  /** Hears of everything that failed. It is tried again in the next round, unless the policy has forbidden it. */
  readonly onError?: (error: unknown) => void
}

/** A loop that is running. */
export interface Running {
  /** Starts no further round and resolves when the one under way has ended. */
  stop(): Promise<void>
}

/** Runs `tasks` again and again, each task beside the others and never two rounds at once. */
export const startLoop = (
  clock: Clock,
  every: Milliseconds,
  tasks: readonly (() => Promise<unknown>)[],
  onError: (error: unknown) => void = () => undefined,
): Running => {
  if (!Number.isSafeInteger(every) || every < 1)
    throw new ConfigurationError('start needs `every` as a whole number of milliseconds, 1 or more')
  let stopped = false
  let underWay: Promise<void> = Promise.resolve()
  let cancelTimer: (() => void) | undefined

  let active = tasks
  const round = async (): Promise<void> => {
    const ended = await Promise.allSettled(active.map((task) => task()))
    const reasons = ended.map((end): unknown => (end.status === 'rejected' ? end.reason : undefined))
    // What the policy forbids it forbids every second: asking again would only pile up denials.
    active = active.filter((_task, place) => codeOf(reasons[place]) !== 'forbidden')
    for (const reason of reasons) if (reason !== undefined) tell(onError, reason)
  }
  const begin = (): void => {
    if (stopped) return
    underWay = round().then(() => {
      if (!stopped) cancelTimer = clock.after(every, begin)
    })
  }
  clock.soon(begin)
  return {
    stop: async () => {
      stopped = true
      cancelTimer?.()
      await underWay
    },
  }
}

/** A listener that fails must not end the loop it listens to. */
const tell = (onError: (error: unknown) => void, error: unknown): void => {
  try {
    onError(error)
  } catch {
    // There is nobody left to tell.
  }
}
