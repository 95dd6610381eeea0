import type { CommandTally } from '../command-tally.js'
import type { Staff } from '../demo-books.js'
import { inFlight } from '../in-flight.js'
import type { Progress } from '../progress.js'
import type { Survey } from './survey.js'

const atOnce = 256

/**
 * Defines every stock code as a product, stock codes of fees and postage too, registers every customer, and receives in one go what the orders
 * will want: the data knows no stock.
 */
export const setUpShop = async (
  { products, customers }: Survey,
  { sales, warehouse }: Staff,
  tally: CommandTally,
  progress: Progress,
): Promise<void> => {
  const shelves = progress.step('products and their stock', products.size)
  await inFlight(atOnce, products, async ([sku, { name, units }]) => {
    const defined = await sales.catalog.define(
      { sku, name: name === '' ? sku : name },
      { idempotencyKey: `define:${sku}` },
    )
    tally.value(defined, `product ${sku}`)
    if (units > 0) {
      const received = await warehouse.inventory.receive(
        { sku, quantity: units, document: 'MADE-STOCK' },
        { idempotencyKey: `receive:${sku}` },
      )
      tally.value(received, `stock of ${sku}`)
    }
    shelves.did()
  })
  shelves.end()

  const registering = progress.step('customers', customers.size)
  await inFlight(atOnce, customers, async (number) => {
    const registered = await sales.parties.register(
      { id: number, roles: ['customer'], number },
      { idempotencyKey: `register:${number}` },
    )
    tally.value(registered, `customer ${number}`)
    registering.did()
  })
  registering.end()
}
