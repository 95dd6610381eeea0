// One order from an empty store to reconciled cash: `npm run example -- quickstart`. With a path it keeps a SQLite file.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createOrderManagement, memoryStorage, trustHost } from 'orderwright'
import { openSqliteStorage } from 'orderwright/sqlite'

const [path] = process.argv.slice(2)
const storage = path === undefined ? memoryStorage() : await openSqliteStorage(path)
const oms = createOrderManagement({ storage, policy: trustHost })
const { orThrow: clerk } = oms.as({ actor: { kind: 'user', id: 'ada' } })
const once = () => ({ idempotencyKey: randomUUID() })

await clerk.catalog.define({ sku: 'MUG', name: 'Blue mug', price: { amount: '12.50', currency: 'EUR' } })
await clerk.inventory.receive({ sku: 'MUG', quantity: 10 }, once())

const { order, number, total } = await clerk.orders.place(
  { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 3 }] },
  once(),
)
console.log(`Order ${number}: ${total.amount} ${total.currency}`)
assert.deepEqual(total, { amount: '37.50', currency: 'EUR' })

await clerk.orders.confirm({ order })
const { fulfillments } = await clerk.fulfillments.plan({ order })
const [work] = fulfillments
assert(work !== undefined, 'one location has the goods')
const { shipment } = await clerk.fulfillments.pack({ fulfillment: work.fulfillment })
const { invoice, invoiceNumber } = await clerk.shipments.ship({ shipment, carrier: 'Parcel Post' })
assert(invoice !== undefined, 'goods are billed as they leave')
console.log(`Invoice ${invoiceNumber}, issued in the commit in which the goods left`)

await clerk.payments.record({ order, amount: total, method: 'card', invoices: [{ invoice }] }, once())
const { orderStatus } = await clerk.shipments.deliver({ shipment })
assert.equal(orderStatus, 'closed')
const { open } = await clerk.invoices.get({ invoice })
assert.equal(open.amount, '0.00')
const { onHand, reserved } = await clerk.inventory.level({ sku: 'MUG' })
console.log(`${onHand} mugs are left`)
assert.equal(reserved, 0, 'nothing is promised any more')

const { items } = await clerk.orders.timeline({ order })
for (const { at, actor, label } of items) console.log(`${at}  ${actor.id}  ${label}`)
assert.deepEqual([items[0]?.what, items.at(-1)?.what], ['OrderCaptured', 'OrderClosed'])
assert.ok((await clerk.verifyAudit({ kind: 'order', id: order })).intact)
