import type { CreditNoteId, LineId, PaymentId } from '../ids/ids.js'
import { invariant } from '../invariant.js'
import {
  add,
  compare,
  fromMinor,
  isPositive,
  isZero,
  minimum,
  negate,
  subtract,
  sumOf,
  toMinor,
  type Money,
} from '../money/money.js'
import { divideRounded } from '../money/rounding.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { invoiceLifecycle } from '../../state-machines/invoice.machine.js'
import type { LocalDate } from '../time/local-date.js'
import type { Difference } from './difference.js'
import { discountOf } from './due-dates.js'
import { discountFor, openAmount, type CreditedLine, type Invoice, type InvoiceEvent } from './invoice.js'

export type InvoiceCommand =
  | {
      readonly type: 'PayInvoice'
      readonly payment: PaymentId
      readonly amount: Money
      /** The day the money came: it decides about the discount for early payment. */
      readonly receivedOn: LocalDate
    }
  | { readonly type: 'TakeBackPayment'; readonly payment: PaymentId; readonly amount: Money }
  | {
      readonly type: 'CreditInvoice'
      readonly creditNote: CreditNoteId
      readonly lines: readonly CreditedLine[]
    }

export const decideInvoice = (
  invoice: Invoice,
  command: InvoiceCommand,
): Result<readonly InvoiceEvent[], Refusal> => {
  switch (command.type) {
    case 'PayInvoice':
      return pay(invoice, command)
    case 'TakeBackPayment':
      return takeBack(invoice, command.payment, command.amount)
    case 'CreditInvoice':
      return credit(invoice, command.creditNote, command.lines)
  }
}

/**
 * No more is applied than is open (MO7); the payment that closes it settles it in the same step. What a payment in time leaves open within the
 * discount for early payment is let go with it.
 */
const pay = (
  invoice: Invoice,
  { payment, amount, receivedOn }: Extract<InvoiceCommand, { readonly type: 'PayInvoice' }>,
): Result<readonly InvoiceEvent[], Refusal> => {
  if (amount.currency !== invoice.currency) {
    return refuse('currency_mismatch', { expected: invoice.currency, got: amount.currency })
  }
  if (!invoiceLifecycle.allows(invoice.status, 'apply_some')) return wrongStatus(invoice)
  const open = openAmount(invoice)
  if (compare(amount, open) > 0) return refuse('allocation_exceeds_invoice', { invoice: invoice.id, open })
  const { discount } = invoice
  const late = discount !== undefined && receivedOn > discount.until
  const paid: InvoiceEvent = { type: 'InvoicePaid', payment, amount, ...(late && { late }) }
  const rest = subtract(open, amount)
  if (!isPositive(rest)) return ok([paid, { type: 'InvoiceSettled' }])
  if (compare(rest, discountFor(invoice, receivedOn)) > 0) return ok([paid])
  const difference: Difference = {
    id: payment,
    kind: 'early_payment_discount',
    amount: rest,
    on: receivedOn,
    payment,
  }
  return ok([paid, { type: 'InvoiceDifferenceBooked', difference }, { type: 'InvoiceSettled' }])
}

const takeBack = (
  invoice: Invoice,
  payment: PaymentId,
  amount: Money,
): Result<readonly InvoiceEvent[], Refusal> => {
  invariant(compare(amount, invoice.paid) <= 0, 'MO7 no more is taken back than was paid')
  const back: InvoiceEvent = { type: 'InvoicePaymentTakenBack', payment, amount }
  const reopens = invoice.status === 'settled' && isPositive(add(openAmount(invoice), amount))
  if (!reopens) return ok([back])
  // The discount was for whoever paid all the rest: it goes back with any part of the money that it rested on.
  const discounts = (invoice.differences ?? []).filter(({ kind }) => kind === 'early_payment_discount')
  return ok([
    back,
    ...discounts.map(({ id }): InvoiceEvent => ({ type: 'InvoiceDifferenceTakenBack', id })),
    { type: 'InvoiceReopened' },
  ])
}

/** Per line no more than was invoiced, in quantity and amount (MO6, OQ5). */
const credit = (
  invoice: Invoice,
  creditNote: CreditNoteId,
  lines: readonly CreditedLine[],
): Result<readonly InvoiceEvent[], Refusal> => {
  if (!invoiceLifecycle.allows(invoice.status, 'credit_some')) return wrongStatus(invoice)
  const amount = sumOf(
    lines.map((line) => line.net),
    invoice.currency,
  )
  const credited: InvoiceEvent = { type: 'InvoiceCredited', creditNote, amount, lines }
  const open = subtract(openAmount(invoice), amount)
  const settles = invoice.status === 'issued' && !isPositive(open)
  const events = [credited, ...lowerDifferences(invoice, amount, open)]
  return ok(settles ? [...events, { type: 'InvoiceSettled' }] : events)
}

/**
 * Nobody is let off what a credit note has taken away: the discount becomes that of what is left of the invoice, and a write-off gives way by what
 * would be credited below zero.
 */
const lowerDifferences = (invoice: Invoice, amount: Money, openAfter: Money): readonly InvoiceEvent[] => {
  const left = subtract(subtract(invoice.total, invoice.credited), amount)
  let below = negate(openAfter)
  return (invoice.differences ?? []).flatMap((difference): readonly InvoiceEvent[] => {
    const kept =
      difference.kind === 'early_payment_discount'
        ? minimum(difference.amount, discountOf(left, invoice.discount?.percent ?? '0'))
        : isPositive(below)
          ? subtract(difference.amount, minimum(difference.amount, below))
          : difference.amount
    const given = subtract(difference.amount, kept)
    if (isZero(given)) return []
    below = subtract(below, given)
    const back: InvoiceEvent = { type: 'InvoiceDifferenceTakenBack', id: difference.id }
    return isZero(kept)
      ? [back]
      : [back, { type: 'InvoiceDifferenceBooked', difference: { ...difference, amount: kept } }]
  })
}

/**
 * What crediting `quantity` more units of a line comes to: the share of all units credited so far and now, less the share credited so far.
 * So any number of steps in any order adds up to exactly the line (MO6).
 */
export const creditLine = (
  invoice: Invoice,
  line: LineId,
  quantity: number,
): Result<CreditedLine, Refusal> => {
  const index = invoice.lines.findIndex((candidate) => candidate.line === line)
  const billed = invoice.lines[index]
  const credited = invoice.creditedLines[index]
  if (billed === undefined || credited === undefined) return refuse('unknown_line', { line })
  const after = credited.quantity + quantity
  if (after > billed.quantity) {
    return refuse('credit_exceeds_invoice', {
      line,
      wanted: quantity,
      limit: billed.quantity - credited.quantity,
    })
  }
  const share = divideRounded(toMinor(billed.net) * BigInt(after), BigInt(billed.quantity), 'half_up')
  return ok({ line, quantity, net: fromMinor(share - toMinor(credited.net), invoice.currency) })
}

const wrongStatus = (invoice: Invoice): Result<never, Refusal> =>
  refuse('invalid_state', { status: invoice.status, allowed: invoiceLifecycle.allowed(invoice.status) })
