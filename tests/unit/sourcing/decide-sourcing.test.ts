import { describe, expect, it } from 'vitest'
import type { LineId, LotNumber, Sku } from '../../../src/core/ids/ids.js'
import { decideSourcing } from '../../../src/core/sourcing/decide-sourcing.js'
import { metersBetween } from '../../../src/core/sourcing/great-circle.js'
import { printSourcing } from '../../../src/core/sourcing/print-sourcing.js'
import { inForce } from '../../../src/core/sourcing/schedule.js'
import type { SourcingProblem, TooOldGoods } from '../../../src/core/sourcing/sourcing-problem.js'
import type { SourcingRule } from '../../../src/core/sourcing/sourcing-rule.js'
import type { Instant } from '../../../src/core/time/instant.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'
import type { LocalTime, ZoneId } from '../../../src/core/time/zone.js'
import { candidate, decide, now, problem, senders } from '../../support/sourcing-by-hand.js'

describe('a sourcing decision', () => {
  it('F62 follows the list of priorities and takes ties by id', () => {
    const candidates = [
      candidate('b', { A: 5 }),
      candidate('a', { A: 5 }),
      candidate('c', { A: 2 }, { priority: 0 }),
    ]
    expect(decide(problem({ A: 4 }, candidates), { strategy: 'priority_list' }).shares).toEqual([
      { line: 'L1', location: 'a', quantity: 2 },
      { line: 'L1', location: 'c', quantity: 2 },
    ])
  })

  it('F61 spreads orders over those who have taken the fewest', () => {
    const candidates = [
      candidate('a', { A: 5 }, { ordersToday: 3, ordersPerDay: 4 }),
      candidate('b', { A: 5 }, { ordersToday: 5, ordersPerDay: 20 }),
    ]
    expect(senders(problem({ A: 1 }, candidates), { strategy: 'even_load' })).toEqual(['b'])
  })

  it('F61 sees that one dear shipment costs less than two cheap ones', () => {
    const costs = { currency: 'EUR' as never, perShipment: '4.90' }
    const candidates = [
      candidate('a', { A: 1 }, { costs }),
      candidate('b', { B: 1 }, { costs }),
      candidate('c', { A: 1, B: 1 }, { costs: { ...costs, perShipment: '9.79' } }),
    ]
    const decision = decide(problem({ A: 1, B: 1 }, candidates), { strategy: 'lowest_cost' })
    expect(decision.figures).toEqual({
      measure: 'cost',
      objective: '9.79',
      shipments: 1,
      cost: { amount: '9.79', currency: 'EUR' },
    })
    expect(decision.candidates).toMatchObject([
      { location: 'a', outcome: 'worse', alternative: { objective: '14.69', shipments: 2 } },
      { location: 'b', outcome: 'worse' },
      { location: 'c', outcome: 'chosen' },
    ])
  })

  it('MO4 counts costs exactly, to the eighth decimal', () => {
    const costs = (perUnit: string) => ({ costs: { currency: 'EUR' as never, perUnit } })
    const candidates = [candidate('a', { A: 3 }, costs('0.10000001')), candidate('b', { A: 3 }, costs('0.1'))]
    expect(decide(problem({ A: 3 }, candidates), { strategy: 'lowest_cost' })).toMatchObject({
      shares: [{ location: 'b' }],
      figures: { objective: '0.3' },
    })
  })

  it('says that it is not certain where numbers are too large to be counted exactly', () => {
    const costs = (perUnit: string) => ({ costs: { currency: 'EUR' as never, perUnit } })
    const many = 900_000_000_000_000
    const candidates = [
      candidate('a', { A: many }, costs('99999.00000001')),
      candidate('b', { A: many }, costs('99999')),
    ]
    const decision = decide(problem({ A: many }, candidates), { strategy: 'lowest_cost' })
    expect(decision.shares.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(many)
    expect(decision.optimality.proven).toBe(false)
  })

  it('leaves out who is filtered, and says by what', () => {
    const candidates = [
      candidate('a', { A: 1 }, { country: 'AT' }),
      candidate('b', { A: 1 }, { country: 'DE', kind: 'store' }),
      candidate('c', { A: 1 }, { country: 'DE' }),
      candidate('d', {}, { country: 'DE' }),
      candidate('e', { A: 1 }, { country: 'DE', ordersToday: 2, ordersPerDay: 2 }),
      candidate('f', { A: 1 }, { country: 'DE', capacityLeft: 0 }),
    ]
    const decision = decide(problem({ A: 1 }, candidates, { country: 'DE' }), {
      strategy: 'fewest_shipments',
      filters: [{ by: 'same_country' }, { by: 'kind', kinds: ['warehouse'] }],
    })
    expect(decision.candidates.map(({ outcome }) => outcome)).toEqual([
      'filtered_country',
      'filtered_kind',
      'chosen',
      'nothing_in_stock',
      'no_orders_left',
      'no_capacity_left',
    ])
  })

  it('names what an order that may not be taken apart misses where', () => {
    const candidates = [candidate('a', { A: 1 }), candidate('b', { A: 2, B: 1 })]
    const decision = decideSourcing(
      problem({ A: 2, B: 3 }, candidates),
      [{ name: 'whole', strategy: 'fewest_shipments', splits: 'none' }],
      now,
    )
    expect(decision).toMatchObject({
      error: {
        proven: true,
        passed: [
          {
            rule: 'whole',
            because: 'cannot_serve',
            candidates: [
              {
                location: 'a',
                outcome: 'incomplete',
                missing: [
                  { sku: 'A', quantity: 1 },
                  { sku: 'B', quantity: 3 },
                ],
              },
              { location: 'b', outcome: 'incomplete', missing: [{ sku: 'B', quantity: 2 }] },
            ],
          },
        ],
      },
    })
  })

  it('keeps a line whole where it can, when several lines want one SKU', () => {
    const given: SourcingProblem = {
      lines: [
        { line: 'L1' as LineId, sku: 'A' as Sku, quantity: 3 },
        { line: 'L2' as LineId, sku: 'A' as Sku, quantity: 2 },
      ],
      destination: {},
      candidates: [candidate('a', { A: 2 }), candidate('b', { A: 3 })],
    }
    expect(decide(given, { strategy: 'fewest_shipments' }).shares).toEqual([
      { line: 'L1', location: 'b', quantity: 3 },
      { line: 'L2', location: 'a', quantity: 2 },
    ])
  })

  it('F65 goes by the first rule that is in force and can serve everything, and says why not by one before', () => {
    const given = problem({ A: 1 }, [candidate('a', { A: 1 })])
    const rules: readonly SourcingRule[] = [
      { name: 'nights', strategy: 'priority_list', schedule: { from: '22:00' as LocalTime } },
      { name: 'near', strategy: 'nearest' },
      { name: 'any', strategy: 'priority_list' },
      { name: 'never', strategy: 'priority_list' },
    ]
    expect(decideSourcing(given, rules, now)).toMatchObject({
      value: {
        rule: 'any',
        passed: [
          { rule: 'nights', because: 'not_in_force', candidates: [] },
          { rule: 'near', because: 'cannot_serve', candidates: [{ outcome: 'no_coordinates' }] },
        ],
      },
    })
  })

  it('decides nothing where there is no candidate', () => {
    expect(decideSourcing(problem({ A: 1 }, []), [{ name: 'r', strategy: 'nearest' }], now)).toEqual({
      ok: false,
      error: { passed: [{ rule: 'r', because: 'cannot_serve', candidates: [] }], proven: true },
    })
  })

  it('F66 can be printed', () => {
    const berlin = { latitude: 52.52, longitude: 13.405 }
    const candidates = [candidate('a', { A: 1 }, { coordinates: berlin }), candidate('b', { A: 1 })]
    const decision = decide(problem({ A: 1 }, candidates, { coordinates: berlin }), { strategy: 'nearest' })
    expect(printSourcing(decision)).toBe(
      [
        'Rule rule (nearest, within_line): 1 shipment, 0 km, 0 meters of all units',
        'Nothing better exists: proven.',
        '  L1: 1 from a',
        'Candidates:',
        '  a (0 km): chosen',
        '  b: has no known distance',
      ].join('\n'),
    )
  })

  it('F37 F66 names the goods that are too old, and says nothing of a way that is not known', () => {
    const old = (because: TooOldGoods['because'], expiresOn: string): TooOldGoods => ({
      sku: 'A' as Sku,
      lot: 'LOT' as LotNumber,
      quantity: 2,
      because,
      expiresOn: expiresOn as LocalDate,
    })
    const candidates = [
      candidate('a', { A: 1 }, { tooOld: [old('shelf_life', '2026-03-20')] }),
      candidate('b', {}, { tooOld: [old('expired', '2026-03-01')] }),
    ]
    expect(printSourcing(decide(problem({ A: 1 }, candidates), { strategy: 'fewest_shipments' }))).toBe(
      [
        'Rule rule (fewest_shipments, within_line): 1 shipment',
        'Nothing better exists: proven.',
        '  L1: 1 from a',
        'Candidates:',
        '  a: chosen; 2 A of lot LOT keep too short a time, until 2026-03-20',
        '  b: has nothing of it; 2 A of lot LOT expired on 2026-03-01',
      ].join('\n'),
    )
  })
})

describe('the distance', () => {
  it('F63 is that of the great circle, in whole meters', () => {
    const paris = { latitude: 48.8566, longitude: 2.3522 }
    const london = { latitude: 51.5074, longitude: -0.1278 }
    expect(Math.abs(metersBetween(paris, london) - 343_556)).toBeLessThan(200)
    expect(metersBetween(paris, paris)).toBe(0)
    expect(metersBetween({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).toBe(20_015_114)
  })
})

describe('a schedule', () => {
  const at = (time: string) => time as Instant
  const nights = {
    zone: 'Europe/Berlin' as ZoneId,
    weekdays: [5],
    from: '22:00' as LocalTime,
    until: '06:00' as LocalTime,
  }

  it('F65 goes over midnight and belongs to the day on which it began', () => {
    expect(inForce(nights, at('2026-03-06T21:30:00.000Z'))).toBe(true)
    expect(inForce(nights, at('2026-03-07T04:59:00.000Z'))).toBe(true)
    expect(inForce(nights, at('2026-03-07T05:00:00.000Z'))).toBe(false)
    expect(inForce(nights, at('2026-03-06T20:59:00.000Z'))).toBe(false)
    expect(inForce(nights, at('2026-03-05T21:30:00.000Z'))).toBe(false)
  })

  it('F65 goes by the clock on the wall when the clock changes', () => {
    const mornings = {
      zone: 'Europe/Berlin' as ZoneId,
      from: '08:00' as LocalTime,
      until: '09:00' as LocalTime,
    }
    expect(inForce(mornings, at('2026-03-28T07:30:00.000Z'))).toBe(true)
    expect(inForce(mornings, at('2026-03-29T06:30:00.000Z'))).toBe(true)
    expect(inForce(mornings, at('2026-03-29T07:30:00.000Z'))).toBe(false)
  })
})
