import { describe, expect, it } from 'vitest'
import { admit, scoresOf } from '../../../src/core/sourcing/score-candidates.js'
import { sharesOf } from '../../../src/core/sourcing/shares-by-line.js'
import { itemsOf, modelOf, type SourcingModel } from '../../../src/core/sourcing/sourcing-model.js'
import { candidate, problem } from '../../support/sourcing-by-hand.js'

const wantedOfTwo = (): SourcingModel => {
  const splits = 'within_line'
  const rule = { name: 'near', strategy: 'fewest_shipments', splits } as const
  const given = problem({ A: 5 }, [candidate('l0', { A: 3 }), candidate('l1', { A: 4 })])
  const { admitted } = admit(given, rule)
  return modelOf(itemsOf(given.lines, splits), scoresOf(admitted, given, rule, admitted.length))
}

describe('the shares of a line', () => {
  it('OQ6 add up to it', () => {
    const units = [
      new Map([
        [0, 1],
        [1, 4],
      ]),
    ]
    const shares = sharesOf(wantedOfTwo(), units)
    expect(shares.map(({ quantity }) => quantity)).toEqual([1, 4])
  })

  it('OQ6 break off where an assignment leaves something out', () => {
    const units = [
      new Map([
        [0, 1],
        [1, 3],
      ]),
    ]
    expect(() => sharesOf(wantedOfTwo(), units)).toThrow('OQ6 shares add up to their line')
  })
})
