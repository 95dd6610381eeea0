import { writeQuantity, type Unit, type WrittenQuantity } from '../catalog/quantity.js'
import type { LocationId, Sku } from '../ids/ids.js'
import { invariant } from '../invariant.js'
import type { Work } from '../plan.js'
import { availableOf, stockKind } from './stock-level.js'

/** The answer of the commands that change a stock level: its figures after them, as people write them in its unit. */
export interface StockReceipt {
  readonly sku: Sku
  readonly location: LocationId
  readonly onHand: WrittenQuantity
  readonly reserved: WrittenQuantity
  readonly available: WrittenQuantity
}

export const stockReceipt = (work: Work, id: string, unit: Unit): StockReceipt => {
  const level = work.find(stockKind, id)?.state
  invariant(level !== undefined, 'a stock level that was just changed exists')
  return {
    sku: level.sku,
    location: level.location,
    onHand: writeQuantity(level.onHand, unit),
    reserved: writeQuantity(level.reserved, unit),
    available: writeQuantity(availableOf(level), unit),
  }
}
