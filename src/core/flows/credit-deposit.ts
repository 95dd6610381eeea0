import { present } from '../invariant.js'
import { creditedOf } from '../invoicing/credit-limits.js'
import type { Credit, Invoice } from '../invoicing/invoice.js'
import { isZero, subtract, toMinor, zero } from '../money/money.js'
import type { Order } from '../orders/order.js'
import { standingDeposits, untaxedAmount } from '../orders/unclaimed.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { treatmentKey } from '../tax/tax-treatment.js'
import { amountsOf, type DepositPart } from '../totals/deposit.js'
import { withheldOfCredited, withholdingBases } from '../totals/withholdings.js'

/** Everything of a deposit invoice that no later invoice has deducted, to the cent: it then claims nothing any more. */
export const creditOfDeposit = (order: Order, invoice: Invoice): Result<Credit, Refusal> => {
  const { id, currency, totals } = invoice
  const standing = standingDeposits(order).find((deposit) => deposit.invoice === id)
  if (standing === undefined) {
    return refuse('credit_exceeds_invoice', { invoice: id, limit: zero(currency) })
  }
  const { amount, net, tax, taxes } = standing
  const bases = new Map(taxes.map(({ treatment, base }) => [treatmentKey(treatment), base]))
  const lines = invoice.lines.map((line, at) => ({
    line: line.line,
    quantity: line.quantity - creditedOf(invoice, at).quantity,
    net:
      line.tax === undefined ? net : present(bases.get(treatmentKey(line.tax)), 'a deposit keeps its taxes'),
  }))
  if (totals === undefined) return ok({ lines, total: amount })
  const nothing = zero(currency)
  const gross = taxes.reduce((left, one) => subtract(subtract(left, one.base), one.tax), nothing)
  const rounding = subtract(amount, subtract(nothing, gross))
  const sums = {
    lineNet: net,
    discounts: nothing,
    charges: nothing,
    net,
    tax,
    gross: subtract(amount, rounding),
  }
  return ok({ lines, total: amount, totals: { ...sums, rounding, adjustments: [], taxes } })
}

/** What a credit takes from a deposit invoice, as the order counts it. */
export const creditedDeposit = (
  { id, number, issuedOn, currency }: Invoice,
  { total, totals, withholdings }: Credit,
): DepositPart => {
  const { net, tax, taxes } = totals ?? amountsOf(untaxedAmount(toMinor(total)), currency)
  return {
    invoice: id,
    number,
    issuedOn,
    amount: total,
    net,
    tax,
    taxes,
    ...(withholdings !== undefined && { withholdings }),
  }
}

/** A credit of a deposit invoice with what it takes back of what is withheld of it: of what no later invoice has deducted its share, and all of it with the last. */
export const withWithheld = (order: Order, { id }: Invoice, credit: Credit): Credit => {
  const standing = standingDeposits(order).find((deposit) => deposit.invoice === id)
  if (standing?.withholdings === undefined) return credit
  const left = standing.withholdings.filter(({ base }) => !isZero(base))
  const credited = withholdingBases(credit.total, credit.totals)
  return { ...credit, withholdings: withheldOfCredited(left, credited, order.calculation) }
}
