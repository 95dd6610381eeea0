import { plus, type TraceComposer } from '../../totals/traces/compose.js'
import type { Trace } from '../../totals/traces/trace.js'
import type { TaxTreatment } from '../../tax/tax-treatment.js'
import type { TaxAmount } from '../../totals/calculation.js'
import type { DocumentTraces, PrintedAmounts } from './document.js'

const sums = ['lineNet', 'discounts', 'charges', 'net', 'tax', 'gross', 'rounding'] as const

type TotalName = (typeof sums)[number]

export const isSum = (name: string | undefined): name is TotalName => sums.some((sum) => sum === name)

/** Of a document without totals all is its lines. */
export const traceTotal = ({ totals }: PrintedAmounts, traces: DocumentTraces, amount: TotalName): Trace => {
  if (totals !== undefined) return traces.sum(amount)
  return amount === 'lineNet' || amount === 'net' || amount === 'gross'
    ? traces.total()
    : traces.composer.given(amount, 0n, 'nothing is taxed, discounted or charged')
}

export const traceInTotals = (
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

export const traceInTax = (
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
