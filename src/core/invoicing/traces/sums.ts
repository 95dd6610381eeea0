import type { TaxTreatment } from '../../tax/tax-treatment.js'
import { plus, type TraceComposer } from '../../totals/traces/compose.js'
import type { Trace } from '../../totals/traces/trace.js'

/** The sums of a document without discounts and charges of its own. */
export interface TracedSums {
  readonly net: () => Trace
  readonly tax: () => Trace
  /** With tax. */
  readonly gross: () => Trace
}

/** What such a document is made of. */
export interface SummedAmounts {
  readonly treatments: readonly TaxTreatment[]
  /** What adds up to its total without tax. */
  readonly nets: () => readonly Trace[]
  readonly netRule: string
  readonly levied: (treatment: TaxTreatment, component: number) => Trace
}

export const traceSums = (
  { sum }: TraceComposer,
  { treatments, nets, netRule, levied }: SummedAmounts,
): TracedSums => {
  const net = (): Trace => sum('total without tax', nets().map(plus), netRule, 'BR-CO-13')
  const tax = (): Trace =>
    sum(
      'tax',
      treatments.flatMap((treatment) => treatment.components.map((_, at) => plus(levied(treatment, at)))),
      'sum of the taxes',
      'BR-CO-14',
    )
  const gross = (): Trace =>
    sum('total with tax', [plus(net()), plus(tax())], 'total without tax + tax', 'BR-CO-15')
  return { net, tax, gross }
}
