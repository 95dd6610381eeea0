import type { CommandTally } from '../command-tally.js'
import type { Staff } from '../demo-books.js'
import { inFlight } from '../in-flight.js'
import type { Shortage } from '../report/report-data.js'
import type { Journey } from './journey.js'
import { replenishmentFor } from './make-stock.js'

/** What the library says about a product an order found too little of. */
interface Missing {
  readonly sku: string
  readonly wanted: number
  readonly available: number
}

/** Places orders against stock. Those that find too little are placed again when it was brought in; answers what was missing. */
export const placeOrders = async (
  journeys: readonly Journey[],
  atOnce: number,
  { sales, warehouse }: Staff,
  tally: CommandTally,
): Promise<readonly Shortage[]> => {
  const place = async ({ order, id }: Journey, attempt: number): Promise<readonly Missing[]> => {
    const key = { idempotencyKey: `place-${attempt}:${order.orderId}` }
    const answer = tally.counted(await sales.orders.placeDraft({ order: id }, key))
    if (!answer.ok && answer.error.code === 'out_of_stock') {
      return answer.error.details['shortages'] as readonly Missing[]
    }
    if (answer.ok) return []
    throw new Error(`${order.orderId} was not placed: ${answer.error.code}`)
  }

  /** By express, in the order's name. */
  const replenish = async ({ order }: Journey, attempt: number, missing: Missing): Promise<Shortage> => {
    const { sku, wanted, available } = missing
    const quantity = replenishmentFor(wanted, available)
    const document = `EXPRESS-${order.orderId}-${attempt}`
    const key = { idempotencyKey: `receive:${document}:${sku}` }
    tally.value(
      await warehouse.inventory.receive({ sku, quantity, document }, key),
      `express delivery of ${sku}`,
    )
    const name = order.lines.find((line) => line.sku === sku)?.name ?? sku
    return { on: order.orderedOn, order: order.orderId, sku, name, wanted, available, replenished: quantity }
  }

  const refused = new Map<Journey, readonly Missing[]>()
  await inFlight(atOnce, journeys, async (journey) => {
    const missing = await place(journey, 1)
    if (missing.length > 0) refused.set(journey, missing)
  })
  const shortages: Shortage[] = []
  for (const journey of journeys) {
    let missing = refused.get(journey) ?? []
    // Another order may have been faster and taken what came in.
    for (let attempt = 1; missing.length > 0; attempt += 1) {
      for (const one of missing) shortages.push(await replenish(journey, attempt, one))
      missing = await place(journey, attempt + 1)
    }
  }
  return shortages
}
