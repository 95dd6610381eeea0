import { describe, expect, it } from 'vitest'
import type { Invoice } from '../../../src/core/invoicing/invoice.js'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'
import { openInvoicesKind } from '../../../src/core/invoicing/open-invoices.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { bill, openBank, statement } from '../../support/bank.js'
import { bankEntryKind } from '../../../src/core/reconciliation/bank-entry.js'
import { plantDrift } from '../../support/plant-drift.js'
import { confirmed, newKey, openShop, shipped, stock, type Shop } from '../../support/shop.js'
import { vat } from '../../support/tax.js'
import { traceLines } from '../../support/trace-lines.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

/** An invoice of 10 desks at 100.00 with 19% and 10 books at 10.00 with 7%: 1,297.00 with tax. */
const open = async (more: object = {}) => {
  const shop = openShop(undefined, { dunning: [{ daysOverdue: 1, topic: 'payment_reminder' }] })
  await stock(shop.oms, 'DESK', 100, '100.00')
  await stock(shop.oms, 'BOOK', 100, '10.00')
  await shop.oms.orThrow.parties.register({ id: 'C-1', roles: ['customer'] }, newKey())
  const order = await confirmed(
    shop.oms,
    [
      { sku: 'DESK', quantity: 10, tax: vat('19') },
      { sku: 'BOOK', quantity: 10, tax: vat('7') },
    ] as never,
    { customer: 'C-1', ...more },
  )
  const { invoice } = await shipped(shop.oms, order)
  const debit = (wanted: object) =>
    shop.oms.orThrow.invoices.debit({ invoice, reason: 'old price list', ...wanted }, newKey())
  return { ...shop, order, invoice, debit }
}

const deskTooCheap = { corrections: [{ line: 'L1', amount: eur('50.00') }] }

const balancesOf = async (oms: Shop['oms']) => {
  const { balances } = await oms.orThrow.ledger.trialBalance({})
  return Object.fromEntries(
    (balances[0]?.accounts ?? []).map(({ account, balance }) => [account, balance.amount]),
  )
}

describe('invoices.debit', () => {
  it('is listed by its kind, beside the deposit invoices of others', async () => {
    const { oms, invoice, debit } = await open()
    const { invoice: note } = await debit(deskTooCheap)
    const prepaid = await confirmed(oms, [{ sku: 'DESK', quantity: 1 }])
    const { invoice: deposit } = await oms.orThrow.invoices.billDeposit(
      { order: prepaid, deposit: { percent: '30' } },
      newKey(),
    )
    const listed = async (kind?: 'deposit' | 'debit') =>
      (await oms.orThrow.invoices.list({ ...(kind !== undefined && { kind }) })).items.map(({ id }) => id)
    expect(await listed('debit')).toEqual([note])
    expect(await listed('deposit')).toEqual([deposit])
    expect((await listed()).toSorted()).toEqual([invoice, note, deposit].toSorted())
  })

  it('F109 claims what prices were too low, with their tax, by a document of its own that names the invoice', async () => {
    const { oms, order, invoice, debit, stored } = await open()
    const before = await stored(invoiceKind, invoice)
    const answer = await debit({
      corrections: [
        { line: 'L1', amount: eur('50.00') },
        { line: 'L2', amount: eur('1.00') },
      ],
    })
    expect(answer).toMatchObject({
      order,
      corrects: invoice,
      invoiceNumber: 'INV-000002',
      total: eur('60.57'),
    })
    expect(await oms.orThrow.invoices.get({ invoice: answer.invoice })).toMatchObject({
      kind: 'debit',
      status: 'issued',
      reason: 'old price list',
      corrects: { invoice, number: 'INV-000001', issuedOn: '2026-03-01', what: 'price' },
      open: eur('60.57'),
      lines: [
        { line: 'L1', sku: 'DESK', quantity: 1, unit: 'C62', net: eur('50.00'), tax: vat('19') },
        { line: 'L2', sku: 'BOOK', quantity: 1, unit: 'C62', net: eur('1.00'), tax: vat('7') },
      ],
      totals: { net: eur('51.00'), tax: eur('9.57'), gross: eur('60.57') },
      dueOn: '2026-03-31',
    })
    const { debitNotes, ...content } = await stored(invoiceKind, invoice)
    expect(content).toEqual(before)
    expect(debitNotes).toEqual([
      { invoice: answer.invoice, number: 'INV-000002', issuedOn: '2026-03-01', total: eur('60.57') },
    ])
  })

  it('raises what the customer and the order owe, and leaves the units of the order alone', async () => {
    const { oms, order, invoice, debit, stored } = await open()
    const { invoice: id } = await debit(deskTooCheap)
    expect(await stored(orderKind, order)).toMatchObject({
      total: eur('1297.00'),
      invoiced: eur('1356.50'),
      debited: eur('59.50'),
      invoices: 2,
      lines: [{ invoiced: 10 }, { invoiced: 10 }],
    })
    expect((await stored(openInvoicesKind, 'C-1')).invoices.map((each) => [each.invoice, each.open])).toEqual(
      [
        [invoice, eur('1297.00')],
        [id, eur('59.50')],
      ],
    )
    await oms.orThrow.payments.record(
      { amount: eur('1297.00'), method: 'bank', invoices: [{ invoice }] },
      newKey(),
    )
    expect((await oms.orThrow.orders.get({ order })).paymentStatus).toBe('partly_paid')
    await oms.orThrow.payments.record(
      { amount: eur('59.50'), method: 'bank', invoices: [{ invoice: id }] },
      newKey(),
    )
    expect((await oms.orThrow.orders.get({ order })).paymentStatus).toBe('paid')
    expect(await oms.orThrow.invoices.bill({ order })).toEqual({ order })
  })

  it('bills units that were left out at what the billed ones came to after all discounts', async () => {
    const { debit, oms } = await open({
      adjustments: [{ kind: 'discount', reason: 'fair', percent: '5' }],
    })
    const { invoice: id } = await debit({ lines: [{ line: 'L1', quantity: 3 }] })
    expect(await oms.orThrow.invoices.get({ invoice: id })).toMatchObject({
      corrects: { what: 'quantity' },
      lines: [{ line: 'L1', quantity: 3, unitPrice: eur('100.00'), net: eur('285.00') }],
      totals: { lineNet: eur('285.00'), net: eur('285.00'), tax: eur('54.15') },
      total: eur('339.15'),
    })
  })

  it('bills units that were left out of what costs nothing, and is settled as it is issued', async () => {
    const { debit, oms } = await open({
      adjustments: [{ kind: 'discount', reason: 'samples', percent: '100' }],
    })
    const { invoice: id } = await debit({ lines: [{ line: 'L1', quantity: 3 }] })
    expect(await oms.orThrow.invoices.get({ invoice: id })).toMatchObject({
      kind: 'debit',
      lines: [{ quantity: 3, net: eur('0.00') }],
      total: eur('0.00'),
      status: 'settled',
    })
  })

  it('takes prices that contain the tax as they are', async () => {
    const { debit, oms } = await open({ prices: 'gross' })
    const price = await debit({ corrections: [{ line: 'L1', amount: eur('119.00') }] })
    expect(await oms.orThrow.invoices.get({ invoice: price.invoice })).toMatchObject({
      lines: [{ net: eur('100.00'), unitPrice: eur('119.00') }],
      totals: { net: eur('100.00'), tax: eur('19.00') },
      total: eur('119.00'),
    })
    expect((await debit({ lines: [{ line: 'L1', quantity: 2 }] })).total).toEqual(eur('200.00'))
  })

  it('MO6 is credited by itself, in parts and whole, and changes nothing of what the invoice can be credited', async () => {
    const { oms, order, invoice, debit, stored } = await open()
    const { invoice: id } = await debit({ lines: [{ line: 'L1', quantity: 2 }] })
    const credit = (of: string, more: object = {}) =>
      oms.invoices.credit({ invoice: of, reason: 'agreed', ...more }, newKey())
    expect(await credit(invoice, { lines: [{ line: 'L1', quantity: 11 }] })).toMatchObject({
      error: { code: 'credit_exceeds_invoice', details: { line: 'L1', wanted: 11, limit: 10 } },
    })
    expect(await credit(id, { lines: [{ line: 'L1', quantity: 3 }] })).toMatchObject({
      error: { code: 'credit_exceeds_invoice', details: { line: 'L1', wanted: 3, limit: 2 } },
    })
    expect(await credit(id, { corrections: [{ line: 'L1', amount: eur('20.00') }] })).toMatchObject({
      value: { total: eur('23.80') },
    })
    expect(await credit(id)).toMatchObject({ value: { total: eur('214.20') } })
    expect(await credit(invoice)).toMatchObject({ value: { total: eur('1297.00') } })
    expect(await stored(orderKind, order)).toMatchObject({
      invoiced: eur('1535.00'),
      credited: eur('1535.00'),
      lines: [{ credited: 10 }, { credited: 10 }],
    })
  })

  it('a price that was debited is credited whole without naming lines', async () => {
    const { oms, debit } = await open()
    const { invoice: id } = await debit(deskTooCheap)
    const note = await oms.orThrow.invoices.credit({ invoice: id, reason: 'agreed' }, newKey())
    expect(await oms.orThrow.invoices.creditNote({ creditNote: note.creditNote })).toMatchObject({
      kind: 'debit',
      invoiceNumber: 'INV-000002',
      total: eur('59.50'),
    })
    expect(await oms.orThrow.invoices.get({ invoice: id })).toMatchObject({ status: 'settled' })
  })

  it('MO8 is revenue and output tax, and both are gone with its credit', async () => {
    const { oms, debit } = await open()
    const { invoice: id } = await debit(deskTooCheap)
    expect(await balancesOf(oms)).toEqual({
      receivables: '1356.50',
      output_tax: '-206.50',
      revenue: '-1150.00',
    })
    await oms.orThrow.invoices.credit({ invoice: id, reason: 'agreed' }, newKey())
    expect(await balancesOf(oms)).toEqual({
      receivables: '1297.00',
      output_tax: '-197.00',
      revenue: '-1100.00',
    })
  })

  it('F103 is reminded of when it is overdue, like any invoice', async () => {
    const { oms, clock, debit } = await open()
    const { invoice: id } = await debit(deskTooCheap)
    clock.set('2026-04-01T12:00:00.000Z')
    expect(await oms.orThrow.invoices.remindOverdue()).toMatchObject({ reminded: { 1: 2 } })
    expect(await oms.orThrow.invoices.get({ invoice: id })).toMatchObject({
      daysOverdue: 1,
      reminders: [{ level: 1 }],
    })
  })

  it('F132 is found and settled by a bank entry that names its number', async () => {
    const { oms, all } = openBank()
    const { invoice } = await bill(oms, '30.00')
    const debited = await oms.orThrow.invoices.debit(
      { invoice, reason: 'x', corrections: [{ line: 'L1', amount: eur('5.00') }] },
      newKey(),
    )
    const remittanceText = `payment ${debited.invoiceNumber}`
    await oms.orThrow.reconciliation.importStatement(statement([{ amount: '5.00', remittanceText }]))
    const [entry] = await all(bankEntryKind)
    await oms.orThrow.reconciliation.match({ entry: entry?.id ?? '' })
    expect(await oms.orThrow.invoices.get({ invoice: debited.invoice })).toMatchObject({
      status: 'settled',
      paid: eur('5.00'),
    })
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({
      open: eur('30.00'),
      status: 'issued',
    })
  })

  it('F115 is voided as long as nobody has answered it; its invoice only after that', async () => {
    const { oms, order, invoice, debit, stored } = await open()
    const { invoice: id } = await debit(deskTooCheap)
    expect(await oms.invoices.void({ invoice, reason: 'mistake' })).toMatchObject({
      error: {
        code: 'invalid_state',
        details: { because: 'not_untouched', debitNotes: [{ invoice: id, number: 'INV-000002' }] },
      },
    })
    await oms.orThrow.invoices.void({ invoice: id, reason: 'mistake' })
    expect(await stored(orderKind, order)).toMatchObject({ invoiced: eur('1297.00') })
    expect(await stored(orderKind, order)).not.toHaveProperty('debited')
    expect(await stored(invoiceKind, invoice)).not.toHaveProperty('debitNotes')
    expect(await oms.invoices.void({ invoice, reason: 'mistake' })).toMatchObject({ ok: true })
  })

  it('F130 says where each of its amounts comes from', async () => {
    const { oms, debit } = await open({ prices: 'gross' })
    const price = await debit(deskTooCheap)
    const traced = await oms.orThrow.invoices.trace({ invoice: price.invoice, amount: 'tax' })
    expect(traced.text.split('\n').slice(0, 4)).toEqual([
      'tax 7.98 = sum of the taxes [BR-CO-14]',
      '  VAT 19% 7.98 = contained in 50.00',
      '    amount with tax under S VAT 19% 50.00 = its lines with its discounts and charges',
      '      line 1 50.00 = by so much its price was too low',
    ])
    const units = await debit({ lines: [{ line: 'L2', quantity: 3 }] })
    const { text } = await oms.orThrow.invoices.trace({ invoice: units.invoice })
    expect(text).toContain('amount due 30.00 = total with tax')
    expect(text).toContain('line 1 30.00 = 3 more than the 10 billed for 100.00')
  })
})

describe('a debit note of units that were left out', () => {
  /** Two of them, and how what is claimed for them with tax comes about. */
  const twoMore = async (more: object, older?: (invoice: Invoice) => Invoice) => {
    const shop = await open(more)
    if (older !== undefined) await plantDrift(shop.storage, invoiceKind.name, shop.invoice, older)
    const { invoice, total } = await shop.debit({ lines: [{ line: 'L1', quantity: 2 }] })
    const { text } = await shop.oms.orThrow.invoices.trace({ invoice, amount: 'net' })
    const lines = traceLines(text)
    const first = lines.findIndex((line) => line.includes('2 more than'))
    const rest = lines.slice(first).map((line) => line.trim())
    const end = rest.findIndex((line) => line.startsWith('less VAT'))
    return { total, lines: end < 0 ? rest : rest.slice(0, end) }
  }
  const withoutGross = (invoice: Invoice): Invoice => ({
    ...invoice,
    lines: invoice.lines.map(({ gross: _gross, ...line }) => line),
  })
  const sameTax = ['DESK', 'BOOK'].map((sku) => ({ sku, quantity: 10, tax: vat('19') }))
  const discount = (percent: string) => ({
    adjustments: [{ kind: 'discount', reason: 'fair', percent }],
  })

  it('F130 is what the line was billed for where prices do not contain tax', async () => {
    expect(await twoMore({})).toEqual({
      total: eur('238.00'),
      lines: [
        'line 1 200.00 = 2 more than the 10 billed for 1000.00',
        'line 1 of invoice INV-000001 1000.00 = as it was billed',
      ],
    })
  })

  it('F130 has on an older invoice, whose lines do not say what they cost with tax, its share of the tax', async () => {
    expect(await twoMore({ prices: 'gross', lines: sameTax }, withoutGross)).toEqual({
      total: eur('200.00'),
      lines: [
        'line 1 200.00 = 2 more than the 10 billed for 1000.00',
        'line 1 of invoice INV-000001 with tax 1000.00 = as its prices are',
        'line 1 of invoice INV-000001 840.34 = as it was billed',
        'tax of line 1 of invoice INV-000001 159.66 = 175.63 for 840.34 of 924.37 = 159.664327…, rounded half up',
        'tax of the invoice 175.63 = under the same treatment',
      ],
    })
  })

  it('F130 has on an older invoice its part of the discounts, and of the tax that is left', async () => {
    const sold = { prices: 'gross', lines: sameTax, ...discount('5') }
    expect(await twoMore(sold, withoutGross)).toEqual({
      total: eur('190.00'),
      lines: [
        'line 1 190.00 = 2 more than the 10 billed for 950.00',
        'line 1 of invoice INV-000001 with tax 950.00 = as its prices are',
        'line 1 of invoice INV-000001 with its shares 798.32 = what of it is taxed',
        'line 1 of invoice INV-000001 840.34 = as it was billed',
        'share of line 1 of invoice INV-000001 -42.02 = as it was billed',
        'tax of line 1 of invoice INV-000001 151.68 = 166.85 for 798.32 of 878.15 = 151.682163…, rounded half up',
        'tax of the invoice 166.85 = under the same treatment',
      ],
    })
  })

  it('F130 costs nothing where an older invoice gave all of it away', async () => {
    expect(await twoMore({ prices: 'gross', ...discount('100') }, withoutGross)).toEqual({
      total: eur('0.00'),
      lines: [
        'line 1 0.00 = 2 more than the 10 billed for 0.00',
        'line 1 of invoice INV-000001 with its shares 0.00 = what of it is taxed',
        'line 1 of invoice INV-000001 840.34 = as it was billed',
        'share of line 1 of invoice INV-000001 -840.34 = as it was billed',
      ],
    })
  })
})

describe('a debit note that is refused', () => {
  const refusals = [
    ['neither units nor prices', {}, { code: 'validation_failed', issues: [{ rule: 'debit.one' }] }],
    [
      'units and prices in one',
      { ...deskTooCheap, lines: [{ line: 'L1', quantity: 1 }] },
      { code: 'validation_failed', issues: [{ path: ['corrections'], rule: 'debit.one' }] },
    ],
    [
      'a price that was too high',
      { corrections: [{ line: 'L1', amount: eur('-1.00') }] },
      { code: 'validation_failed' },
    ],
    [
      'a line named twice',
      {
        corrections: [
          { line: 'L1', amount: eur('1.00') },
          { line: 'L1', amount: eur('2.00') },
        ],
      },
      { code: 'validation_failed', issues: [{ rule: 'line.duplicateId' }] },
    ],
    [
      'a line that was not billed',
      { corrections: [{ line: 'L9', amount: eur('1.00') }] },
      { code: 'unknown_line', details: { line: 'L9' } },
    ],
    [
      'units of a line that was not billed',
      { lines: [{ line: 'L9', quantity: 1 }] },
      { code: 'unknown_line', details: { line: 'L9' } },
    ],
    [
      'half a piece',
      { lines: [{ line: 'L1', quantity: '0.5' }] },
      { code: 'validation_failed', issues: [{ path: ['lines', 0, 'quantity'] }] },
    ],
    [
      'another currency',
      { corrections: [{ line: 'L1', amount: { amount: '1.00', currency: 'USD' } }] },
      { code: 'currency_mismatch', details: { expected: 'EUR', got: 'USD' } },
    ],
    [
      'a day to come',
      { ...deskTooCheap, issuedOn: '2026-04-01' },
      { code: 'validation_failed', issues: [{ path: ['issuedOn'], rule: 'date.future' }] },
    ],
    [
      'an invoice that nobody knows',
      { ...deskTooCheap, invoice: 'none' },
      { code: 'unknown_invoice', details: { invoice: 'none' } },
    ],
  ] as const

  it.each(refusals)('for %s', async (_what, wanted, error) => {
    const { oms, invoice } = await open()
    const answer = await oms.invoices.debit({ invoice, reason: 'x', ...wanted }, newKey())
    expect(answer).toMatchObject({ ok: false, error })
  })

  it('for a deposit invoice, another debit note, and an invoice that was voided', async () => {
    const { oms, invoice, debit } = await open()
    const { invoice: id } = await debit(deskTooCheap)
    const again = await oms.invoices.debit({ invoice: id, reason: 'x', ...deskTooCheap }, newKey())
    expect(again).toMatchObject({
      error: { code: 'invalid_state', details: { because: 'kind', kind: 'debit' } },
    })
    await oms.orThrow.invoices.void({ invoice: id, reason: 'x' })
    await oms.orThrow.invoices.void({ invoice, reason: 'x' })
    const voided = await oms.invoices.debit({ invoice, reason: 'x', ...deskTooCheap }, newKey())
    expect(voided).toMatchObject({ error: { code: 'invalid_state', details: { status: 'voided' } } })

    const other = await confirmed(oms, [{ sku: 'DESK', quantity: 1, tax: vat('19') }] as never)
    const deposit = await oms.orThrow.invoices.billDeposit(
      { order: other, deposit: { percent: '10' } },
      newKey(),
    )
    const line = 'deposit-1'
    expect(
      await oms.invoices.debit(
        { invoice: deposit.invoice, reason: 'x', corrections: [{ line, amount: eur('1.00') }] },
        newKey(),
      ),
    ).toMatchObject({ error: { code: 'invalid_state', details: { because: 'kind', kind: 'deposit' } } })
  })

  it('F121 beyond the number of invoices that an order may have', async () => {
    const { oms } = openShop(undefined, { limits: { invoicesPerOrder: 2 } })
    await stock(oms, 'DESK', 100, '100.00')
    const { invoice } = await shipped(oms, await confirmed(oms, [{ sku: 'DESK', quantity: 1 }]))
    const wanted = { invoice, reason: 'x', ...deskTooCheap } as never
    expect(await oms.invoices.debit(wanted, newKey())).toMatchObject({ value: { total: eur('50.00') } })
    expect(await oms.invoices.debit(wanted, newKey())).toMatchObject({
      error: { code: 'limit_exceeded', details: { limit: 'invoicesPerOrder', most: 2 } },
    })
  })

  it('once under one key, however often it is asked for', async () => {
    const { oms, invoice, order, stored } = await open()
    const key = newKey()
    const wanted = { invoice, reason: 'x', ...deskTooCheap } as never
    const answers = await Promise.all(Array.from({ length: 5 }, () => oms.invoices.debit(wanted, key)))
    expect(new Set(answers.map((answer) => (answer.ok ? answer.value.invoice : ''))).size).toBe(1)
    expect(await stored(orderKind, order)).toMatchObject({ debited: eur('59.50'), invoices: 2 })
  })
})
