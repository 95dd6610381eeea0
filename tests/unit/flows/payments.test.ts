import { describe, expect, it } from 'vitest'
import { openAmount } from '../../../src/core/invoicing/invoice-amounts.js'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'
import { openInvoicesKind } from '../../../src/core/invoicing/open-invoices.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { paymentKind } from '../../../src/core/payments/payment.js'
import { bill, eur, openBank, register } from '../../support/bank.js'
import { confirmed, newKey, shipped, stock } from '../../support/shop.js'

const usd = (amount: string) => ({ amount, currency: 'USD' })

describe('payments.record', () => {
  it('M28 F91 pays invoices in the order they are named and keeps what is left', async () => {
    const { oms, stored } = openBank()
    await register(oms, 'C-1')
    const first = await bill(oms, '30.00', 'C-1')
    const second = await bill(oms, '50.00', 'C-1')
    const answer = await oms.orThrow.payments.record(
      {
        amount: eur('100.00'),
        method: 'cash',
        invoices: [{ invoice: first.invoice }, { invoice: second.invoice, amount: eur('20.00') }],
      },
      newKey(),
    )
    expect(answer.unapplied).toEqual(eur('50.00'))
    expect(await stored(invoiceKind, first.invoice)).toMatchObject({ status: 'settled', paid: eur('30.00') })
    expect(await stored(invoiceKind, second.invoice)).toMatchObject({ status: 'issued', paid: eur('20.00') })
    expect(await stored(orderKind, second.order)).toMatchObject({ paid: eur('20.00') })
    const { invoices } = await stored(openInvoicesKind, 'C-1')
    expect(invoices).toMatchObject([{ invoice: second.invoice, open: eur('30.00') }])
    expect(await stored(paymentKind, answer.payment)).toMatchObject({ customer: 'C-1', status: 'captured' })
  })

  it('M29 closes a delivered order with the payment that was missing, in the same commit', async () => {
    const { oms, stored } = openBank()
    await stock(oms, 'NAIL', 5, '10.00')
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 5 }])
    const { invoice, shipment } = await shipped(oms, order)
    await oms.orThrow.shipments.deliver({ shipment })
    await oms.orThrow.payments.record(
      { amount: eur('20.00'), method: 'cash', invoices: [{ invoice }] },
      newKey(),
    )
    expect((await stored(orderKind, order)).status).toBe('confirmed')
    await oms.orThrow.payments.record(
      { amount: eur('30.00'), method: 'cash', invoices: [{ invoice }] },
      newKey(),
    )
    expect((await stored(orderKind, order)).status).toBe('closed')
  })

  it('M25 keeps money for an order as its deposit, which pays its next invoice', async () => {
    const { oms, stored } = openBank()
    await stock(oms, 'NAIL', 5, '10.00')
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 5 }], {
      payment: { method: 'bank_transfer', terms: 'prepaid' },
    })
    const tooSoon = await oms.fulfillments.plan({ order })
    expect(tooSoon).toMatchObject({ ok: false, error: { code: 'payment_due' } })
    const paid = await oms.orThrow.payments.record({ amount: eur('60.00'), method: 'card', order }, newKey())
    expect(await stored(orderKind, order)).toMatchObject({
      deposits: [{ payment: paid.payment, unapplied: eur('60.00') }],
    })
    const { invoice } = await shipped(oms, order)
    expect(await stored(invoiceKind, invoice)).toMatchObject({ status: 'settled' })
    expect(await stored(orderKind, order)).toMatchObject({
      paid: eur('50.00'),
      deposits: [{ payment: paid.payment, unapplied: eur('10.00') }],
    })
    expect(await stored(paymentKind, paid.payment)).toMatchObject({
      applied: [{ invoice, amount: eur('50.00') }],
    })
  })

  it.each([
    ['an unknown invoice', { invoices: [{ invoice: 'nowhere' }] }, 'unknown_invoice'],
    ['an unknown customer', { customer: 'nobody' }, 'unknown_party'],
    ['an unknown order', { order: 'nowhere' }, 'unknown_order'],
  ])('refuses %s and records nothing', async (_what, more, code) => {
    const { oms, all } = openBank()
    const open = await bill(oms, '30.00')
    const invoices = [{ invoice: open.invoice }, ...((more as { invoices?: [] }).invoices ?? [])]
    const answer = await oms.payments.record(
      { amount: eur('100.00'), method: 'cash', ...more, invoices },
      newKey(),
    )
    expect(answer).toMatchObject({ ok: false, error: { code } })
    expect(await all(paymentKind)).toEqual([])
    expect((await all(invoiceKind)).map((invoice) => invoice.paid)).toEqual([eur('0.00')])
  })

  it('M25 pays the next invoice with what came first, and keeps what it does not need for the one after', async () => {
    const { oms, stored } = openBank()
    await stock(oms, 'NAIL', 5, '10.00')
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 5 }])
    const pay = () => oms.orThrow.payments.record({ amount: eur('20.00'), method: 'cash', order }, newKey())
    const [{ payment: first }, { payment: second }] = [await pay(), await pay()]
    const left = async () => (await stored(orderKind, order)).deposits
    const nails = (quantity: number) => [{ line: 'L1', quantity }]
    await shipped(oms, order, nails(1))
    expect(await left()).toEqual([
      { payment: first, unapplied: eur('10.00') },
      { payment: second, unapplied: eur('20.00') },
    ])
    await shipped(oms, order, nails(1))
    await shipped(oms, order, nails(1))
    expect(await left()).toEqual([
      { payment: first, unapplied: eur('0.00') },
      { payment: second, unapplied: eur('10.00') },
    ])
  })

  it('RC6 refuses an invoice or an order in another currency', async () => {
    const { oms } = openBank()
    const open = await bill(oms, '30.00')
    const forInvoice = { amount: usd('30.00'), method: 'cash', invoices: [{ invoice: open.invoice }] }
    expect(await oms.payments.record(forInvoice, newKey())).toMatchObject({
      ok: false,
      error: { code: 'currency_mismatch', details: { expected: 'USD', got: 'EUR' } },
    })
    const forOrder = { amount: usd('30.00'), method: 'cash', order: open.order }
    expect(await oms.payments.record(forOrder, newKey())).toMatchObject({
      ok: false,
      error: { code: 'currency_mismatch', details: { expected: 'EUR', got: 'USD' } },
    })
  })

  it('MO7 refuses to apply more than is open, and nothing to what is settled', async () => {
    const { oms } = openBank()
    const { invoice } = await bill(oms, '30.00')
    const tooMuch = { amount: eur('40.00'), method: 'cash', invoices: [{ invoice, amount: eur('30.01') }] }
    expect(await oms.payments.record(tooMuch, newKey())).toMatchObject({
      ok: false,
      error: { code: 'allocation_exceeds_invoice' },
    })
    const all = { amount: eur('30.00'), method: 'cash', invoices: [{ invoice }] }
    await oms.orThrow.payments.record(all, newKey())
    expect(await oms.payments.record(all, newKey())).toMatchObject({
      ok: false,
      error: { code: 'allocation_exceeds_invoice', details: { open: eur('0.00') } },
    })
  })

  it.each([
    ['a number', { amount: { amount: 19.99, currency: 'EUR' } }, ['amount', 'amount'], 'money.type'],
    ['half a cent', { amount: eur('19.999') }, ['amount', 'amount'], 'money.precision'],
    [
      'an unknown currency',
      { amount: { amount: '1.00', currency: 'XXZ' } },
      ['amount', 'currency'],
      'currency.unknown',
    ],
    [
      'a small-letter currency',
      { amount: { amount: '1.00', currency: 'eur' } },
      ['amount', 'currency'],
      'currency.format',
    ],
    ['nothing', { amount: eur('0.00') }, ['amount'], 'money.positive'],
    ['less than nothing', { amount: eur('-1.00') }, ['amount', 'amount'], 'money.min'],
    ['more than a store can count', { amount: eur('10000000000000.01') }, ['amount', 'amount'], 'money.max'],
    ['a card number as reference', { reference: '4111 1111 1111 1111' }, ['reference'], 'text.cardNumber'],
    ['a card number as method', { method: '4111111111111111' }, ['method'], 'text.cardNumber'],
  ])('rows 16–24 PY6 refuses %s', async (_what, more, path, rule) => {
    const { oms } = openBank()
    const input = { amount: eur('1.00'), method: 'cash', ...more } as Parameters<
      typeof oms.payments.record
    >[0]
    expect(await oms.payments.record(input, newKey())).toMatchObject({
      ok: false,
      error: { code: 'validation_failed', issues: [{ path, rule }] },
    })
  })

  it('F105 pays once however often it is sent with the same key', async () => {
    const { oms, stored } = openBank()
    const { invoice } = await bill(oms, '30.00')
    const key = newKey()
    const input = { amount: eur('20.00'), method: 'cash', invoices: [{ invoice }] }
    const answers = await Promise.all([1, 2, 3].map(() => oms.orThrow.payments.record(input, key)))
    expect(new Set(answers.map((answer) => answer.payment)).size).toBe(1)
    expect((await stored(invoiceKind, invoice)).paid).toEqual(eur('20.00'))
    expect(await oms.payments.record(input)).toMatchObject({
      ok: false,
      error: { code: 'idempotency_key_required' },
    })
  })
})

describe('payments.apply', () => {
  it('row 98 MO7 refuses to apply one payment twice', async () => {
    const { oms } = openBank()
    const first = await bill(oms, '30.00')
    const second = await bill(oms, '40.00')
    const { payment } = await oms.orThrow.payments.record({ amount: eur('30.00'), method: 'cash' }, newKey())
    const apply = (invoice: string) => oms.payments.apply({ payment, invoices: [{ invoice }] }, newKey())
    expect(await apply(first.invoice)).toMatchObject({ ok: true, value: { unapplied: eur('0.00') } })
    expect(await apply(second.invoice)).toMatchObject({
      ok: false,
      error: { code: 'allocation_exceeds_payment', details: { unapplied: eur('0.00') } },
    })
  })

  it('applies one payment only as far as it goes when two invoices race for it', async () => {
    const { oms, stored } = openBank()
    const first = await bill(oms, '30.00')
    const second = await bill(oms, '40.00')
    const { payment } = await oms.orThrow.payments.record({ amount: eur('30.00'), method: 'cash' }, newKey())
    const answers = await Promise.all(
      [first, second].map(({ invoice }) =>
        oms.payments.apply({ payment, invoices: [{ invoice, amount: eur('30.00') }] }, newKey()),
      ),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    expect((await stored(paymentKind, payment)).applied).toHaveLength(1)
  })

  it('M25 takes money that pays another order out of the deposit it was', async () => {
    const { oms, stored } = openBank()
    const elsewhere = await bill(oms, '30.00')
    await stock(oms, 'NAIL', 5, '10.00')
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 5 }], {
      payment: { method: 'bank_transfer', terms: 'prepaid' },
    })
    const { payment } = await oms.orThrow.payments.record(
      { amount: eur('50.00'), method: 'card', order },
      newKey(),
    )
    await oms.orThrow.payments.apply({ payment, invoices: [{ invoice: elsewhere.invoice }] }, newKey())
    expect((await stored(orderKind, order)).deposits).toEqual([{ payment, unapplied: eur('20.00') }])
    expect(await oms.fulfillments.plan({ order })).toMatchObject({
      ok: false,
      error: { code: 'payment_due' },
    })
  })
})

describe('payments.refund', () => {
  it('row 90 PY2 ten racing full refunds pay out once', async () => {
    const { oms, stored } = openBank()
    const { payment } = await oms.orThrow.payments.record({ amount: eur('80.00'), method: 'card' }, newKey())
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        oms.payments.refund({ payment, amount: eur('80.00'), reason: 'not wanted' }, newKey()),
      ),
    )
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.error]))
    expect(refused).toHaveLength(9)
    for (const error of refused) {
      expect(error).toMatchObject({
        code: 'refund_exceeds_captured',
        status: 422,
        details: { refundable: eur('0.00') },
      })
    }
    expect(await stored(paymentKind, payment)).toMatchObject({
      status: 'refunded',
      refunded: eur('80.00'),
    })
  })

  it('row 89 F92 PY2 refunds in parts never add up to more than was received', async () => {
    const { oms, stored } = openBank()
    const { payment } = await oms.orThrow.payments.record({ amount: eur('80.00'), method: 'card' }, newKey())
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        oms.payments.refund({ payment, amount: eur('30.00'), reason: 'not wanted' }, newKey()),
      ),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(2)
    expect(await stored(paymentKind, payment)).toMatchObject({
      status: 'captured',
      refunded: eur('60.00'),
    })
  })

  it('refuses to pay back what pays for an invoice', async () => {
    const { oms } = openBank()
    const { invoice } = await bill(oms, '30.00')
    const { payment } = await oms.orThrow.payments.record(
      { amount: eur('40.00'), method: 'card', invoices: [{ invoice }] },
      newKey(),
    )
    const refund = (amount: string) =>
      oms.payments.refund({ payment, amount: eur(amount), reason: 'not wanted' }, newKey())
    expect(await refund('10.01')).toMatchObject({
      ok: false,
      error: { code: 'refund_exceeds_captured', details: { refundable: eur('10.00') } },
    })
    expect(await refund('10.00')).toMatchObject({ ok: true })
  })

  it('MO7 takes a credited amount back from its invoice and leaves the invoice settled', async () => {
    const { oms, stored } = openBank()
    const { invoice, order } = await bill(oms, '30.00')
    const { payment } = await oms.orThrow.payments.record(
      { amount: eur('40.00'), method: 'card', invoices: [{ invoice }] },
      newKey(),
    )
    await oms.orThrow.invoices.credit({ invoice, reason: 'returned' }, newKey())
    expect(openAmount(await stored(invoiceKind, invoice))).toEqual(eur('-30.00'))
    const part = await oms.orThrow.payments.refund(
      { payment, amount: eur('25.00'), reason: 'returned' },
      newKey(),
    )
    expect(part).toEqual({ payment, refunded: eur('25.00'), unapplied: eur('0.00') })
    const invoiceAfter = await stored(invoiceKind, invoice)
    expect(invoiceAfter).toMatchObject({ status: 'settled', paid: eur('15.00'), credited: eur('30.00') })
    expect(openAmount(invoiceAfter)).toEqual(eur('-15.00'))
    expect((await stored(orderKind, order)).paid).toEqual(eur('15.00'))
    await oms.orThrow.payments.refund({ payment, amount: eur('15.00'), reason: 'returned' }, newKey())
    expect(await stored(paymentKind, payment)).toMatchObject({ status: 'refunded', applied: [] })
    expect(openAmount(await stored(invoiceKind, invoice))).toEqual(eur('0.00'))
  })

  it('shares a credit between the payments of its invoice: the first to ask has it', async () => {
    const { oms } = openBank()
    const { invoice } = await bill(oms, '30.00')
    const payments: string[] = []
    for (const amount of ['10.00', '20.00']) {
      const paid = await oms.orThrow.payments.record(
        { amount: eur(amount), method: 'card', invoices: [{ invoice }] },
        newKey(),
      )
      payments.push(paid.payment)
    }
    await oms.orThrow.invoices.credit({ invoice, reason: 'returned' }, newKey())
    const refund = (place: number, amount: string) =>
      oms.payments.refund(
        { payment: payments[place] ?? '', amount: eur(amount), reason: 'returned' },
        newKey(),
      )
    expect(await refund(0, '10.01')).toMatchObject({
      ok: false,
      error: { details: { refundable: eur('10.00') } },
    })
    expect(await refund(0, '10.00')).toMatchObject({ ok: true })
    expect(await refund(1, '20.00')).toMatchObject({ ok: true })
  })

  it('M25 an order on prepayment does not ship on a deposit that went back', async () => {
    const { oms, stored } = openBank()
    await stock(oms, 'NAIL', 5, '10.00')
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 5 }], {
      payment: { method: 'bank_transfer', terms: 'prepaid' },
    })
    const { payment } = await oms.orThrow.payments.record(
      { amount: eur('50.00'), method: 'card', order },
      newKey(),
    )
    await oms.orThrow.payments.refund({ payment, amount: eur('0.01'), reason: 'rounding' }, newKey())
    expect((await stored(orderKind, order)).deposits).toEqual([{ payment, unapplied: eur('49.99') }])
    expect(await oms.fulfillments.plan({ order })).toMatchObject({
      ok: false,
      error: { code: 'payment_due' },
    })
  })

  it('refuses a refund in another currency and of an unknown payment', async () => {
    const { oms } = openBank()
    const { payment } = await oms.orThrow.payments.record({ amount: eur('50.00'), method: 'card' }, newKey())
    expect(await oms.payments.refund({ payment, amount: usd('1.00'), reason: 'x' }, newKey())).toMatchObject({
      ok: false,
      error: { code: 'currency_mismatch' },
    })
    expect(
      await oms.payments.refund({ payment: 'nowhere', amount: eur('1.00'), reason: 'x' }, newKey()),
    ).toMatchObject({ ok: false, error: { code: 'unknown_payment' } })
  })
})
