import type { LineId, LocationId, Sku } from '../../src/core/ids/ids.js'
import type { CurrencyCode } from '../../src/core/money/currency.js'
import type { SourcingProblem } from '../../src/core/sourcing/sourcing-problem.js'

/** Orders over locations that keep 40 % of the range each, from the same numbers on every run. */
export const madeProblems = (lines: number, locations: number, count: number): readonly SourcingProblem[] => {
  const next = numbers(20_260_301)
  const skus = Array.from({ length: lines }, (_, index) => `SKU-${index}` as Sku)
  return Array.from({ length: count }, () => ({
    lines: skus.map((sku, index) => ({ line: `L${index + 1}` as LineId, sku, quantity: 1 + (next() % 5) })),
    destination: { coordinates: { latitude: 30 + (next() % 18), longitude: -120 + (next() % 50) } },
    candidates: Array.from({ length: locations }, (_, index) => ({
      location: `location-${index}` as LocationId,
      kind: 'warehouse' as const,
      coordinates: { latitude: 30 + (next() % 1_800) / 100, longitude: -120 + (next() % 5_000) / 100 },
      priority: next() % 10,
      pickup: false,
      costs: {
        currency: 'USD' as CurrencyCode,
        perShipment: `${3 + (next() % 5)}.${10 + (next() % 90)}`,
        perUnit: `0.${10 + (next() % 60)}`,
        perKilometer: '0.002',
      },
      stock: new Map(skus.flatMap((sku) => (next() % 10 < 4 ? [[sku, 1 + (next() % 8)] as const] : []))),
    })),
  }))
}

/** A linear congruential generator (Numerical Recipes), its high bits. */
const numbers = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 8
  }
}
