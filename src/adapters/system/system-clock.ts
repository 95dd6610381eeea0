import type { Clock } from '../../core/ports/clock.js'
import type { Instant } from '../../core/time/instant.js'

/** The machine's own clock. */
export const systemClock = (): Clock => ({
  now: () => new Date().toISOString() as Instant,
  elapsed: () => performance.now(),
  soon: (callback) => {
    setImmediate(callback)
  },
  after: (span, callback) => {
    const timer = setTimeout(callback, span)
    return () => {
      clearTimeout(timer)
    }
  },
})
