import { plus, type TraceComposer } from '../../totals/traces/compose.js'
import type { DepositPart } from '../../totals/deposit.js'
import type { Trace } from '../../totals/traces/trace.js'
import type { DocumentTraces, PrintedAmounts, TracedDeduction, TracedWithholding } from './document.js'
import { traceInTax } from './in-totals.js'

export const traceInDeduction = (
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
  if (field === 'withholdings') {
    const [at, own, ...more] = rest
    if (deposit.withholdings?.[Number(at)] === undefined || more.length > 0) return undefined
    return traceOfWithholding(deduction.withheld(Number(at)), own)
  }
  if (rest.length > 0) return undefined
  if (field === 'amount') return deduction.amount()
  if (field === 'net') return netOf(deposit, composer, deduction)
  return field === 'tax' ? taxOf(deposit, composer, deduction) : undefined
}

export const traceOfWithholding = (
  withheld: TracedWithholding,
  field: string | undefined,
): Trace | undefined => {
  if (field === 'base') return withheld.base()
  return field === 'amount' ? withheld.amount() : undefined
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
