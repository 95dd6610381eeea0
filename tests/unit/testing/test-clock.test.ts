import { describe, expect, it } from 'vitest'
import { fixedClock, steppingClock } from 'orderwright/testing'

describe('a fixed clock', () => {
  it('stands still until it is moved', () => {
    const clock = fixedClock('2026-03-01T09:30:00Z')
    expect([clock.now(), clock.now()]).toEqual(['2026-03-01T09:30:00.000Z', '2026-03-01T09:30:00.000Z'])
    clock.advance(90_000)
    expect([clock.now(), clock.elapsed()]).toEqual(['2026-03-01T09:31:30.000Z', 90_000])
  })

  it('calls back what has come due, the earliest first, and once', () => {
    const clock = fixedClock()
    const called: string[] = []
    clock.after(2_000, () => called.push('late'))
    clock.after(1_000, () => called.push('early'))
    clock.after(3_000, () => called.push('not yet'))
    clock.advance(999)
    expect(called).toEqual([])
    clock.advance(1_001)
    expect(called).toEqual(['early', 'late'])
    clock.advance(500)
    expect(called).toEqual(['early', 'late'])
  })

  it('does not call back what was canceled', () => {
    const clock = fixedClock()
    const called: string[] = []
    const cancel = clock.after(1_000, () => called.push('canceled'))
    cancel()
    clock.advance(5_000)
    expect(called).toEqual([])
  })

  it('RS6 can be set back without anything that waits noticing', () => {
    const clock = fixedClock('2026-03-01T09:30:00Z')
    const called: string[] = []
    clock.after(1_000, () => called.push('due'))
    clock.set('2020-01-01T00:00:00Z')
    expect([clock.now(), clock.elapsed(), called]).toEqual(['2020-01-01T00:00:00.000Z', 0, []])
  })

  it('refuses a text that is no instant', () => {
    expect(() => fixedClock('yesterday')).toThrow(RangeError)
  })
})

describe('a stepping clock', () => {
  it('never gives one instant twice', () => {
    const clock = steppingClock('2026-03-01T09:30:00Z', 5)
    expect([clock.now(), clock.now(), clock.now()]).toEqual([
      '2026-03-01T09:30:00.000Z',
      '2026-03-01T09:30:00.005Z',
      '2026-03-01T09:30:00.010Z',
    ])
  })
})
