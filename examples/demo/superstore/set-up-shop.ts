import type { SuperstoreOrder } from '../data/superstore.js'
import type { CommandTally } from '../command-tally.js'
import type { Staff } from '../demo-books.js'
import { inFlight } from '../in-flight.js'
import type { Progress } from '../progress.js'
import type { Seeded } from '../seeded.js'
import { customersOf } from './made-addresses.js'

const atOnce = 256

/** Defines every product and registers every customer of the orders; answers how many of each. */
export const setUpShop = async (
  orders: readonly SuperstoreOrder[],
  { sales }: Staff,
  tally: CommandTally,
  seeded: Seeded,
  progress: Progress,
): Promise<{ readonly products: number; readonly customers: number }> => {
  const names = new Map(orders.flatMap(({ lines }) => lines.map(({ sku, name }) => [sku, name] as const)))
  const defining = progress.step('products', names.size)
  await inFlight(atOnce, names, async ([sku, name]) => {
    const answer = await sales.catalog.define({ sku, name }, { idempotencyKey: `define:${sku}` })
    tally.value(answer, `product ${sku}`)
    defining.did()
  })
  defining.end()

  const customers = customersOf(orders, seeded)
  const registering = progress.step('customers', customers.length)
  await inFlight(atOnce, customers, async ({ id, name, email, addresses }) => {
    const answer = await sales.parties.register(
      { id, roles: ['customer'], number: id, name, email, addresses: [...addresses] },
      { idempotencyKey: `register:${id}` },
    )
    tally.value(answer, `customer ${id}`)
    registering.did()
  })
  registering.end()
  return { products: names.size, customers: customers.length }
}
