import { describe, expect, it } from 'vitest'
import { bill, eur, openBank, register, statement } from '../../support/bank.js'
import { newKey, type Shop } from '../../support/shop.js'

const journalOf = async (oms: Shop['oms'], documents: 'invoice' | 'credit_note' | 'payment') =>
  (await oms.orThrow.ledger.journal({ documents })).items

const written = (items: Awaited<ReturnType<typeof journalOf>>) =>
  items.map(({ what, postings }) => [
    what,
    ...postings.map(({ side, account, amount }) => `${side} ${account} ${amount.amount}`),
  ])

const opened = async () => {
  const { oms } = openBank()
  await register(oms, 'C-1')
  const { invoice } = await bill(oms, '30.00', 'C-1')
  return { oms, invoice }
}

describe('ledger.journal', () => {
  it('MO8 claims an invoice from the customer, dated as the invoice, under a name that stays', async () => {
    const { oms, invoice } = await opened()
    const { issuedOn } = await oms.orThrow.invoices.get({ invoice })
    const [entry] = await journalOf(oms, 'invoice')
    expect(entry).toEqual({
      on: issuedOn,
      what: 'InvoiceIssued',
      document: { kind: 'invoice', id: invoice },
      version: 1,
      currency: 'EUR',
      postings: [
        { account: 'receivables', side: 'debit', amount: eur('30.00') },
        { account: 'revenue', side: 'credit', amount: eur('30.00') },
      ],
    })
    await oms.orThrow.payments.record(
      { amount: eur('30.00'), method: 'cash', invoices: [{ invoice }] },
      newKey(),
    )
    expect(await journalOf(oms, 'invoice')).toEqual([entry])
  })

  it('MO8 owes a payment to the customer until it pays for an invoice, and again when it is taken back by a credit', async () => {
    const { oms, invoice } = await opened()
    const { payment } = await oms.orThrow.payments.record(
      { amount: eur('40.00'), method: 'cash', invoices: [{ invoice }] },
      newKey(),
    )
    await oms.orThrow.payments.refund({ payment, amount: eur('10.00'), reason: 'paid too much' }, newKey())
    expect(written(await journalOf(oms, 'payment'))).toEqual([
      ['PaymentReceived', 'debit money 40.00', 'credit unapplied_payments 40.00'],
      ['PaymentApplied', 'debit unapplied_payments 30.00', 'credit receivables 30.00'],
      ['PaymentRefunded', 'debit unapplied_payments 10.00', 'credit money 10.00'],
    ])
    await oms.orThrow.invoices.credit({ invoice, reason: 'broken' }, newKey())
    expect(written(await journalOf(oms, 'credit_note'))).toEqual([
      ['CreditNoteIssued', 'debit revenue 30.00', 'credit receivables 30.00'],
    ])
    await oms.orThrow.payments.refund({ payment, amount: eur('30.00'), reason: 'broken' }, newKey())
    expect(written(await journalOf(oms, 'payment')).slice(3)).toEqual([
      ['PaymentTakenBack', 'debit receivables 30.00', 'credit unapplied_payments 30.00'],
      ['PaymentRefunded', 'debit unapplied_payments 30.00', 'credit money 30.00'],
    ])
  })

  it('MO8 undoes a payment whole when the bank entry it was made of is unmatched', async () => {
    const { oms, invoice } = await opened()
    await oms.orThrow.reconciliation.importStatement(statement([{ amount: '30.00' }]))
    const { items } = await oms.orThrow.reconciliation.entries({})
    const entry = items[0]?.id ?? ''
    await oms.orThrow.reconciliation.match({ entry, invoices: [{ invoice }] })
    await oms.orThrow.reconciliation.unmatch({ entry, reason: 'mistaken' })
    expect(written(await journalOf(oms, 'payment'))).toEqual([
      ['PaymentReceived', 'debit money 30.00', 'credit unapplied_payments 30.00'],
      ['PaymentApplied', 'debit unapplied_payments 30.00', 'credit receivables 30.00'],
      ['PaymentTakenBack', 'debit receivables 30.00', 'credit unapplied_payments 30.00'],
      ['PaymentReversed', 'debit unapplied_payments 30.00', 'credit money 30.00'],
    ])
  })

  it('goes through the documents in pages', async () => {
    const { oms } = await opened()
    await bill(oms, '5.00', 'C-1')
    const first = await oms.orThrow.ledger.journal({ documents: 'invoice', limit: 1 })
    expect(first.items).toHaveLength(1)
    const second = await oms.orThrow.ledger.journal({
      documents: 'invoice',
      limit: 1,
      ...(first.next !== undefined && { cursor: first.next }),
    })
    const both = [...first.items, ...second.items].map(({ document }) => document.id)
    expect(new Set(both).size).toBe(2)
  })
})

describe('ledger.trialBalance', () => {
  it('MO8 M97 adds up every account, debits equal to credits, up to the day that was asked for', async () => {
    const { oms, invoice } = await opened()
    const { issuedOn } = await oms.orThrow.invoices.get({ invoice })
    await oms.orThrow.payments.record(
      { amount: eur('12.50'), method: 'cash', receivedOn: '2026-02-01', invoices: [{ invoice }] },
      newKey(),
    )
    const report = await oms.orThrow.ledger.trialBalance({})
    const sum = (account: string, debit: string, credit: string, balance: string) => ({
      account,
      debit: eur(debit),
      credit: eur(credit),
      balance: eur(balance),
    })
    expect(report).toEqual({
      entries: 3,
      balances: [
        {
          currency: 'EUR',
          accounts: [
            sum('money', '12.50', '0.00', '12.50'),
            sum('receivables', '30.00', '12.50', '17.50'),
            sum('unapplied_payments', '12.50', '12.50', '0.00'),
            sum('revenue', '0.00', '30.00', '-30.00'),
          ],
          debit: eur('55.00'),
          credit: eur('55.00'),
          balanced: true,
        },
      ],
    })
    expect(issuedOn > '2026-02-01').toBe(true)
    expect(await oms.orThrow.ledger.trialBalance({ through: '2026-02-01' })).toMatchObject({ entries: 1 })
  })
})
