import type { CreditNoteId, PaymentId } from '../ids/ids.js'
import { invariant } from '../invariant.js'
import { add, compare, isPositive, isZero, minimum, negate, subtract, type Money } from '../money/money.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { invoiceLifecycle } from '../../state-machines/invoice.machine.js'
import type { LocalDate } from '../time/local-date.js'
import type { Difference } from './difference.js'
import { discountOf } from './due-dates.js'
import type { DunningLadder } from './dunning.js'
import {
  discountFor,
  dueAmount,
  openAmount,
  type Credit,
  type DebitNote,
  type Invoice,
  type InvoiceEvent,
} from './invoice.js'
import { nextReminder, reminderOf } from './next-reminder.js'

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
      readonly credit: Credit
      readonly corrects?: 'price'
    }
  | { readonly type: 'WriteOff'; readonly difference: Difference; readonly tolerance: Money }
  | { readonly type: 'UndoWriteOff'; readonly difference: string; readonly reason: string }
  | { readonly type: 'DebitInvoice'; readonly debitNote: DebitNote }
  | { readonly type: 'VoidInvoice'; readonly voidedOn: LocalDate; readonly reason: string }
  | { readonly type: 'RemindInvoice'; readonly ladder: DunningLadder; readonly on: LocalDate }

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
      return giveBack(invoice, command)
    case 'WriteOff':
      return writeOff(invoice, command.difference, command.tolerance)
    case 'UndoWriteOff':
      return undoWriteOff(invoice, command.difference, command.reason)
    case 'DebitInvoice':
      return debit(invoice, command.debitNote)
    case 'VoidInvoice':
      return withdraw(invoice, command.voidedOn, command.reason)
    case 'RemindInvoice':
      return remind(invoice, command.ladder, command.on)
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

/** The credit was computed within what is left of the invoice (MO6, OQ5). */
const giveBack = (
  invoice: Invoice,
  { creditNote, credit, corrects }: Extract<InvoiceCommand, { readonly type: 'CreditInvoice' }>,
): Result<readonly InvoiceEvent[], Refusal> => {
  if (!invoiceLifecycle.allows(invoice.status, 'credit_some')) return wrongStatus(invoice)
  const { total: amount, lines, totals } = credit
  const credited: InvoiceEvent = {
    type: 'InvoiceCredited',
    creditNote,
    amount,
    lines,
    ...(totals !== undefined && { totals }),
    ...(corrects !== undefined && { corrects }),
  }
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
  const left = subtract(subtract(dueAmount(invoice), invoice.credited), amount)
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

/** Never more than is open; small differences in any number of steps never more than the tolerance. */
const writeOff = (
  invoice: Invoice,
  difference: Difference,
  tolerance: Money,
): Result<readonly InvoiceEvent[], Refusal> => {
  const { amount, kind } = difference
  if (amount.currency !== invoice.currency) {
    return refuse('currency_mismatch', { expected: invoice.currency, got: amount.currency })
  }
  if (!invoiceLifecycle.allows(invoice.status, 'apply_some')) return wrongStatus(invoice)
  const open = openAmount(invoice)
  if (compare(amount, open) > 0) return refuse('allocation_exceeds_invoice', { invoice: invoice.id, open })
  const known = (invoice.differences ?? []).filter((other) => other.kind === 'small_difference')
  const small = known.reduce((sum, other) => add(sum, other.amount), amount)
  if (kind === 'small_difference' && compare(small, tolerance) > 0) {
    return refuse('tolerance_exceeded', { invoice: invoice.id, amount: small, tolerance })
  }
  const booked: InvoiceEvent = { type: 'InvoiceDifferenceBooked', difference }
  return ok(compare(amount, open) === 0 ? [booked, { type: 'InvoiceSettled' }] : [booked])
}

/** The discount of whoever paid early is not a write-off: it goes with its payment only. */
const undoWriteOff = (
  invoice: Invoice,
  id: string,
  reason: string,
): Result<readonly InvoiceEvent[], Refusal> => {
  const difference = (invoice.differences ?? []).find((known) => known.id === id)
  if (difference === undefined || difference.kind === 'early_payment_discount') {
    return refuse('invalid_state', { invoice: invoice.id, difference: id, status: invoice.status })
  }
  const back: InvoiceEvent = { type: 'InvoiceDifferenceTakenBack', id, reason }
  return ok(invoice.status === 'settled' ? [back, { type: 'InvoiceReopened' }] : [back])
}

/** What an invoice of deliveries claimed too little; a deposit is part of a price and cannot, and a debit note that did is followed by another. */
const debit = (invoice: Invoice, debitNote: DebitNote): Result<readonly InvoiceEvent[], Refusal> => {
  if (invoice.kind !== undefined)
    return refuse('invalid_state', { invoice: invoice.id, because: 'kind', kind: invoice.kind })
  if (!invoiceLifecycle.allows(invoice.status, 'credit_some')) return wrongStatus(invoice)
  return ok([{ type: 'InvoiceDebited', debitNote }])
}

/** Only a claim that nobody has answered is withdrawn: what was paid, credited, debited or let go on it would hang in the air. */
const withdraw = (
  invoice: Invoice,
  voidedOn: LocalDate,
  reason: string,
): Result<readonly InvoiceEvent[], Refusal> => {
  if (!invoiceLifecycle.allows(invoice.status, 'void')) return wrongStatus(invoice)
  return isUntouched(invoice)
    ? ok([{ type: 'InvoiceVoided', voidedOn, reason }])
    : refuse('invalid_state', {
        invoice: invoice.id,
        because: 'not_untouched',
        paid: invoice.paid,
        credited: invoice.credited,
        differences: invoice.differences ?? [],
        debitNotes: invoice.debitNotes ?? [],
      })
}

/** Nothing was paid, credited, debited or let go on it. */
export const isUntouched = ({ paid, credited, differences, debitNotes }: Invoice): boolean =>
  isZero(paid) && isZero(credited) && differences === undefined && debitNotes === undefined

/** One level at a time, and none before its day. */
const remind = (
  invoice: Invoice,
  ladder: DunningLadder,
  on: LocalDate,
): Result<readonly InvoiceEvent[], Refusal> => {
  const next = nextReminder(invoice, ladder)
  if (next === undefined) return refuse('reminder_not_due', { invoice: invoice.id, on })
  return next.on > on
    ? refuse('reminder_not_due', { invoice: invoice.id, on, next: next.on, level: next.number })
    : ok([{ type: 'InvoiceReminded', reminder: reminderOf(invoice, next, on) }])
}

const wrongStatus = (invoice: Invoice): Result<never, Refusal> =>
  refuse('invalid_state', { status: invoice.status, allowed: invoiceLifecycle.allowed(invoice.status) })
