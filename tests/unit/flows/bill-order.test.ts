import { describe, expect, it } from 'vitest'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { createOrderManagement } from '../../../src/create-order-management.js'
import { memoryStorage, trustHost } from '../../../src/index.js'
import { confirmed, newKey, openShop, packed, shipped, stock } from '../../support/shop.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const order = { channel: 'web', currency: 'EUR' }

/** A shop with nails in stock, and a project that is delivered in tenths of a thousandth. */
const open = async () => {
  const shop = openShop()
  await stock(shop.oms, 'NAIL', 1_000, '0.3333')
  await shop.oms.orThrow.catalog.define({
    sku: 'PROJECT',
    name: 'A web shop',
    price: eur('9999.99'),
    unit: { code: 'C62', digits: 4 },
    stocked: false,
  })
  return shop
}

describe('invoice triggers', () => {
  it('on_order: bills the whole order in the commit that places it, and its shipment nothing', async () => {
    const { oms, stored } = await open()
    const placed = await oms.orThrow.orders.place(
      { ...order, invoiceTrigger: 'on_order', lines: [{ sku: 'NAIL', quantity: 10 }] },
      newKey(),
    )
    const invoice = await stored(invoiceKind, placed.invoice ?? '')
    expect(invoice).toMatchObject({ number: placed.invoiceNumber, total: eur('3.33'), order: placed.order })
    expect(invoice.shipment).toBeUndefined()
    await oms.orThrow.orders.confirm({ order: placed.order })
    const sent = await oms.orThrow.shipments.ship({
      shipment: await packed(oms, placed.order),
      carrier: 'Parcel Post',
    })
    expect(sent).not.toHaveProperty('invoice')
    expect((await stored(orderKind, placed.order)).invoiced).toEqual(eur('3.33'))
  })

  it('on_order: a draft bills nothing before it is placed', async () => {
    const { oms } = await open()
    const draft = await oms.orThrow.orders.capture(
      { ...order, invoiceTrigger: 'on_order', lines: [{ sku: 'NAIL', quantity: 10 }] },
      newKey(),
    )
    expect(await oms.orThrow.invoices.bill({ order: draft.order })).toEqual({ order: draft.order })
    const placed = await oms.orThrow.orders.placeDraft({ order: draft.order })
    expect(placed.invoiceNumber).toBe('INV-000001')
  })

  it('on_order: bills what was placed of an order that was short of goods, and not what was left out', async () => {
    const { oms, stored } = await open()
    const placed = await oms.orThrow.orders.place(
      {
        ...order,
        invoiceTrigger: 'on_order',
        whenShort: 'reduce',
        lines: [{ sku: 'NAIL', quantity: 1_003 }],
      },
      newKey(),
    )
    expect((await stored(invoiceKind, placed.invoice ?? '')).lines).toMatchObject([{ quantity: 1_000 }])
  })

  it('on_shipment: is what an order does that says nothing', async () => {
    const { oms, stored } = await open()
    const id = await confirmed(oms, [{ sku: 'NAIL', quantity: 10 }])
    const { invoice, shipment, total } = await shipped(oms, id)
    expect(total).toEqual(eur('3.33'))
    expect(await stored(invoiceKind, invoice)).toMatchObject({ shipment })
  })

  it('on_delivery: bills what has arrived, in the commit of its arrival', async () => {
    const { oms, stored } = await open()
    const id = await confirmed(oms, [{ sku: 'NAIL', quantity: 10 }], { invoiceTrigger: 'on_delivery' })
    const shipment = await packed(oms, id, [{ line: 'L1', quantity: 4 }])
    const sent = await oms.orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
    expect(sent).not.toHaveProperty('invoice')
    const arrived = await oms.orThrow.shipments.deliver({ shipment })
    expect(arrived.total).toEqual(eur('1.33'))
    expect(await stored(invoiceKind, arrived.invoice ?? '')).toMatchObject({ shipment })
  })

  it('on_delivery: an order whose goods have left is not closed before they have arrived and were billed', async () => {
    const { oms, stored } = await open()
    const id = await confirmed(oms, [{ sku: 'NAIL', quantity: 3 }], {
      invoiceTrigger: 'on_delivery',
      payment: { method: 'card', terms: 'prepaid' },
    })
    await oms.orThrow.payments.record({ amount: eur('1.00'), method: 'card', order: id }, newKey())
    const shipment = await packed(oms, id)
    await oms.orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
    expect((await stored(orderKind, id)).status).toBe('confirmed')
    expect((await oms.orThrow.shipments.deliver({ shipment })).orderStatus).toBe('closed')
    expect((await stored(orderKind, id)).paid).toEqual(eur('1.00'))
  })

  it('M90 F88 on_acceptance: bills each accepted stage of a project by its share, and all of them the price', async () => {
    const { oms, stored } = await open()
    const id = await confirmed(oms, [{ sku: 'PROJECT', quantity: 1 }], { invoiceTrigger: 'on_acceptance' })
    const totals: (string | undefined)[] = []
    for (const quantity of ['0.3333', '0.3333', '0.3334']) {
      const accepted = await oms.orThrow.orders.accept(
        { order: id, lines: [{ line: 'L1', quantity }] },
        newKey(),
      )
      totals.push(accepted.total?.amount)
    }
    expect(totals).toEqual(['3333.00', '3332.99', '3334.00'])
    expect((await stored(orderKind, id)).invoiced).toEqual(eur('9999.99'))
    const more = await oms.orders.accept({ order: id }, newKey())
    expect(more).toMatchObject({ ok: false, error: { code: 'quantity_exceeded', details: { left: 0 } } })
  })

  it('may differ by line: work on acceptance, material as it leaves', async () => {
    const { oms } = await open()
    const id = await confirmed(oms, [
      { sku: 'NAIL', quantity: 3 },
      { sku: 'PROJECT', quantity: 1, invoiceTrigger: 'on_acceptance' },
    ])
    expect((await shipped(oms, id, [{ line: 'L1', quantity: 3 }])).total).toEqual(eur('1.00'))
    expect(
      (await oms.orThrow.orders.accept({ order: id, lines: [{ line: 'L2', quantity: 1 }] }, newKey())).total,
    ).toEqual(eur('9999.99'))
  })

  it('OQ4 what is billed is canceled only after its credit note', async () => {
    const { oms, stored } = await open()
    const id = await confirmed(oms, [{ sku: 'NAIL', quantity: 10 }], { invoiceTrigger: 'on_order' })
    const [invoice] = (await oms.orThrow.invoices.list({ order: id })).items
    const refused = await oms.orders.cancel({ order: id, reason: 'regret' }, newKey())
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'quantity_exceeded', details: { left: 0, invoiced: 10 } },
    })
    await oms.orThrow.invoices.credit({ invoice: invoice?.id ?? '', reason: 'regret' }, newKey())
    expect((await oms.orThrow.orders.cancel({ order: id, reason: 'regret' }, newKey())).status).toBe(
      'canceled',
    )
    expect(await stored(orderKind, id)).toMatchObject({ invoiced: eur('3.33'), credited: eur('3.33') })
  })
})

describe('invoices.bill', () => {
  it('killbill #877 bills nothing a second time: what is billed is the difference, and there is none', async () => {
    const { oms, stored } = await open()
    const id = await confirmed(oms, [{ sku: 'NAIL', quantity: 10 }])
    await shipped(oms, id, [{ line: 'L1', quantity: 4 }])
    const answers = await Promise.all([1, 2, 3].map(() => oms.orThrow.invoices.bill({ order: id })))
    expect(answers).toEqual([{ order: id }, { order: id }, { order: id }])
    expect((await oms.orThrow.invoices.list({ order: id })).items).toHaveLength(1)
    expect((await stored(orderKind, id)).invoiced).toEqual(eur('1.33'))
  })

  it('killbill #154 does not bill again what was credited', async () => {
    const { oms, stored } = await open()
    const id = await confirmed(oms, [{ sku: 'NAIL', quantity: 10 }], { invoiceTrigger: 'on_order' })
    const [invoice] = (await oms.orThrow.invoices.list({ order: id })).items
    await oms.orThrow.invoices.credit(
      { invoice: invoice?.id ?? '', lines: [{ line: 'L1', quantity: 4 }], reason: 'price' },
      newKey(),
    )
    expect(await oms.orThrow.invoices.bill({ order: id })).toEqual({ order: id })
    const sent = await oms.orThrow.shipments.ship({ shipment: await packed(oms, id), carrier: 'Parcel Post' })
    expect(sent).not.toHaveProperty('invoice')
    expect((await stored(orderKind, id)).invoiced).toEqual(eur('3.33'))
  })

  it('F121 stops at the most invoices an order may have, before anything else of the command is done', async () => {
    const oms = createOrderManagement({
      storage: memoryStorage(),
      policy: trustHost,
      settings: { limits: { invoicesPerOrder: 1 } },
    }).as({ actor: { kind: 'user', id: 'ada' } })
    await stock(oms, 'NAIL', 10, '1.00')
    const id = await confirmed(oms, [{ sku: 'NAIL', quantity: 2 }])
    await shipped(oms, id, [{ line: 'L1', quantity: 1 }])
    const shipment = await packed(oms, id)
    expect(await oms.shipments.ship({ shipment, carrier: 'Parcel Post' })).toMatchObject({
      ok: false,
      error: { code: 'limit_exceeded', details: { limit: 'invoicesPerOrder', most: 1 } },
    })
    expect((await oms.orThrow.shipments.get({ shipment })).status).toBe('planned')
  })

  it.each<[string, object, string]>([
    ['an order that does not exist', { order: 'nobody' }, 'unknown_order'],
    ['a day to come', { issuedOn: '2999-01-01' }, 'validation_failed'],
    ['no order', { order: undefined }, 'validation_failed'],
    ['lines, which are not for the caller to choose', { lines: [] }, 'validation_failed'],
  ])('refuses %s', async (_name, more, code) => {
    const { oms } = await open()
    const id = await confirmed(oms, [{ sku: 'NAIL', quantity: 1 }])
    const answer = await oms.invoices.bill({ order: id, ...more })
    expect(answer).toMatchObject({ ok: false, error: { code } })
  })

  it('refuses a trigger nobody knows, and acceptance before the order was confirmed', async () => {
    const { oms } = await open()
    const lines = [{ sku: 'NAIL', quantity: 1 }]
    expect(
      await oms.orders.place({ ...order, lines, invoiceTrigger: 'on_monday' } as never, newKey()),
    ).toMatchObject({
      ok: false,
      error: { issues: [{ path: ['invoiceTrigger'], rule: 'choice' }] },
    })
    const placed = await oms.orThrow.orders.place({ ...order, lines }, newKey())
    expect(await oms.orders.accept({ order: placed.order }, newKey())).toMatchObject({
      ok: false,
      error: { code: 'invalid_state', details: { status: 'placed' } },
    })
  })
})
