import type { Trace } from '../../totals/traces/trace.js'
import type { DocumentTraces, PrintedAmounts } from './document.js'

export const traceInLine = (
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

export const agreedAmount = (
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
