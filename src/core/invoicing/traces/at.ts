import type { Trace } from '../../totals/traces/trace.js'
import { traceClaim, tracePayable } from './claim.js'
import { traceInDeduction, traceOfWithholding } from './in-deduction.js'
import type { DocumentTraces, PrintedAmounts } from './document.js'
import { agreedAmount, traceInLine } from './in-line.js'
import { traceInReminder } from './in-reminder.js'
import { traceInTerms } from './in-terms.js'
import { isSum, traceInTotals, traceTotal } from './in-totals.js'

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

const traceInWithholding = (
  { withholdings = [] }: PrintedAmounts,
  traces: DocumentTraces,
  [place, field, ...rest]: readonly string[],
): Trace | undefined => {
  if (withholdings[Number(place)] === undefined || rest.length > 0) return undefined
  return traceOfWithholding(traces.withheld(Number(place)), field)
}
