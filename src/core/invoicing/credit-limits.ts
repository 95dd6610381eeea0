import { elementAt } from '../invariant.js'
import { fromMinor, isNegative, subtract, sumOf, toMinor, type Money } from '../money/money.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { treatmentKey } from '../tax/tax-treatment.js'
import type { DocumentAmounts, TaxAmount } from '../totals/calculation.js'
import { roundToCoins } from '../totals/document-totals.js'
import type { Credit, CreditedLine, CreditedSoFar, Invoice, InvoiceLine } from './invoice.js'

/** What of the line at a place is credited. */
export const creditedOf = ({ creditedLines }: Invoice, at: number): CreditedSoFar =>
  elementAt(creditedLines, at)

/** What of a line is not credited. */
export const withoutCredited = (line: InvoiceLine, credited: CreditedSoFar): InvoiceLine => ({
  ...line,
  quantity: line.quantity - credited.quantity,
  net: subtract(line.net, credited.net),
  ...(line.shares !== undefined && {
    shares: line.shares.map((share, index) => {
      const less = credited.shares?.[index]
      return less === undefined ? share : subtract(share, less)
    }),
  }),
  ...(line.gross !== undefined && {
    gross: credited.gross === undefined ? line.gross : subtract(line.gross, credited.gross),
  }),
})

/** What of a line and its part of the document's discounts and charges is taxed. */
export const taxedOf = ({ net, shares = [] }: Pick<InvoiceLine, 'net' | 'shares'>): bigint =>
  shares.reduce((sum, share) => sum + toMinor(share), toMinor(net))

/** What a line costs by itself, without tax: after its part of the document's discounts, and without what the document charges beside it. */
export const costOf = ({ net, shares = [] }: Pick<InvoiceLine, 'net' | 'shares'>): bigint => {
  const cost = taxedOf({ net, shares: shares.filter(isNegative) })
  return cost < 0n ? 0n : cost
}

/** A credit on an invoice that is the sum of its lines. */
export const plainCredit = (invoice: Invoice, lines: readonly CreditedLine[]): Credit => ({
  lines,
  total: sumOf(
    lines.map((line) => line.net),
    invoice.currency,
  ),
})

/**
 * A credit with its amounts, as far as it keeps within the invoice under each tax treatment, in base and tax (MO6). What is given back is rounded to
 * coins like what was billed, and all of it comes to exactly what was billed.
 */
export const calculatedCredit = (
  invoice: Invoice,
  lines: readonly CreditedLine[],
  totals: DocumentAmounts,
): Result<Credit, Refusal> => {
  const { currency } = invoice
  for (const { treatment, base, tax } of totals.taxes) {
    const left = restOfTax(invoice, invoice.creditedTotals, treatmentKey(treatment))
    if (toMinor(base) > left.base || toMinor(tax) > left.tax) {
      const limit = fromMinor(left.base, currency)
      return refuse('credit_exceeds_invoice', { tax: treatment, wanted: base, limit })
    }
  }
  const total = dueAfter(invoice, totals) - toMinor(invoice.credited)
  return ok({
    lines,
    totals: { ...totals, rounding: fromMinor(total - toMinor(totals.gross), currency) },
    total: fromMinor(total, currency),
  })
}

const dueAfter = (invoice: Invoice, totals: DocumentAmounts): bigint => {
  const gross = minor(invoice.creditedTotals?.gross) + toMinor(totals.gross)
  const all = toMinor(invoice.total)
  if (gross === minor(invoice.totals?.gross)) return all
  const coins = invoice.calculation?.cashRounding
  if (coins === undefined) return gross
  const due = roundToCoins(gross, { step: BigInt(coins.step), mode: coins.mode })
  return due < all ? due : all
}

/** What is left of one tax treatment of an invoice. */
export interface RestOfTax {
  readonly base: bigint
  readonly tax: bigint
  readonly amounts: readonly bigint[]
}

export const restOfTax = (
  { totals }: Invoice,
  credited: DocumentAmounts | undefined,
  key: string,
): RestOfTax => {
  const billed = taxUnder(totals, key)
  const less = taxUnder(credited, key)
  return {
    base: minor(billed?.base) - minor(less?.base),
    tax: minor(billed?.tax) - minor(less?.tax),
    amounts: (billed?.amounts ?? []).map((amount, at) => toMinor(amount) - minor(less?.amounts[at])),
  }
}

const taxUnder = (amounts: DocumentAmounts | undefined, key: string): TaxAmount | undefined =>
  amounts?.taxes.find(({ treatment }) => treatmentKey(treatment) === key)

const minor = (money: Money | undefined): bigint => (money === undefined ? 0n : toMinor(money))
