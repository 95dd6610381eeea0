import { less, plus } from '../../totals/traces/compose.js'
import type { Trace } from '../../totals/traces/trace.js'
import type { DocumentTraces, PrintedAmounts } from './document.js'

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

/** What the customer is to pay: what it claims, less what is withheld of it and was not with the deposits that it deducts. */
export const tracePayable = (document: PrintedAmounts, traces: DocumentTraces): Trace => {
  const { withholdings = [], deducted = [] } = document
  const due = traceClaim(document, traces)
  return traces.composer.sum(
    'amount to be paid',
    [
      plus(due),
      ...withholdings.map((_, place) => less(traces.withheld(place).amount())),
      ...deducted.flatMap((part, at) =>
        (part.withholdings ?? []).map((_, place) => plus(traces.deduction(at).withheld(place).amount())),
      ),
    ],
    withholdings.length === 0 ? 'nothing is withheld' : `${due.amount}, less what is withheld`,
  )
}
