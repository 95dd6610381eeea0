import type { InvoiceId } from '../ids/ids.js'
import { invariant } from '../invariant.js'
import type { Invoice } from '../invoicing/invoice.js'
import { deductedOf, openAmount } from '../invoicing/invoice-amounts.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { lowerCertificates } from '../invoicing/invoice-decider.js'
import { withheldOf } from '../invoicing/withheld.js'
import { keepOpenInvoices } from '../invoicing/open-invoices.js'
import { isNegative, isPositive, minimum, negate, subtract, zero, type Money } from '../money/money.js'
import type { Work } from '../plan.js'
import { sumOfWithholdings } from '../totals/withholdings.js'
import { followInvoice } from './follow-invoice.js'

/**
 * A credit that leaves less of an invoice than it deducts gives the deposit back: by so much the deposit invoice is owed back to whoever paid it, or no longer
 * asked for, and the credited invoice deducts less. What both come to together stays the same.
 */
export const returnDeductions = (work: Work, credited: Invoice): void => {
  const { deducted = [], currency, returned: skipped = zero(currency) } = credited
  const withheld = withheldOf(credited)
  const over = minimum(negate(openAmount(credited)), subtract(deductedOf(deducted, currency), skipped))
  let [left, skip] = [over, skipped]
  // What was taken back of what is withheld beyond its own was withheld of the deposits.
  let withheldLeft = isNegative(withheld) ? negate(withheld) : zero(currency)
  let withheldSkip = credited.returnedWithheld ?? zero(currency)
  for (const { invoice: id, amount, withholdings = [] } of deducted.toReversed()) {
    const own = sumOfWithholdings(withholdings, currency)
    const known = minimum(own, withheldSkip)
    withheldSkip = subtract(withheldSkip, known)
    const earlier = minimum(amount, skip)
    const back = minimum(left, subtract(amount, earlier))
    skip = subtract(skip, earlier)
    if (!isPositive(back)) continue
    left = subtract(left, back)
    const withheldBack = minimum(withheldLeft, subtract(own, known))
    withheldLeft = subtract(withheldLeft, withheldBack)
    giveBack(work, id, credited.id, { amount: back, withheld: withheldBack })
  }
}

const giveBack = (
  work: Work,
  depositId: InvoiceId,
  creditedId: InvoiceId,
  { amount, withheld }: { readonly amount: Money; readonly withheld: Money },
): void => {
  const deposit = work.find(invoiceKind, depositId)?.state
  invariant(deposit !== undefined, 'an invoice deducts deposit invoices that exist')
  const returned = { amount, ...(isPositive(withheld) && { withheld }) }
  const taken = { type: 'InvoiceDeductionReturned', invoice: depositId, ...returned } as const
  work.append(invoiceKind, creditedId, [taken])
  const event = { type: 'InvoiceDeductionReturned', invoice: creditedId, ...returned } as const
  const given = invoiceKind.evolve(deposit, event)
  const certificates = isPositive(withheld) ? lowerCertificates(given) : []
  const isPaid = !isPositive(openAmount(certificates.reduce(invoiceKind.evolve, given)))
  const after = work.append(invoiceKind, depositId, [
    event,
    ...certificates,
    ...(deposit.status === 'issued' && isPaid ? [{ type: 'InvoiceSettled' } as const] : []),
  ])
  followInvoice(work, deposit, after)
  keepOpenInvoices(work, after)
}
