import type { Milliseconds } from '../../core/time/instant.js'

/**
 * Leaves the lock to others. SQLite has no line of waiting processes: each looks now and then whether the lock is free, and one that takes it
 * again at once is nearly always first. So while others write too, whoever has held the lock for a while rests for as long.
 */
export interface Crowd {
  /** Others want the lock or have had it. */
  readonly met: () => void
  /** This process has held the lock for so long. */
  held(span: Milliseconds): void
  /** How long it still has to rest. */
  rest(): Milliseconds
}

const slice: Milliseconds = 10
/** How long others are reckoned with after they were last seen. */
const memory: Milliseconds = 1_000

export const createCrowd = (now: () => Milliseconds = () => performance.now()): Crowd => {
  let lastMet = -memory
  let held = 0
  let restUntil = 0
  return {
    met: () => {
      lastMet = now()
    },
    held: (span) => {
      held += span
      if (held < slice) return
      const at = now()
      if (at - lastMet < memory) restUntil = at + held
      held = 0
    },
    rest: () => (restUntil === 0 ? 0 : Math.max(0, restUntil - now())),
  }
}
