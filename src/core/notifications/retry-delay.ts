import type { Milliseconds } from '../time/instant.js'

const first: Milliseconds = 1_000
const longest: Milliseconds = 3_600_000

/** How long a message waits after its n-th attempt failed: a second, then twice as long each time, at most an hour. */
export const retryDelay = (attempts: number): Milliseconds =>
  attempts > 12 ? longest : Math.min(longest, first * 2 ** Math.max(0, attempts - 1))
