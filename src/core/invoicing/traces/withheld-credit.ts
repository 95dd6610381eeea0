import { present } from '../../invariant.js'
import { toMinor } from '../../money/money.js'
import { less, named, plus } from '../../totals/traces/compose.js'
import type { Trace } from '../../totals/traces/trace.js'
import { withholdingBases, withholdingMode, type Withholding } from '../../totals/withholdings.js'
import type { CreditNote } from '../credit-note.js'
import type { Invoice } from '../invoice.js'
import type { CalculatedTraces, TracedWithholding } from './document.js'

/** Why a credit note takes back so much of what is withheld: its share of all that is credited with it, less that of what was credited before. */
export const traceWithheldCredit = (
  { name, percent, on }: Withholding,
  note: CreditNote,
  invoice: Invoice,
  traces: CalculatedTraces,
): TracedWithholding => {
  const { given, sum, share } = traces.composer
  const { id, number, credited, creditedTotals, calculation } = invoice
  const at = (invoice.withholdings ?? []).findIndex(
    (one) => one.name === name && one.percent === percent && one.on === on,
  )
  const billed = present(invoice.withholdings?.[at], 'what is taken back was withheld')
  const whole = given(`withheld of invoice ${number}`, toMinor(billed.amount), `${name} ${percent}%`, {
    invoice: id,
    amount: `withholdings.${at}.amount`,
  })
  const base = (): Trace =>
    note.totals === undefined ? named('total without tax', traces.total()) : traces.sum(on)
  const upTo = (called: string, of: Trace): Trace =>
    share(called, {
      of: whole,
      times: of.amount,
      over: billed.base.amount,
      words: `${whole.amount} for ${of.amount} of ${billed.base.amount}`,
      rounding: withholdingMode(calculation),
      by: [of],
    })
  const before = withholdingBases(credited, creditedTotals)[on]
  return {
    base,
    amount: () => {
      const called = `withheld, ${name} ${percent}%`
      if (before === 0n) return upTo(called, base())
      const earlier = given('credited before', before, 'by earlier credit notes')
      const soFar = sum('credited so far', [plus(earlier), plus(base())], 'of the invoice')
      const now = upTo('so far', soFar)
      const then = upTo('before', earlier)
      return sum(called, [plus(now), less(then)], `${now.amount} so far, less ${then.amount} before`)
    },
  }
}
