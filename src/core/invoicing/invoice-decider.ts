import type { CreditNoteId, OrderId, PaymentId } from '../ids/ids.js'
import { invariant, present } from '../invariant.js'
import { add, compare, isPositive, isZero, minimum, negate, subtract, type Money } from '../money/money.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { invoiceLifecycle } from '../../state-machines/invoice.machine.js'
import type { LocalDate } from '../time/local-date.js'
import type { Difference } from './difference.js'
import { discountOf } from './due-dates.js'
import type { DunningLadder } from './dunning.js'
import type { Credit, DebitNote, Invoice, InvoiceEvent } from './invoice.js'
import { discountFor, leftToPay, openAmount, payableAmount, uncertifiedAmount } from './invoice-amounts.js'
import { invoiceKind } from './invoice-kind.js'
import { nextReminder, reminderOf } from './next-reminder.js'
import { withheldOf } from './withheld.js'

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
      /** Of a consolidated invoice, the order whose part is credited. */
      readonly order?: OrderId
    }
  | { readonly type: 'WriteOff'; readonly difference: Difference; readonly tolerance: Money }
  | { readonly type: 'UndoWriteOff'; readonly difference: string; readonly reason: string }
  | { readonly type: 'RecordWithholding'; readonly difference: Difference }
  | { readonly type: 'ClaimWithheld'; readonly reason: string }
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
    case 'RecordWithholding':
      return recordWithholding(invoice, command.difference)
    case 'ClaimWithheld':
      return claimWithheld(invoice, command.reason)
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
  // What is to be withheld is let go by its certificate, never as a discount.
  const unpaid = subtract(payableAmount(invoice), amount)
  if (!isPositive(unpaid) || compare(unpaid, discountFor(invoice, receivedOn)) > 0) return ok([paid])
  const difference: Difference = {
    id: payment,
    kind: 'early_payment_discount',
    amount: unpaid,
    on: receivedOn,
    payment,
  }
  const booked: InvoiceEvent = { type: 'InvoiceDifferenceBooked', difference }
  return ok(compare(unpaid, rest) === 0 ? [paid, booked, { type: 'InvoiceSettled' }] : [paid, booked])
}

const takeBack = (
  invoice: Invoice,
  payment: PaymentId,
  amount: Money,
): Result<readonly InvoiceEvent[], Refusal> => {
  invariant(compare(amount, invoice.paid) <= 0, 'MO7 no more is taken back than was paid')
  const back: InvoiceEvent = { type: 'InvoicePaymentTakenBack', payment, amount }
  if (!isPositive(add(openAmount(invoice), amount))) return ok([back])
  // The discount was for whoever paid all the rest: it goes back with any part of the money that it rested on.
  const discounts = (invoice.differences ?? []).filter(({ kind }) => kind === 'early_payment_discount')
  const unpaid = [
    back,
    ...discounts.map(({ id }): InvoiceEvent => ({ type: 'InvoiceDifferenceTakenBack', id })),
  ]
  return ok(invoice.status === 'settled' ? [...unpaid, { type: 'InvoiceReopened' }] : unpaid)
}

/** The credit was computed within what is left of the invoice (MO6, OQ5). */
const giveBack = (
  invoice: Invoice,
  { creditNote, credit, corrects, order }: Extract<InvoiceCommand, { readonly type: 'CreditInvoice' }>,
): Result<readonly InvoiceEvent[], Refusal> => {
  if (!invoiceLifecycle.allows(invoice.status, 'credit_some')) return wrongStatus(invoice)
  const { total: amount, lines, totals, withholdings } = credit
  const credited: InvoiceEvent = {
    type: 'InvoiceCredited',
    creditNote,
    amount,
    lines,
    ...(totals !== undefined && { totals }),
    ...(withholdings !== undefined && { withholdings }),
    ...(corrects !== undefined && { corrects }),
    ...(order !== undefined && { order }),
  }
  const after = invoiceKind.evolve(invoice, credited)
  const lowered = lowerDifferences(after)
  const events = [credited, ...lowered]
  const owes = isPositive(openAmount(lowered.reduce(invoiceKind.evolve, after)))
  if (invoice.status === 'issued') return ok(owes ? events : [...events, { type: 'InvoiceSettled' }])
  return ok(owes ? [...events, { type: 'InvoiceReopened' }] : events)
}

/**
 * Nobody is let off what a credit note has taken away: the discount becomes that of what is left of the invoice, certificates count for what is withheld
 * of it, and a write-off gives way by what would be credited below zero.
 */
const lowerDifferences = (invoice: Invoice): readonly InvoiceEvent[] => {
  let below = negate(openAmount(invoice))
  let withheld = withheldOf(invoice)
  const offered = () => present(invoice.discount, 'a discount that was taken was offered')
  const keptOf = ({ kind, amount }: Difference): Money => {
    switch (kind) {
      case 'early_payment_discount':
        return minimum(amount, discountOf(leftToPay(invoice), offered().percent))
      case 'withholding':
        return minimum(amount, withheld)
      case 'small_difference':
      case 'write_off':
        return isPositive(below) ? subtract(amount, minimum(amount, below)) : amount
    }
  }
  return (invoice.differences ?? []).flatMap((difference): readonly InvoiceEvent[] => {
    const kept = keptOf(difference)
    if (difference.kind === 'withholding') withheld = subtract(withheld, kept)
    const given = subtract(difference.amount, kept)
    below = subtract(below, given)
    return lowered(difference, kept)
  })
}

/** A difference of which only some is kept. */
const lowered = (difference: Difference, kept: Money): readonly InvoiceEvent[] => {
  if (compare(kept, difference.amount) === 0) return []
  const back: InvoiceEvent = { type: 'InvoiceDifferenceTakenBack', id: difference.id }
  return isZero(kept)
    ? [back]
    : [back, { type: 'InvoiceDifferenceBooked', difference: { ...difference, amount: kept } }]
}

/** Certificates count for what is withheld of what is left of an invoice, and for no more. */
export const lowerCertificates = (invoice: Invoice): readonly InvoiceEvent[] => {
  let withheld = withheldOf(invoice)
  const certificates = (invoice.differences ?? []).filter(({ kind }) => kind === 'withholding')
  return certificates.flatMap((difference): readonly InvoiceEvent[] => {
    const kept = minimum(difference.amount, withheld)
    withheld = subtract(withheld, kept)
    return lowered(difference, kept)
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

/** What the customer's certificate proves: never more than is withheld of what is left of the invoice, nor than is open. */
const recordWithholding = (
  invoice: Invoice,
  difference: Difference,
): Result<readonly InvoiceEvent[], Refusal> => {
  const { amount } = difference
  if (amount.currency !== invoice.currency) {
    return refuse('currency_mismatch', { expected: invoice.currency, got: amount.currency })
  }
  if (!invoiceLifecycle.allows(invoice.status, 'apply_some')) return wrongStatus(invoice)
  const most = uncertifiedAmount(invoice)
  if (!isPositive(amount) || compare(amount, most) > 0) {
    return refuse('withholding_exceeded', { invoice: invoice.id, amount, withheld: most })
  }
  const booked: InvoiceEvent = { type: 'InvoiceDifferenceBooked', difference }
  const settles = compare(amount, openAmount(invoice)) === 0
  return ok(settles ? [booked, { type: 'InvoiceSettled' }] : [booked])
}

/** Only once, and only what nobody has a certificate for; one that comes all the same is recorded like any. */
const claimWithheld = (invoice: Invoice, reason: string): Result<readonly InvoiceEvent[], Refusal> => {
  if (!invoiceLifecycle.allows(invoice.status, 'apply_some')) return wrongStatus(invoice)
  const amount = subtract(openAmount(invoice), payableAmount(invoice))
  return isPositive(amount)
    ? ok([{ type: 'InvoiceWithheldClaimed', amount, reason }])
    : refuse('withholding_exceeded', { invoice: invoice.id, withheld: amount })
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
  const reopens = invoice.status === 'settled' && isPositive(add(openAmount(invoice), difference.amount))
  return ok(reopens ? [back, { type: 'InvoiceReopened' }] : [back])
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
