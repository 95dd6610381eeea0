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

/** Twelve lines, fourteen locations that have a third of them each, and one that has everything but is far away. */
export const coverProblem = (seed: number): SourcingProblem => {
  const skus = Array.from({ length: 12 }, (_, index) => `S${index}` as Sku)
  let state = seed
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 16
  }
  const candidates = Array.from({ length: 14 }, (_, index) => ({
    location: `l${index + 10}` as LocationId,
    kind: 'warehouse' as const,
    coordinates: { latitude: next() % 60, longitude: next() % 60 },
    priority: 1,
    pickup: false,
    stock: new Map(skus.flatMap((sku) => (next() % 3 === 0 ? [[sku, 1 + (next() % 3)] as const] : []))),
  }))
  const halves = [0, 1].map((half) => ({
    location: `h${half}` as LocationId,
    kind: 'warehouse' as const,
    coordinates: { latitude: -60, longitude: half },
    priority: 1,
    pickup: false,
    stock: new Map(skus.filter((_sku, index) => index % 3 !== half).map((sku) => [sku, 2] as const)),
  }))
  return {
    lines: skus.map((sku, index) => ({ line: `L${index}` as LineId, sku, quantity: 2 })),
    destination: { coordinates: { latitude: 50, longitude: 10 } },
    candidates: [...candidates, ...halves],
  }
}
