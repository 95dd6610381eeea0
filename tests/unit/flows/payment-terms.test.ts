import { describe, expect, it } from 'vitest'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import type { SettingsInput } from '../../../src/app/settings.js'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'
import { openInvoicesKind } from '../../../src/core/invoicing/open-invoices.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { paymentStatusOf } from '../../../src/core/orders/order-status.js'
import { partyKind } from '../../../src/core/parties/party.js'
import { confirmed, newKey, openShop, shipped, stock } from '../../support/shop.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

const settings: SettingsInput = {
  paymentTerms: {
    early: { due: { rule: 'days', days: 30 }, discount: { percent: '2', days: 10 } },
    thirds: {
      instalments: [
        { share: 1, due: { rule: 'days', days: 0 } },
        { share: 1, due: { rule: 'days', days: 30 } },
        { share: 1, due: { rule: 'days', days: 60 } },
      ],
    },
  },
}

/** The clock of a shop starts on 2026-03-01. */
const open = async (termsName: string) => {
  const shop = openShop(memoryStorage, settings)
  const { oms } = shop
  await stock(oms, 'NAIL', 100, '10.00')
  await oms.orThrow.parties.register({ id: 'C-1', roles: ['customer'], termsName }, newKey())
  const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 10 }], { customer: 'C-1' })
  const { invoice, shipment } = await shipped(oms, order)
  const pay = (amount: string, receivedOn: string) =>
    oms.orThrow.payments.record(
      { amount: eur(amount), method: 'cash', receivedOn, invoices: [{ invoice }] },
      newKey(),
    )
  const at = (date: string) => shop.clock.set(`${date}T12:00:00.000Z`)
  return { ...shop, order, invoice, shipment, pay, at }
}

describe('payment terms', () => {
  it('F100 of the customer are agreed with the order and go with its invoice', async () => {
    const { invoice, order, stored } = await open('early')
    expect((await stored(orderKind, order)).payment).toMatchObject({ agreed: { name: 'early' } })
    expect(await stored(invoiceKind, invoice)).toMatchObject({
      terms: { name: 'early', terms: settings.paymentTerms?.['early'] },
      dueOn: '2026-03-31',
      discount: { percent: '2', until: '2026-03-11', amount: eur('2.00') },
    })
  })

  it('hold for an order that was taken before others were agreed, and are those of the order where it names some', async () => {
    const { oms, stored } = await open('early')
    const before = await confirmed(oms, [{ sku: 'NAIL', quantity: 1 }], { customer: 'C-1' })
    await oms.orThrow.parties.agreeTerms({ party: 'C-1', termsName: null })
    const named = await confirmed(oms, [{ sku: 'NAIL', quantity: 1 }], {
      customer: 'C-1',
      payment: { method: 'invoice', terms: 'on_account', termsName: 'thirds' },
    })
    const usual = await confirmed(oms, [{ sku: 'NAIL', quantity: 1 }], { customer: 'C-1' })
    const termsOf = async (order: string) =>
      (await stored(invoiceKind, (await shipped(oms, order)).invoice)).terms?.name
    expect([await termsOf(before), await termsOf(named), await termsOf(usual)]).toEqual([
      'early',
      'thirds',
      undefined,
    ])
    expect(await stored(partyKind, 'C-1')).not.toHaveProperty('termsName')
  })

  it('leave what is prepaid due at once', async () => {
    const { oms, stored } = await open('early')
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 1 }], {
      customer: 'C-1',
      payment: { method: 'card', terms: 'prepaid' },
    })
    await oms.orThrow.payments.record({ amount: eur('10.00'), method: 'card', order }, newKey())
    const { invoice } = await shipped(oms, order)
    const { issuedOn, dueOn, discount } = await stored(invoiceKind, invoice)
    expect(dueOn).toBe(issuedOn)
    expect(discount).toBeUndefined()
  })

  it('refuses a name the settings do not have, for a customer and for an order', async () => {
    const { oms } = await open('early')
    const error = { code: 'unknown_terms', status: 422, details: { terms: 'constructor' } }
    const termsName = 'constructor'
    expect(await oms.parties.register({ roles: ['customer'], termsName }, newKey())).toMatchObject({ error })
    expect(await oms.parties.agreeTerms({ party: 'C-1', termsName })).toMatchObject({ error })
    const lines = [{ sku: 'NAIL', quantity: 1 }]
    const payment = { method: 'invoice', terms: 'on_account', termsName } as const
    expect(
      await oms.orders.place({ channel: 'web', currency: 'EUR', lines, payment }, newKey()),
    ).toMatchObject({ error })
  })
})

describe('the discount for early payment', () => {
  it('settles the invoice when all the rest is paid in time, and says so on invoice and order', async () => {
    const { invoice, order, oms, shipment, stored, pay, at } = await open('early')
    await oms.orThrow.shipments.deliver({ shipment })
    at('2026-03-11')
    await pay('40.00', '2026-03-05')
    const { payment } = await pay('58.00', '2026-03-11')
    expect(await stored(invoiceKind, invoice)).toMatchObject({
      status: 'settled',
      paid: eur('98.00'),
      differences: [{ kind: 'early_payment_discount', amount: eur('2.00'), payment, on: '2026-03-11' }],
    })
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({ open: eur('0.00'), openParts: [] })
    expect(await stored(orderKind, order)).toMatchObject({ status: 'closed', forgone: eur('2.00') })
    expect(paymentStatusOf(await stored(orderKind, order))).toBe('paid')
    expect((await stored(openInvoicesKind, 'C-1')).invoices).toEqual([])
    const [eurBalance] = (await oms.orThrow.ledger.trialBalance({})).balances
    expect(eurBalance).toMatchObject({ balanced: true })
    expect(eurBalance?.accounts.map(({ account, balance }) => [account, balance.amount])).toEqual([
      ['money', '98.00'],
      ['receivables', '0.00'],
      ['unapplied_payments', '0.00'],
      ['revenue', '-100.00'],
      ['discounts', '2.00'],
    ])
  })

  it.each([
    ['a day late', '98.00', '2026-03-12', '2.00'],
    ['a cent short', '97.99', '2026-03-11', '2.01'],
  ])('is not granted %s', async (_name, amount, receivedOn, left) => {
    const { invoice, oms, pay, at } = await open('early')
    at('2026-03-12')
    await pay(amount, receivedOn)
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({ status: 'issued', open: eur(left) })
  })

  it('is not granted when some of the rest came late, in whatever order it is applied', async () => {
    const { invoice, oms, pay, at } = await open('early')
    at('2026-03-20')
    await pay('50.00', '2026-03-20')
    await pay('48.00', '2026-03-05')
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({ status: 'issued', open: eur('2.00') })
  })

  it('is of what a credit note leaves, before it is taken and after', async () => {
    const before = await open('early')
    const lines = [{ line: 'L1', quantity: 5 }]
    await before.oms.orThrow.invoices.credit({ invoice: before.invoice, lines, reason: 'returned' }, newKey())
    await before.pay('49.00', '2026-03-01')
    expect(await before.stored(invoiceKind, before.invoice)).toMatchObject({
      status: 'settled',
      differences: [{ amount: eur('1.00') }],
    })
    const after = await open('early')
    const { payment } = await after.pay('98.00', '2026-03-01')
    await after.oms.orThrow.invoices.credit({ invoice: after.invoice, lines, reason: 'returned' }, newKey())
    expect(await after.stored(invoiceKind, after.invoice)).toMatchObject({
      differences: [{ amount: eur('1.00') }],
    })
    expect(await after.stored(orderKind, after.order)).toMatchObject({ forgone: eur('1.00') })
    await after.oms.orThrow.payments.refund({ payment, amount: eur('49.00'), reason: 'returned' }, newKey())
    expect(await after.oms.orThrow.invoices.get({ invoice: after.invoice })).toMatchObject({
      status: 'settled',
      open: eur('0.00'),
    })
    await after.oms.orThrow.invoices.credit({ invoice: after.invoice, reason: 'returned' }, newKey())
    expect(await after.stored(invoiceKind, after.invoice)).not.toHaveProperty('differences')
    expect(await after.stored(orderKind, after.order)).not.toHaveProperty('forgone')
  })
})

describe('instalments', () => {
  it('F102 are covered by payments in the order of their days, and tell since when something is overdue', async () => {
    const { invoice, oms, stored, pay, at } = await open('thirds')
    expect(await stored(invoiceKind, invoice)).toMatchObject({
      dueOn: '2026-04-30',
      instalments: [
        { dueOn: '2026-03-01', amount: eur('33.34') },
        { dueOn: '2026-03-31', amount: eur('33.33') },
        { dueOn: '2026-04-30', amount: eur('33.33') },
      ],
    })
    at('2026-04-02')
    const overdue = async () =>
      (await oms.orThrow.invoices.list({ dueTo: '2026-04-01' })).items.map(({ id }) => id)
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({ daysOverdue: 32 })
    await pay('40.00', '2026-04-01')
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({
      daysOverdue: 2,
      openParts: [
        { dueOn: '2026-03-31', amount: eur('26.67') },
        { dueOn: '2026-04-30', amount: eur('33.33') },
      ],
    })
    expect(await overdue()).toEqual([invoice])
    expect((await stored(openInvoicesKind, 'C-1')).invoices).toMatchObject([{ dueOn: '2026-03-31' }])
    await pay('26.67', '2026-04-01')
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({ daysOverdue: 0, dueOn: '2026-04-30' })
    expect(await overdue()).toEqual([])
  })
})
