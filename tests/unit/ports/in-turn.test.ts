import { describe, expect, it } from 'vitest'
import type { TenantId } from '../../../src/core/ids/ids.js'
import { takeInTurn, turnOf } from '../../../src/core/ports/in-turn.js'

const tenants = (...names: readonly string[]) => names as unknown as readonly TenantId[]

describe('whose turn it is', () => {
  it('is at first that of whoever waits longest, then goes round by name from behind the last', () => {
    const waiting = tenants('carol', 'ada', 'bob')
    expect(turnOf(waiting, undefined)).toEqual(waiting)
    expect(['ada', 'bob', 'carol'].map((last) => turnOf(waiting, last as TenantId))).toEqual([
      ['bob', 'carol', 'ada'],
      ['carol', 'ada', 'bob'],
      ['ada', 'bob', 'carol'],
    ])
  })
})

describe('taking in turn', () => {
  const queues = { ada: [1, 2, 3, 4, 5, 6], bob: [7], carol: [8, 9] }
  const taken = (limit: number) => {
    const left = structuredClone(queues) as Record<string, number[]>
    return takeInTurn(
      tenants('ada', 'bob', 'carol'),
      limit,
      (tenant, most) => left[tenant]?.splice(0, most) ?? [],
    )
  }

  it('takes one from each before a second from anybody, and fills what is left with whoever has more', () => {
    expect(taken(3)).toEqual([1, 7, 8])
    expect(taken(6)).toEqual([1, 7, 8, 2, 9, 3])
    expect(taken(9)).toHaveLength(9)
  })

  it('takes no more than it may, and ends when nobody has anything', () => {
    expect(taken(2)).toEqual([1, 7])
    expect([...taken(100)].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })
})
