import { describe, expect, it } from 'vitest'
import { creditNoteKind, type CreditNote } from '../../../src/core/invoicing/credit-note.js'
import { dueDates, openOf } from '../../../src/core/invoicing/due-dates.js'
import { ladderProblem, type DunningLadder } from '../../../src/core/invoicing/dunning.js'
import type { Invoice, InvoiceContent, InvoiceEvent } from '../../../src/core/invoicing/invoice.js'
import {
  discountFor,
  dueAmount,
  nextDueOn,
  openAmount,
  openParts,
} from '../../../src/core/invoicing/invoice-amounts.js'
import { decideInvoice, type InvoiceCommand } from '../../../src/core/invoicing/invoice-decider.js'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'
import { nextReminder, reminderOf } from '../../../src/core/invoicing/next-reminder.js'
import type { Money } from '../../../src/core/money/money.js'
import type { PaymentTerms } from '../../../src/core/pricing/payment-terms.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'

const euros = (amount: string) => ({ amount, currency: 'EUR' }) as Money
const on = (day: string) => `2026-${day}` as LocalDate

const line = {
  line: 'L1',
  sku: 'mug',
  name: 'Mug',
  quantity: 4,
  unitPrice: euros('25.00'),
  net: euros('100.00'),
}
const content = {
  id: 'i1',
  number: 'INV-000001',
  order: 'o1',
  orderNumber: 'O-1',
  currency: 'EUR',
  lines: [line],
  total: euros('100.00'),
  issuedOn: on('03-01'),
  dueOn: on('03-31'),
} as unknown as InvoiceContent
const issued = (more: object = {}): Invoice =>
  invoiceKind.evolve(undefined, { type: 'InvoiceIssued', invoice: { ...content, ...more } })
const after = (invoice: Invoice, ...events: readonly object[]): Invoice =>
  events.reduce<Invoice>((known, event) => invoiceKind.evolve(known, event as InvoiceEvent), invoice)

const paid = (amount: string, more: object = {}) => ({
  type: 'InvoicePaid',
  payment: 'p1',
  amount: euros(amount),
  ...more,
})
const letGo = (id: string, amount: string) => ({
  type: 'InvoiceDifferenceBooked',
  difference: { id, kind: 'write_off', amount: euros(amount), on: on('04-01') },
})

describe('MO7 what is open of an invoice', () => {
  it('is its total less what was paid, credited and let go', () => {
    const credited = { type: 'InvoiceCredited', creditNote: 'c1', amount: euros('25.00'), lines: [] }
    const invoice = after(issued(), paid('10.00'), credited, letGo('d1', '1.00'), letGo('d2', '2.00'))
    expect(openAmount(invoice)).toEqual(euros('62.00'))
    expect(openAmount(after(invoice, { type: 'InvoiceDifferenceTakenBack', id: 'd1' }))).toEqual(
      euros('63.00'),
    )
    const none = after(invoice, ...['d1', 'd2'].map((id) => ({ type: 'InvoiceDifferenceTakenBack', id })))
    expect(none).not.toHaveProperty('differences')
  })

  it('is nothing once it is voided', () => {
    const voided = after(issued(), { type: 'InvoiceVoided', voidedOn: on('03-02'), reason: 'mistaken' })
    expect(voided).toMatchObject({ status: 'voided', voided: { on: on('03-02'), reason: 'mistaken' } })
    expect(openAmount(voided)).toEqual(euros('0.00'))
  })

  it('F101 leaves out what deposits claimed, until a credit gives it back to them', () => {
    const deducted = [{ invoice: 'i0', amount: euros('30.00') }]
    const final = issued({ deducted })
    expect(dueAmount(final)).toEqual(euros('70.00'))
    const returned = { type: 'InvoiceDeductionReturned', invoice: 'i0', amount: euros('5.00') }
    expect(dueAmount(after(final, returned))).toEqual(euros('75.00'))
    expect(dueAmount(after(final, returned, returned))).toEqual(euros('80.00'))
    expect(dueAmount(after(issued({ kind: 'deposit' }), returned))).toEqual(euros('95.00'))
  })

  it('is due part by part, what is due first covered first', () => {
    const instalments = [
      { dueOn: on('03-10'), amount: euros('40.00') },
      { dueOn: on('03-20'), amount: euros('60.00') },
    ]
    const invoice = issued({ instalments })
    expect(nextDueOn(invoice)).toBe(on('03-10'))
    const half = after(invoice, paid('50.00'))
    expect(openParts(half)).toEqual([{ dueOn: on('03-20'), amount: euros('50.00') }])
    expect(nextDueOn(half)).toBe(on('03-20'))
    expect(nextDueOn(after(invoice, paid('100.00')))).toBe(content.dueOn)
    expect(openParts(issued())).toEqual([{ dueOn: content.dueOn, amount: euros('100.00') }])
    expect(nextDueOn(issued())).toBe(content.dueOn)
  })

  it('may be less for whoever pays in time, and in time only', () => {
    const discount = { percent: '2', until: on('03-11'), amount: euros('2.00') }
    const invoice = issued({ discount })
    expect(discountFor(invoice, on('03-11'))).toEqual(euros('2.00'))
    expect(discountFor(invoice, on('03-12'))).toEqual(euros('0.00'))
    const late = after(invoice, paid('10.00', { late: true }))
    expect(discountFor(late, on('03-01'))).toEqual(euros('0.00'))
    const takenBack = (amount: string) => ({
      type: 'InvoicePaymentTakenBack',
      payment: 'p1',
      amount: euros(amount),
    })
    expect(after(late, takenBack('4.00'))).toMatchObject({ paidLate: true, paid: euros('6.00') })
    expect(discountFor(after(late, takenBack('10.00')), on('03-01'))).toEqual(euros('2.00'))
    expect(discountFor(issued(), on('03-01'))).toEqual(euros('0.00'))
  })

  it('is settled and opened again', () => {
    const settled = after(issued(), { type: 'InvoiceSettled' })
    expect([settled.status, after(settled, { type: 'InvoiceReopened' }).status]).toEqual([
      'settled',
      'issued',
    ])
  })
})

describe('a decision about an invoice', () => {
  it('opens it again where the roundings of all that is withheld leave a cent of a credit to be paid', () => {
    const half = (name: string) => ({
      name,
      percent: '50',
      on: 'net',
      base: euros('100.00'),
      amount: euros('50.00'),
    })
    const certified = { ...letGo('d1', '100.00').difference, kind: 'withholding' }
    const invoice = after(
      issued({ withholdings: [half('A'), half('B')] }),
      { type: 'InvoiceDifferenceBooked', difference: certified },
      { type: 'InvoiceSettled' },
    )
    const events = eventsOf(invoice, credit('0.01'))
    expect(events.at(-1)).toEqual({ type: 'InvoiceReopened' })
    expect(openAmount(after(invoice, ...events))).toEqual(euros('0.01'))
  })

  const decided = (invoice: Invoice, command: object) => decideInvoice(invoice, command as InvoiceCommand)
  const eventsOf = (invoice: Invoice, command: object) => {
    const events = decided(invoice, command)
    if (!events.ok) throw new Error(events.error.code)
    return events.value
  }
  const credit = (amount: string) => ({
    type: 'CreditInvoice',
    creditNote: 'c1',
    credit: { total: euros(amount), lines: [] },
  })

  it('RC6 takes no money of another currency', () => {
    const amount = { amount: '1.00', currency: 'USD' } as Money
    const pay = { type: 'PayInvoice', payment: 'p1', amount, receivedOn: on('03-02') }
    expect(decided(issued(), pay)).toMatchObject({
      error: { code: 'currency_mismatch', details: { expected: 'EUR', got: 'USD' } },
    })
  })

  it('lets a write-off stand with a credit as long as so much is left, and a small difference go', () => {
    const part = after(issued(), letGo('d1', '10.00'))
    expect(eventsOf(part, credit('20.00')).map(({ type }) => type)).toEqual(['InvoiceCredited'])
    const small = letGo('d1', '0.50').difference
    const settled = after(
      issued(),
      paid('99.50'),
      { type: 'InvoiceDifferenceBooked', difference: { ...small, kind: 'small_difference' } },
      { type: 'InvoiceSettled' },
    )
    expect(eventsOf(settled, credit('0.20'))).toMatchObject([
      { type: 'InvoiceCredited' },
      { type: 'InvoiceDifferenceTakenBack', id: 'd1' },
      { type: 'InvoiceDifferenceBooked', difference: { id: 'd1', amount: euros('0.30') } },
    ])
    expect(after(settled, ...eventsOf(settled, credit('20.00')))).toMatchObject({ status: 'settled' })
  })
})

it('MO6 what was credited is counted line by line', () => {
  const credit = (quantity: number, net: string, more: object = {}) => ({
    type: 'InvoiceCredited',
    creditNote: 'c1',
    amount: euros(net),
    lines: [{ line: 'L1', quantity, net: euros(net), ...more }],
  })
  const two = issued({ lines: [line, { ...line, line: 'L2' }] })
  const once = after(two, credit(1, '25.00', { shares: [euros('-1.00')] }))
  expect(once.creditedLines).toEqual([
    { quantity: 1, net: euros('25.00'), shares: [euros('-1.00')] },
    { quantity: 0, net: euros('0.00') },
  ])
  const again = after(once, credit(2, '50.00', { shares: [euros('-2.00')] }), credit(1, '5.00'))
  expect(again.creditedLines[0]).toEqual({ quantity: 4, net: euros('80.00'), shares: [euros('-3.00')] })
  expect(again.credited).toEqual(euros('80.00'))
  expect(again).not.toHaveProperty('restFrom')
  const fewer = after(once, credit(1, '25.00', { shares: [] }))
  expect(fewer.creditedLines[0]).toEqual({ quantity: 2, net: euros('50.00'), shares: [euros('-1.00')] })
  const withTax = after(
    two,
    credit(1, '25.00', { gross: euros('29.75') }),
    credit(1, '25.00', { gross: euros('29.75') }),
  )
  expect(withTax.creditedLines[0]).toEqual({ quantity: 2, net: euros('50.00'), gross: euros('59.50') })
  const corrected = after(once, { ...credit(0, '3.00'), corrects: 'price' })
  expect(corrected.restFrom).toEqual({ lines: corrected.creditedLines })
})

describe('documents are found', () => {
  it('by their state, number, order, days, whether they were sent, and the customer where there is one', () => {
    const entries = {
      status: 'issued',
      number: 'INV-000001',
      order: 'o1',
      issuedOn: on('03-01'),
      dueOn: on('03-31'),
      sending: 'unsent',
    }
    expect(invoiceKind.entries(issued())).toEqual(entries)
    const sent = after(issued({ customer: 'ada' }), {
      type: 'InvoiceSent',
      channel: 'email',
      on: on('03-02'),
    })
    expect(invoiceKind.entries(sent)).toEqual({ ...entries, sending: 'sent', customer: 'ada' })
  })

  it('by what a credit note is about, where it is about something', () => {
    const note = { number: 'CN-000001', issuedOn: on('03-01'), reason: 'returned' }
    expect(creditNoteKind.entries(note as CreditNote)).toEqual(note)
    const about = { ...note, invoice: 'i1', order: 'o1', customer: 'ada' }
    expect(creditNoteKind.entries({ ...about, currency: 'EUR' } as unknown as CreditNote)).toEqual(about)
  })
})

describe('F102 what is due when', () => {
  it('stands in the order of the days, whatever the order of the terms', () => {
    const due = (days: number) => ({ rule: 'days', days })
    const terms = {
      instalments: [30, 10, 20].map((days) => ({ share: 1, due: due(days) })),
    } as unknown as PaymentTerms
    expect(dueDates(terms, on('03-01'), euros('100.00')).parts).toEqual([
      { dueOn: on('03-11'), amount: euros('33.33') },
      { dueOn: on('03-21'), amount: euros('33.33') },
      { dueOn: on('03-31'), amount: euros('33.34') },
    ])
  })

  it('is covered in that order, and what is covered is left out', () => {
    const parts = [
      { dueOn: on('03-11'), amount: euros('40.00') },
      { dueOn: on('03-21'), amount: euros('60.00') },
    ]
    expect(openOf(parts, euros('0.00'))).toEqual(parts)
    expect(openOf(parts, euros('40.00'))).toEqual([parts[1]])
    expect(openOf(parts, euros('40.01'))).toEqual([{ dueOn: on('03-21'), amount: euros('59.99') }])
    expect(openOf(parts, euros('100.00'))).toEqual([])
  })
})

describe('the next reminder', () => {
  const ladder: DunningLadder = [
    { daysOverdue: 3, topic: 'payment_reminder' },
    {
      daysOverdue: 10,
      topic: 'payment_demand',
      fee: { EUR: '5.00' },
      interest: { percent: '9', basis: 'act/365' },
    },
  ]
  const reminded = (dueOn: LocalDate, day: LocalDate) => ({
    type: 'InvoiceReminded',
    reminder: { level: 1, on: day, dueOn, daysOverdue: 3, overdue: euros('40.00') },
  })

  it('is one of twenty at most', () => {
    const steps = (many: number): DunningLadder =>
      Array.from({ length: many }, (_, at) => ({ daysOverdue: at + 1, topic: 'payment_reminder' }))
    expect(ladderProblem(steps(20))).toBeUndefined()
    expect(ladderProblem(steps(21))).toBe('it has more than 20 levels')
  })

  it('is the first level so many days after the due day, and the second as long after the first as the ladder says', () => {
    expect(nextReminder(issued(), ladder)).toMatchObject({ number: 1, on: on('04-03'), level: ladder[0] })
    const once = after(issued(), reminded(content.dueOn, on('04-03')))
    expect(nextReminder(once, ladder)).toMatchObject({ number: 2, on: on('04-10'), level: ladder[1] })
    const late = after(issued(), reminded(content.dueOn, on('05-01')))
    expect(nextReminder(late, ladder)).toMatchObject({ number: 2, on: on('05-08') })
    expect(nextReminder(after(once, reminded(content.dueOn, on('04-10'))), ladder)).toBeUndefined()
    expect(nextReminder(after(issued(), { type: 'InvoiceSettled' }), ladder)).toBeUndefined()
  })

  it('is about the part whose turn comes first', () => {
    const instalments = [
      { dueOn: on('03-10'), amount: euros('40.00') },
      { dueOn: on('03-12'), amount: euros('60.00') },
    ]
    const invoice = issued({ instalments })
    expect(nextReminder(invoice, ladder)).toMatchObject({ part: instalments[0], number: 1, on: on('03-13') })
    const once = after(invoice, reminded(on('03-10'), on('03-13')))
    expect(nextReminder(once, ladder)).toMatchObject({ part: instalments[1], number: 1, on: on('03-15') })
  })

  it('asks for what is overdue, the fee of its level, and interest for no day twice', () => {
    const next = nextReminder(after(issued(), reminded(content.dueOn, on('04-03'))), ladder)
    if (next === undefined) throw new Error('it has a second level')
    const once = after(issued(), reminded(content.dueOn, on('04-03')))
    const asked = reminderOf(once, next, on('04-10'))
    const part = { principal: euros('100.00'), from: content.dueOn, until: on('04-10'), days: 10 }
    expect(asked).toEqual({
      level: 2,
      on: on('04-10'),
      dueOn: content.dueOn,
      daysOverdue: 10,
      overdue: euros('100.00'),
      fee: euros('5.00'),
      interest: { percent: '9', basis: 'act/365', amount: euros('0.25'), parts: [part] },
    })
    const claimed = after(once, { type: 'InvoiceReminded', reminder: asked })
    expect(reminderOf(claimed, next, on('04-30')).interest?.parts).toEqual([
      { ...part, from: on('04-10'), until: on('04-30'), days: 20 },
    ])
    expect(reminderOf(claimed, next, on('04-10'))).not.toHaveProperty('interest')
    const first = { ...next, level: ladder[0] ?? next.level, number: 1 }
    expect(reminderOf(issued(), first, content.dueOn)).toMatchObject({
      overdue: euros('0.00'),
      daysOverdue: 0,
    })
    expect(reminderOf(issued(), first, on('04-03'))).not.toHaveProperty('fee')
  })
})
