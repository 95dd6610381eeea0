import { InvariantViolation } from '../../invariant.js'
import { treatmentKey, type TaxTreatment } from '../../tax/tax-treatment.js'
import type { TraceComposer } from '../../totals/traces/compose.js'
import type { DepositPart } from '../../totals/deposit.js'
import { traceSum, type TracedDocument, type TracedSum } from '../../totals/traces/traced-document.js'
import type { Trace } from '../../totals/traces/trace.js'
import type { Withholding } from '../../totals/withholdings.js'
import type { AgreedTerms } from '../../pricing/payment-terms.js'
import type { DuePart, OfferedDiscount } from '../due-dates.js'
import type { InvoiceContent, InvoiceLine } from '../invoice.js'
import type { Reminder } from '../reminder.js'

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
  /** What is withheld of it, by its place. */
  readonly withheld: (place: number) => TracedWithholding
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
