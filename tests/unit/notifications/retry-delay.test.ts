import { describe, expect, it } from 'vitest'
import { retryDelay } from '../../../src/core/notifications/retry-delay.js'

describe('retryDelay', () => {
  it('begins with a second, doubles, and stays at an hour', () => {
    const delays = Array.from({ length: 14 }, (_, index) => retryDelay(index + 1) / 1_000)
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 3_600, 3_600])
    expect(retryDelay(1_000_000)).toBe(3_600_000)
  })

  it('is longer where the channel asks for more, in whole milliseconds and never beyond an hour', () => {
    expect([0, 1, 1_000, 1_000.5, 90_000, 3_600_000].map((asks) => retryDelay(1, asks))).toEqual([
      1_000, 1_000, 1_000, 1_001, 90_000, 3_600_000,
    ])
    expect([3_600_001, 1e12, Number.POSITIVE_INFINITY].map((asks) => retryDelay(1, asks))).toEqual([
      3_600_000, 3_600_000, 3_600_000,
    ])
    expect(retryDelay(5, 9_000)).toBe(16_000)
    expect(retryDelay(13, 1)).toBe(3_600_000)
  })
})
