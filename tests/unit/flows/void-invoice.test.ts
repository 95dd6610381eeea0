import { describe, expect, it } from 'vitest'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'
import { openInvoicesKind } from '../../../src/core/invoicing/open-invoices.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { register } from '../../support/bank.js'
import { confirmed, newKey, openShop, shipped, stock } from '../../support/shop.js'
import { vat } from '../../support/tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

/** Three nails for 5.00: one costs 1.67, a second 1.66, the third 1.67. */
const open = async (settings = {}) => {
  const shop = openShop(undefined, settings)
  await stock(shop.oms, 'NAIL', 1_000, '1.66666667')
  return shop
}

const one = [{ line: 'L1', quantity: 1 }]

describe('invoices.void', () => {
  it('F115 keeps the number, claims nothing any more, and makes billable again what it billed', async () => {
    const { oms, stored } = await open()
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 3 }])
    const { invoice } = await shipped(oms, order)
    expect(await oms.orThrow.invoices.void({ invoice, reason: 'wrong buyer' })).toEqual({
      invoice,
      number: 'INV-000001',
      status: 'voided',
      total: eur('5.00'),
      voidedOn: '2026-03-01',
    })
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({
      status: 'voided',
      number: 'INV-000001',
      total: eur('5.00'),
      open: eur('0.00'),
      openParts: [],
      voided: { on: '2026-03-01', reason: 'wrong buyer' },
    })
    expect(await stored(orderKind, order)).toMatchObject({ invoiced: eur('0.00'), lines: [{ invoiced: 0 }] })
    expect(await oms.orThrow.invoices.bill({ order })).toMatchObject({
      invoiceNumber: 'INV-000002',
      total: eur('5.00'),
    })
    expect(await oms.orThrow.invoices.verifyNumbering({ series: 'invoice' })).toMatchObject({
      intact: true,
    })
  })

  it('NR2 leaves no gap and breaks no chain: the numbers before and after it stay valid', async () => {
    const { oms } = await open()
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 3 }])
    await shipped(oms, order, one)
    const { invoice } = await shipped(oms, order, one)
    await oms.orThrow.invoices.void({ invoice, reason: 'twice' })
    await shipped(oms, order, one)
    expect(await oms.orThrow.invoices.verifyNumbering({ series: 'invoice' })).toMatchObject({
      intact: true,
    })
  })

  it('takes it from what the customer owes, and the claim out of the books', async () => {
    const { oms, stored } = await open()
    const customer = 'C-1'
    await register(oms, customer)
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 3 }], { customer })
    const { invoice } = await shipped(oms, order)
    expect((await stored(openInvoicesKind, customer)).invoices).toHaveLength(1)
    await oms.orThrow.invoices.void({ invoice, reason: 'wrong buyer' })
    expect((await stored(openInvoicesKind, customer)).invoices).toEqual([])
    const { items } = await oms.orThrow.ledger.journal({ documents: 'invoice' })
    expect(items.map(({ what, on }) => [what, on])).toEqual([
      ['InvoiceIssued', '2026-03-01'],
      ['InvoiceVoided', '2026-03-01'],
    ])
    const { balances } = await oms.orThrow.ledger.trialBalance({})
    expect(balances[0]?.accounts.map(({ account, balance }) => [account, balance.amount])).toEqual([
      ['receivables', '0.00'],
      ['revenue', '0.00'],
    ])
  })

  it('takes the tax out of the books with it', async () => {
    const { oms } = await open()
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 3, tax: vat('19') } as never])
    const { invoice, total } = await shipped(oms, order)
    expect(total).toEqual(eur('5.95'))
    await oms.orThrow.invoices.void({ invoice, reason: 'wrong buyer' })
    const [, voided] = (await oms.orThrow.ledger.journal({ documents: 'invoice' })).items
    expect(
      voided?.postings.map(({ side, account, amount }) => `${side} ${account} ${amount.amount}`),
    ).toEqual(['debit revenue 5.00', 'credit receivables 5.95', 'debit output_tax 0.95'])
  })

  it('OQ4 bills the same cents again that the latest invoice had', async () => {
    const { oms } = await open()
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 3 }])
    await shipped(oms, order, one)
    const { invoice, total } = await shipped(oms, order, one)
    expect(total).toEqual(eur('1.66'))
    await oms.orThrow.invoices.void({ invoice, reason: 'too early' })
    expect(await oms.orThrow.invoices.bill({ order })).toMatchObject({ total: eur('1.66') })
    expect((await shipped(oms, order, one)).total).toEqual(eur('1.67'))
  })

  it('makes billable again what it billed of one line, and leaves the other as it is', async () => {
    const { oms, stored } = await open()
    const nails = { sku: 'NAIL', quantity: 3 }
    const order = await confirmed(oms, [nails, nails])
    const { invoice } = await shipped(oms, order, [{ line: 'L1', quantity: 3 }])
    await oms.orThrow.invoices.void({ invoice, reason: 'a mistake' })
    expect((await stored(orderKind, order)).lines.map(({ invoiced }) => invoiced)).toEqual([0, 0])
    expect(await oms.orThrow.invoices.bill({ order })).toMatchObject({ total: eur('5.00') })
  })

  it('F101 OQ4 refuses one that came before a deposit: billed again, it would deduct it', async () => {
    const { oms } = await open()
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 3 }])
    const { invoice } = await shipped(oms, order, one)
    const deposit = await oms.orThrow.invoices.billDeposit({ order, deposit: { percent: '30' } }, newKey())
    const withdraw = (id: string) => oms.invoices.void({ invoice: id, reason: 'a mistake' })
    expect(await withdraw(invoice)).toMatchObject({
      error: { code: 'invalid_state', details: { invoice, because: 'later_invoices', order } },
    })
    expect(await withdraw(deposit.invoice)).toMatchObject({ ok: true })
    expect(await withdraw(invoice)).toMatchObject({ ok: true })
  })

  it('OQ4 refuses an earlier invoice where the later ones would no longer add up to the cent, until those are voided', async () => {
    const { oms } = await open()
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 3 }])
    await shipped(oms, order, one)
    const second = await shipped(oms, order, one)
    const third = await shipped(oms, order, one)
    const refused = await oms.invoices.void({ invoice: second.invoice, reason: 'a mistake' })
    expect(refused).toMatchObject({
      error: { code: 'invalid_state', details: { because: 'later_invoices', order } },
    })
    await oms.orThrow.invoices.void({ invoice: third.invoice, reason: 'a mistake' })
    await oms.orThrow.invoices.void({ invoice: second.invoice, reason: 'a mistake' })
    expect(await oms.orThrow.invoices.bill({ order })).toMatchObject({ total: eur('3.33') })
  })

  it.each([
    ['paid', 'not_untouched'],
    ['credited', 'not_untouched'],
    ['written off', 'not_untouched'],
  ])('refuses one of which something was %s', async (what, because) => {
    const { oms } = await open()
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 3 }])
    const { invoice } = await shipped(oms, order)
    if (what === 'paid') {
      const invoices = [{ invoice, amount: eur('0.01') }]
      await oms.orThrow.payments.record({ amount: eur('0.01'), method: 'cash', invoices }, newKey())
    }
    if (what === 'credited') {
      await oms.orThrow.invoices.credit({ invoice, lines: one, reason: 'goodwill' }, newKey())
    }
    if (what === 'written off') {
      const part = { invoice, kind: 'write_off', amount: eur('0.01'), reason: 'hopeless' } as const
      await oms.orThrow.invoices.writeOff(part, newKey())
    }
    expect(await oms.invoices.void({ invoice, reason: 'a mistake' })).toMatchObject({
      error: { code: 'invalid_state', details: { invoice, because } },
    })
    expect((await oms.orThrow.explain({ kind: 'invoice', id: invoice })).allowed).not.toContain(
      'invoices.void',
    )
  })

  it('refuses one that is settled, and one that is voided already', async () => {
    const { oms } = await open()
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 3 }])
    const { invoice, total } = await shipped(oms, order, one)
    await oms.orThrow.payments.record({ amount: total, method: 'cash', invoices: [{ invoice }] }, newKey())
    expect(await oms.invoices.void({ invoice, reason: 'a mistake' })).toMatchObject({
      error: { code: 'invalid_state', details: { status: 'settled' } },
    })
    const second = await shipped(oms, order, one)
    await oms.orThrow.invoices.void({ invoice: second.invoice, reason: 'a mistake' })
    expect(await oms.invoices.void({ invoice: second.invoice, reason: 'again' })).toMatchObject({
      error: { code: 'invalid_state', details: { status: 'voided', allowed: [] } },
    })
  })

  it('refuses payments, credits, write-offs and reminders of one that is voided', async () => {
    const { oms } = await open()
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 3 }])
    const { invoice } = await shipped(oms, order)
    await oms.orThrow.invoices.void({ invoice, reason: 'a mistake' })
    const invoices = [{ invoice, amount: eur('1.00') }]
    const refused = { error: { code: 'invalid_state', details: { status: 'voided' } } }
    expect(
      await oms.payments.record({ amount: eur('1.00'), method: 'cash', invoices }, newKey()),
    ).toMatchObject(refused)
    expect(await oms.invoices.credit({ invoice, reason: 'goodwill' }, newKey())).toMatchObject(refused)
    const part = { invoice, kind: 'write_off', amount: eur('0.01'), reason: 'hopeless' } as const
    expect(await oms.invoices.writeOff(part, newKey())).toMatchObject(refused)
    expect(await oms.invoices.remind({ invoice }, newKey())).toMatchObject({
      error: { code: 'reminder_not_due' },
    })
  })

  it('refuses one of a fiscal year that is over, where the numbers begin anew each year', async () => {
    const yearly = {
      pattern: '{year}-{number}',
      digits: 4,
      fiscalYear: { startsOn: '04-01', written: 'YYYY' },
    }
    const { oms, clock } = await open({ numbering: { invoice: yearly } })
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 3 }])
    const { invoice } = await shipped(oms, order)
    clock.advance(31 * 24 * 60 * 60 * 1_000)
    expect(await oms.invoices.void({ invoice, reason: 'a mistake' })).toMatchObject({
      error: { code: 'invalid_state', details: { because: 'fiscal_year_over', issuedOn: '2026-03-01' } },
    })
    expect(
      await oms.orThrow.invoices.void({ invoice, reason: 'a mistake', voidedOn: '2026-03-31' }),
    ).toMatchObject({ status: 'voided' })
  })

  it('has no date before the invoice', async () => {
    const { oms } = await open()
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 3 }])
    const { invoice } = await shipped(oms, order)
    const voided = await oms.orThrow.invoices.void({ invoice, reason: 'a mistake', voidedOn: '2026-02-01' })
    expect(voided.voidedOn).toBe('2026-03-01')
  })

  it('explains the amounts of a later invoice as if the voided one had never been', async () => {
    const { oms } = await open()
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 3 }])
    const first = await shipped(oms, order, one)
    await oms.orThrow.invoices.void({ invoice: first.invoice, reason: 'a mistake' })
    const again = await oms.orThrow.invoices.bill({ order })
    const { trace } = await oms.orThrow.invoices.trace({ invoice: again.invoice ?? '' })
    expect(trace.amount).toBe('1.67')
  })

  it('refuses an invoice nobody knows', async () => {
    const { oms } = await open()
    expect(await oms.invoices.void({ invoice: 'none', reason: 'a mistake' })).toMatchObject({
      error: { code: 'unknown_invoice' },
    })
  })

  it('MO9 changes nothing of the document', async () => {
    const { oms, stored } = await open()
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 3 }])
    const { invoice } = await shipped(oms, order)
    const before = await stored(invoiceKind, invoice)
    await oms.orThrow.invoices.void({ invoice, reason: 'a mistake' })
    const { status, voided, ...after } = await stored(invoiceKind, invoice)
    expect({ ...after, status: 'issued' }).toEqual(before)
    expect([status, voided?.on]).toEqual(['voided', '2026-03-01'])
  })
})
