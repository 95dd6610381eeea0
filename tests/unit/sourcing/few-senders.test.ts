import { describe, expect, it } from 'vitest'
import { boundBySenders, coveredByFew } from '../../../src/core/sourcing/covered-by-few.js'
import { relax, relaxerOf, startingPrices } from '../../../src/core/sourcing/relax-sourcing.js'
import { admit, scoresOf } from '../../../src/core/sourcing/score-candidates.js'
import { itemsOf, modelOf, type SourcingModel } from '../../../src/core/sourcing/sourcing-model.js'
import { candidate, problem } from '../../support/sourcing-by-hand.js'

type Stock = Readonly<Record<string, number>>

/** By fewest shipments, units of a line taken apart. */
const modelOfStock = (wanted: Stock, ...stock: readonly Stock[]): SourcingModel => {
  const splits = 'within_line'
  const rule = { name: 'few', strategy: 'fewest_shipments', splits } as const
  const given = problem(
    wanted,
    stock.map((levels, index) => candidate(`l${index}`, levels)),
  )
  const { admitted } = admit(given, rule)
  return modelOf(itemsOf(given.lines, splits), scoresOf(admitted, given, rule, admitted.length))
}

/** Two of the three have A, and each one of the three B. */
const shared = modelOfStock({ A: 1, B: 3 }, { A: 1, B: 1 }, { A: 1, B: 1 }, { B: 1 })
const oneHasAll = modelOfStock({ A: 1, B: 1 }, { A: 1, B: 1 }, { A: 1 }, { B: 1 })

describe('so few senders', () => {
  it.each<readonly [string, SourcingModel, number, boolean]>([
    ['one of them', shared, 1, false],
    ['two of them', shared, 2, false],
    ['all of them', shared, 3, true],
    ['the one that has all', oneHasAll, 1, true],
    ['one more than it takes', oneHasAll, 2, true],
  ])('F61 serve everything or not: %s', (_what, model, most, can) => {
    expect(coveredByFew(model, most, 1_000)).toBe(can)
  })

  it('F61 are not known to suffice, nor not to, where the steps end before', () => {
    expect(coveredByFew(shared, 2, 4)).toBeUndefined()
  })

  it('F61 raise the bound by one more where they do not suffice, and only where that is certain', () => {
    const [each = 0] = shared.fixed
    const one = boundBySenders(shared, each, 1_000)
    expect(one).toBe(2 * each)
    expect(boundBySenders(shared, 2 * each, 1_000)).toBe(3 * each)
    expect(boundBySenders(shared, 2 * each, 4)).toBe(2 * each)
    expect(boundBySenders(shared, 3 * each, 1_000)).toBe(3 * each)
  })
})

describe('a bound for a number of senders', () => {
  const pickedOf = (prices: Float64Array, range: { readonly least: number; readonly most: number }) => {
    const free = new Uint8Array(shared.fixed.length)
    const { picked, bound } = relax(
      relaxerOf(shared),
      free,
      range,
      prices,
      0,
      () => Infinity,
      () => true,
    )
    return { many: picked.reduce((sum, each) => sum + each, 0), bound }
  }
  const dear = new Float64Array(shared.items.length).fill(4 * shared.largest)

  it('F61 opens no more than may be open, however much each would save, and no fewer than have to be', () => {
    expect(pickedOf(dear, { least: 0, most: 3 }).many).toBe(3)
    expect(pickedOf(dear, { least: 0, most: 1 }).many).toBe(1)
    expect(pickedOf(startingPrices(shared), { least: 2, most: 3 }).many).toBeGreaterThanOrEqual(2)
    expect(pickedOf(new Float64Array(shared.items.length), { least: 2, most: 3 }).many).toBe(2)
  })

  it('F61 is higher the fewer may be open', () => {
    const bounds = [3, 2, 1].map((most) => pickedOf(dear, { least: 0, most }).bound)
    expect(bounds.toSorted((one, other) => one - other)).toEqual(bounds)
  })
})
