import type { OrderManagementFor } from 'orderwright'
import { sameBySku } from '../checks.js'
import { readStock } from '../figures/read-stock.js'
import type { Check } from '../report/report-data.js'
import { everyItem } from '../store-pages.js'

/** Compares what stock levels have reserved with what confirmed orders have allocated, while there is something to compare. */
export const checkReserved = async (books: OrderManagementFor, month: string): Promise<Check> => {
  const allocated = new Map<string, number>()
  for await (const order of everyItem((page) =>
    books.orThrow.orders.list({ status: 'confirmed', ...page }),
  )) {
    for (const { sku, allocated: units } of order.lines) {
      if (Number(units) > 0) allocated.set(sku, (allocated.get(sku) ?? 0) + Number(units))
    }
  }
  const { reserved } = await readStock(books)
  return sameBySku(
    `Reserved stock was what open orders had allocated, midway in ${month}`,
    reserved,
    allocated,
  )
}
