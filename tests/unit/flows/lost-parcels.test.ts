import { describe, expect, it } from 'vitest'
import { orderKind } from '../../../src/core/orders/order.js'
import { shipmentKind } from '../../../src/core/shipping/shipment.js'
import { chair, define } from '../../support/capacity.js'
import { confirmed, newKey, openShop, packed, shipped, stock, type Shop } from '../../support/shop.js'
import { vat } from '../../support/tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const apples = (quantity: number) => [{ sku: 'APPLE', quantity }]
const units = (quantity: number) => [{ line: 'L1', quantity }]

const open = async () => {
  const shop = openShop()
  await stock(shop.oms, 'APPLE', 100, '1.25')
  return shop
}

/** Parcels of so many units each, all handed over. */
const sent = async (oms: Shop['oms'], order: string, ...sizes: readonly number[]) => {
  const shipments: string[] = []
  for (const size of sizes) {
    const shipment = await packed(oms, order, units(size))
    await oms.orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
    shipments.push(shipment)
  }
  return shipments as [string, ...string[]]
}

const lose = async (oms: Shop['oms'], shipment: string) => {
  await oms.orThrow.shipments.reportLost({ shipment, reason: 'no_scan' })
  return oms.orThrow.shipments.giveUp({ shipment })
}

const payAll = async (oms: Shop['oms'], order: string) => {
  for (const { id, open: left } of (await oms.orThrow.invoices.list({ order })).items)
    if (left.amount !== '0.00')
      await oms.orThrow.payments.record(
        { amount: left, method: 'bank', invoices: [{ invoice: id }] },
        newKey(),
      )
}

describe('a parcel that is lost for good', () => {
  it('M87 F84 is given up once, and only when it is lost', async () => {
    const { oms, stored } = await open()
    const [shipment] = await sent(oms, await confirmed(oms, apples(4)), 4)
    expect(await oms.shipments.giveUp({ shipment })).toMatchObject({
      error: { code: 'invalid_state', details: { status: 'in_transit' } },
    })
    await lose(oms, shipment)
    expect((await stored(shipmentKind, shipment)).status).toBe('given_up')
    for (const name of ['giveUp', 'reportFound', 'deliver'] as const)
      expect(await oms.shipments[name]({ shipment })).toMatchObject({ error: { code: 'invalid_state' } })
  })

  it('was not billed: nobody owes it, and the order ends as canceled where it was all of it', async () => {
    const { oms, stored } = await open()
    const order = await confirmed(oms, apples(4), { invoiceTrigger: 'on_delivery' })
    const [shipment] = await sent(oms, order, 4)
    expect(await lose(oms, shipment)).toMatchObject({ order, orderStatus: 'canceled' })
    expect(await stored(orderKind, order)).toMatchObject({
      cancellation: 'lost',
      invoiced: eur('0.00'),
      lines: [{ shipped: 0, canceled: 4, invoiced: 0 }],
    })
    expect(await oms.orThrow.invoices.bill({ order })).toEqual({ order })
  })

  it('was not billed and all of it: the appointment and the promotion of the order are free again', async () => {
    const { oms } = await open()
    await define(oms, chair)
    const benefit = { kind: 'percentage', percent: '10' } as const
    const terms = { promotion: 'TEN', name: 'Ten', benefit, mostUses: 1, returnsUses: true }
    await oms.orThrow.promotions.define(terms)
    const { order } = await oms.orThrow.orders.place(
      {
        channel: 'web',
        currency: 'EUR',
        lines: apples(2),
        invoiceTrigger: 'on_delivery',
        promotions: {},
        bookings: [{ lines: [{ resource: 'chair', startsAt: '2026-03-06T09:00:00Z' }] }],
      },
      newKey(),
    )
    await oms.orThrow.orders.confirm({ order })
    const uses = async () => (await oms.orThrow.promotions.get({ promotion: 'TEN' })).uses
    const bookings = async () =>
      (await oms.orThrow.capacity.bookings({ order })).items.map(({ status }) => status)
    expect([await uses(), await bookings()]).toEqual([1, ['committed']])
    const [shipment] = await sent(oms, order, 2)
    await lose(oms, shipment)
    expect(await oms.orThrow.orders.get({ order })).toMatchObject({ status: 'canceled' })
    expect([await uses(), await bookings()]).toEqual([0, ['canceled']])
  })

  it('was not billed: the rest of the order is billed as it arrives, and closes it', async () => {
    const { oms, stored } = await open()
    const order = await confirmed(oms, apples(10), { invoiceTrigger: 'on_delivery' })
    const [lost, arrives] = await sent(oms, order, 4, 6)
    await lose(oms, lost)
    const { total } = await oms.orThrow.shipments.deliver({ shipment: arrives ?? '' })
    expect(total).toEqual(eur('7.50'))
    await payAll(oms, order)
    expect(await stored(orderKind, order)).toMatchObject({ status: 'closed', paid: eur('7.50') })
  })

  it("was not billed and paid in advance: what was paid for it is the customer's again", async () => {
    const { oms } = await open()
    const order = await confirmed(oms, apples(4), {
      invoiceTrigger: 'on_delivery',
      payment: { method: 'card', terms: 'prepaid' },
    })
    const { payment } = await oms.orThrow.payments.record(
      { amount: eur('5.00'), method: 'card', order },
      newKey(),
    )
    const [lost, arrives] = await sent(oms, order, 1, 3)
    await oms.orThrow.shipments.deliver({ shipment: arrives ?? '' })
    await lose(oms, lost)
    expect((await oms.orThrow.orders.get({ order })).paymentStatus).toBe('overpaid')
    await oms.orThrow.payments.refund({ payment, amount: eur('1.25'), reason: 'lost' }, newKey())
    expect((await oms.orThrow.orders.get({ order })).paymentStatus).toBe('paid')
  })

  it.each(['before', 'after'])(
    'was billed as it left: a credit of it %s it is given up closes the order, though the other parcel has arrived',
    async (when) => {
      const { oms, stored } = await open()
      const order = await confirmed(oms, apples(10))
      const { invoice, shipment } = await shipped(oms, order, units(4))
      const arrives = await shipped(oms, order, units(6))
      await oms.orThrow.shipments.deliver({ shipment: arrives.shipment })
      const credit = () => oms.orThrow.invoices.credit({ invoice, reason: 'lost' }, newKey())
      await oms.orThrow.payments.record(
        { amount: arrives.total, method: 'bank', invoices: [{ invoice: arrives.invoice }] },
        newKey(),
      )
      if (when === 'before') await credit()
      expect((await stored(orderKind, order)).status).toBe('confirmed')
      await lose(oms, shipment)
      if (when === 'after') {
        expect((await stored(orderKind, order)).status).toBe('confirmed')
        await credit()
      }
      expect(await stored(orderKind, order)).toMatchObject({
        status: 'closed',
        invoiced: eur('12.50'),
        credited: eur('5.00'),
        lines: [{ shipped: 10, delivered: 6, lost: 4, canceled: 0 }],
      })
      expect((await oms.orThrow.orders.get({ order })).fulfillmentStatus).toBe('delivered')
    },
  )

  it('was billed with the order: the claim on it stands until it is credited', async () => {
    const { oms, stored } = await open()
    const order = await confirmed(oms, apples(4), { invoiceTrigger: 'on_order' })
    const [lost, arrives] = await sent(oms, order, 1, 3)
    await oms.orThrow.shipments.deliver({ shipment: arrives ?? '' })
    await lose(oms, lost)
    await payAll(oms, order)
    expect((await stored(orderKind, order)).status).toBe('confirmed')
    const [invoice] = (await oms.orThrow.invoices.list({ order })).items
    await oms.orThrow.invoices.credit(
      { invoice: invoice?.id ?? '', lines: units(1), reason: 'lost' },
      newKey(),
    )
    expect((await stored(orderKind, order)).status).toBe('closed')
  })

  it('F101 was not billed, and a deposit claims it: the deposit is credited first', async () => {
    const { oms } = await open()
    const lines = [{ sku: 'APPLE', quantity: 4, tax: vat('19') }]
    const order = await confirmed(oms, lines, { invoiceTrigger: 'on_delivery' })
    const deposit = await oms.orThrow.invoices.billDeposit({ order, deposit: { percent: '30' } }, newKey())
    const [shipment] = await sent(oms, order, 4)
    await oms.orThrow.shipments.reportLost({ shipment, reason: 'no_scan' })
    expect(await oms.shipments.giveUp({ shipment })).toMatchObject({
      error: { code: 'quantity_exceeded', details: { deposits: [{ invoice: deposit.invoice }] } },
    })
    await oms.orThrow.invoices.credit({ invoice: deposit.invoice, reason: 'lost' }, newKey())
    expect((await oms.orThrow.shipments.giveUp({ shipment })).orderStatus).toBe('canceled')
  })

  it('OQ1 takes nothing from stock a second time, and gives nothing back', async () => {
    const { oms } = await open()
    const order = await confirmed(oms, apples(10), { invoiceTrigger: 'on_delivery' })
    const [lost] = await sent(oms, order, 4)
    const level = async () => (await oms.orThrow.inventory.levels({ sku: 'APPLE' })).items
    const before = await level()
    await lose(oms, lost)
    expect(await level()).toEqual(before)
    expect(await packed(oms, order)).toBeDefined()
  })
})
