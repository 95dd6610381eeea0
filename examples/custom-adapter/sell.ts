import assert from 'node:assert/strict'
import { createOrderManagement, trustHost, type OrderId, type Storage } from 'orderwright'

export interface Sale {
  readonly order: OrderId
  readonly number: string
  readonly invoiceNumber: string
}

/** One order from the shelf to the money. */
export const sellMugs = async (storage: Storage): Promise<Sale> => {
  const clerk = clerkOf(storage)
  await clerk.catalog.define({ sku: 'MUG', name: 'Blue mug', price: { amount: '12.50', currency: 'EUR' } })
  await clerk.inventory.receive({ sku: 'MUG', quantity: 10 }, { idempotencyKey: 'delivery 1' })
  const { order, number, total } = await clerk.orders.place(
    { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 3 }] },
    { idempotencyKey: 'cart 1' },
  )
  await clerk.orders.confirm({ order })
  const { fulfillments } = await clerk.fulfillments.plan({ order })
  const [work] = fulfillments
  assert(work !== undefined, 'one location has the goods')
  const { shipment } = await clerk.fulfillments.pack({ fulfillment: work.fulfillment })
  const { invoice, invoiceNumber } = await clerk.shipments.ship({ shipment, carrier: 'Parcel Post' })
  assert(invoice !== undefined && invoiceNumber !== undefined, 'goods are billed as they leave')
  await clerk.payments.record(
    { order, amount: total, method: 'card', invoices: [{ invoice }] },
    { idempotencyKey: 'payment 1' },
  )
  await clerk.shipments.deliver({ shipment })
  return { order, number, invoiceNumber }
}

/** What the store says of the sale; throws when anything is missing. */
export const checkSale = async (storage: Storage, { order, number, invoiceNumber }: Sale): Promise<void> => {
  const clerk = clerkOf(storage)
  const details = await clerk.orders.get({ order })
  assert.deepEqual([details.number, details.status, details.paymentStatus], [number, 'closed', 'paid'])
  const { items } = await clerk.invoices.list({ order })
  assert.deepEqual(
    items.map((invoice) => [invoice.number, invoice.open.amount]),
    [[invoiceNumber, '0.00']],
  )
  const { onHand, reserved } = await clerk.inventory.level({ sku: 'MUG' })
  assert.deepEqual([onHand, reserved], [7, 0])
  for (const key of [
    { kind: 'order', id: order },
    { kind: 'stock', id: 'main/MUG' },
  ] as const) {
    const { intact } = await clerk.verifyAudit(key)
    assert(intact, `the audit trail of the ${key.kind} is whole`)
  }
  const again = await clerk.orders.place(
    { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 3 }] },
    { idempotencyKey: 'cart 1' },
  )
  assert.equal(again.order, order, 'the same key is the same order')
}

const clerkOf = (storage: Storage) =>
  createOrderManagement({ storage, policy: trustHost }).as({ actor: { kind: 'user', id: 'ada' } }).orThrow
