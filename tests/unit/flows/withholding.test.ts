import { describe, expect, it } from 'vitest'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import type { SettingsInput } from '../../../src/app/settings.js'
import { creditNoteKind } from '../../../src/core/invoicing/credit-note.js'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'
import { openInvoicesKind } from '../../../src/core/invoicing/open-invoices.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { partyKind } from '../../../src/core/parties/party.js'
import { confirmed, newKey, openShop, packed, shipped, stock } from '../../support/shop.js'
import { vat } from '../../support/tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

const settings: SettingsInput = {
  tax: {
    seller: { country: 'ES' },
    rates: [{ country: 'ES', taxClass: 'standard', from: '2000-01-01', ...vat('21') }],
  },
  paymentTerms: {
    early: { due: { rule: 'days', days: 30 }, discount: { percent: '2', days: 10 } },
    halves: {
      instalments: [
        { share: 1, due: { rule: 'days', days: 10 } },
        { share: 1, due: { rule: 'days', days: 40 } },
      ],
    },
  },
  dunning: [{ daysOverdue: 3, topic: 'payment_reminder' }],
}

const irpf = { name: 'IRPF', percent: '15', on: 'net' } as const

/** An invoice over 100.00 and 21.00 of tax for ten units, of which the customer withholds 15.00; the clock starts on 2026-03-01. */
const open = async (more: object = {}) => {
  const shop = openShop(memoryStorage, settings)
  const { oms, clock } = shop
  await stock(oms, 'HOUR', 100, '10.00')
  await oms.orThrow.parties.register({ id: 'C-1', roles: ['customer'] }, newKey())
  await oms.orThrow.parties.declareTaxes({ party: 'C-1', withholdings: [irpf] })
  const order = await confirmed(oms, [{ sku: 'HOUR', quantity: 10 }], { customer: 'C-1', ...more })
  const { invoice, shipment } = await shipped(oms, order)
  await oms.orThrow.shipments.deliver({ shipment })
  const pay = (amount?: string, on = '2026-03-01', paid = amount) =>
    oms.orThrow.payments.record(
      {
        amount: eur(paid ?? '200.00'),
        method: 'cash',
        receivedOn: on,
        invoices: [{ invoice, ...(amount !== undefined && { amount: eur(amount) }) }],
      },
      newKey(),
    )
  const certify = (more: object = {}) =>
    oms.invoices.recordWithholding({ invoice, certificate: 'R 7', ...more }, newKey())
  const view = () => oms.orThrow.invoices.get({ invoice })
  const at = (date: string) => clock.set(`${date}T12:00:00.000Z`)
  return { ...shop, order, invoice, pay, certify, view, at }
}

describe('what a customer withholds', () => {
  it('is declared for the customer, agreed with its order, and stands on the invoice, whose total stays what it is', async () => {
    const { stored, order, view } = await open()
    expect((await stored(orderKind, order)).withholdings).toEqual([irpf])
    expect(await view()).toMatchObject({
      total: eur('121.00'),
      withholdings: [{ ...irpf, base: eur('100.00'), amount: eur('15.00') }],
      open: eur('121.00'),
      payable: eur('106.00'),
      openParts: [{ amount: eur('106.00') }],
    })
    expect((await stored(openInvoicesKind, 'C-1')).invoices).toMatchObject([{ open: eur('106.00') }])
  })

  it('is what the order says where it says something, and nothing where it names none', async () => {
    const other = [
      { name: 'ReteIVA', percent: '50', on: 'tax' as const },
      { name: 'ReteICA', percent: '0.414', on: 'net' as const },
    ]
    expect(await (await open({ withholdings: other })).view()).toMatchObject({
      withholdings: [
        { base: eur('21.00'), amount: eur('10.50') },
        { base: eur('100.00'), amount: eur('0.41') },
      ],
      payable: eur('110.09'),
    })
    const free = await (await open({ withholdings: [] })).view()
    expect(free).toMatchObject({ payable: eur('121.00') })
    expect(free).not.toHaveProperty('withholdings')
  })

  it('is no longer agreed once it was declared away', async () => {
    const { oms, stored } = await open()
    await oms.orThrow.parties.declareTaxes({ party: 'C-1' })
    expect(await stored(partyKind, 'C-1')).not.toHaveProperty('withholdings')
  })

  it('is settled by its certificates, and the order closes with the last of them', async () => {
    const { oms, stored, order, invoice, pay, certify, view } = await open()
    await pay('106.00')
    expect(await view()).toMatchObject({
      status: 'issued',
      open: eur('15.00'),
      payable: eur('0.00'),
      openParts: [],
    })
    expect((await stored(openInvoicesKind, 'C-1')).invoices).toEqual([])
    expect(await certify({ amount: eur('5.00'), on: '2026-03-02' })).toMatchObject({
      value: { status: 'issued', open: eur('10.00'), payable: eur('0.00') },
    })
    expect(await stored(orderKind, order)).toMatchObject({ status: 'confirmed' })
    expect(await certify()).toMatchObject({ value: { status: 'settled', open: eur('0.00') } })
    expect(await stored(invoiceKind, invoice)).toMatchObject({
      differences: [
        { kind: 'withholding', amount: eur('5.00'), certificate: 'R 7', on: '2026-03-02' },
        { kind: 'withholding', amount: eur('10.00'), certificate: 'R 7', on: '2026-03-01' },
      ],
    })
    expect(await stored(orderKind, order)).toMatchObject({ status: 'closed', forgone: eur('15.00') })
    const [books] = (await oms.orThrow.ledger.trialBalance({})).balances
    expect(books?.accounts.map(({ account, balance }) => [account, balance.amount])).toContainEqual([
      'withheld_taxes',
      '15.00',
    ])
  })

  it('can be certified before the rest is paid', async () => {
    const { certify, pay, view } = await open()
    await certify()
    expect(await view()).toMatchObject({ open: eur('106.00'), payable: eur('106.00') })
    await pay('106.00')
    expect(await view()).toMatchObject({ status: 'settled' })
  })

  it('is asked for again when a certificate turns out wrong', async () => {
    const { oms, invoice, pay, certify, view } = await open()
    await pay('106.00')
    const recorded = await certify()
    const difference = recorded.ok ? (recorded.value.difference ?? '') : ''
    expect(await oms.orThrow.invoices.undoWriteOff({ invoice, difference, reason: 'forged' })).toMatchObject({
      status: 'issued',
      open: eur('15.00'),
    })
    expect(await view()).toMatchObject({ payable: eur('0.00') })
  })

  it('is left to the certificate by payments that name no amount, and paid where an amount is named', async () => {
    const { pay, view } = await open()
    expect(await pay()).toMatchObject({ unapplied: eur('94.00') })
    expect(await view()).toMatchObject({ paid: eur('106.00'), payable: eur('0.00') })
    await pay('10.00')
    expect(await view()).toMatchObject({ open: eur('5.00'), payable: eur('0.00') })
    expect(await pay(undefined, '2026-03-01', '9.00')).toMatchObject({ unapplied: eur('4.00') })
    expect(await view()).toMatchObject({ status: 'settled', paid: eur('121.00') })
  })

  it('is payable and reminded of once it was claimed, and can be certified all the same', async () => {
    const { oms, stored, invoice, pay, certify, view, at } = await open()
    await pay('106.00')
    at('2026-05-01')
    expect(await oms.invoices.remind({ invoice })).toMatchObject({ error: { code: 'reminder_not_due' } })
    expect(await oms.orThrow.invoices.claimWithheld({ invoice, reason: 'no certificate' })).toMatchObject({
      status: 'issued',
      open: eur('15.00'),
      payable: eur('15.00'),
    })
    expect((await stored(openInvoicesKind, 'C-1')).invoices).toMatchObject([{ open: eur('15.00') }])
    expect(await view()).toMatchObject({
      openParts: [{ dueOn: '2026-03-31', amount: eur('15.00') }],
      daysOverdue: 31,
    })
    expect(await oms.orThrow.invoices.remind({ invoice })).toMatchObject({ overdue: eur('15.00') })
    expect(await oms.invoices.claimWithheld({ invoice, reason: 'again' })).toMatchObject({
      error: { code: 'withholding_exceeded', details: { withheld: eur('0.00') } },
    })
    expect(await certify()).toMatchObject({ value: { status: 'settled' } })
  })

  it('is no part of instalments; what is claimed after all is due with the last', async () => {
    const { oms, invoice, pay, view } = await open({
      payment: { method: 'invoice', terms: 'on_account', termsName: 'halves' },
    })
    const amounts = async () => (await view()).openParts.map(({ amount }) => amount.amount)
    expect(await amounts()).toEqual(['53.00', '53.00'])
    await pay('60.00')
    expect(await amounts()).toEqual(['46.00'])
    await oms.orThrow.invoices.claimWithheld({ invoice, reason: 'no certificate' })
    expect(await amounts()).toEqual(['61.00'])
  })

  it('leaves the discount for early payment on what is to be paid', async () => {
    const { stored, invoice, pay, certify, view } = await open({
      payment: { method: 'invoice', terms: 'on_account', termsName: 'early' },
    })
    expect(await view()).toMatchObject({ discount: { amount: eur('2.12') } })
    const { payment } = await pay('103.88', '2026-03-01')
    expect(await view()).toMatchObject({ status: 'issued', open: eur('15.00'), payable: eur('0.00') })
    await certify()
    expect(await stored(invoiceKind, invoice)).toMatchObject({
      status: 'settled',
      differences: [
        { kind: 'early_payment_discount', amount: eur('2.12'), payment },
        { kind: 'withholding', amount: eur('15.00') },
      ],
    })
  })

  it('shrinks with every credit note, certificates with it, and is nothing when all is credited', async () => {
    const { oms, stored, invoice, pay, certify, view } = await open()
    await pay('106.00')
    await certify()
    const credit = (quantity: number) =>
      oms.orThrow.invoices.credit({ invoice, lines: [{ line: 'L1', quantity }], reason: 'less' }, newKey())
    const first = await credit(3)
    expect(await stored(creditNoteKind, first.creditNote)).toMatchObject({
      total: eur('36.30'),
      withholdings: [{ ...irpf, base: eur('30.00'), amount: eur('4.50') }],
    })
    // Of 84.70 that are left, 10.50 are withheld: 106.00 were paid, and 31.80 are owed back.
    expect(await view()).toMatchObject({
      open: eur('-31.80'),
      status: 'settled',
      differences: [{ kind: 'withholding', amount: eur('10.50') }],
    })
    await credit(7)
    const whole = await view()
    expect(whole).toMatchObject({ open: eur('-106.00'), payable: eur('-106.00') })
    expect(whole).not.toHaveProperty('differences')
  })

  it('stays as it is with a credit that takes nothing of its base', async () => {
    const { oms, stored } = await open()
    await stock(oms, 'BOOK', 10, '20.00')
    const onTax = [{ name: 'RITENUTA', percent: '10', on: 'tax' }]
    const lines = [
      { sku: 'HOUR', quantity: 10 },
      { sku: 'BOOK', quantity: 1, tax: { category: 'Z', components: [{ name: 'VAT', percent: '0' }] } },
    ]
    const order = await confirmed(oms, lines, { customer: 'C-1', withholdings: onTax })
    const { invoice } = await shipped(oms, order)
    expect(await stored(invoiceKind, invoice)).toMatchObject({
      withholdings: [{ base: eur('21.00'), amount: eur('2.10') }],
    })
    const credit = (line: string, quantity: number) =>
      oms.orThrow.invoices.credit({ invoice, lines: [{ line, quantity }], reason: 'less' }, newKey())
    const book = await credit('L2', 1)
    expect(await stored(creditNoteKind, book.creditNote)).not.toHaveProperty('withholdings')
    const hours = await credit('L1', 10)
    expect(await stored(creditNoteKind, hours.creditNote)).toMatchObject({
      withholdings: [{ base: eur('21.00'), amount: eur('2.10') }],
    })
  })

  it('is nothing of an invoice that has nothing of its base', async () => {
    const { oms, stored } = await open()
    const onTax = [{ name: 'RITENUTA', percent: '10', on: 'tax' }]
    const lines = [
      { sku: 'HOUR', quantity: 1, tax: { category: 'Z', components: [{ name: 'VAT', percent: '0' }] } },
    ]
    const order = await confirmed(oms, lines, { customer: 'C-1', withholdings: onTax })
    const { invoice } = await shipped(oms, order)
    expect(await stored(invoiceKind, invoice)).not.toHaveProperty('withholdings')
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({ open: eur('10.00') })
  })

  it('leaves an invoice settled of which more was paid than is left, whatever becomes of its certificate', async () => {
    const { oms, invoice, pay, certify, view } = await open()
    await pay('106.00')
    const recorded = await certify()
    const difference = recorded.ok ? (recorded.value.difference ?? '') : ''
    await oms.orThrow.invoices.credit(
      { invoice, lines: [{ line: 'L1', quantity: 5 }], reason: 'less' },
      newKey(),
    )
    await oms.orThrow.invoices.undoWriteOff({ invoice, difference, reason: 'forged' })
    expect(await view()).toMatchObject({ status: 'settled', open: eur('-45.50') })
  })

  it('is not settled by a credit note that lowers a certificate', async () => {
    const { oms, invoice, certify, view } = await open()
    await certify()
    await oms.orThrow.invoices.credit(
      { invoice, lines: [{ line: 'L1', quantity: 9 }], reason: 'less' },
      newKey(),
    )
    expect(await view()).toMatchObject({ status: 'issued', open: eur('10.60'), payable: eur('10.60') })
  })

  it('is withheld of a debit note too, by itself', async () => {
    const { oms, invoice } = await open()
    const corrections = [{ line: 'L1', amount: eur('1.10') }]
    const { invoice: debit } = await oms.orThrow.invoices.debit(
      { invoice, corrections, reason: 'low' },
      newKey(),
    )
    expect(await oms.orThrow.invoices.get({ invoice: debit })).toMatchObject({
      total: eur('1.33'),
      withholdings: [{ base: eur('1.10'), amount: eur('0.17') }],
      payable: eur('1.16'),
      openParts: [{ amount: eur('1.16') }],
    })
  })

  it('need not be paid in advance where an order is prepaid', async () => {
    const shop = openShop(memoryStorage, settings)
    const { oms } = shop
    await stock(oms, 'HOUR', 100, '10.00')
    const order = await confirmed(oms, [{ sku: 'HOUR', quantity: 10 }], {
      withholdings: [irpf],
      payment: { method: 'card', terms: 'prepaid' },
    })
    const pay = (amount: string) =>
      oms.orThrow.payments.record({ amount: eur(amount), method: 'card', order }, newKey())
    await pay('105.99')
    expect(await oms.fulfillments.plan({ order })).toMatchObject({
      error: { code: 'payment_due', details: { owed: eur('106.00') } },
    })
    await pay('0.01')
    const shipment = await packed(oms, order)
    const { invoice = '' } = await oms.orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({
      paid: eur('106.00'),
      open: eur('15.00'),
      payable: eur('0.00'),
    })
  })

  it('goes with a voided invoice, which can be billed again to the same amounts', async () => {
    const { oms, invoice, order, certify } = await open()
    await oms.orThrow.invoices.void({ invoice, reason: 'wrong address' })
    expect(await certify()).toMatchObject({ error: { code: 'invalid_state', details: { status: 'voided' } } })
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({ payable: eur('0.00'), openParts: [] })
    const { invoice: again = '' } = await oms.orThrow.invoices.bill({ order })
    expect(await oms.orThrow.invoices.get({ invoice: again })).toMatchObject({
      withholdings: [{ amount: eur('15.00') }],
    })
  })

  it('says where its cents come from, on every partial invoice', async () => {
    const { oms } = await open()
    await oms.orThrow.catalog.define({ sku: 'MIN', name: 'A minute', price: eur('0.33') })
    await oms.orThrow.inventory.receive({ sku: 'MIN', quantity: 9 }, newKey())
    const order = await confirmed(oms, [{ sku: 'MIN', quantity: 3 }], { withholdings: [irpf] })
    const texts: string[] = []
    for (let count = 0; count < 2; count += 1) {
      const { invoice } = await shipped(oms, order, [{ line: 'L1', quantity: count + 1 }])
      const { text } = await oms.orThrow.invoices.trace({ invoice, amount: 'payable' })
      texts.push(...text.split('\n').filter((line) => /to be paid|withheld,/.test(line)))
    }
    expect(texts.map((line) => line.trim())).toEqual([
      'amount to be paid 0.35 = 0.40, less what is withheld',
      'less withheld, IRPF 15% 0.05 = 15% of 0.33 = 0.0495, rounded half up',
      'amount to be paid 0.70 = 0.80, less what is withheld',
      'less withheld, IRPF 15% 0.10 = 0.15 so far, less 0.05 before',
    ])
  })

  it.each([
    ['a percentage of zero', { ...irpf, percent: '0' }, 'percent.range'],
    ['a percentage above 100', { ...irpf, percent: '100.1' }, 'percent.range'],
    ['a percentage that is a number', { ...irpf, percent: 15 }, 'tax.unit'],
    ['a name of two lines', { ...irpf, name: 'a\nb' }, 'text.line'],
    ['a base there is not', { ...irpf, on: 'gross' }, 'choice'],
  ])('refuses %s', async (_name, withholding, rule) => {
    const { oms } = await open()
    const answer = await oms.parties.declareTaxes({ party: 'C-1', withholdings: [withholding as never] })
    expect(answer).toMatchObject({ error: { code: 'validation_failed', issues: [{ rule }] } })
  })

  it.each([
    ['the same name twice', [irpf, irpf], 'withholding.duplicate'],
    ['more than all', [irpf, { name: 'B', percent: '85.01', on: 'net' as const }], 'withholding.sum'],
    [
      'too many',
      Array.from({ length: 9 }, (_, at) => ({ ...irpf, percent: '1', name: `T${at}` })),
      'withholding.max',
    ],
  ])('refuses %s on an order', async (_name, withholdings, rule) => {
    const { oms } = await open()
    const answer = await oms.orders.place(
      { channel: 'web', currency: 'EUR', lines: [{ sku: 'HOUR', quantity: 1 }], withholdings },
      newKey(),
    )
    expect(answer).toMatchObject({ error: { code: 'validation_failed', issues: [{ rule }] } })
  })

  it.each([
    ['more than is withheld', { amount: eur('15.01') }, 'withholding_exceeded'],
    ['another currency', { amount: { amount: '1.00', currency: 'USD' } }, 'currency_mismatch'],
    ['nothing', { amount: eur('0.00') }, 'validation_failed'],
    ['no certificate', { certificate: '' }, 'validation_failed'],
    ['a day that is to come', { on: '2026-03-05' }, 'validation_failed'],
    ['an invoice there is not', { invoice: 'none' }, 'unknown_invoice'],
  ])('refuses a certificate of %s', async (_name, more, code) => {
    expect(await (await open()).certify(more)).toMatchObject({ error: { code } })
  })

  it('refuses a certificate of a day before its invoice', async () => {
    expect(await (await open()).certify({ on: '2026-01-31' })).toMatchObject({
      error: { code: 'validation_failed', issues: [{ path: ['on'], rule: 'date.before_invoice' }] },
    })
  })

  it('refuses certificates and claims where nothing is withheld', async () => {
    const { oms, invoice, certify } = await open({ withholdings: [] })
    const error = { code: 'withholding_exceeded', details: { invoice, withheld: eur('0.00') } }
    expect(await certify({ amount: eur('1.00') })).toMatchObject({ error })
    expect(await certify()).toMatchObject({ error })
    expect(await oms.invoices.claimWithheld({ invoice, reason: 'x' })).toMatchObject({ error })
  })
})
