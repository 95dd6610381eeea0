import { describe, expect, it } from 'vitest'
import type { LineId, Sku } from '../../../src/core/ids/ids.js'
import type { CurrencyCode } from '../../../src/core/money/currency.js'
import { printSourcing } from '../../../src/core/sourcing/print-sourcing.js'
import type { SourcingCandidate } from '../../../src/core/sourcing/sourcing-problem.js'
import { candidate, decide, problem, tryToDecide } from '../../support/sourcing-by-hand.js'
import { coverProblem } from '../../support/sourcing-problems.js'

const costing = (
  location: string,
  stock: Readonly<Record<string, number>>,
  perShipment: string,
  perUnit: string,
) => candidate(location, stock, { costs: { currency: 'EUR' as CurrencyCode, perShipment, perUnit } })

const cheaperTogether = problem({ A: 4 }, [
  costing('a', { A: 4 }, '3', '4'),
  costing('b', { A: 3 }, '7', '0'),
  costing('c', { A: 2 }, '0', '7'),
])

describe('a search', () => {
  it('F61 opens one more sender only where it saves more than it costs', () => {
    const candidates = [
      costing('a', { A: 3, B: 2 }, '6', '4'),
      costing('b', { B: 3 }, '7', '3'),
      costing('c', { A: 3, B: 3 }, '0', '6'),
    ]
    expect(decide(problem({ A: 1, B: 3 }, candidates), { strategy: 'lowest_cost' })).toMatchObject({
      shares: [
        { line: 'L1', location: 'c', quantity: 1 },
        { line: 'L2', location: 'b', quantity: 3 },
      ],
      figures: { objective: '22', shipments: 2 },
      optimality: { proven: true },
    })
    expect(decide(cheaperTogether, { strategy: 'lowest_cost', mostShipments: 3 })).toMatchObject({
      figures: { objective: '14', shipments: 2 },
      optimality: { proven: true },
    })
  })

  it('F61 gives up a part of its tree in which the rest cannot be served', () => {
    const candidates = [
      costing('a', { A: 3 }, '3', '2'),
      costing('b', { A: 4 }, '3', '4'),
      costing('c', { A: 4 }, '2', '6'),
    ]
    expect(decide(problem({ A: 4 }, candidates), { strategy: 'lowest_cost' })).toMatchObject({
      shares: [
        { location: 'a', quantity: 3 },
        { location: 'b', quantity: 1 },
      ],
      figures: { objective: '16' },
      optimality: { proven: true },
    })
  })

  it('finds the last of more units than shares of them can tell apart', () => {
    const many = 10 ** 15
    const candidates = [candidate('a', { A: many }), candidate('b', { A: 1 })]
    expect(decide(problem({ A: many + 1 }, candidates), { strategy: 'priority_list' }).shares).toEqual([
      { line: 'L1', location: 'a', quantity: many },
      { line: 'L1', location: 'b', quantity: 1 },
    ])
  })
})

describe('a search whose effort is used up', () => {
  const limited = (more: Partial<SourcingCandidate> = {}) => [
    candidate('a', { A: 2, B: 2 }, { capacityLeft: 3, ...more }),
    candidate('b', { A: 2, B: 2 }, { capacityLeft: 3 }),
  ]

  it('F61 says what nothing costs less than, and how far above it its answer is', () => {
    const decision = decide(cheaperTogether, { strategy: 'lowest_cost' }, 1)
    expect(decision).toMatchObject({ figures: { objective: '14' } })
    expect(decision.optimality).toEqual({ proven: false, lowerBound: '11.73', gap: (14 - 11.73) / 11.73 })
    expect(printSourcing(decision)).toContain('\nNothing is better than 11.73 (cost); this is 14.\n')
  })

  it('F61 calls an answer twice as much as it need be where the bound is nothing, and exact where both are', () => {
    const point = { strategy: 'pickup_point' } as const
    const elsewhere = problem({ A: 2, B: 2 }, limited({ pickup: true }))
    expect(decide(elsewhere, point, 402)).toMatchObject({
      figures: { objective: '1' },
      optimality: { proven: false, lowerBound: '0', gap: 1 },
    })
    const handedOver = [
      candidate('a', { A: 4 }, { pickup: true }),
      candidate('b', { A: 3 }, { pickup: true }),
    ]
    expect(decide(problem({ A: 5 }, handedOver), point, 1)).toMatchObject({
      figures: { objective: '0', shipments: 2 },
      optimality: { proven: false, lowerBound: '0', gap: 0 },
    })
  })

  it('F61 does not say that nothing serves everything when it has not found out', () => {
    const three = [candidate('a', { A: 1 }), candidate('b', { A: 1 }), candidate('c', { A: 1 })]
    const rule = { strategy: 'fewest_shipments', mostShipments: 2 } as const
    expect(tryToDecide(problem({ A: 3 }, three), rule, 1)).toMatchObject({
      error: { passed: [{ because: 'undecided' }], proven: false },
    })
    expect(tryToDecide(problem({ A: 3 }, three), rule)).toMatchObject({
      error: { passed: [{ because: 'cannot_serve' }], proven: true },
    })
  })

  it.each(['by_line', 'within_line'] as const)(
    'F61 says the same of items that compete for capacity, taken apart %s',
    (splits) => {
      const rule = { strategy: 'fewest_shipments', splits } as const
      const given = problem({ A: 2, B: 2 }, limited())
      expect(tryToDecide(given, rule, 1)).toMatchObject({
        error: { passed: [{ because: 'undecided' }], proven: false },
      })
      expect(decide(given, rule, 402)).toMatchObject({
        figures: { shipments: 2 },
        optimality: { proven: false, lowerBound: '1', gap: 1 },
      })
      expect(decide(given, rule)).toMatchObject({ figures: { shipments: 2 }, optimality: { proven: true } })
    },
  )
})

describe('a search for few senders', () => {
  it.each([1, 2, 3, 4, 5, 6])('F61 is never farther from the best than it says (problem %d)', (seed) => {
    const rule = { strategy: 'fewest_shipments' } as const
    const best = Number(decide(coverProblem(seed), rule, 50_000_000).figures.objective)
    for (const effort of [1, 2_000, 6_000]) {
      const { figures, optimality } = decide(coverProblem(seed), rule, effort)
      expect(Number(figures.objective)).toBeGreaterThanOrEqual(best)
      if (optimality.proven) expect(Number(figures.objective)).toBe(best)
      else expect(Number(optimality.lowerBound)).toBeLessThanOrEqual(best)
    }
    expect(tryToDecide(coverProblem(seed), { ...rule, mostShipments: best - 1 }, 50_000_000)).toMatchObject({
      error: { passed: [{ because: 'cannot_serve' }], proven: true },
    })
  })
})

describe('items that compete', () => {
  it('F61 go where they cost least together, not where the first of them does', () => {
    const lines = [
      { line: 'KIT' as LineId, sku: 'KIT' as Sku, quantity: 1, parts: [{ sku: 'A' as Sku, quantity: 1 }] },
      { line: 'L1' as LineId, sku: 'A' as Sku, quantity: 3 },
    ]
    const candidates = [candidate('a', { A: 2 }), candidate('b', { A: 4 }, { priority: 2 })]
    expect(decide({ ...problem({}, candidates), lines }, { strategy: 'priority_list' })).toMatchObject({
      shares: [
        { line: 'KIT', location: 'a', quantity: 1 },
        { line: 'L1', location: 'a', quantity: 1 },
        { line: 'L1', location: 'b', quantity: 2 },
      ],
      figures: { objective: '2' },
    })
  })

  it('F61 take what may be taken apart from where it lies', () => {
    const candidates = [
      candidate('a', { A: 2 }, { capacityLeft: 2 }),
      candidate('b', { A: 2, B: 2 }, { capacityLeft: 3 }),
      candidate('c', { C: 1 }, { priority: 0 }),
    ]
    expect(decide(problem({ A: 3, B: 2, C: 1 }, candidates), { strategy: 'priority_list' }).shares).toEqual([
      { line: 'L1', location: 'a', quantity: 2 },
      { line: 'L1', location: 'b', quantity: 1 },
      { line: 'L2', location: 'b', quantity: 2 },
      { line: 'L3', location: 'c', quantity: 1 },
    ])
  })

  it('F61 are not said to need so many senders when fewer were not tried to the end', () => {
    // Two units of each of sixteen lines: two candidates have room for thirty-two, but only for fifteen lines that stay whole.
    const pairs = Object.fromEntries([...'ABCDEFGHIJKLMNOP'].map((sku) => [sku, 2]))
    const roomFor = (location: string, capacityLeft: number) => candidate(location, pairs, { capacityLeft })
    const two = problem(pairs, [roomFor('a', 15), roomFor('b', 17)])
    const three = problem(pairs, [...two.candidates, roomFor('c', 17)])
    const rule = { strategy: 'fewest_shipments', splits: 'by_line' } as const
    expect(tryToDecide(two, rule, 10_000)).toMatchObject({ error: { passed: [{ because: 'undecided' }] } })
    expect(tryToDecide(two, rule)).toMatchObject({ error: { passed: [{ because: 'cannot_serve' }] } })
    expect(decide(three, rule, 35_000)).toMatchObject({
      figures: { shipments: 3 },
      optimality: { proven: false, lowerBound: '1', gap: 2 },
    })
    expect(decide(three, rule)).toMatchObject({ figures: { shipments: 2 }, optimality: { proven: true } })
  })

  it('ST1 are refused when they are too many together, though each for itself is not', () => {
    const candidates = [candidate('a', { A: 2, B: 2 }, { capacityLeft: 3 })]
    expect(tryToDecide(problem({ A: 2, B: 2 }, candidates), { strategy: 'priority_list' })).toMatchObject({
      error: { passed: [{ because: 'cannot_serve' }], proven: true },
    })
  })
})
