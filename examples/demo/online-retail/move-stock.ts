import type { RetailInvoice } from '../data/online-retail.js'
import type { CommandTally } from '../command-tally.js'
import type { Staff } from '../demo-books.js'
import { inFlight } from '../in-flight.js'

/** Books what was found on the shelves and what had to be thrown away: lines that move stock and no money. */
export const moveStock = async (
  invoices: readonly RetailInvoice[],
  { warehouse }: Staff,
  tally: CommandTally,
): Promise<void> => {
  const lines = invoices.flatMap(({ number, lines: all }) =>
    all
      .filter(({ rule }) => rule === 'stock_found' || rule === 'stock_write_off')
      .map((line) => ({ number, ...line })),
  )
  await inFlight(64, lines, async ({ number, line, rule, stockCode: sku, quantity }) => {
    const what = `stock of ${sku} in ${number}`
    if (rule === 'stock_found') {
      const found = { sku, quantity, document: number }
      tally.value(await warehouse.inventory.receive(found, { idempotencyKey: `found:${line}` }), what)
    } else {
      const gone = { sku, quantity, reason: rule }
      tally.value(await warehouse.inventory.adjust(gone, { idempotencyKey: `written-off:${line}` }), what)
    }
  })
}
