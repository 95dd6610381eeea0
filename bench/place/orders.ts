import type { OrderManagementFor } from '../../src/app/order-management.js'
import type { Storage, Writes } from '../../src/core/ports/storage.js'

export const skus = Array.from({ length: 1_000 }, (_, index) => `SKU-${String(index).padStart(4, '0')}`)

/** A five-line order over 1,000 SKUs, as a web shop sends it. */
export const orderInput = (index: number) => ({
  channel: 'web',
  currency: 'EUR',
  lines: [0, 1, 2, 3, 4].map((line) => ({
    sku: skus[(index * 7 + line * 131) % skus.length] ?? '',
    quantity: 1 + line,
    unitPrice: { amount: '19.99', currency: 'EUR' },
  })),
})

/** Defines the SKUs and receives more than will ever be ordered. */
export const stockUp = async (oms: OrderManagementFor): Promise<void> => {
  for (const sku of skus) {
    await oms.orThrow.catalog.define({ sku, name: `Product ${sku}` })
    await oms.orThrow.inventory.receive({ sku, quantity: 100_000_000 }, { idempotencyKey: `stock ${sku}` })
  }
}

/** Places orders `first` to `first + count - 1`, so many callers at a time, each waiting for its answer before its next order. */
export const placeAll = async (
  oms: OrderManagementFor,
  first: number,
  count: number,
  callers: number,
): Promise<void> => {
  let next = first
  const caller = async (): Promise<void> => {
    while (next < first + count) {
      const index = next
      next += 1
      const answer = await oms.orders.place(orderInput(index), { idempotencyKey: `cart ${index}` })
      if (!answer.ok) throw new Error(`order ${index} was refused: ${answer.error.code}`)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
}

/** Passes everything on and keeps what was written, so that the limit writes exactly the same rows. */
export const recordWrites = (storage: Storage, written: Writes[]): Storage => ({
  ...storage,
  update: (tenant, keys, decide) =>
    storage.update(tenant, keys, (records, now) => {
      const writes = decide(records, now)
      written.push(writes)
      return writes
    }),
})
