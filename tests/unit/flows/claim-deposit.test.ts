import { describe, expect, it } from 'vitest'
import type { SettingsInput } from '../../../src/app/settings.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { confirmed, newKey, openShop, packed, shipped, stock } from '../../support/shop.js'
import { vat } from '../../support/tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

/** An order of 1,000.00 at 19% and 100.00 at 7%: 1,297.00 with tax. */
const content = {
  channel: 'desk',
  currency: 'EUR',
  lines: [
    { sku: 'DESK', quantity: 10, tax: vat('19') },
    { sku: 'BOOK', quantity: 10, tax: vat('7') },
  ],
}

const open = async (settings: SettingsInput = {}) => {
  const shop = openShop(undefined, settings)
  await stock(shop.oms, 'DESK', 100, '100.00')
  await stock(shop.oms, 'BOOK', 100, '10.00')
  const place = (more: object) => shop.oms.orThrow.orders.place({ ...content, ...more }, newKey())
  const refused = async (more: object) => {
    const answer = await shop.oms.orders.place({ ...content, ...more }, newKey())
    if (answer.ok) throw new Error('the order was placed')
    return answer.error
  }
  const numbers = async (order: string) =>
    (await shop.oms.orThrow.invoices.list({ order })).items.map(({ number }) => number).toSorted()
  return { ...shop, place, refused, numbers }
}

describe('a deposit that is agreed with an order', () => {
  it('F101 is claimed in the commit that places the order, as invoices.billDeposit would', async () => {
    const { oms, stored, place } = await open()
    const placed = await place({ depositOn: { order: { percent: '30', name: 'Deposit of 30%' } } })
    expect(placed).not.toHaveProperty('invoice')
    expect(placed.deposit).toMatchObject({ invoiceNumber: 'INV-000001', total: eur('389.10') })
    expect(await oms.orThrow.invoices.get({ invoice: placed.deposit?.invoice ?? '' })).toMatchObject({
      kind: 'deposit',
      order: placed.order,
      dueOn: '2026-03-01',
      lines: [
        { name: 'Deposit of 30%', net: eur('300.00'), tax: vat('19') },
        { name: 'Deposit of 30%', net: eur('30.00'), tax: vat('7') },
      ],
    })
    expect(await stored(orderKind, placed.order)).toMatchObject({
      invoices: 1,
      depositInvoices: [{ invoice: placed.deposit?.invoice, amount: eur('389.10') }],
    })
    await oms.orThrow.orders.confirm({ order: placed.order })
    const last = await oms.orThrow.invoices.get({ invoice: (await shipped(oms, placed.order)).invoice })
    expect(last).toMatchObject({ total: eur('1297.00'), open: eur('907.90') })
  })

  it('is agreed with an order of which something is withheld, and its share is withheld of it', async () => {
    const { oms } = await open()
    const withholdings = [{ name: 'IRPF', percent: '15', on: 'net' }] as const
    const placed = await oms.orThrow.orders.place(
      { ...content, withholdings, depositOn: { order: { percent: '30' } } },
      newKey(),
    )
    expect(await oms.orThrow.invoices.get({ invoice: placed.deposit?.invoice ?? '' })).toMatchObject({
      total: eur('389.10'),
      withholdings: [{ ...withholdings[0], base: eur('330.00'), amount: eur('49.50') }],
      payable: eur('339.60'),
    })
  })

  it('claims nothing with the capture of a draft, and all with its placement', async () => {
    const { oms, numbers } = await open()
    const draft = await oms.orThrow.orders.capture(
      { ...content, depositOn: { order: { amount: eur('500.00') } } },
      newKey(),
    )
    expect(await numbers(draft.order)).toEqual([])
    const placed = await oms.orThrow.orders.placeDraft({ order: draft.order })
    expect(placed.deposit).toMatchObject({ invoiceNumber: 'INV-000001', total: eur('500.00') })
  })

  it('goes with the draft that it is agreed for: another content has another', async () => {
    const { oms } = await open()
    const depositOn = { order: { percent: '50' } }
    const { order } = await oms.orThrow.orders.capture({ ...content, depositOn }, newKey())
    await oms.orThrow.orders.changeDraft({ order, ...content })
    expect(await oms.orThrow.orders.placeDraft({ order })).not.toHaveProperty('deposit')
  })

  it('F101 is claimed with the confirmation where that is agreed, beside one with the order', async () => {
    const { oms, place, numbers } = await open()
    const { order, deposit } = await place({
      depositOn: { order: { percent: '20' }, confirmation: { percent: '30' } },
    })
    expect(deposit?.total).toEqual(eur('259.40'))
    const receipt = await oms.orThrow.orders.confirm({ order })
    expect(receipt).toMatchObject({
      status: 'confirmed',
      deposit: { invoiceNumber: 'INV-000002', total: eur('389.10') },
    })
    const last = await oms.orThrow.invoices.get({ invoice: (await shipped(oms, order)).invoice })
    expect(last.deducted?.map(({ number, amount }) => [number, amount.amount])).toEqual([
      ['INV-000001', '259.40'],
      ['INV-000002', '389.10'],
    ])
    expect(await numbers(order)).toHaveLength(3)
  })

  it('claims no more than is left when its fact comes, and nothing where nothing is', async () => {
    const { oms, place } = await open()
    const order = async (confirmation: object) => {
      const placed = await place({ depositOn: { confirmation } })
      await oms.orThrow.invoices.billDeposit({ order: placed.order, deposit: { percent: '80' } }, newKey())
      return placed.order
    }
    const some = await oms.orThrow.orders.confirm({ order: await order({ percent: '50' }) })
    expect(some.deposit?.total).toEqual(eur('259.40'))
    const all = await order({ percent: '50' })
    await oms.orThrow.invoices.billDeposit({ order: all, deposit: { percent: '20' } }, newKey())
    expect(await oms.orThrow.orders.confirm({ order: all })).not.toHaveProperty('deposit')
  })

  it('F121 is not claimed beyond the invoices an order may have: then nothing of the command is done', async () => {
    const { oms, place, refused, numbers, stored } = await open({ limits: { invoicesPerOrder: 1 } })
    const limit = { code: 'limit_exceeded', details: { limit: 'invoicesPerOrder', most: 1 } }
    const [desks, books] = content.lines
    const lines = [desks, { ...books, invoiceTrigger: 'on_order' }]
    expect(await refused({ lines, depositOn: { order: { percent: '50' } } })).toMatchObject(limit)
    const { order } = await place({
      depositOn: { order: { percent: '20' }, confirmation: { percent: '30' } },
    })
    expect(await oms.orders.confirm({ order })).toMatchObject({ error: limit })
    expect(await stored(orderKind, order)).toMatchObject({ status: 'placed' })
    expect(await numbers(order)).toEqual(['INV-000001'])
  })

  it('is claimed of what is not billed on order, with an invoice and a number of its own', async () => {
    const { oms, place, numbers } = await open()
    const [desks, books] = content.lines
    const placed = await place({
      lines: [desks, { ...books, invoiceTrigger: 'on_order' }],
      depositOn: { order: { percent: '95' } },
    })
    expect(placed).toMatchObject({
      invoiceNumber: 'INV-000001',
      deposit: { invoiceNumber: 'INV-000002', total: eur('1190.00') },
    })
    expect(await numbers(placed.order)).toEqual(['INV-000001', 'INV-000002'])
    await oms.orThrow.orders.confirm({ order: placed.order })
    const { invoice } = await shipped(oms, placed.order, [{ line: 'L1', quantity: 10 }])
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({ open: eur('0.00') })
  })

  it('is claimed of what was placed of an order that was short of goods', async () => {
    const { place } = await open()
    const [desks, books] = content.lines
    const lines = [{ ...desks, quantity: 200 }, books]
    const share = await place({ lines, whenShort: 'reduce', depositOn: { order: { percent: '10' } } })
    expect([share.remainingTotal, share.deposit?.total]).toEqual([eur('12007.00'), eur('1200.70')])
  })

  it('MO3 refuses deposits that together come to more than the price, and those of another currency', async () => {
    const { refused } = await open()
    const half = { percent: '50' }
    expect(
      await refused({ depositOn: { order: half, confirmation: { amount: eur('648.51') } } }),
    ).toMatchObject({
      code: 'quantity_exceeded',
      details: { wanted: eur('1297.01'), limit: eur('1297.00') },
    })
    const dollars = { amount: { amount: '1.00', currency: 'USD' } }
    expect(await refused({ depositOn: { order: half, confirmation: dollars } })).toMatchObject({
      code: 'currency_mismatch',
      details: { expected: 'EUR', got: 'USD' },
    })
  })

  it('refuses a deposit on an order that is billed whole when it is placed', async () => {
    const { refused } = await open()
    expect(
      await refused({ invoiceTrigger: 'on_order', depositOn: { order: { percent: '30' } } }),
    ).toMatchObject({
      code: 'quantity_exceeded',
      details: { wanted: eur('389.10'), limit: eur('0.00') },
    })
  })

  it('is claimed when the order is placed, where its invoice waits for those of others', async () => {
    const { oms, place } = await open()
    await oms.orThrow.parties.register({ id: 'C-1', roles: ['customer'], name: 'Ada' }, newKey())
    const placed = await place({
      customer: 'C-1',
      billing: 'consolidated',
      invoiceTrigger: 'on_order',
      depositOn: { order: { percent: '30' } },
    })
    expect(placed.deposit).toMatchObject({ total: eur('389.10') })
  })

  it.each([
    ['a share of nothing', { percent: '0' }, ['depositOn', 'order', 'percent'], 'percent.range'],
    ['an amount of nothing', { amount: eur('0.00') }, ['depositOn', 'order', 'amount'], 'money.positive'],
  ])('refuses %s', async (_, order, path, rule) => {
    const { refused } = await open()
    expect(await refused({ depositOn: { order } })).toMatchObject({
      code: 'validation_failed',
      issues: [{ path, rule }],
    })
  })

  it('refuses another fact than the two there are', async () => {
    const { refused } = await open()
    expect(await refused({ depositOn: { shipment: { percent: '30' } } })).toMatchObject({
      code: 'validation_failed',
      issues: [{ rule: 'unknownField' }],
    })
  })

  it('M25 F75 an order on prepayment is worked on when its deposit invoice over all of it is paid, and not before', async () => {
    const { oms, place } = await open()
    const { order, deposit } = await place({
      payment: { method: 'bank', terms: 'prepaid' },
      depositOn: { order: { percent: '100' } },
    })
    await oms.orThrow.orders.confirm({ order })
    expect(await oms.fulfillments.plan({ order })).toMatchObject({
      error: { code: 'payment_due', details: { owed: eur('1297.00'), received: eur('0.00') } },
    })
    const invoices = [{ invoice: deposit?.invoice ?? '' }]
    await oms.orThrow.payments.record({ amount: eur('1297.00'), method: 'bank', invoices }, newKey())
    const { shipment, invoice } = await oms.orThrow.shipments.ship({
      shipment: await packed(oms, order),
      carrier: 'Parcel Post',
    })
    expect(await oms.orThrow.invoices.get({ invoice: invoice ?? '' })).toMatchObject({ status: 'settled' })
    await oms.orThrow.shipments.deliver({ shipment })
    expect((await oms.orThrow.orders.get({ order })).status).toBe('closed')
  })

  it('takes what was paid for the draft in advance', async () => {
    const { oms } = await open()
    const depositOn = { order: { percent: '30' } }
    const { order } = await oms.orThrow.orders.capture({ ...content, depositOn }, newKey())
    await oms.orThrow.payments.record({ amount: eur('100.00'), method: 'bank', order }, newKey())
    const { deposit } = await oms.orThrow.orders.placeDraft({ order })
    expect(await oms.orThrow.invoices.get({ invoice: deposit?.invoice ?? '' })).toMatchObject({
      paid: eur('100.00'),
      open: eur('289.10'),
    })
  })

  it('is claimed of a customer whose new orders are held, as what is billed on order is: money may come, work waits', async () => {
    const { oms, place, stored } = await open()
    const { party } = await oms.orThrow.parties.register({ roles: ['customer'] }, newKey())
    await oms.orThrow.parties.stopOrders({ party, orders: 'hold', reason: 'credit' })
    const { order, deposit } = await place({ customer: party, depositOn: { order: { percent: '30' } } })
    expect(deposit?.total).toEqual(eur('389.10'))
    expect((await stored(orderKind, order)).holds).toMatchObject([{ reason: 'customer_stopped' }])
  })

  it('claims both halves of an odd amount, the last of them what is left', async () => {
    const { oms, place } = await open()
    const half = { percent: '50' }
    const lines = [{ sku: 'BOOK', quantity: 1, unitPrice: eur('0.03') }]
    const { order, deposit } = await place({ lines, depositOn: { order: half, confirmation: half } })
    expect(deposit?.total).toEqual(eur('0.02'))
    expect((await oms.orThrow.orders.confirm({ order })).deposit?.total).toEqual(eur('0.01'))
  })

  it('leaves an order without one as it was', async () => {
    const { oms, stored } = await open()
    const order = await stored(orderKind, await confirmed(oms, [{ sku: 'DESK', quantity: 1 }]))
    expect(order).not.toHaveProperty('depositOn')
    expect(order).not.toHaveProperty('depositInvoices')
  })
})
