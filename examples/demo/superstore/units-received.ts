import type { Shortage } from '../report/report-data.js'
import type { MadeReceipt } from './make-stock.js'

/** All units that came in, by SKU: what was planned, and what was brought by express. */
export const unitsReceived = (
  receipts: Iterable<MadeReceipt>,
  shortages: readonly Shortage[],
): ReadonlyMap<string, number> => {
  const units = new Map<string, number>()
  const add = (sku: string, quantity: number): void => {
    units.set(sku, (units.get(sku) ?? 0) + quantity)
  }
  for (const { sku, quantity } of receipts) add(sku, quantity)
  for (const { sku, replenished } of shortages) add(sku, replenished)
  return units
}

/** What is left when those are gone that were shipped. */
export const lessShipped = (
  received: ReadonlyMap<string, number>,
  shipped: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> =>
  new Map([...received].map(([sku, quantity]) => [sku, quantity - (shipped.get(sku) ?? 0)]))
