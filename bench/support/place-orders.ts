import { placeOrder } from '../../src/core/flows/place-order.js'
import { runAll } from './callers.js'
import type { WorkLoad } from './work-load.js'

const skus = Array.from({ length: 1_000 }, (_, index) => `SKU-${String(index).padStart(4, '0')}`)

/** A five-line order over 1,000 SKUs, as a web shop sends it. */
const orderInput = (index: number) => ({
  channel: 'web',
  currency: 'EUR',
  lines: [0, 1, 2, 3, 4].map((line) => ({
    sku: skus[(index * 7 + line * 131) % skus.length] ?? '',
    quantity: 1 + line,
    unitPrice: { amount: '19.99', currency: 'EUR' },
  })),
})

export const placeOrders: WorkLoad = {
  stockUp: async (oms) => {
    for (const sku of skus) {
      await oms.orThrow.catalog.define({ sku, name: `Product ${sku}` })
      await oms.orThrow.inventory.receive({ sku, quantity: 100_000_000 }, { idempotencyKey: `stock ${sku}` })
    }
  },
  run: (oms, first, count, callers) =>
    runAll(first, count, callers, async (index) => {
      const answer = await oms.orders.place(orderInput(index), { idempotencyKey: `cart ${index}` })
      if (!answer.ok) throw new Error(`order ${index} was refused: ${answer.error.code}`)
    }),
  parse: (index) => placeOrder.input.safeParse(orderInput(index)),
}
