import type { OrderManagementFor } from 'orderwright'
import { everyItem } from '../store-pages.js'

/** What is on the shelves, by SKU. */
export interface StockRead {
  readonly onHand: ReadonlyMap<string, number>
  readonly reserved: ReadonlyMap<string, number>
}

export const readStock = async (books: OrderManagementFor): Promise<StockRead> => {
  const onHand = new Map<string, number>()
  const reserved = new Map<string, number>()
  for await (const level of everyItem((page) => books.orThrow.inventory.levels(page))) {
    onHand.set(level.sku, Number(level.onHand))
    reserved.set(level.sku, Number(level.reserved))
  }
  return { onHand, reserved }
}
