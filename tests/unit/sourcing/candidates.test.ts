import { describe, expect, it } from 'vitest'
import type { LineId, LocationId, Sku } from '../../../src/core/ids/ids.js'
import type { CurrencyCode } from '../../../src/core/money/currency.js'
import type { SourcingFilter } from '../../../src/core/sourcing/sourcing-rule.js'
import { candidate, decide, problem, senders, tryToDecide } from '../../support/sourcing-by-hand.js'

const at = (latitude: number, longitude = 11) => ({ coordinates: { latitude, longitude } })
const costs = (perShipment: string, currency = 'EUR', more: object = {}) => ({
  costs: { currency: currency as CurrencyCode, perShipment, ...more },
})
const toMunich = at(48)

const outcomes = (given: Parameters<typeof decide>[0], rule: Parameters<typeof decide>[1]) =>
  decide(given, rule).candidates.map(({ location, outcome }) => `${location} ${outcome}`)

describe('a candidate', () => {
  const filtered = (filter: SourcingFilter) =>
    outcomes(
      problem(
        { A: 1 },
        [
          candidate('a', { A: 1 }, { ...at(48.5), pickup: true }),
          candidate('b', { A: 1 }, at(50)),
          candidate('c', { A: 1 }),
        ],
        toMunich,
      ),
      { strategy: 'priority_list', filters: [filter] },
    )

  it('F61 must be among the locations that the rule names', () => {
    expect(filtered({ by: 'location', locations: ['b'] as LocationId[] })).toEqual([
      'a filtered_location',
      'b chosen',
      'c filtered_location',
    ])
  })

  it('F61 must not be among those that the rule leaves out', () => {
    expect(filtered({ by: 'not_location', locations: ['a', 'c'] as LocationId[] })).toEqual([
      'a filtered_location',
      'b chosen',
      'c filtered_location',
    ])
  })

  it('F61 must lie within the distance that the rule allows, which must be known', () => {
    const others = ['b filtered_distance', 'c no_coordinates']
    expect(filtered({ by: 'within', kilometers: 222 })).toEqual(['a chosen', ...others])
    expect(filtered({ by: 'within', kilometers: 55.6 })).toEqual(['a chosen', ...others])
    expect(filtered({ by: 'within', kilometers: 222.4 })).toEqual(['a chosen', 'b equal', 'c no_coordinates'])
  })

  it('F61 must hand goods over where the rule wants that', () => {
    expect(filtered({ by: 'pickup' })).toEqual(['a chosen', 'b filtered_pickup', 'c filtered_pickup'])
  })

  it('F64 is left out where its costs cannot be compared', () => {
    const candidates = [
      candidate('a', { A: 1 }, costs('5')),
      candidate('b', { A: 1 }),
      candidate('c', { A: 1 }, costs('1', 'CHF')),
      candidate('d', { A: 1 }, costs('1', 'EUR', { perKilometer: '0.5' })),
    ]
    expect(outcomes(problem({ A: 1 }, candidates), { strategy: 'lowest_cost' })).toEqual([
      'a chosen',
      'b no_costs',
      'c other_currency',
      'd no_coordinates',
    ])
  })

  it('F64 is left out of a drop shipment unless it is a vendor', () => {
    const candidates = [
      candidate('a', { A: 1 }, costs('1')),
      candidate('b', { A: 1 }, { ...costs('5'), kind: 'vendor' }),
    ]
    expect(outcomes(problem({ A: 1 }, candidates), { strategy: 'drop_ship' })).toEqual([
      'a filtered_kind',
      'b chosen',
    ])
  })

  it('F61 comes first by how busy it is, where a sorter says so', () => {
    const candidates = [
      candidate('a', { A: 1 }, { ordersToday: 3 }),
      candidate('b', { A: 1 }, { ordersToday: 2 }),
      candidate('c', { A: 1 }, { ordersToday: 2, ordersPerDay: 4 }),
    ]
    const given = problem({ A: 1 }, candidates)
    expect(senders(given, { strategy: 'priority_list', sorters: ['load'] })).toEqual(['b'])
    expect(senders(given, { strategy: 'priority_list', sorters: ['priority'] })).toEqual(['a'])
  })

  it('F62 comes last by distance where its place is not known', () => {
    const candidates = [candidate('a', { A: 1 }), candidate('b', { A: 1 }, at(-40))]
    expect(
      senders(problem({ A: 1 }, candidates, toMunich), { strategy: 'priority_list', sorters: ['distance'] }),
    ).toEqual(['b'])
  })

  it('F63 is measured from the pickup point where no address is given', () => {
    const candidates = [
      candidate('a', { A: 1 }, at(40)),
      candidate('b', { A: 1 }, at(47)),
      candidate('point', {}, { ...at(48), pickup: true }),
    ]
    const decision = decide(problem({ A: 1 }, candidates, { pickup: 'point' as LocationId }), {
      strategy: 'nearest',
    })
    expect(decision.shares).toEqual([{ line: 'L1', location: 'b', quantity: 1 }])
    expect(decision.figures.meters).toBe(111_195)
  })

  it('has no use for a line that it cannot serve in full, where lines stay whole', () => {
    const candidates = [candidate('a', { A: 1, B: 1 }), candidate('b', { A: 2, B: 2 })]
    const given = problem({ A: 2, B: 2 }, candidates)
    expect(outcomes(given, { strategy: 'priority_list', splits: 'by_line' })).toEqual([
      'a no_use',
      'b chosen',
    ])
  })

  it('competes for nothing where lines want the same SKU and it has only another', () => {
    const given = {
      ...problem({}, [
        candidate('a', { A: 3 }),
        candidate('b', { B: 1 }),
        candidate('c', { B: 1 }, { priority: 2 }),
      ]),
      lines: [
        { line: 'L1' as LineId, sku: 'A' as Sku, quantity: 2 },
        { line: 'L2' as LineId, sku: 'A' as Sku, quantity: 1 },
        { line: 'L3' as LineId, sku: 'B' as Sku, quantity: 1 },
      ],
    }
    const decision = decide(given, { strategy: 'priority_list', splits: 'by_line' })
    expect(decision.candidates[2]).toMatchObject({ outcome: 'worse', alternative: { objective: '1' } })
    expect(decision.shares).toEqual([
      { line: 'L1', location: 'a', quantity: 2 },
      { line: 'L2', location: 'a', quantity: 1 },
      { line: 'L3', location: 'b', quantity: 1 },
    ])
  })

  it('F65 must be named once', () => {
    const twice = problem({ A: 1 }, [candidate('a', { A: 1 }), candidate('a', { A: 1 })])
    expect(() => tryToDecide(twice, { strategy: 'nearest' })).toThrow(/a location is a candidate once/)
  })
})

describe('the cost of a decision', () => {
  it('MO3 is rounded to the digits of its currency, of which some have more than the costs', () => {
    const given = problem({ A: 3 }, [candidate('a', { A: 3 }, costs('0.25', 'CLF', { perUnit: '0.5' }))])
    expect(decide(given, { strategy: 'lowest_cost' }).figures).toMatchObject({
      objective: '1.75',
      cost: { amount: '1.7500', currency: 'CLF' },
    })
  })

  it('MO4 counts the way of each sender and the units that it sends', () => {
    const priced = (perUnit: string) => costs('1', 'EUR', { perUnit, perKilometer: '0.01' })
    const candidates = [
      candidate('a', { A: 2 }, { ...priced('0.5'), ...at(49) }),
      candidate('b', { B: 1 }, { ...priced('2'), ...at(48) }),
    ]
    const { figures } = decide(problem({ A: 2, B: 1 }, candidates, toMunich), { strategy: 'priority_list' })
    expect(figures).toMatchObject({ meters: 111_195, cost: { amount: '6.11', currency: 'EUR' } })
  })

  it('is not told where a sender has none, another currency or a way that is not known', () => {
    const costOf = (more: object) =>
      decide(problem({ A: 2 }, [candidate('a', { A: 1 }, costs('5')), candidate('b', { A: 1 }, more)]), {
        strategy: 'priority_list',
      }).figures.cost
    expect(costOf(costs('1'))).toEqual({ amount: '6.00', currency: 'EUR' })
    expect(costOf({})).toBeUndefined()
    expect(costOf(costs('1', 'CHF'))).toBeUndefined()
    expect(costOf(costs('1', 'EUR', { perKilometer: '0.5' }))).toBeUndefined()
  })
})
