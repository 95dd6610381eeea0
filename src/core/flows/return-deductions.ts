import type { InvoiceId } from '../ids/ids.js'
import { invariant } from '../invariant.js'
import type { Invoice } from '../invoicing/invoice.js'
import { deductedOf, openAmount } from '../invoicing/invoice-amounts.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { keepOpenInvoices } from '../invoicing/open-invoices.js'
import { isPositive, minimum, negate, subtract, zero, type Money } from '../money/money.js'
import type { Work } from '../plan.js'

/**
 * A credit that leaves less of an invoice than it deducts gives the deposit back: by so much the deposit invoice is owed back to whoever paid it, or no longer
 * asked for, and the credited invoice deducts less. What both come to together stays the same.
 */
export const returnDeductions = (work: Work, credited: Invoice): void => {
  const { deducted = [], currency, returned: skipped = zero(currency) } = credited
  const over = minimum(negate(openAmount(credited)), subtract(deductedOf(deducted, currency), skipped))
  let [left, skip] = [over, skipped]
  for (const { invoice: id, amount } of deducted.toReversed()) {
    const earlier = minimum(amount, skip)
    const back = minimum(left, subtract(amount, earlier))
    skip = subtract(skip, earlier)
    if (!isPositive(back)) continue
    left = subtract(left, back)
    giveBack(work, id, credited.id, back)
  }
}

const giveBack = (work: Work, depositId: InvoiceId, creditedId: InvoiceId, amount: Money): void => {
  const deposit = work.find(invoiceKind, depositId)?.state
  invariant(deposit !== undefined, 'an invoice deducts deposit invoices that exist')
  work.append(invoiceKind, creditedId, [{ type: 'InvoiceDeductionReturned', invoice: depositId, amount }])
  const settles = deposit.status === 'issued' && !isPositive(subtract(openAmount(deposit), amount))
  const after = work.append(invoiceKind, depositId, [
    { type: 'InvoiceDeductionReturned', invoice: creditedId, amount },
    ...(settles ? [{ type: 'InvoiceSettled' } as const] : []),
  ])
  keepOpenInvoices(work, after)
}
