import { describe, expect, it } from 'vitest'
import { bill, eur, openBank, register, statement } from '../../support/bank.js'
import { freshKey, openDesk, orderMugs, stockMugs } from '../../support/desk.js'
import { packed, shipped } from '../../support/shop.js'
import { vat } from '../../support/tax.js'

type Clerk = ReturnType<typeof openDesk>['clerk']
type Line = Readonly<{ sku: string; quantity: number }> & object

const cents = (amount: string): number => Number(amount.replace('.', ''))

/** Sells and ships all of an order; answers what it was billed as. */
const sold = async (clerk: Clerk, lines: readonly Line[], more: object = {}) => {
  await stockMugs(clerk, 100)
  const { order, total } = await clerk.orThrow.orders.place(
    { channel: 'web', currency: 'EUR', lines: [...lines], ...more },
    freshKey(),
  )
  await clerk.orThrow.orders.confirm({ order })
  const { invoice } = await shipped(clerk, order)
  return { order, total, invoice }
}

const taxed = (price: string, percent = '20', quantity = 1) => ({
  sku: 'MUG',
  quantity,
  unitPrice: { amount: price, currency: 'EUR' },
  tax: vat(percent),
})

describe('totals that differed elsewhere', () => {
  it('thelia/thelia #2071: what the order says, what the invoice says and what its parts add up to is one amount', async () => {
    const { clerk } = openDesk()
    const { order, total, invoice } = await sold(clerk, [
      taxed('8.69', '20', 2),
      taxed('3.33', '5.5', 7),
      taxed('10.43', '20', 3),
    ])
    const billed = await clerk.orThrow.invoices.get({ invoice })
    expect(billed.total).toEqual(total)
    expect((await clerk.orThrow.orders.get({ order })).total).toEqual(total)
    const { totals } = billed
    const nets = billed.lines.map(({ net }) => cents(net.amount)).reduce((sum, net) => sum + net, 0)
    const taxes = (totals?.taxes ?? []).map(({ tax }) => cents(tax.amount)).reduce((sum, tax) => sum + tax, 0)
    expect(nets).toBe(cents(totals?.net.amount ?? ''))
    expect(taxes).toBe(cents(totals?.tax.amount ?? ''))
    expect(nets + taxes).toBe(cents(total.amount))
  })

  it('getlago/lago-api #4411, #4449, #4553: credits item by item come to the invoice, not to a cent more', async () => {
    const { clerk } = openDesk()
    const { total, invoice } = await sold(
      clerk,
      ['68.33', '68.33', '57.50', '85.00'].map((price) => taxed(price)),
    )
    expect(total.amount).toBe('334.99')
    let credited = 0
    for (const line of ['L1', 'L3', 'L4', 'L2']) {
      const note = await clerk.orThrow.invoices.credit(
        { invoice, lines: [{ line, quantity: 1 }], reason: 'returned' },
        freshKey(),
      )
      credited += cents(note.total.amount)
    }
    expect(credited).toBe(33_499)
    expect(await clerk.orThrow.invoices.get({ invoice })).toMatchObject({ open: eur('0.00') })
  })

  it('solidusio/solidus #512, PR #707: a credit of one piece gives back its share of the order’s discount, and all credits what was billed', async () => {
    const { clerk } = openDesk()
    const discount = { kind: 'discount', reason: 'Sale', amount: { amount: '10.00', currency: 'EUR' } }
    const { total, invoice } = await sold(clerk, [{ sku: 'MUG', quantity: 3 }], { adjustments: [discount] })
    expect(total.amount).toBe('27.50')
    const credits: number[] = []
    for (let piece = 0; piece < 3; piece += 1) {
      const note = await clerk.orThrow.invoices.credit(
        { invoice, lines: [{ line: 'L1', quantity: 1 }], reason: 'returned' },
        freshKey(),
      )
      credits.push(cents(note.total.amount))
    }
    expect(credits.reduce((sum, credit) => sum + credit, 0)).toBe(2_750)
    expect(Math.max(...credits) - Math.min(...credits)).toBeLessThanOrEqual(1)
  })
})

describe('refunds that were refused or went too far elsewhere', () => {
  it('medusajs/medusa #10453, #13091: a paid order that is in balance is refunded what it is credited, and no cent more', async () => {
    const { clerk } = openDesk()
    const { total, invoice } = await sold(clerk, [taxed('4.87', '8.875', 7)])
    const { payment } = await clerk.orThrow.payments.record(
      { amount: total, method: 'card', invoices: [{ invoice }] },
      freshKey(),
    )
    const refund = (amount: { readonly amount: string; readonly currency: string }) =>
      clerk.payments.refund({ payment, amount, reason: 'goodwill' }, freshKey())
    expect(await refund(eur('0.01'))).toMatchObject({ error: { code: 'refund_exceeds_captured' } })
    const note = await clerk.orThrow.invoices.credit(
      { invoice, lines: [{ line: 'L1', quantity: 2 }], reason: 'broken' },
      freshKey(),
    )
    expect(await refund(note.total)).toMatchObject({ ok: true })
    expect(await refund(eur('0.01'))).toMatchObject({ error: { code: 'refund_exceeds_captured' } })
  })

  it('Sylius/Sylius PR #14850, #1842: an order that is paid after shipping and refunded in part is closed all the same', async () => {
    const { clerk } = openDesk()
    await stockMugs(clerk)
    const order = await orderMugs(clerk, 2)
    await clerk.orThrow.orders.confirm({ order })
    const shipment = await packed(clerk, order)
    const { invoice = '' } = await clerk.orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
    await clerk.orThrow.shipments.deliver({ shipment })
    const { payment } = await clerk.orThrow.payments.record(
      { amount: eur('25.00'), method: 'transfer', invoices: [{ invoice }] },
      freshKey(),
    )
    await clerk.orThrow.invoices.credit(
      { invoice, lines: [{ line: 'L1', quantity: 1 }], reason: 'x' },
      freshKey(),
    )
    await clerk.orThrow.payments.refund({ payment, amount: eur('12.50'), reason: 'x' }, freshKey())
    expect(await clerk.orThrow.orders.get({ order })).toMatchObject({ status: 'closed' })
  })
})

describe('bank entries that were booked wrong elsewhere', () => {
  it('odoo/odoo PR #64150, PR #64409: a short payment whose rest is written off settles the invoice and leaves nothing open anywhere', async () => {
    const { clerk } = openDesk({
      settings: { smallDifferences: { EUR: '5.00' } },
      statementReaders: { json: { read: async (content) => JSON.parse(content) } },
    })
    await stockMugs(clerk)
    const order = await orderMugs(clerk, 8)
    await clerk.orThrow.orders.confirm({ order })
    const { invoice, invoiceNumber } = await shipped(clerk, order)
    await clerk.orThrow.reconciliation.importStatement(
      statement([{ amount: '95.00', remittanceText: invoiceNumber }]),
    )
    const [entry] = (await clerk.orThrow.reconciliation.entries({ status: 'unmatched' })).items
    await clerk.orThrow.reconciliation.match({ entry: entry?.id ?? '' })
    await clerk.orThrow.invoices.writeOff({ invoice, kind: 'small_difference', reason: 'fees' }, freshKey())
    expect(await clerk.orThrow.invoices.get({ invoice })).toMatchObject({
      paid: eur('95.00'),
      open: eur('0.00'),
    })
    const [payment] = (await clerk.orThrow.payments.list({})).items
    expect(payment).toMatchObject({ amount: eur('95.00'), unapplied: eur('0.00') })
    const { balances } = await clerk.orThrow.ledger.trialBalance({})
    expect(balances[0]?.accounts.find(({ account }) => account === 'receivables')).toMatchObject({
      debit: eur('100.00'),
      balance: eur('0.00'),
    })
  })

  it('alyf-de/banking #59: each half of an invoice pays its half, and the second settles it', async () => {
    const { oms } = openBank()
    await register(oms, 'C-1')
    const { invoice, invoiceNumber } = await bill(oms, '100.00', 'C-1')
    const halves = ['first', 'second'].map((bankReference) => ({
      amount: '50.00',
      remittanceText: invoiceNumber,
      bankReference,
    }))
    const paidAfter: string[] = []
    for (const half of halves) {
      await oms.orThrow.reconciliation.importStatement(statement([half]))
      const [entry] = (await oms.orThrow.reconciliation.entries({ status: 'unmatched' })).items
      await oms.orThrow.reconciliation.match({ entry: entry?.id ?? '' })
      paidAfter.push((await oms.orThrow.invoices.get({ invoice })).paid.amount)
    }
    expect(paidAfter).toEqual(['50.00', '100.00'])
  })

  it('frappe/erpnext #54823, #9201: one entry settles the invoices it names with one payment, whose money is used once', async () => {
    const { oms } = openBank()
    await register(oms, 'C-1')
    const bills = [await bill(oms, '40.00', 'C-1'), await bill(oms, '60.00', 'C-1')]
    await oms.orThrow.reconciliation.importStatement(
      statement([
        { amount: '100.00', remittanceText: bills.map(({ invoiceNumber }) => invoiceNumber).join(' ') },
      ]),
    )
    const [entry] = (await oms.orThrow.reconciliation.entries({ status: 'unmatched' })).items
    await oms.orThrow.reconciliation.match({ entry: entry?.id ?? '' })
    const { items } = await oms.orThrow.payments.list({})
    expect(items).toMatchObject([{ amount: eur('100.00'), unapplied: eur('0.00') }])
    for (const { invoice } of bills)
      expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({ open: eur('0.00') })
  })
})

describe('confirmations that were sent twice elsewhere', () => {
  it('magento/magento2 #37762, #34452, nopCommerce #2981, #4993: an order that began as a draft is confirmed once, like any other', async () => {
    const { clerk, oms, email } = openDesk()
    await stockMugs(clerk)
    const { order } = await clerk.orThrow.orders.capture(
      { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] },
      freshKey(),
    )
    await oms.relay()
    await clerk.orThrow.orders.placeDraft({ order })
    expect(await clerk.orders.placeDraft({ order })).toMatchObject({ error: { code: 'invalid_state' } })
    await Promise.all([oms.relay(), oms.relay()])
    await oms.relay()
    expect(email.delivered.map(({ topic }) => topic)).toEqual(['order_received', 'order_placed'])
  })
})
