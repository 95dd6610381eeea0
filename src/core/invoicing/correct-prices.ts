import type { LineId } from '../ids/ids.js'
import { compare, fromMinor, toMinor, type Money } from '../money/money.js'
import { divideRounded } from '../money/rounding.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { treatmentKey } from '../tax/tax-treatment.js'
import type { DocumentAmounts, TaxAmount } from '../totals/calculation.js'
import { settleShares } from '../totals/settle-shares.js'
import { amountsOfTaxes } from '../totals/amounts-of-taxes.js'
import { portion } from '../totals/portion.js'
import { addAmounts } from '../totals/sum-amounts.js'
import {
  calculatedCredit,
  costOf,
  creditedOf,
  plainCredit,
  restOfTax,
  taxedOf,
  withoutCredited,
  type RestOfTax,
} from './credit-limits.js'
import type { Credit, CreditedLine, Invoice, InvoiceLine } from './invoice.js'

/** By how much the price of a line was too high: without tax, or with it where the invoice's prices contain it. */
export interface CorrectedPrice {
  readonly line: LineId
  readonly amount: Money
}

/**
 * What correcting the prices of lines comes to, each with its tax: a price that was wrong, a complaint, goodwill. No more than is left of what the
 * line itself costs, whatever the document charges beside it; units that are credited later share in what is left then.
 */
export const correctPrices = (
  invoice: Invoice,
  corrections: readonly CorrectedPrice[],
): Result<Credit, Refusal> => {
  const lines: CreditedLine[] = []
  let sums: DocumentAmounts | undefined
  for (const { line, amount } of corrections) {
    const at = invoice.lines.findIndex((candidate) => candidate.line === line)
    const billed = invoice.lines[at]
    if (billed === undefined) return refuse('unknown_line', { line })
    if (amount.currency !== invoice.currency) {
      return refuse('currency_mismatch', { expected: invoice.currency, got: amount.currency })
    }
    const { limit, net, tax } = correctedLine(invoice, billed, at, toMinor(amount), sums)
    if (compare(amount, limit) > 0) {
      return refuse('credit_exceeds_invoice', { line, wanted: amount, limit })
    }
    const isWithTax = tax !== undefined && invoice.calculation?.prices === 'gross'
    lines.push({ line, quantity: 0, net, ...(isWithTax && { gross: amount }) })
    if (tax === undefined) continue
    const amounts = amountsOfTaxes([tax], invoice.currency)
    sums = sums === undefined ? amounts : addAmounts(sums, amounts)
  }
  return sums === undefined ? ok(plainCredit(invoice, lines)) : calculatedCredit(invoice, lines, sums)
}

interface CorrectedLine {
  /** The most that can be taken from it, in the form of the amount. */
  readonly limit: Money
  readonly net: Money
  readonly tax?: TaxAmount
}

const correctedLine = (
  invoice: Invoice,
  billed: InvoiceLine,
  at: number,
  amount: bigint,
  earlier: DocumentAmounts | undefined,
): CorrectedLine => {
  const { currency, calculation, creditedTotals } = invoice
  const money = (value: bigint): Money => fromMinor(value, currency)
  const left = withoutCredited(billed, creditedOf(invoice, at))
  const base = taxedOf(left)
  const cost = costOf(left)
  const { tax: treatment } = billed
  if (treatment === undefined || calculation === undefined) return { limit: money(cost), net: money(amount) }
  const credited =
    earlier === undefined || creditedTotals === undefined
      ? (earlier ?? creditedTotals)
      : addAmounts(creditedTotals, earlier)
  const rest = restOfTax(invoice, credited, treatmentKey(treatment))
  const taxOf = (part: bigint, whole: bigint): bigint =>
    whole === 0n ? 0n : divideRounded(rest.tax * part, whole, calculation.rounding)
  if (calculation.prices === 'net') {
    return { limit: money(cost), ...taxedAs(treatment, rest, amount, taxOf(amount, rest.base), money) }
  }
  if (left.gross !== undefined) {
    const whole = toMinor(left.gross)
    // What a line with its shares differs by from its price is tax, but where there is none: then it is odd units of the shares.
    const taxIn = (part: bigint): bigint =>
      rest.tax === 0n ? 0n : portion(whole - base, part, whole, calculation.rounding)
    const own = cost === base ? whole : portion(whole, cost, base, calculation.rounding)
    const tax = taxIn(amount)
    return {
      limit: money(least(own, cost + taxIn(own))),
      ...taxedAs(treatment, rest, amount - tax, tax, money),
    }
  }
  // The tax in the limit is the tax on what the line costs, whatever the rounding, so that no amount up to it leaves more without tax, unless roundings have
  // left a tax below zero.
  const net = least(amount - taxOf(amount, rest.base + rest.tax), cost)
  return {
    limit: money(cost + taxOf(cost, rest.base)),
    ...taxedAs(treatment, rest, net, amount - net, money),
  }
}

const least = (one: bigint, other: bigint): bigint => (one < other ? one : other)

const taxedAs = (
  treatment: TaxAmount['treatment'],
  { amounts, tax: whole }: RestOfTax,
  net: bigint,
  tax: bigint,
  money: (value: bigint) => Money,
): Omit<CorrectedLine, 'limit'> => ({
  net: money(net),
  tax: {
    treatment,
    base: money(net),
    amounts: settleShares(tax, amounts, whole).map(money),
    tax: money(tax),
  },
})
