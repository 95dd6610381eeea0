import { describe, expect, it } from 'vitest'
import { liftLines, liftToZero } from '../../../src/core/totals/lift-to-zero.js'

type Rows = readonly (readonly bigint[])[]
const lifted = (parts: readonly (readonly number[])[], amounts: readonly bigint[], rows: Rows) => {
  const own = rows.map((row) => [...row])
  liftToZero(parts, amounts, own)
  return own
}
const twoFrom: Rows = [
  [-1n, 0n, -1n],
  [-1n, 0n, -1n],
]
const back = (rows: Rows) => rows.map((row) => row.map((share) => -share))

describe('a part that roundings of several discounts bring below zero', () => {
  it('gives a unit of the last of them to the part with most left', () => {
    const rows = [
      [-1n, 0n, -1n],
      [0n, 0n, -2n],
    ]
    expect(lifted([[0], [1], [2]], [1n, 1n, 8n], twoFrom)).toEqual(rows)
    expect(lifted([[0], [1], [2]], [-1n, -1n, -8n], back(twoFrom))).toEqual(back(rows))
  })

  it('is several lines: the line that bears it least gives the unit, and the one that bears it most takes it', () => {
    const amounts = [1n, 0n, 5n, 9n]
    expect(
      lifted(
        [
          [0, 1],
          [2, 3],
        ],
        amounts,
        [[-1n, -1n, 0n, 0n]],
      ),
    ).toEqual([[-1n, 0n, 0n, -1n]])
  })

  it('stays as it is where it gives back, and where more is taken than there is', () => {
    const gift = [[0n, -1n]]
    expect(lifted([[0], [1]], [-2n, 10n], gift)).toEqual(gift)
    const tooMuch = [[-2n, -2n]]
    expect(lifted([[0], [1]], [1n, 2n], tooMuch)).toEqual(tooMuch)
    const nothingBelow = [[-1n, -1n]]
    expect(lifted([[0], [1]], [1n, 2n], nothingBelow)).toEqual(nothingBelow)
  })

  it('is a line of one tax among others, the largest first, on what is sold and on what goes back', () => {
    const lines = (amounts: readonly bigint[], rows: Rows) => {
      const own = rows.map((row) => [...row])
      liftLines([0, 1, 2], amounts, own)
      return own
    }
    expect(lines([1n, 4n, 4n], twoFrom)).toEqual([
      [-1n, 0n, -1n],
      [0n, -1n, -1n],
    ])
    expect(lines([-1n, -4n, -4n], back(twoFrom))).toEqual([
      [1n, 0n, 1n],
      [0n, 1n, 1n],
    ])
    expect(lines([2n, 4n, 4n], twoFrom)).toEqual(twoFrom)
  })
})
