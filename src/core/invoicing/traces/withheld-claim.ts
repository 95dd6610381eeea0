import { toMinor } from '../../money/money.js'
import type { Order } from '../../orders/order.js'
import { standingDeposits } from '../../orders/unclaimed.js'
import { less, named, plus, type Term, type TraceComposer } from '../../totals/traces/compose.js'
import { factorOf } from '../../totals/traces/taxes.js'
import type { Trace } from '../../totals/traces/trace.js'
import { isSameWithholding, withholdingMode, type Withholding } from '../../totals/withholdings.js'

/** A claim of an order with deposits, of which something is withheld. */
interface WithheldClaim {
  readonly withholding: Withholding
  /** What it comes to, without tax or in tax. */
  readonly claim: Trace
  /** What was billed before; absent where nothing was. */
  readonly billed: Trace | undefined
}

/** Why so much is withheld of a claim: of all that is claimed with it, deposits included, rounded once, less what is withheld already. `order` is the order as it was before. */
export const traceWithheldClaim = (
  order: Order,
  { withholding, claim, billed }: WithheldClaim,
  { given, sum, share, limited, minorOf }: TraceComposer,
): Trace => {
  const { name, percent, on } = withholding
  const withheldOf = (called: string, of: Trace): Trace =>
    share(called, {
      of,
      times: factorOf(percent),
      words: `${percent}% of ${of.amount}`,
      rounding: withholdingMode(order.calculation),
    })
  const before: readonly Term[] = [
    ...(billed === undefined ? [] : [plus(named('billed before', billed))]),
    ...standingDeposits(order).map(({ invoice, number, [on]: left }) =>
      plus(
        given(
          `${on} left of deposit invoice ${number}`,
          toMinor(left),
          'what it claimed, less what was deducted of it before',
          {
            invoice,
          },
        ),
      ),
    ),
  ]
  const called = `withheld, ${name} ${percent}%`
  if (before.length === 0 && order.withheld === undefined) return withheldOf(called, claim)
  const known = order.withheld?.find(isSameWithholding(withholding))
  const then =
    known === undefined
      ? withheldOf('before', sum('billed before', before, 'of the order'))
      : given(
          'before',
          toMinor(known.amount),
          'of its deposits and invoices, each less what it deducts and what was credited of deposits',
        )
  const now = withheldOf(
    'so far',
    sum('claimed so far', [...before, plus(claim)], 'by all documents of the order'),
  )
  const due = sum(called, [plus(now), less(then)], `${now.amount} so far, less ${then.amount} before`)
  const bounded = limited(called, 'least', [due, claim], 'no more than is claimed, and no less than nothing')
  return minorOf(bounded) === minorOf(due) ? due : bounded
}
