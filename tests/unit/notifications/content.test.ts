import { describe, expect, it } from 'vitest'
import { recordingNotifier } from 'orderwright/testing'
import type { Notification, OrderManagementFor } from 'orderwright'
import { freshKey, openDesk, stockMugs } from '../../support/desk.js'

const home = { name: 'Ada Byron', street: 'Main 1', city: 'London', postalCode: 'E1', country: 'GB' }
const eur = (amount: string) => ({ amount, currency: 'EUR' })

const openCustomer = async () => {
  const email = recordingNotifier()
  const desk = openDesk({ notifiers: { email } })
  await stockMugs(desk.clerk)
  await desk.clerk.orThrow.catalog.define({
    sku: 'TEA',
    name: 'Green tea',
    unit: { code: 'KGM', digits: 3 },
    price: eur('8.00'),
  })
  await desk.clerk.orThrow.inventory.receive({ sku: 'TEA', quantity: '5' }, freshKey())
  await desk.clerk.orThrow.parties.register(
    {
      id: 'ada',
      roles: ['customer'],
      name: 'Ada Byron',
      email: 'ada@example.org',
      phone: '+44 20 1234',
      addresses: [{ id: 'home', address: home }],
    },
    freshKey(),
  )
  const told = async (): Promise<ReadonlyMap<string, Notification>> => {
    await desk.oms.relay()
    return new Map(email.delivered.map((notification) => [notification.topic, notification]))
  }
  return { ...desk, told }
}

const order = async (clerk: OrderManagementFor) =>
  clerk.orThrow.orders.place(
    {
      channel: 'web',
      currency: 'EUR',
      customer: 'ada',
      shipTo: 'home',
      note: 'leave it with the neighbor',
      lines: [
        { sku: 'MUG', quantity: 2 },
        { sku: 'TEA', quantity: '1.5' },
      ],
      payment: { method: 'card', terms: 'on_account' },
      delivery: { method: 'express', requestedOn: '2026-03-05' },
    },
    freshKey(),
  )

const ship = async (clerk: OrderManagementFor, id: string) => {
  await clerk.orThrow.orders.confirm({ order: id })
  const { fulfillments } = await clerk.orThrow.fulfillments.plan({ order: id })
  const { shipment } = await clerk.orThrow.fulfillments.pack({
    fulfillment: fulfillments[0]?.fulfillment ?? '',
  })
  return clerk.orThrow.shipments.ship({
    shipment,
    carrier: 'Parcel Post',
    tracking: 'PP 123',
    trackingUrl: 'https://post.example/PP123',
  })
}

describe('the content of messages', () => {
  it('F170 M22 M112 confirms with products, sum paid, payment method, order number, delivery address and status', async () => {
    const { clerk, told } = await openCustomer()
    const { order: id, number } = await order(clerk)
    await clerk.orThrow.orders.confirm({ order: id })
    const messages = await told()
    const summary = {
      order: id,
      orderNumber: number,
      orderedOn: '2026-03-01',
      products: [
        {
          sku: 'MUG',
          name: 'Blue mug',
          quantity: 2,
          unit: 'C62',
          unitPrice: { amount: '12.50' },
          net: eur('25.00'),
        },
        {
          sku: 'TEA',
          name: 'Green tea',
          quantity: '1.5',
          unit: 'KGM',
          unitPrice: { amount: '8.00' },
          net: eur('12.00'),
        },
      ],
      total: eur('37.00'),
      paid: eur('0.00'),
      paymentMethod: 'card',
      deliveryMethod: 'express',
      deliveryAddress: home,
      requestedOn: '2026-03-05',
      specialRequests: 'leave it with the neighbor',
    }
    expect(messages.get('order_received')?.content).toMatchObject({ ...summary, status: 'placed' })
    expect(messages.get('order_confirmed')?.content).toMatchObject({ ...summary, status: 'confirmed' })
    expect(messages.get('order_confirmed')?.recipient).toEqual({
      role: 'customer',
      name: 'Ada Byron',
      email: 'ada@example.org',
      phone: '+44 20 1234',
    })
  })

  it('M112 counts what was paid in advance as paid', async () => {
    const { clerk, told } = await openCustomer()
    const { order: id } = await order(clerk)
    await clerk.orThrow.payments.record({ amount: eur('10.00'), method: 'card', order: id }, freshKey())
    const messages = await told()
    expect(messages.get('order_received')?.content).toMatchObject({ paid: eur('10.00') })
    expect(messages.get('payment_received')?.content).toMatchObject({
      amount: eur('10.00'),
      paymentMethod: 'card',
      paid: eur('10.00'),
      total: eur('37.00'),
    })
  })

  it('F171 M80 M81 M114 M115 M116 tells of a shipment its recipient, address, units, carrier and tracking link', async () => {
    const { clerk, told } = await openCustomer()
    const { order: id } = await order(clerk)
    const { shipment } = await ship(clerk, id)
    expect((await told()).get('order_shipped')?.content).toMatchObject({
      shipment,
      status: 'confirmed',
      recipientName: 'Ada Byron',
      shippingAddress: home,
      // Two mugs and one bag of tea.
      units: 3,
      products: [
        { sku: 'MUG', quantity: 2 },
        { sku: 'TEA', quantity: '1.5' },
      ],
      carrier: 'Parcel Post',
      tracking: 'PP 123',
      trackingUrl: 'https://post.example/PP123',
      shippedOn: '2026-03-01',
      requestedOn: '2026-03-05',
    })
  })

  it('F172 M117 M118 tells the delivery date and the special requests, and says thank you', async () => {
    const { clerk, told } = await openCustomer()
    const { order: id } = await order(clerk)
    const { shipment } = await ship(clerk, id)
    await clerk.orThrow.shipments.deliver({ shipment, deliveredOn: '2026-03-02' })
    const messages = await told()
    const delivery = { deliveredOn: '2026-03-02', specialRequests: 'leave it with the neighbor', shipment }
    expect(messages.get('order_delivered')?.content).toMatchObject(delivery)
    expect(messages.get('thank_you')?.content).toMatchObject(delivery)
  })

  it('F175 tells of an invoice its number, total and due date, of a credit note what it corrects', async () => {
    const { clerk, told } = await openCustomer()
    const { order: id } = await order(clerk)
    const { invoice, invoiceNumber } = await ship(clerk, id)
    const { number } = await clerk.orThrow.invoices.credit(
      { invoice: invoice ?? '', lines: [{ line: 'L1', quantity: 1 }], reason: 'chipped' },
      freshKey(),
    )
    const messages = await told()
    expect(messages.get('invoice_issued')?.content).toMatchObject({
      invoiceNumber,
      total: eur('37.00'),
      dueOn: '2026-03-31',
      issuedOn: '2026-03-01',
    })
    expect(messages.get('credit_note_issued')?.content).toMatchObject({
      creditNoteNumber: number,
      invoiceNumber,
      total: eur('12.50'),
      reason: 'chipped',
    })
  })

  it('F173 tells why an order was canceled', async () => {
    const { clerk, told } = await openCustomer()
    const { order: id } = await order(clerk)
    await clerk.orThrow.orders.cancel({ order: id, reason: 'changed_mind' }, freshKey())
    expect((await told()).get('order_canceled')?.content).toMatchObject({
      status: 'canceled',
      reason: 'changed_mind',
    })
  })

  it('names no field that has no value', async () => {
    const { clerk, told } = await openCustomer()
    await order(clerk)
    const content = (await told()).get('order_received')?.content ?? {}
    expect(Object.values(content)).not.toContain(undefined)
    expect(content).not.toHaveProperty('purchaseOrder')
  })

  it('SE7 is not kept in the outbox: what is planned holds references only', async () => {
    const { clerk, storage } = await openCustomer()
    const { order: id } = await order(clerk)
    await ship(clerk, id)
    const waiting = await storage.claim(100, 1_000)
    expect(waiting.length).toBeGreaterThan(0)
    expect(JSON.stringify(waiting)).not.toMatch(/Ada|example\.org|Main 1|neighbor|1234/)
  })
})
