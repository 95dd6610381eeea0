import { afterEach, describe, expect, it, vi } from 'vitest'
import { systemIds } from 'orderwright'

const versionSeven = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('the ids of this machine', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('are UUIDs of version 7 (RFC 9562) that only grow within one process, and never repeat', () => {
    const ids = systemIds()
    const drawn = Array.from({ length: 20_000 }, () => ids.ordered())
    for (const id of drawn) expect(id).toMatch(versionSeven)
    expect([...drawn].sort()).toEqual(drawn)
    expect(new Set(drawn.map((id) => id.slice(19))).size).toBe(drawn.length)
  })

  it('never go backwards when the clock does', () => {
    vi.useFakeTimers({ now: 1_800_000_000_000 })
    const ids = systemIds()
    const before = ids.ordered()
    vi.setSystemTime(1_700_000_000_000)
    expect(ids.ordered() > before).toBe(true)
  })

  it('use all four variants and all digits, so that no bit is lost', () => {
    const ids = systemIds()
    const tails = Array.from({ length: 4_000 }, () => ids.ordered().slice(19))
    expect(new Set(tails.map((tail) => tail.charAt(0)))).toEqual(new Set(['8', '9', 'a', 'b']))
    for (const place of [1, 2, 3, 5, 16]) {
      expect(new Set(tails.map((tail) => tail.charAt(place))).size).toBe(16)
    }
  })

  it('give numbers for people without vowels or look-alikes, 12 characters in groups of four', () => {
    const ids = systemIds()
    for (let drawn = 0; drawn < 2_000; drawn += 1) {
      expect(ids.number()).toMatch(/^(?:[2-9BCDFGHJKLMNPQRSTVWXZ]{4}-){2}[2-9BCDFGHJKLMNPQRSTVWXZ]{4}$/)
    }
  })
})
