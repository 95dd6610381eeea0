import { describe, expect, it } from 'vitest'
import type { LineId, LocationId, Sku } from '../../../src/core/ids/ids.js'
import type { CurrencyCode } from '../../../src/core/money/currency.js'
import { printSourcing } from '../../../src/core/sourcing/print-sourcing.js'
import { candidate, decide, problem, tryToDecide } from '../../support/sourcing-by-hand.js'

const costing = (location: string, stock: Readonly<Record<string, number>>, perShipment: string) =>
  candidate(location, stock, { costs: { currency: 'EUR' as CurrencyCode, perShipment } })

const outcomes = (given: Parameters<typeof decide>[0], rule: Parameters<typeof decide>[1]) =>
  decide(given, rule).candidates.map(({ location, outcome }) => `${location} ${outcome}`)

describe('F66 a candidate that was not chosen', () => {
  it('is worse by the figures that are printed', () => {
    const candidates = [costing('a', { A: 1 }, '5'), costing('b', { A: 1 }, '6.5')]
    const decision = decide(problem({ A: 1 }, candidates), { strategy: 'lowest_cost' })
    expect(decision.candidates[1]).toEqual({
      location: 'b',
      outcome: 'worse',
      serves: 1,
      alternative: { objective: '6.5', shipments: 1 },
    })
    expect(printSourcing(decision)).toContain(
      '\n  b: would be worse: with it 6.5 instead of 5 (cost), 1 instead of 1 shipments',
    )
  })

  it('is worse although nobody would take anything from it as long as the others are open', () => {
    const candidates = [
      costing('a', { A: 3 }, '5'),
      candidate('b', { A: 1 }, { costs: { currency: 'EUR' as CurrencyCode, perUnit: '9' } }),
    ]
    expect(decide(problem({ A: 3 }, candidates), { strategy: 'lowest_cost' }).candidates).toMatchObject([
      { location: 'a', outcome: 'chosen' },
      { location: 'b', outcome: 'worse', alternative: { objective: '14', shipments: 2 } },
    ])
  })

  it('misses something where the order goes out whole, and it is printed what', () => {
    const candidates = [candidate('a', { A: 2 }), candidate('b', { A: 1 })]
    const decision = decide(problem({ A: 2 }, candidates), { strategy: 'priority_list', splits: 'none' })
    expect(printSourcing(decision)).toContain('\n  b: does not have everything: 1 A')
  })

  it('runs into a limit where it has everything and not the capacity to send it', () => {
    const limited = (capacityLeft: number) => candidate('b', { A: 1, B: 1 }, { priority: 2, capacityLeft })
    const beside = (capacityLeft: number) =>
      outcomes(problem({ A: 1, B: 1 }, [candidate('a', { A: 1, B: 1 }), limited(capacityLeft)]), {
        strategy: 'priority_list',
        splits: 'none',
      })
    expect(beside(1)).toEqual(['a chosen', 'b limits'])
    expect(beside(2)).toEqual(['a chosen', 'b worse'])
  })

  it('runs into a limit where items compete and no assignment with it was worked out', () => {
    const candidates = [
      candidate('a', { A: 2, B: 2 }, { capacityLeft: 3 }),
      candidate('b', { A: 2, B: 2 }, { priority: 2 }),
      candidate('c', { A: 1 }, { priority: 3 }),
    ]
    const given = problem({ A: 2, B: 2 }, candidates)
    expect(outcomes(given, { strategy: 'priority_list' })).toEqual(['a chosen', 'b chosen', 'c limits'])
  })

  it('runs into a limit where with it there would be too many shipments', () => {
    const candidates = [candidate('a', { A: 2 }), candidate('b', { A: 1 })]
    const given = problem({ A: 2 }, candidates)
    expect(outcomes(given, { strategy: 'fewest_shipments', mostShipments: 1 })).toEqual([
      'a chosen',
      'b limits',
    ])
    expect(outcomes(given, { strategy: 'fewest_shipments' })).toEqual(['a chosen', 'b worse'])
  })

  it('has nothing that could be used, or not everything, where nothing was decided', () => {
    const given = problem({ A: 2, B: 9 }, [candidate('a', { A: 1 }), candidate('b', { A: 2 })])
    expect(tryToDecide(given, { strategy: 'nearest' })).toMatchObject({
      error: { passed: [{ candidates: [{ outcome: 'no_coordinates' }, { outcome: 'no_coordinates' }] }] },
    })
    expect(tryToDecide(given, { strategy: 'fewest_shipments', splits: 'by_line' })).toMatchObject({
      error: { passed: [{ candidates: [{ outcome: 'no_use' }, { outcome: 'incomplete', serves: 1 }] }] },
    })
  })
})

describe('the shares of lines', () => {
  const line = (id: string, quantity: number) => ({ line: id as LineId, sku: 'A' as Sku, quantity })

  it('take a line from where it fits best, and apart only where it fits nowhere whole', () => {
    const given = {
      ...problem({}, [
        candidate('b', { A: 3 }),
        candidate('a', { A: 4 }),
        candidate('c', { A: 2 }, { priority: 2 }),
      ]),
      lines: [line('L3', 2), line('L2', 3), line('L1', 4)],
    }
    expect(decide(given, { strategy: 'priority_list' }).shares).toEqual([
      { line: 'L1', location: 'a', quantity: 4 },
      { line: 'L2', location: 'b', quantity: 3 },
      { line: 'L3', location: 'c', quantity: 2 },
    ])
    const ascending = {
      ...problem({}, [candidate('a', { A: 3 }), candidate('b', { A: 4 })]),
      lines: [line('L1', 3), line('L2', 4)],
    }
    expect(decide(ascending, { strategy: 'priority_list' }).shares).toEqual([
      { line: 'L1', location: 'a', quantity: 3 },
      { line: 'L2', location: 'b', quantity: 4 },
    ])
    const apart = { ...given, lines: [line('L1', 5), line('L2', 4)] }
    expect(decide(apart, { strategy: 'priority_list' }).shares).toEqual([
      { line: 'L1', location: 'b', quantity: 3 },
      { line: 'L1', location: 'c', quantity: 2 },
      { line: 'L2', location: 'a', quantity: 4 },
    ])
  })

  it('F62 hand over at the point that the buyer has named as much as it can', () => {
    const candidates = [candidate('a', { A: 3 }, { pickup: true }), candidate('b', { A: 2 })]
    const given = problem({ A: 4 }, candidates, { pickup: 'b' as LocationId })
    expect(decide(given, { strategy: 'pickup_point' })).toMatchObject({
      shares: [
        { location: 'a', quantity: 2 },
        { location: 'b', quantity: 2 },
      ],
      figures: { objective: '2' },
    })
  })

  it('F27 take all parts of a kit from one location, a part that is listed twice as often as both say', () => {
    const given = {
      ...problem({}, [candidate('a', { A: 5, B: 9 }), candidate('b', { A: 6, B: 2 }, { priority: 2 })]),
      lines: [
        {
          line: 'L1' as LineId,
          sku: 'KIT' as Sku,
          quantity: 2,
          parts: [
            { sku: 'A' as Sku, quantity: 1 },
            { sku: 'B' as Sku, quantity: 1 },
            { sku: 'A' as Sku, quantity: 2 },
          ],
        },
      ],
    }
    expect(decide(given, { strategy: 'priority_list' }).shares).toEqual([
      { line: 'L1', location: 'b', quantity: 2 },
    ])
  })
})
