import type { CurrencyCode } from '../money/currency.js'
import { type Money, add, isNegative, minimum, subtract, sumOf, zero } from '../money/money.js'
import type { LocalDate } from '../time/local-date.js'
import type { DepositPart } from '../totals/deposit.js'
import { type DuePart, discountOf, openOf } from './due-dates.js'
import type { Invoice } from './invoice.js'
import { withheldOf, withheldOfClaim } from './withheld.js'

/** What the customer still owes on it; negative when more was paid than is left after credit notes (MO7), nothing on one that was voided. */
export const openAmount = (invoice: Invoice): Money => {
  if (invoice.status === 'voided') return zero(invoice.currency)
  const open = subtract(subtract(dueAmount(invoice), invoice.credited), invoice.paid)
  return invoice.differences === undefined ? open : subtract(open, differencesOf(invoice))
}

/** What it claims: its total, less what deposit invoices claimed before. */
export const dueAmount = ({ kind, total, deducted, returned }: Invoice): Money => {
  const due = deducted === undefined ? total : subtract(total, deductedOf(deducted, total.currency))
  if (returned === undefined) return due
  return kind === 'deposit' ? subtract(due, returned) : add(due, returned)
}

export const deductedOf = (deducted: readonly DepositPart[], currency: CurrencyCode): Money =>
  sumOf(
    deducted.map(({ amount }) => amount),
    currency,
  )

/** What of it is no longer asked for, without a credit note. */
export const differencesOf = ({ differences = [], currency }: Invoice): Money =>
  sumOf(
    differences.map(({ amount }) => amount),
    currency,
  )

/** What a certificate can still be recorded for: what is withheld of it, less the certificates that are there, and never more than is open. */
export const uncertifiedAmount = (invoice: Invoice): Money => {
  const nothing = zero(invoice.currency)
  const certificates = (invoice.differences ?? []).filter(({ kind }) => kind === 'withholding')
  const left = certificates.reduce((sum, { amount }) => subtract(sum, amount), withheldOf(invoice))
  const most = minimum(left, openAmount(invoice))
  return isNegative(most) ? nothing : most
}

/** What the customer is still to pay of it: what is open, less what is to be withheld. */
export const payableAmount = (invoice: Invoice): Money => {
  const open = openAmount(invoice)
  if (invoice.withholdings === undefined || invoice.withheldClaimed === true) return open
  return subtract(open, uncertifiedAmount(invoice))
}

/** What is to be paid of it by the day on which it is due; payments and credit notes cover first what is due first. */
export const openParts = (invoice: Invoice): readonly DuePart[] => {
  const { instalments, dueOn, withholdings, withheldClaimed } = invoice
  if (withholdings === undefined) {
    const due = dueAmount(invoice)
    return openOf(instalments ?? [{ dueOn, amount: due }], subtract(due, openAmount(invoice)))
  }
  const withheld = withheldOfClaim(invoice)
  const paid = subtract(dueAmount(invoice), withheld)
  const parts = instalments ?? [{ dueOn, amount: paid }]
  const payable = payableAmount(invoice)
  if (withheldClaimed === undefined) return openOf(parts, subtract(paid, payable))
  // What was not withheld after all is due with the last part.
  const last = parts.length - 1
  const claimed = parts.map((part, at) =>
    at === last ? { ...part, amount: add(part.amount, withheld) } : part,
  )
  return openOf(claimed, subtract(dueAmount(invoice), payable))
}

/** The first day on which something open is due; the day on which all of it was due when nothing is open. */
export const nextDueOn = (invoice: Invoice): LocalDate =>
  invoice.instalments === undefined ? invoice.dueOn : (openParts(invoice)[0]?.dueOn ?? invoice.dueOn)

/** What may be kept by whoever pays the rest in time: of what is left of the invoice, rounded once, half up. */
export const discountFor = (invoice: Invoice, receivedOn: LocalDate): Money => {
  const { discount, currency } = invoice
  const isInTime = discount !== undefined && invoice.paidLate === undefined && receivedOn <= discount.until
  return isInTime ? discountOf(leftToPay(invoice), discount.percent) : zero(currency)
}

/** What an invoice comes to after its credit notes and without what is withheld of it, whatever was paid. */
export const leftToPay = (invoice: Invoice): Money => {
  const left = subtract(dueAmount(invoice), invoice.credited)
  return invoice.withholdings === undefined ? left : subtract(left, withheldOf(invoice))
}
