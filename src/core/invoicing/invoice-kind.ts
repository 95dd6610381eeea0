import type { InvoiceId } from '../ids/ids.js'
import { type Money, add, isZero, subtract, zero } from '../money/money.js'
import type { RecordKind } from '../record-kind.js'
import { addAmounts } from '../totals/sum-amounts.js'
import { addWithholdings } from '../totals/withholdings.js'
import { withFields } from '../with-fields.js'
import { creditedOf } from './credit-limits.js'
import { nextDueOn } from './invoice-amounts.js'
import { withPart } from './invoice-parts.js'
import type { CreditedLine, CreditedSoFar, Invoice, InvoiceEvent } from './invoice.js'

const evolve = (known: Invoice | undefined, event: InvoiceEvent): Invoice => {
  if (event.type === 'InvoiceIssued') {
    const nothing = zero(event.invoice.currency)
    const { parts, lines } = event.invoice
    return withFields(event.invoice, {
      ...(parts !== undefined && { parts: parts.map((part) => ({ ...part, credited: nothing })) }),
      status: 'issued',
      paid: nothing,
      credited: nothing,
      creditedLines: lines.map(() => ({ quantity: 0, net: nothing })),
    })
  }
  const invoice = known as Invoice
  switch (event.type) {
    case 'InvoicePaid':
      return {
        ...invoice,
        paid: add(invoice.paid, event.amount),
        ...(event.late !== undefined && { paidLate: event.late }),
      }
    case 'InvoicePaymentTakenBack':
      return takenBack(invoice, event.amount)
    case 'InvoiceDifferenceBooked':
      return { ...invoice, differences: [...(invoice.differences ?? []), event.difference] }
    case 'InvoiceDifferenceTakenBack':
      return withoutDifference(invoice, event.id)
    case 'InvoiceWithheldClaimed':
      return { ...invoice, withheldClaimed: true }
    case 'InvoiceCredited':
      return event.order === undefined
        ? withCredit(invoice, event)
        : withPart(invoice, event.order, (own) => withCredit(own, event))
    case 'InvoiceSent':
      return { ...invoice, sent: { channel: event.channel, on: event.on } }
    case 'InvoiceReminded':
      return { ...invoice, reminders: [...(invoice.reminders ?? []), event.reminder] }
    case 'InvoiceDeductionReturned':
      return {
        ...invoice,
        returned: addTo(invoice.returned, event.amount),
        ...(event.withheld !== undefined && {
          returnedWithheld: addTo(invoice.returnedWithheld, event.withheld),
        }),
      }
    case 'InvoiceDebited':
      return { ...invoice, debitNotes: [...(invoice.debitNotes ?? []), event.debitNote] }
    case 'InvoiceDebitWithdrawn':
      return withoutDebitNote(invoice, event.invoice)
    case 'InvoiceVoided':
      return { ...invoice, status: 'voided', voided: { on: event.voidedOn, reason: event.reason } }
    case 'InvoiceSettled':
      return { ...invoice, status: 'settled' }
    case 'InvoiceReopened':
      return { ...invoice, status: 'issued' }
  }
}

/** Of an invoice on which nothing is paid, nothing was paid late. */
const takenBack = (invoice: Invoice, amount: Money): Invoice => {
  const paid = subtract(invoice.paid, amount)
  const { paidLate: _paidLate, ...unpaid } = invoice
  return isZero(paid) ? { ...unpaid, paid } : { ...invoice, paid }
}

const withoutDebitNote = ({ debitNotes = [], ...invoice }: Invoice, id: InvoiceId): Invoice => {
  const left = debitNotes.filter((debitNote) => debitNote.invoice !== id)
  return left.length === 0 ? invoice : { ...invoice, debitNotes: left }
}

const withoutDifference = ({ differences = [], ...invoice }: Invoice, id: string): Invoice => {
  const left = differences.filter((difference) => difference.id !== id)
  return left.length === 0 ? invoice : { ...invoice, differences: left }
}

type InvoiceCredited = Extract<InvoiceEvent, { readonly type: 'InvoiceCredited' }>

const addTo = (known: Money | undefined, more: Money): Money =>
  known === undefined ? more : add(known, more)

const withCredit = (
  invoice: Invoice,
  { amount, lines, totals, withholdings, corrects }: InvoiceCredited,
): Invoice => {
  const creditedLines = invoice.lines.map((billed, at) => {
    const line = lines.find((candidate) => candidate.line === billed.line)
    return line === undefined ? creditedOf(invoice, at) : withLine(creditedOf(invoice, at), line)
  })
  const before = invoice.creditedTotals
  const creditedTotals =
    before === undefined || totals === undefined ? (totals ?? before) : addAmounts(before, totals)
  const sums = creditedTotals !== undefined && { totals: creditedTotals }
  return {
    ...invoice,
    credited: add(invoice.credited, amount),
    creditedLines,
    ...(creditedTotals !== undefined && { creditedTotals }),
    ...(withholdings !== undefined && {
      creditedWithholdings: addWithholdings(invoice.creditedWithholdings ?? [], withholdings),
    }),
    ...(corrects !== undefined && { restFrom: { lines: creditedLines, ...sums } }),
  }
}

const withLine = (credited: CreditedSoFar, line: CreditedLine): CreditedSoFar => {
  const { quantity, net, shares, gross } = line
  const before = credited.shares
  const sums = before === undefined || shares === undefined ? (shares ?? before) : before.map(addedTo(shares))
  return {
    quantity: credited.quantity + quantity,
    net: add(credited.net, net),
    ...(sums !== undefined && { shares: sums }),
    ...(gross !== undefined && { gross: credited.gross === undefined ? gross : add(credited.gross, gross) }),
  }
}

const addedTo =
  (others: readonly Money[]) =>
  (amount: Money, index: number): Money => {
    const other = others[index]
    return other === undefined ? amount : add(amount, other)
  }

export const invoiceKind: RecordKind<Invoice, InvoiceEvent> = {
  name: 'invoice',
  evolve,
  entries: (invoice) => ({
    status: invoice.status,
    number: invoice.number,
    ...(invoice.order !== undefined && { order: invoice.order }),
    issuedOn: invoice.issuedOn,
    dueOn: nextDueOn(invoice),
    sending: invoice.sent === undefined ? 'unsent' : 'sent',
    ...(invoice.kind !== undefined && { kind: invoice.kind }),
    ...(invoice.customer !== undefined && { customer: invoice.customer }),
  }),
}
