import { InvariantViolation } from '../../invariant.js'
import { treatmentKey, type TaxTreatment } from '../../tax/tax-treatment.js'
import type { TaxAmount } from '../../totals/calculation.js'
import { less, plus, type TraceComposer } from '../../totals/traces/compose.js'
import type { DepositPart } from '../../totals/deposit.js'
import { traceSum, type TracedDocument, type TracedSum } from '../../totals/traces/traced-document.js'
import type { Trace } from '../../totals/traces/trace.js'
import type { Withholding } from '../../totals/withholdings.js'
import type { AgreedTerms } from '../../pricing/payment-terms.js'
import type { DuePart, OfferedDiscount } from '../due-dates.js'
import type { InvoiceContent, InvoiceLine } from '../invoice.js'
import type { Reminder } from '../reminder.js'
import { traceInReminder } from './reminder.js'
import { traceInTerms } from './terms.js'

/** What of a document is printed and can be traced. */
export interface PrintedAmounts extends Pick<
  InvoiceContent,
  'currency' | 'total' | 'totals' | 'adjustments'
> {
  readonly lines: readonly Pick<InvoiceLine, 'unitPrice' | 'adjustments' | 'shares' | 'gross'>[]
  readonly withholdings?: readonly Withholding[]
  readonly deducted?: readonly DepositPart[]
  readonly terms?: AgreedTerms
  readonly instalments?: readonly DuePart[]
  readonly discount?: OfferedDiscount
  readonly reminders?: readonly Reminder[]
}

export interface PrintedDocument extends PrintedAmounts {
  readonly lines: readonly InvoiceLine[]
}

/** Why the amounts of a document are what they are, each computed when it is asked for. */
export interface DocumentTraces {
  readonly composer: TraceComposer
  /** By its place on the document. */
  readonly line: (place: number) => Trace
  readonly share: (place: number, adjustment: number) => Trace
  /** A line with its shares and the tax in its price; absent where lines do not say it. */
  readonly withTax?: (place: number) => Trace
  readonly sum: (amount: Exclude<TracedSum, 'total'>) => Trace
  readonly adjustment: (index: number, treatment: TaxTreatment) => Trace
  readonly base: (treatment: TaxTreatment) => Trace
  readonly levied: (treatment: TaxTreatment, component: number) => Trace
  readonly total: () => Trace
  readonly deduction: (place: number) => TracedDeduction
  readonly withheld: (place: number) => TracedWithholding
  /** Of a consolidated invoice, what it claims for one of its orders. */
  readonly part?: (place: number) => TracedPart | undefined
}

export interface TracedPart {
  readonly document: PrintedAmounts
  readonly traces: DocumentTraces
}

export type CalculatedTraces = Omit<DocumentTraces, 'deduction' | 'withheld' | 'part'>

/** What is deducted of a deposit, by tax treatment. */
export interface TracedDeduction {
  readonly base: (treatment: TaxTreatment) => Trace
  readonly levied: (treatment: TaxTreatment, component: number) => Trace
  readonly amount: () => Trace
}

export interface TracedWithholding {
  readonly base: () => Trace
  readonly amount: () => Trace
}

/** Of a document that deducts no deposit, and of one of which nothing is withheld. */
export const undeducted: DocumentTraces['deduction'] = () => absent('deduction')
export const unwithheld: DocumentTraces['withheld'] = () => absent('withholding')

const absent = (what: string): never => {
  throw new InvariantViolation(`a document has no ${what} that does not stand on it`)
}

/** A document whose amounts are computed as those of an order are. `placeOf` finds a line of the document among those it is computed from. */
export const tracesOf = (
  { withTax, ...traced }: TracedDocument,
  placeOf: (place: number) => number,
): CalculatedTraces => ({
  composer: traced.composer,
  line: (place) => traced.line(placeOf(place)),
  share: (place, adjustment) => traced.share(placeOf(place), adjustment),
  ...(withTax !== undefined && { withTax: (place) => withTax(placeOf(place)) }),
  sum: (amount) => traceSum(traced, amount),
  adjustment: (index, treatment) => traced.adjustment(index, treatmentKey(treatment)),
  base: (treatment) => traced.base(treatmentKey(treatment)),
  levied: (treatment, component) => traced.levied(treatmentKey(treatment), component),
  total: () => traceSum(traced, 'total'),
})

/** Why the amount at a path of a document is what it is: `total`, `totals.tax`, `lines.0.net`, `totals.taxes.0.amounts.0`. Undefined where none is. */
export const traceAt = (
  document: PrintedAmounts,
  traces: DocumentTraces,
  path: readonly string[],
): Trace | undefined => {
  const [field, ...rest] = path
  switch (field) {
    case 'total':
      return rest.length === 0 ? traces.total() : undefined
    case 'due':
      return rest.length === 0 ? traceClaim(document, traces) : undefined
    case 'payable':
      return rest.length === 0 ? tracePayable(document, traces) : undefined
    case 'totals':
      return traceInTotals(document, traces, rest)
    case 'lines':
      return traceInLine(document, traces, rest)
    case 'adjustments':
      return agreedAmount(traces, document.adjustments, rest)
    case 'deducted':
      return traceInDeduction(document, traces, rest)
    case 'withholdings':
      return traceInWithholding(document, traces, rest)
    case 'instalments':
    case 'discount':
      return traceInTerms(document, () => tracePayable(document, traces), traces.composer, path)
    case 'parts': {
      const [place, ...own] = rest
      const part = traces.part?.(Number(place))
      return part && traceAt(part.document, part.traces, own)
    }
    case 'reminders':
      return traceInReminder(document, traces.composer, rest)
    default:
      return isSum(field) && rest.length === 0 ? traceTotal(document, traces, field) : undefined
  }
}

/** What it claims: its total, less what deposit invoices claimed before. */
export const traceClaim = ({ deducted = [] }: PrintedAmounts, traces: DocumentTraces): Trace => {
  const total = traces.total()
  if (deducted.length === 0) return total
  return traces.composer.sum(
    'amount due less deposits',
    [plus(total), ...deducted.map((_, place) => less(traces.deduction(place).amount()))],
    `${total.amount}, less what deposit invoices claimed of it before`,
    'BR-CO-16',
  )
}

/** What the customer is to pay: what it claims, less what is withheld. */
export const tracePayable = (document: PrintedAmounts, traces: DocumentTraces): Trace => {
  const { withholdings = [] } = document
  const due = traceClaim(document, traces)
  return traces.composer.sum(
    'amount to be paid',
    [plus(due), ...withholdings.map((_, place) => less(traces.withheld(place).amount()))],
    withholdings.length === 0 ? 'nothing is withheld' : `${due.amount}, less what is withheld`,
  )
}

const sums = ['lineNet', 'discounts', 'charges', 'net', 'tax', 'gross', 'rounding'] as const

type TotalName = (typeof sums)[number]

const isSum = (name: string | undefined): name is TotalName => sums.some((sum) => sum === name)

/** Of a document without totals all is its lines. */
const traceTotal = ({ totals }: PrintedAmounts, traces: DocumentTraces, amount: TotalName): Trace => {
  if (totals !== undefined) return traces.sum(amount)
  return amount === 'lineNet' || amount === 'net' || amount === 'gross'
    ? traces.total()
    : traces.composer.given(amount, 0n, 'nothing is taxed, discounted or charged')
}

const traceInTotals = (
  { totals }: PrintedAmounts,
  traces: DocumentTraces,
  [field, place, ...rest]: readonly string[],
): Trace | undefined => {
  if (totals === undefined) return undefined
  if (place === undefined) return isSum(field) ? traces.sum(field) : undefined
  if (field === 'adjustments' && rest.join('.') === 'amount') {
    const found = totals.adjustments[Number(place)]
    return found && traces.adjustment(found.index, found.tax)
  }
  return field === 'taxes' ? traceInTax(totals.taxes[Number(place)], traces, rest) : undefined
}

interface TaxTraces {
  readonly composer: TraceComposer
  readonly base: (treatment: TaxTreatment) => Trace
  readonly levied: (treatment: TaxTreatment, component: number) => Trace
}

const traceInTax = (
  tax: TaxAmount | undefined,
  { composer, base, levied }: TaxTraces,
  [field, place, ...rest]: readonly string[],
): Trace | undefined => {
  if (tax === undefined || rest.length > 0) return undefined
  const { treatment, amounts } = tax
  if (field === 'amounts') {
    return amounts[Number(place)] === undefined ? undefined : levied(treatment, Number(place))
  }
  if (place !== undefined) return undefined
  if (field === 'base') return base(treatment)
  if (field !== 'tax') return undefined
  return composer.sum(
    'tax',
    treatment.components.map((_, at) => plus(levied(treatment, at))),
    'sum of the taxes under it',
  )
}

const traceInLine = (
  { lines, currency }: PrintedAmounts,
  traces: DocumentTraces,
  [place, field, ...rest]: readonly string[],
): Trace | undefined => {
  const line = lines[Number(place)]
  if (line === undefined) return undefined
  if (field === 'adjustments') return agreedAmount(traces, line.adjustments, rest)
  if (field === 'shares' && rest.length === 1) {
    return line.shares?.[Number(rest[0])] === undefined
      ? undefined
      : traces.share(Number(place), Number(rest[0]))
  }
  if (rest.length > 0) return undefined
  if (field === 'net') return traces.line(Number(place))
  if (field === 'gross' && line.gross !== undefined) return traces.withTax?.(Number(place))
  if (field !== 'unitPrice') return undefined
  const { amount, per } = line.unitPrice
  const rule = `as it was agreed, in ${currency}${per === undefined ? '' : ` for ${per}`}`
  return traces.composer.agreed('unit price', amount, rule)
}

const agreedAmount = (
  { composer }: DocumentTraces,
  adjustments: PrintedAmounts['adjustments'] = [],
  [place, field, ...rest]: readonly string[],
): Trace | undefined => {
  const adjustment = adjustments[Number(place)]
  if (adjustment === undefined || !('amount' in adjustment)) return undefined
  if (field !== 'amount' || rest.length > 0) return undefined
  const { kind, reason, amount } = adjustment
  return composer.agreed(`${kind} "${reason}"`, amount.amount, 'as it was agreed for all of the order')
}

const traceInDeduction = (
  { deducted = [] }: PrintedAmounts,
  traces: DocumentTraces,
  [place, field, ...rest]: readonly string[],
): Trace | undefined => {
  const deposit = deducted[Number(place)]
  if (deposit === undefined) return undefined
  const { composer } = traces
  const deduction = traces.deduction(Number(place))
  if (field === 'taxes') {
    const [at, ...more] = rest
    return traceInTax(deposit.taxes[Number(at)], { composer, ...deduction }, more)
  }
  if (rest.length > 0) return undefined
  if (field === 'amount') return deduction.amount()
  if (field === 'net') return netOf(deposit, composer, deduction)
  return field === 'tax' ? taxOf(deposit, composer, deduction) : undefined
}

export const netOf = ({ taxes }: DepositPart, composer: TraceComposer, deduction: TracedDeduction): Trace =>
  composer.sum(
    'net',
    taxes.map(({ treatment }) => plus(deduction.base(treatment))),
    'under each tax treatment',
  )

export const taxOf = ({ taxes }: DepositPart, composer: TraceComposer, deduction: TracedDeduction): Trace =>
  composer.sum(
    'tax',
    taxes.flatMap(({ treatment }) =>
      treatment.components.map((_, at) => plus(deduction.levied(treatment, at))),
    ),
    'under each tax treatment',
  )

const traceInWithholding = (
  { withholdings = [] }: PrintedAmounts,
  traces: DocumentTraces,
  [place, field, ...rest]: readonly string[],
): Trace | undefined => {
  if (withholdings[Number(place)] === undefined || rest.length > 0) return undefined
  const withheld = traces.withheld(Number(place))
  if (field === 'base') return withheld.base()
  return field === 'amount' ? withheld.amount() : undefined
}
