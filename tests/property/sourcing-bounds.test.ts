import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LineId, LocationId, Sku } from '../../src/core/ids/ids.js'
import type { CurrencyCode } from '../../src/core/money/currency.js'
import { boundByUnits } from '../../src/core/sourcing/bound-by-units.js'
import { boundBySenders, coveredByFew } from '../../src/core/sourcing/covered-by-few.js'
import { decideSourcing } from '../../src/core/sourcing/decide-sourcing.js'
import { priceOpenSet } from '../../src/core/sourcing/open-set.js'
import { admit, scoresOf } from '../../src/core/sourcing/score-candidates.js'
import { itemsOf, modelOf, type SourcingModel } from '../../src/core/sourcing/sourcing-model.js'
import type { SourcingProblem } from '../../src/core/sourcing/sourcing-problem.js'
import type { SourcingRule, SourcingSplits, SourcingStrategy } from '../../src/core/sourcing/sourcing-rule.js'
import type { Instant } from '../../src/core/time/instant.js'

const now = '2026-03-02T09:00:00.000Z' as Instant
const skus = ['A', 'B', 'C', 'D', 'E'] as Sku[]

/** Few priorities, so that much ties, and nothing that items compete for. */
const problemArbitrary: fc.Arbitrary<SourcingProblem> = fc
  .record({
    quantities: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 5, maxLength: 5 }),
    candidates: fc.array(
      fc.record({
        priority: fc.integer({ min: 1, max: 2 }),
        latitude: fc.integer({ min: 40, max: 43 }),
        ordersToday: fc.integer({ min: 0, max: 2 }),
        pickup: fc.boolean(),
        perShipment: fc.constantFrom('0', '0.5', '2'),
        perUnit: fc.constantFrom('0.5', '0.75'),
        stock: fc.array(fc.constantFrom(0, 0, 1, 2, 3), { minLength: 5, maxLength: 5 }),
      }),
      { minLength: 1, maxLength: 7 },
    ),
  })
  .map(({ quantities, candidates }) => ({
    lines: skus.map((sku, index) => ({ line: `L${index}` as LineId, sku, quantity: quantities[index] ?? 1 })),
    destination: { coordinates: { latitude: 40, longitude: 7 } },
    candidates: candidates.map(({ latitude, stock, perShipment, perUnit, ...rest }, index) => ({
      ...rest,
      location: `l${index}` as LocationId,
      kind: 'warehouse' as const,
      coordinates: { latitude, longitude: 7 },
      costs: { currency: 'EUR' as CurrencyCode, perShipment, perUnit },
      stock: new Map(skus.map((sku, at) => [sku, stock[at] ?? 0])),
    })),
  }))

const strategyArbitrary = fc.constantFrom<SourcingStrategy>(
  'nearest',
  'priority_list',
  'even_load',
  'pickup_point',
  'fewest_shipments',
  'lowest_cost',
)
const splitsArbitrary = fc.constantFrom<SourcingSplits>('by_line', 'within_line')

const modelFor = (
  problem: SourcingProblem,
  strategy: SourcingStrategy,
  splits: SourcingSplits,
): SourcingModel => {
  const rule: SourcingRule = { name: 'rule', strategy, splits }
  const { admitted } = admit(problem, rule)
  return modelOf(itemsOf(problem.lines, splits), scoresOf(admitted, problem, rule, admitted.length))
}

const everySet = (size: number): readonly (readonly number[])[] =>
  Array.from({ length: 2 ** size }, (_, bits) =>
    Array.from({ length: size }, (_each, place) => place).filter((place) => (bits >> place) % 2 === 1),
  )

const bestOf = (model: SourcingModel): number =>
  Math.min(
    ...everySet(model.fixed.length).map(
      (open) => priceOpenSet(model, open)?.cost ?? Number.POSITIVE_INFINITY,
    ),
  )

describe('the bounds of sourcing', () => {
  it('F61 never promises more than the best of all sets of senders', () => {
    let reached = 0
    fc.assert(
      fc.property(problemArbitrary, strategyArbitrary, splitsArbitrary, (problem, strategy, splits) => {
        const model = modelFor(problem, strategy, splits)
        const sets = everySet(model.fixed.length)
        const everywhere = priceOpenSet(model, sets.at(-1) ?? [])
        const best = bestOf(model)
        if (everywhere === undefined) {
          strictEqual(best, Number.POSITIVE_INFINITY)
          return
        }
        for (const upper of [best + 1, best * 2 + 1, Number.POSITIVE_INFINITY]) {
          expect(boundByUnits(model, everywhere, upper)).toBeLessThanOrEqual(best)
        }
        if (boundByUnits(model, everywhere, best) === best) reached += 1
      }),
      { numRuns: 1_000 },
    )
    expect(reached).toBeGreaterThan(50)
  })

  it('F61 knows whether so few senders can serve everything', () => {
    const seen = { yes: 0, no: 0 }
    fc.assert(
      fc.property(
        problemArbitrary,
        splitsArbitrary,
        fc.integer({ min: 1, max: 4 }),
        (problem, splits, most) => {
          const model = modelFor(problem, 'fewest_shipments', splits)
          const can = everySet(model.fixed.length).some(
            (open) => open.length <= most && priceOpenSet(model, open) !== undefined,
          )
          seen[can ? 'yes' : 'no'] += 1
          strictEqual(coveredByFew(model, most, 100_000), can)
          expect(boundBySenders(model, 0, 100_000)).toBeLessThanOrEqual(bestOf(model))
          expect([can, undefined]).toContain(coveredByFew(model, most, 12))
        },
      ),
      { numRuns: 1_000 },
    )
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(50)
  })

  it('F61 proves the nearest without a search where no two are equally far', () => {
    const candidates = Array.from({ length: 60 }, (_, index) => ({
      location: `l${index}` as LocationId,
      kind: 'warehouse' as const,
      coordinates: { latitude: 40 + ((index * 37) % 60) / 10, longitude: 7 },
      priority: 1,
      pickup: false,
      stock: new Map(skus.filter((_sku, at) => (index + at) % 4 === 0).map((sku) => [sku, 2] as const)),
    }))
    const problem: SourcingProblem = {
      lines: skus.map((sku, index) => ({ line: `L${index}` as LineId, sku, quantity: 5 })),
      destination: { coordinates: { latitude: 40, longitude: 7 } },
      candidates,
    }
    const decided = decideSourcing(problem, [{ name: 'rule', strategy: 'nearest' }], now, 1)
    expect(decided).toMatchObject({ ok: true, value: { optimality: { proven: true } } })
  })
})
