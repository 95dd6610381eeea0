import type { Milliseconds } from '../time/instant.js'

const first: Milliseconds = 1_000
const longest: Milliseconds = 3_600_000

/** How long a message waits after its n-th attempt failed: a second, then twice as long each time, or longer if the channel `asks` for it; at most an hour. */
export const retryDelay = (attempts: number, asks: Milliseconds = 0): Milliseconds =>
  attempts > 12
    ? longest
    : Math.min(longest, Math.max(Math.ceil(asks), first * 2 ** Math.max(0, attempts - 1)))
