import type { Day } from '../days.js'
import type { Seeded } from '../seeded.js'

/** A delivery of goods to our shelf. */
export interface MadeReceipt {
  readonly sku: string
  readonly quantity: number
  /** The purchase order it came with. */
  readonly document: string
}

interface Demand {
  readonly orderedOn: Day
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[]
}

/** Of a hundred products a year, so many get less than will be wanted. */
const shortPercent = 5

/**
 * Makes what comes in at the beginning of each year: what the orders of that year want and something over, and here and there deliberately too
 * little, so that stock runs out.
 */
export const makeStock = (
  orders: readonly Demand[],
  seeded: Seeded,
): ReadonlyMap<string, readonly MadeReceipt[]> =>
  new Map(
    [...demandByYear(orders)].map(([year, demand]) => [
      year,
      [...demand].map(([sku, wanted]) => ({
        sku,
        quantity: quantityFor(wanted, seeded, year, sku),
        document: `PO-${year}`,
      })),
    ]),
  )

const quantityFor = (wanted: number, seeded: Seeded, year: string, sku: string): number =>
  wanted >= 4 && seeded.chance(shortPercent, 'short', year, sku)
    ? Math.floor(wanted / 2)
    : wanted + seeded.between(0, 1 + Math.floor(wanted / 5), 'spare', year, sku)

const demandByYear = (orders: readonly Demand[]): ReadonlyMap<string, ReadonlyMap<string, number>> => {
  const years = new Map<string, Map<string, number>>()
  for (const { orderedOn, lines } of orders) {
    const year = orderedOn.slice(0, 4)
    const demand = years.get(year) ?? new Map<string, number>()
    years.set(year, demand)
    for (const { sku, quantity } of lines) demand.set(sku, (demand.get(sku) ?? 0) + quantity)
  }
  return years
}

/** How much is brought in when an order found too little: what is missing and a box over. */
export const replenishmentFor = (wanted: number, available: number): number => wanted - available + 12
