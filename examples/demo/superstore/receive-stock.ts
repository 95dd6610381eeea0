import type { CommandTally } from '../command-tally.js'
import type { Staff } from '../demo-books.js'
import { inFlight } from '../in-flight.js'
import type { MadeReceipt } from './make-stock.js'

/** Books what a year's purchase order brings. */
export const receiveStock = (
  receipts: readonly MadeReceipt[],
  { warehouse }: Staff,
  tally: CommandTally,
): Promise<void> =>
  inFlight(256, receipts, async ({ sku, quantity, document }) => {
    const key = { idempotencyKey: `receive:${document}:${sku}` }
    tally.value(await warehouse.inventory.receive({ sku, quantity, document }, key), `receipt of ${sku}`)
  })
