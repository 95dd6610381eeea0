import { elementAt } from '../../invariant.js'
import type { Order } from '../../orders/order.js'
import { less, plus } from '../../totals/traces/compose.js'
import type { TracedDocument } from '../../totals/traces/traced-document.js'
import type { Trace } from '../../totals/traces/trace.js'
import { isSameWithholding, type Withholding } from '../../totals/withholdings.js'
import type { DocumentTraces, PrintedDocument, TracedDeduction, TracedWithholding } from './document.js'
import { netOf, taxOf } from './in-deduction.js'
import { traceWithheldClaim } from './withheld-claim.js'
import { traceBilledBefore, traceWithheldBase } from './withheld.js'

/** Why so much is withheld of an invoice that deducts deposits: what was withheld of what it deducts, and what is withheld of what it claims itself. */
export const traceWithheldWithDeposits = (
  withholding: Withholding,
  document: PrintedDocument,
  order: Order,
  traces: Pick<DocumentTraces, 'composer' | 'sum' | 'total'>,
  deductions: readonly TracedDeduction[],
  earlier: TracedDocument,
): TracedWithholding => {
  const { composer } = traces
  const { sum } = composer
  const { on, name, percent } = withholding
  const { deducted = [] } = document
  const base = (): Trace => traceWithheldBase(withholding, document, traces)
  const amount = (): Trace => {
    const bases = deducted.map((part, at) =>
      (on === 'net' ? netOf : taxOf)(part, composer, elementAt(deductions, at)),
    )
    const claim = sum(
      'claimed',
      [plus(base()), ...bases.map(less)],
      'less what deposit invoices claimed of it',
    )
    const billed = traceBilledBefore(earlier, withholding, document)
    const own = traceWithheldClaim(order, { withholding, claim, billed }, composer)
    const taken = deducted.flatMap(({ withholdings = [] }, at) => {
      const place = withholdings.findIndex(isSameWithholding(withholding))
      return place < 0 ? [] : [plus(elementAt(deductions, at).withheld(place).amount())]
    })
    return taken.length === 0
      ? own
      : sum(
          `withheld, ${name} ${percent}%`,
          [plus(own), ...taken],
          'of what it claims, and with what it deducts',
        )
  }
  return { base, amount }
}
