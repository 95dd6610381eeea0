import type { OrderManagementFor } from '../../src/app/order-management.js'
import { newKey } from './shop.js'

/** Where some cities are. */
export const cities = {
  berlin: { latitude: 52.52, longitude: 13.405 },
  hamburg: { latitude: 53.551, longitude: 9.994 },
  munich: { latitude: 48.137, longitude: 11.575 },
  vienna: { latitude: 48.208, longitude: 16.373 },
} as const

/** Defines locations and stocks them: `{ berlin: { MUG: 5 } }`. */
export const openLocations = async (
  oms: OrderManagementFor,
  stock: Readonly<Partial<Record<keyof typeof cities, Readonly<Record<string, number>>>>>,
  more: Readonly<Record<string, object>> = {},
): Promise<void> => {
  const skus = new Set(Object.values(stock).flatMap((levels) => Object.keys(levels)))
  for (const sku of skus) {
    await oms.orThrow.catalog.define({ sku, name: `A ${sku}`, price: { amount: '3.33', currency: 'EUR' } })
  }
  for (const [location, levels] of Object.entries(stock)) {
    await oms.orThrow.locations.define({
      location,
      name: location,
      coordinates: cities[location as keyof typeof cities],
      country: location === 'vienna' ? 'AT' : 'DE',
      costs: { currency: 'EUR', perShipment: '4.90', perUnit: '0.10', perKilometer: '0.01' },
      ...more[location],
    })
    for (const [sku, quantity] of Object.entries(levels)) {
      if (quantity > 0) await oms.orThrow.inventory.receive({ sku, location, quantity }, newKey())
    }
  }
}

export const order = (lines: readonly object[], sourcing?: object, more: object = {}) =>
  ({ channel: 'web', currency: 'EUR', lines, ...(sourcing !== undefined && { sourcing }), ...more }) as never
