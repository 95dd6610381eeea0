import { elementAt, present } from '../../invariant.js'
import { toMinor, type Money } from '../../money/money.js'
import { plainCalculation } from '../../orders/trace-order.js'
import { treatmentKey } from '../../tax/tax-treatment.js'
import { amountsOfTaxes } from '../../totals/amounts-of-taxes.js'
import { again, less, plus, tracesIn, type TraceComposer } from '../../totals/traces/compose.js'
import { readAmounts, totalsInputOf } from '../../totals/stored-totals.js'
import { subtractAmounts } from '../../totals/sum-amounts.js'
import { tracePart } from '../../totals/traces/part.js'
import type { TracedDocument } from '../../totals/traces/traced-document.js'
import type { GivenAmount, Trace } from '../../totals/traces/trace.js'
import { creditedOf, withoutCredited } from '../credit-limits.js'
import type { CreditNote } from '../credit-note.js'
import { correctedAt } from '../credit-units.js'
import type { CreditedLine, Invoice } from '../invoice.js'
import { traceDepositCredit, type DeductedBy } from './deposit-credit.js'
import { tracesOf, undeducted, type CalculatedTraces, type DocumentTraces } from './document.js'
import { plainTraces } from './plain.js'
import { tracePriceCredit } from './price-credit.js'
import { traceWithheldCredit } from './withheld-credit.js'

/**
 * Why the amounts of a credit note are what they are: of units, what all units credited so far and now come to of what the invoice claimed for them, less what was
 * credited before. `invoice` is the invoice, or the part of it, as it was before the credit note.
 */
export const traceCredit = (note: CreditNote, { invoice, lines, deducted }: TracedCredit): DocumentTraces => {
  const traces = tracesOfCredit(note, invoice, lines, deducted)
  const total =
    note.totals === undefined || isRestOfDeposit(note, invoice)
      ? traces.total
      : (): Trace => traceCreditTotal(invoice, traces)
  const { sum } = traces.composer
  const withTotal: CalculatedTraces = {
    ...traces,
    total,
    sum: (amount) =>
      amount === 'rounding'
        ? sum('rounding', [plus(total()), less(again(traces.sum('gross')))], 'total - total with tax')
        : traces.sum(amount),
  }
  return {
    ...withTotal,
    deduction: undeducted,
    withheld: (place) =>
      traceWithheldCredit(
        present(note.withholdings?.[place], 'a withholding has its place'),
        note,
        invoice,
        withTotal,
      ),
  }
}

/** What a credit note was decided on. */
export interface TracedCredit {
  readonly invoice: Invoice
  /** What was credited, in the order in which it was asked for. */
  readonly lines: readonly CreditedLine[]
  /** Of a deposit invoice, what later invoices had deducted of it. */
  readonly deducted: readonly DeductedBy[]
}

const tracesOfCredit = (
  note: CreditNote,
  invoice: Invoice,
  lines: readonly CreditedLine[],
  deducted: readonly DeductedBy[],
): CalculatedTraces => {
  if (note.corrects === 'price') return tracePriceCredit(note, invoice, lines)
  return isRestOfDeposit(note, invoice)
    ? traceDepositCredit(note, invoice, deducted)
    : traceUnitCredit(note, invoice)
}

/** A deposit invoice that is credited whole gives back what no later invoice has deducted of it. */
const isRestOfDeposit = ({ kind, corrects, lines }: CreditNote, invoice: Invoice): boolean =>
  kind === 'deposit' &&
  corrects === undefined &&
  invoice.lines.every(
    ({ line, quantity }, at) =>
      creditedOf(invoice, at).quantity === quantity || lines.some((credited) => credited.line === line),
  )

const traceUnitCredit = (note: CreditNote, invoice: Invoice): CalculatedTraces => {
  const placeOf = (place: number): number => {
    const { line } = present(note.lines[place], 'a line of a document has its place')
    return invoice.lines.findIndex((billed) => billed.line === line)
  }
  const quantities = new Map(note.lines.map(({ line, quantity }) => [line, quantity]))
  const traced = tracedUnits(invoice, (at) => quantities.get(elementAt(invoice.lines, at).line) ?? 0)
  return note.totals === undefined
    ? plainTraces(note, (place) => traced.line(placeOf(place)))
    : tracesOf(traced, placeOf)
}

/** What the customer gets back: rounded to coins as the invoice was, and with the last unit all of it. */
const traceCreditTotal = (invoice: Invoice, traces: CalculatedTraces): Trace => {
  const { given, sum, share, limited, minorOf } = traces.composer
  const { id, number, total, credited, creditedTotals, totals, calculation } = invoice
  const coins = calculation?.cashRounding
  const gross = traces.sum('gross')
  if (coins === undefined) return sum('amount credited', [plus(gross)], 'total with tax', 'BR-CO-16')
  const before = creditedTotals === undefined ? 0n : toMinor(creditedTotals.gross)
  const soFar = sum(
    'credited with tax so far',
    [...(before === 0n ? [] : [plus(given('before', before, 'by earlier credit notes'))]), plus(gross)],
    'of the invoice',
  )
  const all = given(`total of invoice ${number}`, toMinor(total), 'all of it', {
    invoice: id,
    amount: 'total',
  })
  const rounded = share('in coins', {
    of: soFar,
    times: '1',
    rounding: coins.mode,
    step: BigInt(coins.step),
  })
  const isAll = totals !== undefined && minorOf(soFar) === toMinor(totals.gross)
  const due = isAll
    ? all
    : limited('credited so far', 'least', [rounded, all], 'in coins, no more than the invoice claims')
  const given0 = toMinor(credited)
  return sum(
    'amount credited',
    [plus(due), ...(given0 === 0n ? [] : [less(given('before', given0, 'by earlier credit notes'))])],
    given0 === 0n ? 'in coins' : 'all so far in coins, less what was credited before',
    'BR-CO-16',
  )
}

/** Units of an invoice as parts of what was left of it when a price was corrected last. */
const tracedUnits = (invoice: Invoice, wanted: (at: number) => number): TracedDocument => {
  const { calculation, totals, restFrom, lines } = invoice
  const rest = lines.map((line, at) => withoutCredited(line, correctedAt(invoice, at)))
  const before = lines.map((_, at) =>
    BigInt(creditedOf(invoice, at).quantity - correctedAt(invoice, at).quantity),
  )
  const isPlain = calculation === undefined || totals === undefined
  const billed = isPlain ? amountsOfTaxes([], invoice.currency) : totals
  return tracePart({
    input: totalsInputOf({ ...invoice, lines: rest }, isPlain ? plainCalculation : calculation),
    whole: readAmounts(
      rest,
      restFrom?.totals === undefined ? billed : subtractAmounts(billed, restFrom.totals),
    ),
    before,
    after: before.map((quantity, at) => quantity + BigInt(wanted(at))),
    rules: { ownTax: 'last', taxes: 'in_proportion' },
    ofWhole: leftOf(invoice),
  })
}

/** What of an invoice was left to be credited by units: what it claimed, less what was credited when a price was corrected last. */
const leftOf = (invoice: Invoice): Pick<TracedDocument, 'line' | 'share' | 'adjustment' | 'levied'> => {
  const composer = tracesIn(invoice.currency)
  const { id, number, totals, restFrom } = invoice
  const left = (name: string, billed: Money, path: string, credited: Money | undefined): Trace =>
    leftAmount(composer, `${name} of invoice ${number}`, billed, { invoice: id, amount: path }, credited)
  const taxAt = (key: string): number =>
    (totals?.taxes ?? []).findIndex(({ treatment }) => treatmentKey(treatment) === key)
  return {
    line: (index) =>
      left(
        `line ${index + 1}`,
        elementAt(invoice.lines, index).net,
        `lines.${index}.net`,
        restFrom?.lines[index]?.net,
      ),
    share: (index, place) =>
      left(
        `share of line ${index + 1}`,
        present(elementAt(invoice.lines, index).shares?.[place], 'a line has a share of each discount'),
        `lines.${index}.shares.${place}`,
        restFrom?.lines[index]?.shares?.[place],
      ),
    adjustment: (index, key) => {
      const at = (totals?.adjustments ?? []).findIndex(
        (one) => one.index === index && treatmentKey(one.tax) === key,
      )
      const agreed = invoice.adjustments?.[index]
      const called = agreed === undefined ? 'discount' : `${agreed.kind} "${agreed.reason}"`
      const promotion = agreed?.promotion === undefined ? '' : ` of promotion ${agreed.promotion}`
      return left(
        `${called}${promotion}`,
        present(totals?.adjustments[at], 'what is credited of a discount was billed').amount,
        `totals.adjustments.${at}.amount`,
        restFrom?.totals?.adjustments.find((one) => one.index === index && treatmentKey(one.tax) === key)
          ?.amount,
      )
    },
    levied: (key, component) => {
      const at = taxAt(key)
      const tax = present(totals?.taxes[at], 'a tax that is credited was billed')
      const credited = restFrom?.totals?.taxes.find(({ treatment }) => treatmentKey(treatment) === key)
      const { name, percent } = elementAt(tax.treatment.components, component)
      return left(
        `${name} ${percent}%`,
        elementAt(tax.amounts, component),
        `totals.taxes.${at}.amounts.${component}`,
        credited?.amounts[component],
      )
    },
  }
}

const leftAmount = (
  { given, sum }: TraceComposer,
  name: string,
  billed: Money,
  document: GivenAmount['document'],
  credited: Money | undefined,
): Trace => {
  const claimed = given(name, toMinor(billed), 'as it was billed', document)
  if (credited === undefined || toMinor(credited) === 0n) return claimed
  const earlier = given(
    'credited before',
    toMinor(credited),
    'when a price of the invoice was corrected last',
  )
  return sum(`${name}, what was left`, [plus(claimed), less(earlier)], 'units share in what was left then')
}
