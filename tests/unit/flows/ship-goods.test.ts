import { describe, expect, it } from 'vitest'
import { fulfillmentKind } from '../../../src/core/fulfillment/fulfillment.js'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { confirmed, newKey, openShop, packed, shipped, stock } from '../../support/shop.js'

describe('shipping', () => {
  it('M88 F110 issues the invoice in the commit of the shipment, line by line as ordered (M89)', async () => {
    const { oms, stored } = openShop()
    await stock(oms, 'APPLE', 10, '1.25')
    const order = await confirmed(oms, [{ sku: 'APPLE', quantity: 4 }])
    const left = await shipped(oms, order)
    const invoice = await stored(invoiceKind, left.invoice)
    expect(invoice).toMatchObject({
      status: 'issued',
      number: 'INV-000001',
      total: { amount: '5.00', currency: 'EUR' },
      lines: [{ line: 'L1', sku: 'APPLE', quantity: 4, net: { amount: '5.00', currency: 'EUR' } }],
    })
    expect((await stored(orderKind, order)).lines[0]).toMatchObject({
      shipped: 4,
      invoiced: 4,
      allocated: 0,
      planned: 0,
    })
  })

  it('ST1 takes what left from on hand and from reserved, once', async () => {
    const { oms, stored } = openShop()
    await stock(oms, 'APPLE', 10, '1.25')
    const order = await confirmed(oms, [{ sku: 'APPLE', quantity: 4 }])
    const shipment = await packed(oms, order)
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => oms.shipments.ship({ shipment, carrier: 'Parcel Post' })),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    for (const answer of answers) {
      if (!answer.ok)
        expect(answer.error).toMatchObject({ code: 'invalid_state', details: { status: 'in_transit' } })
    }
    expect(await stored(stockKind, 'main/APPLE')).toMatchObject({ onHand: 6, reserved: 0 })
  })

  it('never plans the same units twice, however many clerks press the button', async () => {
    const { oms, stored } = openShop()
    await stock(oms, 'APPLE', 10, '1.25')
    const order = await confirmed(oms, [{ sku: 'APPLE', quantity: 4 }])
    const answers = await Promise.all(Array.from({ length: 10 }, () => oms.fulfillments.plan({ order })))
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    for (const answer of answers) {
      if (!answer.ok) expect(answer.error.code).toBe('quantity_exceeded')
    }
    expect((await stored(orderKind, order)).lines[0]).toMatchObject({ planned: 4 })
  })

  it('F71 F111 OQ1 bills partial shipments so that they add up to the line, to the cent', async () => {
    const { oms, stored } = openShop()
    await stock(oms, 'NAIL', 100, '0.333')
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 10 }])
    const totals: string[] = []
    for (const quantity of [3, 3, 4]) {
      const left = await shipped(oms, order, [{ line: 'L1', quantity }])
      totals.push(left.total.amount)
    }
    expect(totals).toEqual(['1.00', '1.00', '1.33'])
    expect((await stored(orderKind, order)).invoiced).toEqual({ amount: '3.33', currency: 'EUR' })
  })

  it('M60 serves each location by a fulfillment of its own', async () => {
    const { oms } = openShop()
    await stock(oms, 'APPLE', 10, '1.25')
    await oms.orThrow.inventory.receive({ sku: 'APPLE', quantity: 5, location: 'north' }, newKey())
    const placed = await oms.orThrow.orders.place(
      {
        channel: 'web',
        currency: 'EUR',
        lines: [
          { sku: 'APPLE', quantity: 1 },
          { sku: 'APPLE', quantity: 2, location: 'north' },
        ],
      },
      newKey(),
    )
    await oms.orThrow.orders.confirm({ order: placed.order })
    const planned = await oms.orThrow.fulfillments.plan({ order: placed.order })
    expect(planned.fulfillments.map((fulfillment) => fulfillment.location)).toEqual(['main', 'north'])
  })

  it('row 87 refuses to ship more than is planned, an order on hold, and an unknown shipment', async () => {
    const { oms } = openShop()
    await stock(oms, 'APPLE', 10, '1.25')
    const order = await confirmed(oms, [{ sku: 'APPLE', quantity: 4 }])
    expect(await oms.fulfillments.plan({ order, lines: [{ line: 'L1', quantity: 5 }] })).toMatchObject({
      ok: false,
      error: { code: 'quantity_exceeded', details: { line: 'L1', wanted: 5, limit: 4 } },
    })
    expect(await oms.fulfillments.plan({ order, lines: [{ line: 'L9', quantity: 1 }] })).toMatchObject({
      error: { code: 'unknown_line' },
    })
    const shipment = await packed(oms, order)
    await oms.orThrow.orders.hold({ order, reason: 'fraud_risk' }, newKey())
    expect(await oms.shipments.ship({ shipment, carrier: 'Parcel Post' })).toMatchObject({
      error: { code: 'order_on_hold' },
    })
    expect(await oms.shipments.ship({ shipment: 'nothing', carrier: 'Parcel Post' })).toMatchObject({
      error: { code: 'unknown_shipment' },
    })
  })

  it('row 85 F75 M25 starts no work on a prepaid order before it is paid', async () => {
    const { oms } = openShop()
    await stock(oms, 'APPLE', 10, '1.25')
    const order = await confirmed(oms, [{ sku: 'APPLE', quantity: 4 }], {
      payment: { method: 'card', terms: 'prepaid' },
    })
    expect(await oms.fulfillments.plan({ order })).toMatchObject({
      error: { code: 'payment_due', details: { owed: { amount: '5.00' }, received: { amount: '0.00' } } },
    })
    await oms.orThrow.payments.record(
      { order, amount: { amount: '5.00', currency: 'EUR' }, method: 'card' },
      newKey(),
    )
    const left = await shipped(oms, order)
    const delivered = await oms.orThrow.shipments.deliver({ shipment: left.shipment })
    expect(delivered.orderStatus).toBe('closed')
  })

  it('M25 ships no prepaid order on money that has gone back', async () => {
    const { oms } = openShop()
    await stock(oms, 'APPLE', 10, '1.25')
    const order = await confirmed(oms, [{ sku: 'APPLE', quantity: 4 }], {
      payment: { method: 'card', terms: 'prepaid' },
    })
    const amount = { amount: '5.00', currency: 'EUR' }
    const { payment } = await oms.orThrow.payments.record({ order, amount, method: 'card' }, newKey())
    const shipment = await packed(oms, order)
    await oms.orThrow.payments.refund({ payment, amount, reason: 'changed-mind' }, newKey())
    expect(await oms.shipments.ship({ shipment, carrier: 'Parcel Post' })).toMatchObject({
      error: { code: 'payment_due', details: { owed: amount, received: { amount: '0.00' } } },
    })
  })

  it('MO2 lets a draft change its currency once its deposit is paid back, and still adds up', async () => {
    const { oms } = openShop()
    await stock(oms, 'APPLE', 10, '1.25')
    const content = { channel: 'web', currency: 'EUR', lines: [{ sku: 'APPLE', quantity: 4 }] }
    const { order } = await oms.orThrow.orders.capture(content, newKey())
    const amount = { amount: '5.00', currency: 'EUR' }
    const { payment } = await oms.orThrow.payments.record({ order, amount, method: 'card' }, newKey())
    await oms.orThrow.payments.refund({ payment, amount, reason: 'changed-mind' }, newKey())
    const unitPrice = { amount: '1.50', currency: 'USD' }
    await oms.orThrow.orders.changeDraft({
      order,
      channel: 'web',
      currency: 'USD',
      lines: [{ sku: 'APPLE', quantity: 4, unitPrice }],
    })
    expect(await oms.orders.get({ order })).toMatchObject({
      ok: true,
      value: { total: { amount: '6.00', currency: 'USD' }, paymentStatus: 'not_paid' },
    })
  })

  it('keeps no deposit for an order that has no next invoice: the payment names the invoices it pays', async () => {
    const { oms, stored } = openShop()
    await stock(oms, 'APPLE', 10, '1.25')
    const order = await confirmed(oms, [{ sku: 'APPLE', quantity: 4 }])
    const { invoice, shipment } = await shipped(oms, order)
    await oms.orThrow.shipments.deliver({ shipment })
    const amount = { amount: '5.00', currency: 'EUR' }
    expect(await oms.payments.record({ order, amount, method: 'card' }, newKey())).toMatchObject({
      error: { code: 'invalid_state', details: { name: 'invoices' } },
    })
    await oms.orThrow.payments.record({ amount, method: 'card', invoices: [{ invoice }] }, newKey())
    expect((await stored(orderKind, order)).status).toBe('closed')
  })

  it('closes an order whose parcel is lost once it is credited', async () => {
    const { oms, stored } = openShop()
    await stock(oms, 'APPLE', 10, '1.25')
    const order = await confirmed(oms, [{ sku: 'APPLE', quantity: 4 }])
    const { invoice, shipment } = await shipped(oms, order)
    await oms.orThrow.shipments.reportLost({ shipment, reason: 'no_scan' })
    expect((await stored(orderKind, order)).status).toBe('confirmed')
    await oms.orThrow.invoices.credit({ invoice, reason: 'lost on the way' }, newKey())
    expect((await stored(orderKind, order)).status).toBe('closed')
  })

  it.each(['shippedOn', 'deliveredOn', 'issuedOn', 'receivedOn'])(
    'NR3 refuses %s in the future, which would date every later document',
    async (field) => {
      const { oms } = openShop()
      await stock(oms, 'APPLE', 10, '1.25')
      const order = await confirmed(oms, [{ sku: 'APPLE', quantity: 4 }])
      const shipment = await packed(oms, order, [{ line: 'L1', quantity: 1 }])
      const carrier = 'Parcel Post'
      const amount = { amount: '1.25', currency: 'EUR' }
      const left = field === 'shippedOn' ? undefined : await oms.orThrow.shipments.ship({ shipment, carrier })
      const invoice = left?.invoice ?? ''
      const answers = {
        shippedOn: () => oms.shipments.ship({ shipment, carrier, shippedOn: '2206-11-21' }),
        deliveredOn: () => oms.shipments.deliver({ shipment, deliveredOn: '2206-11-21' }),
        issuedOn: () =>
          oms.invoices.credit({ invoice, reason: 'returned', issuedOn: '2206-11-21' }, newKey()),
        receivedOn: () => oms.payments.record({ amount, method: 'cash', receivedOn: '2206-11-21' }, newKey()),
      }
      expect(await answers[field as keyof typeof answers]()).toMatchObject({
        ok: false,
        error: { code: 'validation_failed', issues: [{ path: [field], rule: 'date.future' }] },
      })
    },
  )

  it('F72 frees the units of canceled work, so that they can be planned again', async () => {
    const { oms, stored } = openShop()
    await stock(oms, 'APPLE', 10, '1.25')
    const order = await confirmed(oms, [{ sku: 'APPLE', quantity: 4 }])
    const planned = await oms.orThrow.fulfillments.plan({ order })
    const fulfillment = planned.fulfillments[0]?.fulfillment ?? ''
    await oms.orThrow.fulfillments.pick({ fulfillment })
    await oms.orThrow.fulfillments.cancel({ fulfillment, reason: 'shelf_empty' })
    expect(await stored(fulfillmentKind, fulfillment)).toMatchObject({
      status: 'canceled',
      cancellation: 'shelf_empty',
    })
    expect((await stored(orderKind, order)).lines[0]).toMatchObject({ planned: 0, allocated: 4 })
    expect((await shipped(oms, order)).total).toEqual({ amount: '5.00', currency: 'EUR' })
  })

  it('refuses a delivery before the goods left, naming the field', async () => {
    const { oms } = openShop()
    await stock(oms, 'APPLE', 10, '1.25')
    const shipment = await packed(oms, await confirmed(oms, [{ sku: 'APPLE', quantity: 1 }]))
    await oms.orThrow.shipments.ship({ shipment, carrier: 'Parcel Post', shippedOn: '2026-03-02' })
    expect(await oms.shipments.deliver({ shipment, deliveredOn: '2026-03-01' })).toMatchObject({
      error: { code: 'validation_failed', issues: [{ path: ['deliveredOn'], rule: 'range.order' }] },
    })
  })

  it('M87 F84 follows a parcel that is lost and found', async () => {
    const { oms } = openShop()
    await stock(oms, 'APPLE', 10, '1.25')
    const { shipment } = await shipped(oms, await confirmed(oms, [{ sku: 'APPLE', quantity: 1 }]))
    expect((await oms.orThrow.shipments.reportLost({ shipment, reason: 'no_scan' })).status).toBe('lost')
    expect(await oms.shipments.deliver({ shipment })).toMatchObject({ error: { code: 'invalid_state' } })
    expect((await oms.orThrow.shipments.reportFound({ shipment })).status).toBe('in_transit')
  })

  it('NR2 NR3 numbers invoices without gap in the order of issue, whatever is refused in between', async () => {
    const { oms, stored } = openShop()
    await stock(oms, 'APPLE', 1_000, '1.25')
    const orders = await Promise.all(
      Array.from({ length: 20 }, () => confirmed(oms, [{ sku: 'APPLE', quantity: 1 }])),
    )
    const shipments = await Promise.all(orders.map((order) => packed(oms, order)))
    const days = ['2026-03-05', '2026-03-01', '2026-03-09']
    const answers = await Promise.all(
      shipments.flatMap((shipment, index) => [
        oms.shipments.ship({ shipment, carrier: 'Parcel Post', shippedOn: days[index % 3] }),
        oms.shipments.ship({ shipment, carrier: 'Parcel Post' }),
      ]),
    )
    const invoices = await Promise.all(
      answers.flatMap((answer) => (answer.ok ? [stored(invoiceKind, answer.value.invoice ?? '')] : [])),
    )
    invoices.sort((left, right) => left.number.localeCompare(right.number))
    expect(invoices.map((invoice) => invoice.number)).toEqual(
      Array.from({ length: 20 }, (_, index) => `INV-${String(index + 1).padStart(6, '0')}`),
    )
    const dates = invoices.map((invoice) => invoice.issuedOn)
    expect(dates).toEqual([...dates].sort())
  })
})
