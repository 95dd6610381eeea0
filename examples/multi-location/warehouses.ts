import type { SimulatedLocation } from 'orderwright/sourcing'
import type { SuperstoreOrder } from '../demo/data/superstore.js'

/** Six warehouses with made-up but plausible costs in USD. */
export const warehouses: readonly (SimulatedLocation & {
  readonly location: string
  readonly name: string
  readonly coordinates: { readonly latitude: number; readonly longitude: number }
  readonly priority: number
  readonly costs: NonNullable<SimulatedLocation['costs']>
})[] = [
  warehouse('newark', 'Newark, New Jersey', 40.74, -74.17, 2, '6.40', '0.55'),
  warehouse('atlanta', 'Atlanta, Georgia', 33.75, -84.39, 3, '5.10', '0.40'),
  warehouse('chicago', 'Chicago, Illinois', 41.88, -87.63, 1, '5.60', '0.45'),
  warehouse('dallas', 'Dallas, Texas', 32.78, -96.8, 4, '4.80', '0.35'),
  warehouse('los-angeles', 'Los Angeles, California', 34.05, -118.24, 5, '6.20', '0.55'),
  warehouse('seattle', 'Seattle, Washington', 47.61, -122.33, 6, '5.90', '0.50'),
]

function warehouse(
  location: string,
  name: string,
  latitude: number,
  longitude: number,
  priority: number,
  perShipment: string,
  perUnit: string,
) {
  return {
    location,
    name,
    kind: 'warehouse' as const,
    coordinates: { latitude, longitude },
    country: 'US',
    priority,
    costs: { currency: 'USD', perShipment, perUnit, perKilometer: '0.0035' },
  }
}

/**
 * What lies where at the beginning: each SKU in three of the six warehouses, in each of them half of what was ever ordered of it, rounded up. So there is enough, but not
 * everywhere, and not to the end.
 */
export const stockOf = (
  orders: readonly SuperstoreOrder[],
): ReadonlyMap<string, Readonly<Record<string, number>>> => {
  const ordered = new Map<string, number>()
  for (const { lines } of orders) {
    for (const { sku, quantity } of lines) ordered.set(sku, (ordered.get(sku) ?? 0) + quantity)
  }
  const stock = new Map<string, Record<string, number>>(warehouses.map(({ location }) => [location, {}]))
  for (const [sku, quantity] of ordered) {
    const first = mark(sku)
    for (const step of [0, 1, 3]) {
      const place = warehouses[(first + step) % warehouses.length]
      const shelf = place && stock.get(place.location)
      if (shelf !== undefined) shelf[sku] = Math.ceil(quantity / 2)
    }
  }
  return stock
}

/** The same number for the same SKU on every run. */
const mark = (sku: string): number => {
  let sum = 0
  for (const sign of sku) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 1_000_003
  return sum
}
