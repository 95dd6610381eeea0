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
import type { DeductedBy } from './deposit-credit.js'
import type { CalculatedTraces, TracedWithholding } from './document.js'
import { traceWithheldBase } from './withheld.js'

/** Why a credit note takes back so much of what is withheld: its share of all that is credited with it, less that of what was credited before. */
export const traceWithheldCredit = (
  withholding: Withholding,
  note: CreditNote,
  invoice: Invoice,
  traces: CalculatedTraces,
): TracedWithholding => {
  const { given, sum, share } = traces.composer
  const { name, percent, on } = withholding
  const { id, number, credited, creditedTotals, calculation } = invoice
  const at = (invoice.withholdings ?? []).findIndex(isSameWithholding(withholding))
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

/** The same of a deposit invoice: its share of what no later invoice has deducted and no earlier credit note taken back. */
export const traceWithheldOfDeposit = (
  withholding: Withholding,
  note: CreditNote,
  { id, number, withholdings = [], creditedWithholdings = [], calculation }: Invoice,
  deducted: readonly DeductedBy[],
  traces: CalculatedTraces,
): TracedWithholding => {
  const { composer } = traces
  const { given, sum, share } = composer
  const { name, percent } = withholding
  const isSame = isSameWithholding(withholding)
  const at = withholdings.findIndex(isSame)
  const claimed = present(withholdings[at], 'what is taken back was withheld')
  const left = (called: string, field: 'base' | 'amount'): Trace => {
    const terms = [
      ...deducted.map(({ invoice, part }) => ({
        part: part.withholdings?.find(isSame),
        document: { invoice, amount: 'deducted' },
      })),
      { part: creditedWithholdings.find(isSame), document: undefined },
    ].flatMap(({ part, document }) =>
      part === undefined || toMinor(part[field]) === 0n
        ? []
        : [
            less(
              document === undefined
                ? given('credited before', toMinor(part[field]), 'by earlier credit notes')
                : given('deducted', toMinor(part[field]), 'by a later invoice', document),
            ),
          ],
    )
    const whole = given(
      `${called} of deposit invoice ${number}`,
      toMinor(claimed[field]),
      `${name} ${percent}%`,
      {
        invoice: id,
        amount: `withholdings.${at}.${field}`,
      },
    )
    return terms.length === 0
      ? whole
      : sum(
          `${called} that is left`,
          [plus(whole), ...terms],
          'what was claimed, less what was deducted of it',
        )
  }
  const base = (): Trace => traceWithheldBase(withholding, note, traces)
  return {
    base,
    amount: () => {
      const [of, own, all] = [left('withheld', 'amount'), base(), left('withheld of', 'base')]
      return share(`withheld, ${name} ${percent}%`, {
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
