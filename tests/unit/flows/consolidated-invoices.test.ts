import { describe, expect, it } from 'vitest'
import type { OrderId } from '../../../src/core/ids/ids.js'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'
import { partOf } from '../../../src/core/invoicing/invoice-parts.js'
import type { SettingsInput } from '../../../src/app/settings.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { newKey, openShop, packed } from '../../support/shop.js'
import { vat } from '../../support/tax.js'
import { traceLines } from '../../support/trace-lines.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

const open = async (settings: SettingsInput = {}) => {
  const shop = openShop(undefined, {
    ...settings,
    paymentTerms: { late: { due: { rule: 'days', days: 60 } } },
    legalEntities: {
      AT: {
        invoice: { pattern: 'AT-{number}', digits: 6 },
        credit_note: { pattern: 'AT-CN-{number}', digits: 6 },
      },
    },
  })
  const { oms } = shop
  await oms.orThrow.catalog.define({ sku: 'MUG', name: 'Mug', price: eur('10.05') })
  await oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 1_000 }, newKey())
  for (const id of ['C-1', 'C-2']) await oms.orThrow.parties.register({ id, roles: ['customer'] }, newKey())
  const place = (more: object = {}, quantity = 3) =>
    oms.orders.place(
      {
        channel: 'edi',
        currency: 'EUR',
        customer: 'C-1',
        billing: 'consolidated',
        lines: [{ sku: 'MUG', quantity, tax: vat('19') }],
        ...more,
      },
      newKey(),
    )
  /** A confirmed order of which everything has left; answers it. */
  const sell = async (more: object = {}, quantity = 3): Promise<string> => {
    const placed = await place(more, quantity)
    if (!placed.ok) throw new Error(placed.error.code)
    const { order } = placed.value
    await oms.orThrow.orders.confirm({ order })
    const { invoice } = await oms.orThrow.shipments.ship({
      shipment: await packed(oms, order),
      carrier: 'Post',
    })
    expect(invoice).toBeUndefined()
    return order
  }
  const together = async (orders: readonly string[]) => {
    const { invoice = '' } = await oms.orThrow.invoices.billTogether({ orders })
    return oms.orThrow.invoices.get({ invoice })
  }
  const order = (id: string) => shop.stored(orderKind, id)
  return { ...shop, place, sell, together, order }
}

describe('consolidated invoices', () => {
  it('F112 claims of each order exactly what an invoice of it alone would, and counts as its invoice', async () => {
    const { oms, sell, together, order } = await open()
    const alone = await sell({
      adjustments: [{ kind: 'charge', reason: 'Freight', amount: eur('4.90'), tax: vat('7') }],
    })
    const { total } = await oms.orThrow.invoices.bill({ order: alone })
    const first = await sell({
      adjustments: [{ kind: 'charge', reason: 'Freight', amount: eur('4.90'), tax: vat('7') }],
    })
    const second = await sell({}, 5)
    const invoice = await together([first, second])
    expect(invoice).toMatchObject({
      number: 'INV-000002',
      customer: 'C-1',
      lines: [
        { order: first, line: 'L1', quantity: 3, net: eur('30.15') },
        { order: second, line: 'L1', quantity: 5, net: eur('50.25') },
      ],
      adjustments: [{ reason: 'Freight' }],
      parts: [
        { order: first, lines: 1, adjustments: 1, total },
        { order: second, lines: 1, adjustments: 0, total: eur('59.80') },
      ],
      totals: { lineNet: eur('80.40'), charges: eur('4.90'), net: eur('85.30'), tax: eur('15.62') },
      total: eur('100.92'),
    })
    expect(invoice).not.toHaveProperty('order')
    expect(await order(first)).toMatchObject({ invoiced: total, consolidatedInvoices: [invoice.id] })
    expect(await order(second)).toMatchObject({ invoiced: eur('59.80'), lines: [{ invoiced: 5 }] })
  })

  it('bills once: a second call has nothing to bill, and one order alone gets an invoice of its own', async () => {
    const { oms, sell, together } = await open()
    const orders = [await sell(), await sell()]
    await together(orders)
    expect(await oms.orThrow.invoices.billTogether({ orders })).toEqual({ orders: [] })
    const third = await sell()
    const { invoice = '' } = await oms.orThrow.invoices.billTogether({ orders: [...orders, third] })
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({ order: third })
  })

  it('MO7 is paid as a whole: the money counts to its orders one after the other, and closes them', async () => {
    const { oms, sell, together, order } = await open()
    const [first, second] = [await sell(), await sell()]
    const { id: invoice, total } = await together([first, second])
    for (const shipment of (await oms.orThrow.shipments.list({})).items)
      await oms.orThrow.shipments.deliver({ shipment: shipment.id })
    const pay = (amount: string) =>
      oms.orThrow.payments.record({ amount: eur(amount), method: 'bank', invoices: [{ invoice }] }, newKey())
    expect(total).toEqual(eur('71.76'))
    await pay('40.00')
    expect(await order(first)).toMatchObject({ paid: eur('35.88'), status: 'closed' })
    expect(await order(second)).toMatchObject({ paid: eur('4.12'), status: 'confirmed' })
    await pay('31.76')
    expect(await order(second)).toMatchObject({ paid: eur('35.88'), status: 'closed' })
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({
      status: 'settled',
      open: eur('0.00'),
    })
  })

  it('MO6 is credited order by order, and what that leaves of the money counts to the others', async () => {
    const { oms, sell, together, order } = await open()
    const [first, second] = [await sell(), await sell()]
    const { id: invoice } = await together([first, second])
    await oms.orThrow.payments.record(
      { amount: eur('40.00'), method: 'bank', invoices: [{ invoice }] },
      newKey(),
    )
    const credited = await oms.orThrow.invoices.credit(
      { invoice, order: first, lines: [{ line: 'L1', quantity: 1 }], reason: 'returned' },
      newKey(),
    )
    expect(credited.total).toEqual(eur('11.96'))
    expect(await oms.orThrow.invoices.creditNote({ creditNote: credited.creditNote })).toMatchObject({
      order: first,
      invoice,
    })
    expect(await order(first)).toMatchObject({ credited: eur('11.96'), paid: eur('23.92') })
    expect(await order(second)).toMatchObject({ credited: eur('0.00'), paid: eur('16.08') })
    for (const one of [first, second])
      await oms.orThrow.invoices.credit({ invoice, order: one, reason: 'returned' }, newKey())
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({
      credited: eur('71.76'),
      open: eur('-40.00'),
      status: 'settled',
    })
  })

  it('a write-off lets go of what is open of each order, and comes back when it is undone', async () => {
    const { oms, sell, together, order } = await open()
    const [first, second] = [await sell(), await sell()]
    const { id: invoice } = await together([first, second])
    await oms.orThrow.payments.record(
      { amount: eur('30.00'), method: 'bank', invoices: [{ invoice }] },
      newKey(),
    )
    const { difference } = await oms.orThrow.invoices.writeOff(
      { invoice, kind: 'write_off', reason: 'bankrupt' },
      newKey(),
    )
    expect(await order(first)).toMatchObject({ paid: eur('30.00'), forgone: eur('5.88') })
    expect(await order(second)).toMatchObject({ paid: eur('0.00'), forgone: eur('35.88') })
    await oms.orThrow.invoices.undoWriteOff({ invoice, difference, reason: 'came after all' })
    expect(await order(second)).not.toHaveProperty('forgone')
  })

  it('is voided for all of its orders at once, and their units are billable again', async () => {
    const { oms, sell, together, order } = await open()
    const orders = [await sell(), await sell()]
    const { id: invoice } = await together(orders)
    expect(await oms.orThrow.invoices.void({ invoice, reason: 'wrong month' })).toMatchObject({
      status: 'voided',
    })
    for (const id of orders) expect(await order(id)).toMatchObject({ invoiced: eur('0.00') })
    expect(await together(orders)).toMatchObject({ number: 'INV-000002', total: eur('71.76') })
  })

  it('is not voided when a later invoice of one of its orders counts on it', async () => {
    const { oms, order, place, together } = await open()
    const ids: string[] = []
    for (const quantity of [3, 7]) {
      const placed = await place({
        lines: [{ sku: 'MUG', quantity, tax: vat('19') }],
        adjustments: [{ kind: 'charge', reason: 'Freight', amount: eur('4.90'), tax: vat('19') }],
      })
      if (!placed.ok) throw new Error(placed.error.code)
      ids.push(placed.value.order)
      await oms.orThrow.orders.confirm({ order: placed.value.order })
      await oms.orThrow.shipments.ship({
        shipment: await packed(oms, placed.value.order, [{ line: 'L1', quantity: 1 }]),
        carrier: 'Post',
      })
    }
    const { id: invoice } = await together(ids)
    await oms.orThrow.shipments.ship({ shipment: await packed(oms, ids[1] ?? ''), carrier: 'Post' })
    await oms.orThrow.invoices.bill({ order: ids[1] ?? '' })
    expect(await oms.invoices.void({ invoice, reason: 'wrong' })).toMatchObject({
      error: { code: 'invalid_state', details: { because: 'later_invoices', order: ids[1] } },
    })
    expect(await order(ids[0] ?? '')).toMatchObject({ lines: [{ invoiced: 1 }] })
  })

  it('says which order is meant, where a command is about one', async () => {
    const { oms, sell, together } = await open()
    const { id: invoice } = await together([await sell(), await sell()])
    const other = await sell()
    const credit = (more: object) => oms.invoices.credit({ invoice, reason: 'returned', ...more }, newKey())
    expect(await credit({})).toMatchObject({
      error: { code: 'validation_failed', issues: [{ path: ['order'], rule: 'order.ofInvoice' }] },
    })
    expect(await credit({ order: other })).toMatchObject({
      error: { code: 'unknown_order', details: { order: other } },
    })
    const corrections = [{ line: 'L1', amount: eur('1.00') }]
    expect(await oms.invoices.debit({ invoice, corrections, reason: 'too cheap' }, newKey())).toMatchObject({
      error: { code: 'validation_failed', issues: [{ rule: 'order.ofInvoice' }] },
    })
  })

  it('MO6 units that are credited after their price was corrected share in what is left of their order', async () => {
    const { oms, sell, together, order } = await open()
    const [first, second] = [await sell(), await sell()]
    const { id: invoice } = await together([first, second])
    const credit = async (more: object) => {
      const note = { invoice, order: second, reason: 'goodwill', ...more }
      return (await oms.orThrow.invoices.credit(note, newKey())).total
    }
    expect(await credit({ corrections: [{ line: 'L1', amount: eur('3.00') }] })).toEqual(eur('3.57'))
    expect(await credit({ lines: [{ line: 'L1', quantity: 1 }] })).toEqual(eur('10.77'))
    expect(await credit({})).toEqual(eur('21.54'))
    expect(await order(first)).toMatchObject({ credited: eur('0.00') })
    expect(await order(second)).toMatchObject({ credited: eur('35.88') })
  })

  it('is refused for orders that are nobody’s in particular', async () => {
    const { oms, sell } = await open()
    const anonymous = { customer: undefined, billing: undefined, invoiceTrigger: 'on_delivery' }
    const orders = [await sell(anonymous), await sell(anonymous)]
    for (const { id: shipment } of (await oms.orThrow.shipments.list({})).items)
      await oms.orThrow.shipments.deliver({ shipment })
    for (const { id: invoice } of (await oms.orThrow.invoices.list({})).items)
      await oms.orThrow.invoices.void({ invoice, reason: 'belongs together' })
    expect(await oms.invoices.billTogether({ orders })).toMatchObject({
      error: { code: 'invalid_state', details: { order: orders[0], because: 'customer' } },
    })
  })

  it('a debit note corrects the part of one order', async () => {
    const { oms, sell, together, order } = await open()
    const [first, second] = [await sell(), await sell()]
    const { id: invoice, number } = await together([first, second])
    const { invoice: note = '' } = await oms.orThrow.invoices.debit(
      { invoice, order: second, corrections: [{ line: 'L1', amount: eur('1.00') }], reason: 'too cheap' },
      newKey(),
    )
    expect(await oms.orThrow.invoices.get({ invoice: note })).toMatchObject({
      order: second,
      corrects: { invoice, number },
      total: eur('1.19'),
    })
    expect(await order(second)).toMatchObject({ invoiced: eur('37.07') })
  })

  it.each([
    ['customer', { customer: 'C-2' }],
    [
      'currency',
      {
        currency: 'CHF',
        lines: [{ sku: 'MUG', quantity: 1, unitPrice: { amount: '9', currency: 'CHF' }, tax: vat('19') }],
      },
    ],
    ['legalEntity', { legalEntity: 'AT' }],
    ['terms', { payment: { method: 'bank', terms: 'on_account', termsName: 'late' } }],
    ['calculation', { prices: 'gross' }],
    ['scope', { lines: [{ sku: 'MUG', quantity: 1 }] }],
  ])('is refused where the orders differ in their %s', async (because, more) => {
    const { oms, sell } = await open()
    const orders = [await sell(), await sell(more)]
    expect(await oms.invoices.billTogether({ orders })).toMatchObject({
      error: { code: 'invalid_state', details: { because, order: orders[1] } },
    })
  })

  it('is refused where money was paid for one of the orders in advance, which its own invoice gets', async () => {
    const { oms, sell, place } = await open()
    const first = await sell()
    const placed = await place()
    if (!placed.ok) throw new Error(placed.error.code)
    const { order } = placed.value
    await oms.orThrow.orders.confirm({ order })
    await oms.orThrow.payments.record({ order, amount: eur('5.00'), method: 'bank' }, newKey())
    await oms.orThrow.shipments.ship({ shipment: await packed(oms, order), carrier: 'Post' })
    expect(await oms.invoices.billTogether({ orders: [first, order] })).toMatchObject({
      error: { code: 'invalid_state', details: { because: 'deposits', order } },
    })
    expect(await oms.orThrow.invoices.billTogether({ orders: [order] })).toMatchObject({ orders: [order] })
  })

  it('bad input: no orders, one twice, one that is not there, too many, no customer', async () => {
    const { oms, sell, place } = await open()
    const order = await sell()
    const bill = (orders: readonly string[]) => oms.invoices.billTogether({ orders })
    expect(await bill([])).toMatchObject({ error: { issues: [{ rule: 'orders.min' }] } })
    expect(await bill([order, order])).toMatchObject({ error: { issues: [{ rule: 'orders.once' }] } })
    expect(await bill([order, 'order-99'])).toMatchObject({
      error: { code: 'unknown_order', details: { order: 'order-99' } },
    })
    expect(await bill(Array.from({ length: 101 }, (_, at) => `order-${at}`))).toMatchObject({
      error: { code: 'limit_exceeded', details: { limit: 'ordersPerInvoice', most: 100 } },
    })
    expect(await place({ customer: undefined })).toMatchObject({
      error: { issues: [{ path: ['customer'], rule: 'customer.consolidated' }] },
    })
  })

  it('has no more lines than an invoice may, and no number where its series is used up', async () => {
    const { oms, sell } = await open({
      limits: { linesPerInvoice: 2 },
      numbering: { invoice: { pattern: 'I{number}', digits: 1, longest: 2 } },
    })
    const orders = [await sell(), await sell(), await sell()]
    expect(await oms.invoices.billTogether({ orders })).toMatchObject({
      error: { code: 'limit_exceeded', details: { limit: 'linesPerInvoice', most: 2 } },
    })
    for (let number = 1; number <= 9; number += 1)
      await oms.orThrow.invoices.bill({ order: await sell({}, 1) })
    expect(await oms.invoices.billTogether({ orders: orders.slice(1) })).toMatchObject({
      error: { code: 'number_series_exhausted' },
    })
  })

  it('of orders that come to the sum of their lines says nothing of taxes', async () => {
    const { sell, together } = await open()
    const plain = { lines: [{ sku: 'MUG', quantity: 2 }] }
    const invoice = await together([await sell(plain), await sell(plain)])
    expect(invoice).toMatchObject({ total: eur('40.20'), parts: [{ total: eur('20.10') }, {}] })
    expect(invoice).not.toHaveProperty('totals')
  })

  it('that claims nothing is settled as it is issued', async () => {
    const { sell, together } = await open()
    const free = { adjustments: [{ kind: 'discount', percent: '100', reason: 'Samples' }] }
    const { id, status, total } = await together([await sell(free), await sell(free)])
    expect([status, total]).toEqual(['settled', eur('0.00')])
    expect(id).toBeDefined()
  })

  it('is issued by the legal entity that sells, under its number', async () => {
    const { sell, together } = await open()
    const austria = { legalEntity: 'AT' }
    const invoice = await together([await sell(austria), await sell(austria)])
    expect(invoice).toMatchObject({ legalEntity: 'AT', number: 'AT-000001' })
  })

  it('PY2 pays back what a credit of one of its orders leaves over, and the others stay paid', async () => {
    const { oms, sell, together, order } = await open()
    const [first, second] = [await sell(), await sell()]
    const { id: invoice, total } = await together([first, second])
    const { payment } = await oms.orThrow.payments.record(
      { amount: total, method: 'bank', invoices: [{ invoice }] },
      newKey(),
    )
    await oms.orThrow.invoices.credit({ invoice, order: first, reason: 'returned' }, newKey())
    const paid = { payment, amount: eur('35.88'), reason: 'credited' }
    await oms.orThrow.payments.refund(paid, newKey())
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({
      paid: eur('35.88'),
      open: eur('0.00'),
    })
    expect(await order(first)).toMatchObject({ paid: eur('0.00') })
    expect(await order(second)).toMatchObject({ paid: eur('35.88') })
    expect(await oms.payments.refund(paid, newKey())).toMatchObject({ ok: false })
  })

  it('the run bills each customer once, by currency and terms, and what stands alone by itself', async () => {
    const { oms, sell, stored, clock } = await open()
    const mine = [await sell(), await sell({}, 1)]
    const later = await sell({ payment: { method: 'bank', terms: 'on_account', termsName: 'late' } })
    const theirs = [await sell({ customer: 'C-2' }), await sell({ customer: 'C-2' })]
    clock.set('2026-03-31T18:00:00.000Z')
    expect(await oms.orThrow.invoices.billConsolidated({ customer: 'C-2' })).toEqual({
      billed: 1,
      orders: 2,
      refused: 0,
    })
    expect(await oms.orThrow.invoices.billConsolidated()).toEqual({ billed: 2, orders: 3, refused: 0 })
    expect(await oms.orThrow.invoices.billConsolidated()).toEqual({ billed: 0, orders: 0, refused: 0 })
    const { items } = await oms.orThrow.invoices.list({})
    expect(items.map(({ order, parts }) => order ?? parts?.map((part) => part.order)).sort()).toEqual(
      [later, mine, theirs].sort(),
    )
    expect(await stored(invoiceKind, items[0]?.id ?? '')).toMatchObject({ issuedOn: '2026-03-31' })
  })

  it('runs that race bill each order once', async () => {
    const { oms, sell, order } = await open()
    const orders = [
      await sell(),
      await sell(),
      await sell({ customer: 'C-2' }),
      await sell({ customer: 'C-2' }),
    ]
    const reports = await Promise.all(
      Array.from({ length: 8 }, () => oms.orThrow.invoices.billConsolidated()),
    )
    const sum = (of: (report: (typeof reports)[number]) => number) =>
      reports.reduce((total, report) => total + of(report), 0)
    expect([sum(({ billed }) => billed), sum(({ orders: all }) => all)]).toEqual([2, 4])
    expect((await oms.orThrow.invoices.list({})).items).toHaveLength(2)
    for (const id of orders) expect(await order(id)).toMatchObject({ invoiced: eur('35.88'), invoices: 1 })
    expect(await oms.orThrow.invoices.verifyNumbering({ series: 'invoice' })).toMatchObject({ findings: [] })
  })

  it('leaves an order that comes to the sum of its lines as it is, beside one that is calculated', async () => {
    const { oms, sell, together, stored } = await open()
    const outside = { lines: [{ sku: 'MUG', quantity: 3 }] }
    const discount = { kind: 'discount', percent: '10', reason: 'Regular' }
    const [plain, calculated] = [await sell(outside), await sell({ ...outside, adjustments: [discount] })]
    const { id } = await together([plain, calculated])
    const invoice = await stored(invoiceKind, id)
    expect(invoice).toMatchObject({
      totals: {
        lineNet: eur('60.30'),
        discounts: eur('3.02'),
        net: eur('57.28'),
        gross: eur('57.28'),
        taxes: [{ treatment: { category: 'O' }, base: eur('57.28') }],
      },
      total: eur('57.28'),
    })
    expect(partOf(invoice, plain as OrderId)).not.toHaveProperty('calculation')
    expect(partOf(invoice, plain as OrderId)).not.toHaveProperty('totals')
    expect(partOf(invoice, calculated as OrderId)).toHaveProperty('calculation')
    for (const order of [plain, calculated])
      await oms.orThrow.invoices.credit({ invoice: id, order, reason: 'returned' }, newKey())
    expect(await stored(invoiceKind, id)).toMatchObject({ credited: eur('57.28'), status: 'settled' })
  })

  it('BR-CO-17 has no more roundings by order than a document may: the run bills fewer orders together then', async () => {
    const { oms, sell } = await open()
    const yen = {
      currency: 'JPY',
      lines: [{ sku: 'MUG', quantity: 1, unitPrice: { amount: '1234', currency: 'JPY' }, tax: vat('10') }],
    }
    const orders = [await sell(yen), await sell(yen), await sell(yen)]
    // Three times 123.4 are 369 of 370.2.
    expect(await oms.invoices.billTogether({ orders })).toMatchObject({
      error: { code: 'invalid_state', details: { because: 'rounding', orders: 3 } },
    })
    expect(await oms.orThrow.invoices.billConsolidated()).toEqual({ billed: 2, orders: 3, refused: 0 })
    const { items } = await oms.orThrow.invoices.list({})
    expect(items.map(({ total }) => total.amount).sort()).toEqual(['1357', '2714'])
  })

  it('a run goes on where one order cannot be billed', async () => {
    const { oms, place, sell } = await open({ limits: { invoicesPerOrder: 1 } })
    const placed = await place()
    if (!placed.ok) throw new Error(placed.error.code)
    const { order: stuck } = placed.value
    await oms.orThrow.orders.confirm({ order: stuck })
    const part = await packed(oms, stuck, [{ line: 'L1', quantity: 1 }])
    await oms.orThrow.shipments.ship({ shipment: part, carrier: 'Post' })
    await oms.orThrow.invoices.bill({ order: stuck })
    await oms.orThrow.shipments.ship({ shipment: await packed(oms, stuck), carrier: 'Post' })
    await sell()
    await sell()
    expect(await oms.orThrow.invoices.billConsolidated()).toEqual({ billed: 1, orders: 2, refused: 1 })
    for (const orders of [[stuck], [stuck, await sell()]])
      expect(await oms.invoices.billTogether({ orders })).toMatchObject({
        error: { code: 'limit_exceeded', details: { limit: 'invoicesPerOrder' } },
      })
  })

  it('bills nothing of what was accepted and then canceled', async () => {
    const { oms, place, order } = await open()
    const placed = await place({ invoiceTrigger: 'on_acceptance' })
    if (!placed.ok) throw new Error(placed.error.code)
    const { order: id } = placed.value
    await oms.orThrow.orders.confirm({ order: id })
    await oms.orThrow.orders.accept({ order: id }, newKey())
    await oms.orThrow.orders.cancel({ order: id, reason: 'regret' }, newKey())
    expect(await order(id)).toMatchObject({ status: 'canceled' })
    expect(await oms.orThrow.invoices.billConsolidated()).toEqual({ billed: 0, orders: 0, refused: 0 })
    expect(await oms.orThrow.invoices.bill({ order: id })).not.toHaveProperty('invoice')
  })

  it.each(['voided', 'credited'])('nor of what was accepted, %s and then canceled', async (how) => {
    const { oms, place, order } = await open()
    const placed = await place({ invoiceTrigger: 'on_acceptance', billing: undefined })
    if (!placed.ok) throw new Error(placed.error.code)
    const { order: id } = placed.value
    await oms.orThrow.orders.confirm({ order: id })
    const { invoice = '' } = await oms.orThrow.orders.accept({ order: id }, newKey())
    if (how === 'voided') await oms.orThrow.invoices.void({ invoice, reason: 'wrong' })
    else await oms.orThrow.invoices.credit({ invoice, reason: 'returned' }, newKey())
    await oms.orThrow.orders.cancel({ order: id, reason: 'regret' }, newKey())
    expect(await order(id)).toMatchObject({ status: 'canceled' })
    expect(await oms.orThrow.invoices.bill({ order: id })).not.toHaveProperty('invoice')
  })

  it('is found by each of its orders, in lists and in their timelines', async () => {
    const { oms, sell, together } = await open()
    const [first, second] = [await sell(), await sell()]
    const { id: invoice } = await together([first, second])
    const { invoice: note } = await oms.orThrow.invoices.debit(
      { invoice, order: second, corrections: [{ line: 'L1', amount: eur('1.00') }], reason: 'too cheap' },
      newKey(),
    )
    const found = async (query: object) => (await oms.orThrow.invoices.list(query)).items.map(({ id }) => id)
    expect(await found({ order: first })).toEqual([invoice])
    expect((await found({ order: second })).sort()).toEqual([invoice, note].sort())
    expect(await found({ order: second, status: 'settled' })).toEqual([])
    expect(await found({ order: second, dueFrom: '2026-12-31' })).toEqual([])
    const page = await oms.orThrow.invoices.list({ order: second, limit: 1 })
    const rest = await oms.orThrow.invoices.list({ order: second, limit: 1, cursor: page.next ?? '' })
    expect([...page.items, ...rest.items].map(({ id }) => id).sort()).toEqual([invoice, note].sort())
    expect(rest).not.toHaveProperty('next')
    const { items } = await oms.orThrow.orders.timeline({ order: first })
    expect(items.map(({ what }) => what)).toContain('InvoiceIssued')
  })

  it('says of each order the number that the buyer gave it, and of the whole where that is one', async () => {
    const { sell, together } = await open()
    const ordered = async (...numbers: readonly (string | undefined)[]) => {
      const orders: string[] = []
      for (const purchaseOrder of numbers)
        orders.push(await sell(purchaseOrder === undefined ? {} : { purchaseOrder }))
      return together(orders)
    }
    const one = await ordered('PO-1', 'PO-1')
    expect(one).toMatchObject({
      purchaseOrder: 'PO-1',
      parts: [{ purchaseOrder: 'PO-1' }, { purchaseOrder: 'PO-1' }],
    })
    const several = await ordered('PO-1', 'PO-2', undefined)
    expect(several).not.toHaveProperty('purchaseOrder')
    expect(several.parts?.map(({ purchaseOrder }) => purchaseOrder)).toEqual(['PO-1', 'PO-2', undefined])
  })

  it('withholds of each order what its own invoice would, and asks for the rest', async () => {
    const { oms, sell, together, order } = await open()
    const withholdings = [{ name: 'IRPF', percent: '15', on: 'net' }]
    const [first, second] = [await sell({ withholdings }), await sell({ withholdings }, 5)]
    const invoice = await together([first, second])
    expect(invoice).toMatchObject({
      withholdings: [{ name: 'IRPF', base: eur('80.40'), amount: eur('12.06') }],
      parts: [{ withholdings: [{ amount: eur('4.52') }] }, { withholdings: [{ amount: eur('7.54') }] }],
      total: eur('95.68'),
      payable: eur('83.62'),
    })
    const { text } = await oms.orThrow.invoices.trace({ invoice: invoice.id, amount: 'payable' })
    expect(text.split('\n').filter((line) => /^ {0,2}\S|withheld/.test(line))).toEqual([
      'amount to be paid 83.62 = 95.68, less what is withheld',
      '  consolidated invoice 95.68 = the sum of what is billed of its orders, each computed by itself',
      '  less withheld, IRPF 15% 12.06 = the sum of what is billed of its orders, each computed by itself',
      expect.stringMatching(
        /^ {4}withheld, IRPF 15% of order .+ 4\.52 = 15% of 30\.15 = 4\.5225, rounded half up$/,
      ),
      expect.stringMatching(
        /^ {4}withheld, IRPF 15% of order .+ 7\.54 = 15% of 50\.25 = 7\.5375, rounded half up$/,
      ),
    ])
    await oms.orThrow.invoices.credit({ invoice: invoice.id, order: first, reason: 'returned' }, newKey())
    expect(await oms.orThrow.invoices.get({ invoice: invoice.id })).toMatchObject({ payable: eur('52.26') })
    await oms.orThrow.payments.record(
      { amount: eur('52.26'), method: 'bank', invoices: [{ invoice: invoice.id }] },
      newKey(),
    )
    await oms.orThrow.invoices.recordWithholding(
      { invoice: invoice.id, certificate: '2026/1', amount: eur('7.54') },
      newKey(),
    )
    expect(await oms.orThrow.invoices.get({ invoice: invoice.id })).toMatchObject({ status: 'settled' })
    expect(await order(second)).toMatchObject({ paid: eur('52.26'), forgone: eur('7.54') })
  })

  it('F130 says of each amount which order it is of, and why', async () => {
    const { oms, sell, together } = await open()
    const { id: invoice } = await together([await sell(), await sell({}, 5)])
    const { text } = await oms.orThrow.invoices.trace({ invoice, amount: 'tax' })
    expect(text.split('\n')).toEqual([
      'tax 15.28 = the sum of what is billed of its orders, each computed by itself',
      expect.stringMatching(/^ {2}tax of order .+ 5\.73 = sum of the taxes/),
      '    VAT 19% 5.73 = all that is taxed so, so all of the tax',
      '      VAT 19% 5.73 = 19% of 30.15 = 5.7285, rounded half up [BR-CO-17]',
      '        taxable amount under S VAT 19% 30.15 = its lines with its discounts and charges',
      '          line 1 30.15 = 10.05 x 3',
      expect.stringMatching(/^ {2}tax of order .+ 9\.55 = sum of the taxes/),
      '    VAT 19% 9.55 = all that is taxed so, so all of the tax',
      '      VAT 19% 9.55 = 19% of 50.25 = 9.5475, rounded half up [BR-CO-17]',
      '        taxable amount under S VAT 19% 50.25 = its lines with its discounts and charges',
      '          line 1 50.25 = 10.05 x 5',
    ])
  })

  it('F130 counts an order without taxes outside the scope of tax, and nowhere else', async () => {
    const { oms, sell, together, order } = await open()
    const line = (quantity: number) => ({ sku: 'MUG', quantity, unitPrice: eur('10.00') })
    const irpf = { name: 'IRPF', percent: '15', on: 'net' }
    const orders = [
      await sell({ lines: [line(1)] }),
      await sell({
        lines: [line(2)],
        adjustments: [{ kind: 'discount', reason: 'Loyal', percent: '10' }],
        withholdings: [irpf],
      }),
      await sell({
        lines: [{ ...line(3), tax: { category: 'O', components: [], exemption: 'Not taxable' } }],
        adjustments: [{ kind: 'charge', reason: 'Freight', amount: eur('4.00'), tax: vat('19') }],
        withholdings: [{ ...irpf, percent: '7' }],
      }),
    ]
    const numbers = await Promise.all(orders.map(async (id) => (await order(id as OrderId)).number))
    const { id: invoice } = await together(orders)
    const linesOf = async (amount: string) =>
      traceLines((await oms.orThrow.invoices.trace({ invoice, amount })).text, 1)
    const [first = '', second = '', third = ''] = numbers
    const rule = 'the sum of what is billed of its orders, each computed by itself'
    expect(await linesOf('totals.taxes.0.base')).toEqual([
      `taxable amount 28.00 = ${rule}`,
      `  total of order ${first} 10.00 = sum of the lines, nothing taxed, discounted or charged`,
      `  taxable amount under O of order ${second} 18.00 = its lines with its discounts and charges`,
    ])
    expect(await linesOf('totals.taxes.1.base')).toEqual([
      `taxable amount 30.00 = ${rule}`,
      `  taxable amount under O of order ${third} 30.00 = its lines with its discounts and charges`,
    ])
    expect(await linesOf('totals.adjustments.1.amount')).toEqual([
      `discount or charge 4.00 = ${rule}`,
      `  charge "Freight" under S VAT 19% of order ${third} 4.00 = all of it with the first part`,
    ])
    expect(await linesOf('withholdings.0.amount')).toEqual([
      `withheld, IRPF 15% 2.70 = ${rule}`,
      `  withheld, IRPF 15% of order ${second} 2.70 = 15% of 18.00`,
    ])
  })
})
