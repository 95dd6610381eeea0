import assert from 'node:assert/strict'
import { createOrderManagement, memoryStorage, trustHost } from 'orderwright'
import { printSourcing } from 'orderwright/sourcing'
import type { SuperstoreOrder } from '../demo/data/superstore.js'
import type { Check } from '../report-kit/checks-section.js'
import { placeOf } from './places.js'
import { rules } from './rules.js'
import { warehouses } from './warehouses.js'

export interface PlacedOrders {
  readonly checks: readonly Check[]
  /** How some orders that were split were decided, in words. */
  readonly explained: readonly { readonly order: string; readonly text: string }[]
}

/** Places orders for good: each decides on locked stock levels, splits its lines where it must, and keeps the reasons. */
export const placeOrders = async (
  orders: readonly SuperstoreOrder[],
  stock: ReadonlyMap<string, Readonly<Record<string, number>>>,
): Promise<PlacedOrders> => {
  const oms = createOrderManagement({ storage: memoryStorage(), policy: trustHost })
  const { orThrow: clerk } = oms.as({ actor: { kind: 'service', id: 'multi-location' } })
  const skus = new Map(orders.flatMap(({ lines }) => lines.map(({ sku, name }) => [sku, name] as const)))
  await Promise.all([...skus].map(([sku, name]) => clerk.catalog.define({ sku, name })))
  for (const { location, name, coordinates, country, priority, costs } of warehouses) {
    await clerk.locations.define({
      location,
      name,
      coordinates,
      priority,
      costs,
      ...(country !== undefined && { country }),
    })
    const shelf = Object.entries(stock.get(location) ?? {}).filter(([sku]) => skus.has(sku))
    await Promise.all(
      shelf.map(([sku, quantity]) =>
        clerk.inventory.receive({ sku, location, quantity }, { idempotencyKey: `${location} ${sku}` }),
      ),
    )
  }
  await clerk.sourcing.define({
    name: 'standard',
    rules: [...(rules['Whole orders first, else lowest cost'] ?? [])],
  })

  let units = 0
  let reserved = 0
  let cents = 0n
  const explained: { readonly order: string; readonly text: string }[] = []
  for (const order of orders) {
    const placed = await clerk.orders.place(
      {
        channel: 'superstore',
        reference: order.orderId,
        currency: 'USD',
        orderedOn: order.orderedOn,
        lines: order.lines.map(({ sku, quantity, unitPrice }) => ({
          sku,
          quantity,
          unitPrice: { amount: unitPrice, currency: 'USD' },
        })),
        sourcing: { by: 'standard', to: { coordinates: placeOf(order), country: 'US' } },
      },
      { idempotencyKey: order.orderId },
    )
    const view = await clerk.orders.get({ order: placed.order })
    const decision = await clerk.orders.sourcing({ order: placed.order })
    assert.equal(decision.optimality.proven, true, 'six warehouses are few enough to be certain')
    units += order.lines.reduce((sum, line) => sum + line.quantity, 0)
    reserved += view.lines.reduce((sum, line) => sum + Number(line.allocated), 0)
    cents += toCents(view.total.amount) - view.lines.reduce((sum, line) => sum + toCents(line.net.amount), 0n)
    if (decision.figures.shipments > 1 && explained.length < 3) {
      explained.push({ order: order.orderId, text: printSourcing(decision) })
    }
  }
  const levels = await reservedInAll(clerk)
  return {
    explained,
    checks: [
      {
        name: 'Every unit of the placed orders has a location',
        holds: units === reserved,
        found: `${reserved} of ${units} units`,
      },
      {
        name: 'The warehouses have reserved exactly what the orders were promised',
        holds: levels === units,
        found: `${levels} of ${units} units`,
      },
      {
        name: 'Split lines add up to what was ordered',
        holds: cents === 0n,
        found: `${cents} cents apart`,
      },
    ],
  }
}

const toCents = (amount: string): bigint => BigInt(amount.replace('.', ''))

interface Levels {
  readonly inventory: {
    levels(input: {
      readonly cursor?: string
      readonly limit: number
    }): Promise<{ readonly items: readonly { readonly reserved: number | string }[]; readonly next?: string }>
  }
}

const reservedInAll = async (clerk: Levels): Promise<number> => {
  let sum = 0
  let cursor: string | undefined
  do {
    const page = await clerk.inventory.levels({ limit: 200, ...(cursor !== undefined && { cursor }) })
    for (const { reserved } of page.items) sum += Number(reserved)
    cursor = page.next
  } while (cursor !== undefined)
  return sum
}
