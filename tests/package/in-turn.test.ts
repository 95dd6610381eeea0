import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { inTurn } from '../../scripts/in-turn.mjs'

/** Works on a, b, c and d, two at a time; each ends when it is told to. */
const working = () => {
  const begun: string[] = []
  const told: string[] = []
  const ends = new Map<string, () => void>()
  const over = inTurn(
    2,
    ['a', 'b', 'c', 'd'],
    (item) =>
      new Promise<string>((resolve) => {
        begun.push(item)
        ends.set(item, () => {
          resolve(`what came of ${item}`)
        })
      }),
    (outcome, item) => {
      told.push(`${item}: ${outcome}`)
    },
  )
  const end = async (item: string): Promise<void> => {
    ends.get(item)?.()
    await turn()
  }
  return { begun, told, over, end }
}

describe('programs that work on several things at once', () => {
  it('begin the next when one has ended, so many at a time', async () => {
    const { begun, end } = working()
    expect(begun).toEqual(['a', 'b'])
    await end('b')
    expect(begun).toEqual(['a', 'b', 'c'])
    await end('a')
    expect(begun).toEqual(['a', 'b', 'c', 'd'])
  })

  it('tell what came of each in their order, whichever ends first, and at once when those before it are told', async () => {
    const { told, over, end } = working()
    await end('b')
    expect(told).toEqual([])
    await end('a')
    expect(told).toEqual(['a: what came of a', 'b: what came of b'])
    await end('d')
    await end('c')
    await over
    expect(told.slice(2)).toEqual(['c: what came of c', 'd: what came of d'])
  })
})
