import { describe, expect, it } from 'vitest'
import { countedIds } from 'orderwright/testing'

describe('counted ids', () => {
  it('are the same in every run and have the shape of the real ones', () => {
    const ids = countedIds()
    expect([ids.random(), ids.random()]).toEqual([
      '00000000-0000-4000-8000-000000000001',
      '00000000-0000-4000-8000-000000000002',
    ])
    expect(ids.ordered()).toBe('00000000-0000-7000-8000-000000000001')
    expect([ids.number(), ids.number()]).toEqual(['2222-2222-2223', '2222-2222-2224'])
  })

  it('never repeat, and those of two series never meet', () => {
    const [left, right] = [countedIds(1), countedIds(2)]
    const drawn = Array.from({ length: 2_000 }, () =>
      [left, right].flatMap((ids) => [ids.random(), ids.ordered(), ids.number()]),
    )
    expect(new Set(drawn.flat()).size).toBe(2_000 * 6)
    for (const number of drawn.flat().filter((id) => id.length === 14)) {
      expect(number).toMatch(/^[2-9B-DF-HJ-NP-TV-XZ]{4}(-[2-9B-DF-HJ-NP-TV-XZ]{4}){2}$/)
    }
  })

  it('come in order where order is promised', () => {
    const ids = countedIds()
    const drawn = Array.from({ length: 300 }, () => ids.ordered())
    expect(drawn.toSorted()).toEqual(drawn)
  })
})
