import { describe, expect, it } from 'vitest'
import { retryDelay } from '../../../src/core/notifications/retry-delay.js'

describe('retryDelay', () => {
  it('begins with a second, doubles, and stays at an hour', () => {
    const delays = Array.from({ length: 14 }, (_, index) => retryDelay(index + 1) / 1_000)
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 3_600, 3_600])
    expect(retryDelay(1_000_000)).toBe(3_600_000)
  })
})
