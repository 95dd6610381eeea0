import * as fc from 'fast-check'
import type { LineId, LocationId, Sku } from '../../src/core/ids/ids.js'
import type {
  SourcingCandidate,
  SourcingLine,
  SourcingProblem,
} from '../../src/core/sourcing/sourcing-problem.js'
import type { SourcingRule, SourcingStrategy } from '../../src/core/sourcing/sourcing-rule.js'

export const strategies: readonly SourcingStrategy[] = [
  'fewest_shipments',
  'nearest',
  'lowest_cost',
  'priority_list',
  'even_load',
  'pickup_point',
  'drop_ship',
]

const skus = ['A', 'B', 'C'] as Sku[]

const costText = fc.constantFrom('0', '0.5', '1', '2.25', '4.90', '10')

const candidateArbitrary = (location: LocationId): fc.Arbitrary<SourcingCandidate> =>
  fc
    .record({
      kind: fc.constantFrom('warehouse' as const, 'store' as const, 'vendor' as const),
      latitude: fc.integer({ min: 40, max: 50 }),
      longitude: fc.integer({ min: 5, max: 15 }),
      priority: fc.integer({ min: 1, max: 3 }),
      pickup: fc.boolean(),
      costs: fc.record({
        perShipment: costText,
        perUnit: costText,
        perKilometer: fc.constantFrom('0', '0.01'),
      }),
      stock: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 }),
      ordersToday: fc.integer({ min: 0, max: 5 }),
      ordersPerDay: fc.option(fc.integer({ min: 3, max: 6 }), { nil: undefined, freq: 3 }),
      capacityLeft: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined, freq: 3 }),
    })
    .map(({ latitude, longitude, costs, stock, ordersPerDay, capacityLeft, ...rest }) => ({
      ...rest,
      location,
      coordinates: { latitude, longitude },
      country: 'DE',
      costs: { currency: 'EUR' as never, ...costs },
      stock: new Map(skus.map((sku, index) => [sku, stock[index] ?? 0])),
      ...(ordersPerDay !== undefined && { ordersPerDay }),
      ...(capacityLeft !== undefined && { capacityLeft }),
    }))

const linesArbitrary: fc.Arbitrary<readonly SourcingLine[]> = fc
  .array(
    fc.record({
      sku: fc.constantFrom(...skus),
      quantity: fc.integer({ min: 1, max: 3 }),
      kit: fc.boolean(),
      digits: fc.constantFrom(0, 0, 1),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((lines) => {
    const digitsOf = new Map(lines.map(({ sku, digits }) => [sku, digits]))
    return lines.map(({ sku, quantity, kit }, index): SourcingLine => {
      const line = `L${index + 1}` as LineId
      if (kit && index === 2) {
        return {
          line,
          sku: 'KIT' as Sku,
          quantity: Math.min(quantity, 2),
          parts: [
            { sku: skus[0] as Sku, quantity: 1 },
            { sku, quantity: sku === skus[0] ? 1 : 2 },
          ],
        }
      }
      const digits = digitsOf.get(sku) ?? 0
      return digits === 0 ? { line, sku, quantity } : { line, sku, quantity, digits }
    })
  })

/** Small enough to try everything. */
export const problemArbitrary: fc.Arbitrary<SourcingProblem> = fc
  .tuple(
    linesArbitrary,
    fc.tuple(...['a', 'b', 'c', 'd'].map((id) => candidateArbitrary(id as LocationId))),
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom(undefined, 'a', 'c'),
  )
  .map(([lines, candidates, count, pickup]) => ({
    lines,
    candidates: candidates.slice(0, count),
    destination: {
      coordinates: { latitude: 48, longitude: 11 },
      country: 'DE',
      ...(pickup !== undefined && { pickup: pickup as LocationId }),
    },
  }))

export const ruleArbitrary: fc.Arbitrary<SourcingRule> = fc
  .record({
    strategy: fc.constantFrom(...strategies),
    splits: fc.constantFrom('none' as const, 'by_line' as const, 'within_line' as const),
    mostShipments: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined, freq: 4 }),
  })
  .map(({ mostShipments, ...rule }) => ({
    name: 'rule',
    ...rule,
    ...(mostShipments !== undefined && { mostShipments }),
  }))
