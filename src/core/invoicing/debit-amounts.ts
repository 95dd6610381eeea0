import { piece } from '../catalog/quantity.js'
import type { LineId } from '../ids/ids.js'
import { elementAt, present } from '../invariant.js'
import { fromMinor, sumOf, toMinor, type Money } from '../money/money.js'
import { divideRounded } from '../money/rounding.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { treatmentKey } from '../tax/tax-treatment.js'
import { documentTotals, type DocumentTotals } from '../totals/document-totals.js'
import { storedAmounts, totalsInputOf } from '../totals/stored-totals.js'
import type { TotalsInput } from '../totals/totals-input.js'
import { withheldBetween, withholdingBases, type Withholding } from '../totals/withholdings.js'
import type { CorrectedPrice } from './correct-prices.js'
import { restOfTax } from './credit-limits.js'
import type { Invoice, InvoiceContent, InvoiceLine } from './invoice.js'

/** More units of a line than were billed, in base units. */
export interface DebitedUnits {
  readonly line: LineId
  readonly quantity: number
}

/** A line of a debit note before its taxes: what it adds, as the invoice's prices are, with tax where they contain it. */
export interface DebitedLine {
  readonly line: InvoiceLine
  readonly amount: Money
}

/** Prices of an invoice that were too low, one piece for each: without tax, or with it where the invoice's prices contain it. */
export const debitPrices = (
  invoice: Invoice,
  corrections: readonly CorrectedPrice[],
): Result<readonly DebitedLine[], Refusal> => {
  const debited: DebitedLine[] = []
  for (const { line, amount } of corrections) {
    const billed = invoice.lines.find((candidate) => candidate.line === line)
    if (billed === undefined) return refuse('unknown_line', { line })
    if (amount.currency !== invoice.currency) {
      return refuse('currency_mismatch', { expected: invoice.currency, got: amount.currency })
    }
    const { sku, name, tax } = billed
    const own = { line, sku, name, unit: piece, quantity: 1, unitPrice: amount, net: amount }
    debited.push({ line: tax === undefined ? own : { ...own, tax }, amount })
  }
  return ok(debited)
}

/** Units that the invoice left out, each at what its own units come to after all their discounts and charges, rounded once, half up. */
export const debitUnits = (invoice: Invoice, units: readonly DebitedUnits[]): readonly DebitedLine[] => {
  const debited: DebitedLine[] = []
  for (const { line: id, quantity } of units) {
    const known = invoice.lines.find(({ line }) => line === id)
    const billed = present(known, 'units are counted of lines that the invoice has')
    // What its units cost with tax is the invoice's: more units cost otherwise.
    const { shares: _shares, gross: _gross, ...line } = billed
    const amount = fromMinor(
      divideRounded(billedAmount(invoice, billed) * BigInt(quantity), BigInt(billed.quantity), 'half_up'),
      invoice.currency,
    )
    debited.push({ line: { ...line, quantity, net: amount }, amount })
  }
  return debited
}

/** What the units of a line come to on their invoice, as its prices are. */
export const billedAmount = (invoice: Invoice, { net, shares = [], gross, tax }: InvoiceLine): bigint => {
  if (gross !== undefined) return toMinor(gross)
  const base = shares.reduce((sum, share) => sum + toMinor(share), toMinor(net))
  if (tax === undefined || invoice.calculation?.prices !== 'gross') return base
  const whole = restOfTax(invoice, undefined, treatmentKey(tax))
  return whole.base === 0n
    ? base
    : base + divideRounded(whole.tax * base, whole.base, invoice.calculation.rounding)
}

/** The amounts of a debit note, its taxes computed as those of its invoice were: on its own lines, by the same profile and rounding. */
export const debitAmounts = (
  invoice: Invoice,
  debited: readonly DebitedLine[],
): Pick<
  InvoiceContent,
  'lines' | 'calculation' | 'taxPlace' | 'taxedBy' | 'totals' | 'total' | 'withholdings'
> => {
  const amounts = amountsWithTax(invoice, debited)
  const withholdings = withheldOfDebit(invoice, amounts)
  return withholdings.length === 0 ? amounts : { ...amounts, withholdings }
}

/** A debit note is no part of the order's price: what is withheld of it is rounded by itself. */
const withheldOfDebit = (
  { withholdings = [], currency, calculation }: Invoice,
  { total, totals }: Pick<InvoiceContent, 'total' | 'totals'>,
): readonly Withholding[] => {
  const bases = withholdingBases(total, totals)
  return withheldBetween(withholdings, { net: 0n, tax: 0n }, bases, currency, calculation)
}

const amountsWithTax = (
  invoice: Invoice,
  debited: readonly DebitedLine[],
): Pick<InvoiceContent, 'lines' | 'calculation' | 'taxPlace' | 'taxedBy' | 'totals' | 'total'> => {
  const { currency, calculation, taxPlace, taxedBy } = invoice
  const computed = debitTotals(invoice, debited)
  if (calculation === undefined || computed === undefined) {
    const amounts = debited.map(({ amount }) => amount)
    return { lines: debited.map(({ line }) => line), total: sumOf(amounts, currency) }
  }
  const { totals } = computed
  return {
    lines: debited.map(({ line }, at) => ({
      ...line,
      net: fromMinor(elementAt(totals.lines, at).net, currency),
    })),
    calculation,
    ...(taxPlace !== undefined && { taxPlace }),
    ...(taxedBy !== undefined && { taxedBy }),
    totals: storedAmounts(totals, currency),
    total: fromMinor(totals.due, currency),
  }
}

/** What a debit note's totals are computed from, and what they come to: every line is one piece at its amount. Nothing where nothing is calculated. */
export const debitTotals = (
  { currency, calculation }: Invoice,
  debited: readonly DebitedLine[],
): { readonly input: TotalsInput; readonly totals: DocumentTotals } | undefined => {
  if (calculation === undefined) return undefined
  const lines = debited.map(({ line: { tax }, amount }) => ({
    unit: piece,
    quantity: 1,
    unitPrice: amount,
    ...(tax !== undefined && { tax }),
  }))
  const input = totalsInputOf({ currency, lines }, calculation)
  return { input, totals: documentTotals(input) }
}
