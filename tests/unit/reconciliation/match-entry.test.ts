import { describe, expect, it } from 'vitest'
import type { InvoiceId, PartyId } from '../../../src/core/ids/ids.js'
import type { Invoice } from '../../../src/core/invoicing/invoice.js'
import type { OpenInvoice } from '../../../src/core/invoicing/open-invoices.js'
import type { Money } from '../../../src/core/money/money.js'
import { matchEntry, type MatchFacts } from '../../../src/core/reconciliation/match-entry.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'

const eur = (amount: string): Money => ({ amount, currency: 'EUR' }) as Money

const invoice = (number: string, total: string, more: Partial<Invoice> = {}): Invoice =>
  ({
    id: `id of ${number}`,
    number,
    status: 'issued',
    currency: 'EUR',
    total: eur(total),
    paid: eur('0.00'),
    credited: eur('0.00'),
    dueOn: '2026-04-01',
    ...more,
  }) as Invoice

const open = (number: string, amount: string, dueOn = '2026-04-01', currency = 'EUR'): OpenInvoice => ({
  invoice: `id of ${number}` as InvoiceId,
  number,
  open: { amount, currency } as Money,
  dueOn: dueOn as LocalDate,
})

const match = (amount: string, facts: Partial<MatchFacts>) =>
  matchEntry({ amount: eur(amount), remittanceText: '', numbers: [], named: [], ...facts })

const named = (amount: string, ...invoices: readonly Invoice[]) =>
  match(amount, { numbers: invoices.map((one) => one.number), named: invoices })

const owes = (amount: string, ...invoices: readonly OpenInvoice[]) =>
  match(amount, { payer: { reference: 'C-1', open: invoices } })

describe('rule 1: invoices named in the text', () => {
  it('matches one that is open for exactly the amount', () => {
    expect(named('30.00', invoice('INV-000001', '30.00'))).toEqual({
      outcome: 'matched',
      rule: 'reference',
      applications: [{ invoice: 'id of INV-000001', amount: eur('30.00') }],
      candidates: [
        { number: 'INV-000001', invoice: 'id of INV-000001', open: eur('30.00'), verdict: 'chosen' },
      ],
      leftOut: 0,
    })
  })

  it('F133 matches several that add up to the amount', () => {
    expect(named('50.00', invoice('INV-000001', '30.00'), invoice('INV-000002', '20.00'))).toMatchObject({
      rule: 'reference',
      applications: [{ amount: eur('30.00') }, { amount: eur('20.00') }],
    })
  })

  it('counts what is still open and not the total', () => {
    const partly = invoice('INV-000001', '30.00', { paid: eur('10.00'), credited: eur('5.00') })
    expect(named('15.00', partly)).toMatchObject({
      rule: 'reference',
      applications: [{ amount: eur('15.00') }],
    })
  })

  it('passes over a named invoice that is paid already when the rest fits', () => {
    const paid = invoice('INV-000001', '30.00', { paid: eur('30.00'), status: 'settled' })
    expect(named('20.00', paid, invoice('INV-000002', '20.00'))).toMatchObject({
      rule: 'reference',
      applications: [{ invoice: 'id of INV-000002' }],
      candidates: [{ verdict: 'chosen' }, { number: 'INV-000001', verdict: 'already_paid' }],
    })
  })

  it('applies a short payment in part and leaves the invoice open', () => {
    expect(named('25.00', invoice('INV-000001', '30.00'))).toMatchObject({
      rule: 'reference',
      reason: 'short_payment',
      applications: [{ invoice: 'id of INV-000001', amount: eur('25.00') }],
      candidates: [{ verdict: 'paid_in_part' }],
    })
  })

  it('applies a short payment to what is due first', () => {
    const later = invoice('INV-000001', '30.00', { dueOn: '2026-05-01' as LocalDate })
    const sooner = invoice('INV-000002', '20.00', { dueOn: '2026-04-01' as LocalDate })
    const last = invoice('INV-000003', '10.00', { dueOn: '2026-06-01' as LocalDate })
    const decision = named('25.00', later, sooner, last)
    expect(decision).toMatchObject({
      reason: 'short_payment',
      applications: [
        { invoice: 'id of INV-000002', amount: eur('20.00') },
        { invoice: 'id of INV-000001', amount: eur('5.00') },
      ],
    })
    expect(decision.candidates.map(({ verdict }) => verdict)).toEqual([
      'chosen',
      'paid_in_part',
      'not_covered',
    ])
  })

  it('pays exactly those of the named that alone add up to the amount', () => {
    expect(named('30.00', invoice('INV-000001', '30.00'), invoice('INV-000002', '70.00'))).toMatchObject({
      reason: 'short_payment',
      applications: [{ invoice: 'id of INV-000001' }],
    })
  })

  it('pays a stranger’s invoice only by exactly what is open on it', () => {
    const strange = { ...invoice('INV-000001', '30.00'), customer: 'C-2' as PartyId }
    const payer = { reference: '1001', customer: 'C-1' as PartyId }
    const pay = (amount: string) => match(amount, { numbers: [strange.number], named: [strange], payer })
    expect(pay('30.00')).toMatchObject({ outcome: 'matched', rule: 'reference' })
    expect(pay('12.00')).toMatchObject({
      outcome: 'needs_review',
      reason: 'other_customer',
      candidates: [{ number: 'INV-000001', verdict: 'other_customer' }],
    })
  })

  it('RC4 leaves a tie between the named to a person', () => {
    expect(named('30.00', invoice('INV-000001', '30.00'), invoice('INV-000002', '30.00'))).toMatchObject({
      outcome: 'needs_review',
      reason: 'ambiguous',
      candidates: [{ verdict: 'tie' }, { verdict: 'tie' }],
    })
  })

  it('sets a second payment of a settled invoice aside', () => {
    const paid = invoice('INV-000001', '30.00', { paid: eur('30.00'), status: 'settled' })
    expect(named('30.00', paid)).toMatchObject({ outcome: 'needs_review', reason: 'duplicate_payment' })
  })

  it('sets the payment of an invoice that was credited or withdrawn aside', () => {
    const credited = invoice('INV-000001', '30.00', { credited: eur('30.00'), status: 'settled' })
    const voided = invoice('INV-000002', '30.00', { status: 'voided' })
    expect(named('30.00', credited)).toMatchObject({ reason: 'invoice_not_payable' })
    expect(named('30.00', voided)).toMatchObject({ reason: 'invoice_not_payable' })
  })

  it('sets an overpayment aside and applies nothing of it', () => {
    expect(named('30.01', invoice('INV-000001', '30.00'))).toMatchObject({
      outcome: 'needs_review',
      reason: 'overpayment',
      candidates: [{ verdict: 'amount_differs' }],
    })
  })

  it('RC6 never chooses an invoice in another currency', () => {
    const usd = { amount: '30.00', currency: 'USD' } as Money
    const foreign = invoice('INV-000001', '30.00', {
      currency: usd.currency,
      total: usd,
      paid: { ...usd, amount: '0.00' },
      credited: { ...usd, amount: '0.00' },
    })
    expect(named('30.00', foreign)).toMatchObject({
      outcome: 'needs_review',
      reason: 'currency_mismatch',
      candidates: [{ verdict: 'other_currency' }],
    })
  })

  it('counts what was named before what the payer owes', () => {
    const decision = match('30.00', {
      numbers: ['INV-000001'],
      named: [invoice('INV-000001', '40.00')],
      payer: { reference: 'C-1', open: [open('INV-000002', '30.00')] },
    })
    expect(decision).toMatchObject({ reason: 'short_payment' })
  })
})

describe('rules 2 and 3: what the payer owes', () => {
  it('matches the only invoice of exactly the amount', () => {
    expect(owes('30.00', open('INV-000001', '30.00'), open('INV-000002', '20.00'))).toMatchObject({
      rule: 'exact_amount',
      applications: [{ invoice: 'id of INV-000001' }],
      candidates: [{ verdict: 'chosen' }, { verdict: 'not_covered' }],
    })
  })

  it('RC4 leaves two invoices of the same amount to a person', () => {
    expect(
      owes('30.00', open('INV-000001', '30.00'), open('INV-000002', '30.00'), open('INV-000003', '31.00')),
    ).toMatchObject({
      outcome: 'needs_review',
      reason: 'ambiguous',
      candidates: [{ verdict: 'tie' }, { verdict: 'tie' }, { verdict: 'amount_differs' }],
    })
  })

  it('F133 matches everything open when it adds up, however many there are', () => {
    const many = Array.from({ length: 60 }, (_, index) => open(`INV-${index}`, '1.00'))
    expect(owes('60.00', ...many)).toMatchObject({ rule: 'several_invoices', leftOut: 40 })
  })

  it('F133 matches the only choice that adds up', () => {
    const decision = owes(
      '70.00',
      open('A', '10.00'),
      open('B', '25.00'),
      open('C', '45.00'),
      open('D', '90.00'),
    )
    expect(decision).toMatchObject({
      rule: 'several_invoices',
      applications: [{ invoice: 'id of B' }, { invoice: 'id of C' }],
    })
  })

  it('RC4 leaves two choices that add up to a person', () => {
    expect(
      owes('30.00', open('A', '10.00'), open('B', '20.00'), open('C', '18.00'), open('D', '12.00')),
    ).toMatchObject({ outcome: 'needs_review', reason: 'ambiguous' })
  })

  it.each([
    ['more than the payer owes', '100.01', 'overpayment'],
    ['an amount that nothing adds up to', '99.00', 'amount_differs'],
  ])('sets %s aside', (_what, amount, reason) => {
    expect(owes(amount, open('A', '40.00'), open('B', '60.00'))).toMatchObject({
      outcome: 'needs_review',
      reason,
    })
  })

  it('does not search for ever among the invoices of a large customer', () => {
    const many = Array.from({ length: 21 }, (_, index) => open(`INV-${index}`, `${index + 1}.00`))
    expect(owes('30.00', ...many)).toMatchObject({ reason: 'too_many_open_invoices' })
    expect(owes('21.00', ...many)).toMatchObject({ rule: 'exact_amount' })
  })

  it('RC6 looks only at what is owed in the currency of the entry', () => {
    expect(owes('30.00', open('A', '30.00', '2026-04-01', 'USD'))).toMatchObject({
      reason: 'currency_mismatch',
      candidates: [{ verdict: 'other_currency' }],
    })
    expect(owes('30.00')).toMatchObject({ reason: 'nothing_open' })
  })

  it('F137 ranks what a person would look at first', () => {
    const decision = owes('50.00', open('A', '80.00'), open('B', '49.00'), open('C', '20.00'))
    expect(decision).toMatchObject({ reason: 'amount_differs' })
    expect(decision.candidates.map(({ number }) => number)).toEqual(['B', 'A', 'C'])
  })

  it('lists a number that no invoice has', () => {
    const decision = match('30.00', {
      numbers: ['INV-999999'],
      payer: { reference: 'C-1', open: [open('INV-000001', '30.00')] },
    })
    expect(decision).toMatchObject({
      rule: 'exact_amount',
      candidates: [{ verdict: 'chosen' }, { number: 'INV-999999', verdict: 'unknown_number' }],
    })
  })
})

describe('what no rule can match', () => {
  it.each([
    ['money that went out', '-30.00', 'to our supplier', 'outgoing'],
    ['a fee of the bank', '-3.00', 'Account fee March', 'bank_fee'],
    ['money from nobody we know', '30.00', 'thanks', 'no_reference'],
  ])('sets %s aside', (_what, amount, remittanceText, reason) => {
    expect(match(amount, { remittanceText })).toMatchObject({ outcome: 'needs_review', reason })
  })

  it('sets money of an unknown customer number aside', () => {
    expect(match('30.00', { payer: { reference: 'C-9' } })).toMatchObject({ reason: 'unknown_payer' })
  })
})
