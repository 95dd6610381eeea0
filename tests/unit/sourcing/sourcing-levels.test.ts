import { describe, expect, it } from 'vitest'
import { decideFor, sourcingKeys, type SourcingFacts } from '../../../src/core/flows/source-lines.js'
import type { LineId, LocationId, Sku } from '../../../src/core/ids/ids.js'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { locationListKind } from '../../../src/core/sourcing/location-list.js'
import type { Instant } from '../../../src/core/time/instant.js'

const by = { name: 'near', strategy: 'nearest' } as const
const locations = (count: number) =>
  Array.from({ length: count }, (_, index) => `shop-${index}` as LocationId)
const skus = Array.from({ length: 100 }, (_, index) => `SKU-${index}` as Sku)

const decided = (count: number) => {
  const facts: SourcingFacts = {
    rules: () => undefined,
    listed: () => locations(count),
    location: () => undefined,
    load: () => undefined,
    level: () => undefined,
    product: () => undefined,
    lots: () => undefined,
    asker: { channel: 'web', customerClass: () => undefined },
    now: '2026-03-01T09:00:00.000Z' as Instant,
    requestedOn: undefined,
  }
  const lines = skus.map((sku, index) => ({ line: `L${index}` as LineId, sku, quantity: 1 }))
  return decideFor({ by }, lines, {}, 'refuse', facts)
}

const lockedLevels = (count: number): number => {
  const seen = {
    get: (kind: { readonly name: string }) =>
      kind.name === locationListKind.name ? { locations: locations(count) } : undefined,
  }
  const lines = skus.map((sku) => ({ sku, quantity: 1 }))
  const keys = sourcingKeys(
    { lines, channel: 'web', sourcing: { by } },
    seen as never,
    { ids: { of: () => 'order-1' } } as never,
  )
  return keys.filter(({ kind }) => kind === stockKind.name).length
}

describe('the stock levels that one order is decided on', () => {
  it('are at most 20,000: more are refused, with the limit, and not as a shortage', () => {
    expect(decided(201)).toMatchObject({
      error: { code: 'limit_exceeded', details: { limit: 'sourcingLevels', most: 20_000 } },
    })
    expect(decided(200)).toMatchObject({ error: { code: 'out_of_stock' } })
  })

  it('are all locked up to the limit, and none for an order that is refused beyond it', () => {
    expect(lockedLevels(200)).toBe(20_000)
    expect(lockedLevels(201)).toBe(0)
  })
})
