import { present } from '../../invariant.js'
import { toMinor } from '../../money/money.js'
import { less, named, plus } from '../../totals/traces/compose.js'
import type { Trace } from '../../totals/traces/trace.js'
import {
  isSameWithholding,
  withholdingBases,
  withholdingMode,
  type Withholding,
} from '../../totals/withholdings.js'
import type { CreditNote } from '../credit-note.js'
import type { Invoice } from '../invoice.js'
import type { CalculatedTraces, TracedWithholding } from './document.js'
import { traceLeftOfDeposit, type DeductedBy } from './left-of-deposit.js'
import { baseWords, traceWithheldBase } from './withheld.js'

/** Why a credit note takes back so much of what is withheld: its share of all that is credited with it, less that of what was credited before. */
export const traceWithheldCredit = (
  withholding: Withholding,
  note: CreditNote,
  invoice: Invoice,
  traces: CalculatedTraces,
): TracedWithholding => {
  const { given, sum, share } = traces.composer
  const { name, percent, on } = withholding
  const { id, number, credited, creditedTotals, calculation, withholdings = [] } = invoice
  const at = withholdings.findIndex(isSameWithholding(withholding))
  const billed = present(withholdings[at], 'what is taken back was withheld')
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

/** The same of a deposit invoice: its share of what no later invoice has deducted and no earlier credit note taken back. */
export const traceWithheldOfDeposit = (
  withholding: Withholding,
  note: CreditNote,
  invoice: Invoice,
  deducted: readonly DeductedBy[],
  traces: CalculatedTraces,
): TracedWithholding => {
  const { composer } = traces
  const { withholdings = [], creditedWithholdings, calculation } = invoice
  const { name, percent, on } = withholding
  const isSame = isSameWithholding(withholding)
  const at = withholdings.findIndex(isSame)
  const claimed = present(withholdings[at], 'what is taken back was withheld')
  const left = (called: string, field: 'base' | 'amount'): Trace =>
    traceLeftOfDeposit(composer, invoice, deducted, {
      name: called,
      claimed: claimed[field],
      path: `withholdings.${at}.${field}`,
      credited: creditedWithholdings?.find(isSame)?.[field],
      deductedOf: (part) => part.withholdings?.find(isSame)?.[field],
    })
  const base = (): Trace => traceWithheldBase(withholding, note, traces)
  return {
    base,
    amount: () => {
      const [of, own, all] = [left('withheld', 'amount'), base(), left(baseWords[on], 'base')]
      return composer.share(`withheld, ${name} ${percent}%`, {
        of,
        times: own.amount,
        over: all.amount,
        words: `${of.amount} for ${own.amount} of ${all.amount}`,
        rounding: withholdingMode(calculation),
        by: [own, all],
      })
    },
  }
}
