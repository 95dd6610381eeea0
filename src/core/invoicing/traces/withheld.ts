import { exactQuotient, writeExact } from '../../money/exact-decimal.js'
import type { Calculation } from '../../totals/calculation.js'
import { less, named, plus } from '../../totals/traces/compose.js'
import { traceSum, type TracedDocument } from '../../totals/traces/traced-document.js'
import type { Trace } from '../../totals/traces/trace.js'
import { withholdingMode, type Withholding } from '../../totals/withholdings.js'
import type { DocumentTraces, PrintedDocument, TracedWithholding } from './document.js'

/**
 * Why so much is withheld of a document: of all that was billed up to it, rounded once, less what was withheld of all before. `earlier` is what was billed before, absent
 * where it is withheld of by itself.
 */
export const traceWithheldBetween = (
  { name, percent, on }: Withholding,
  { totals }: PrintedDocument,
  traces: Pick<DocumentTraces, 'composer' | 'sum' | 'total'>,
  calculation: Calculation | undefined,
  earlier?: TracedDocument,
): TracedWithholding => {
  const { sum, share, minorOf } = traces.composer
  const base = (): Trace => traceWithheldBase({ on }, { totals }, traces)
  const before = (): Trace | undefined => {
    if (earlier === undefined || (totals === undefined && on === 'tax')) return undefined
    const billed = traceSum(earlier, totals === undefined ? 'lineNet' : on)
    return minorOf(billed) === 0n ? undefined : billed
  }
  const withheld = (called: string, of: Trace): Trace =>
    share(called, {
      of,
      times: writeExact(exactQuotient([percent], '100')),
      words: `${percent}% of ${of.amount}`,
      rounding: withholdingMode(calculation),
    })
  return {
    base,
    amount: () => {
      const called = `withheld, ${name} ${percent}%`
      const billed = before()
      if (billed === undefined) return withheld(called, base())
      const soFar = sum(
        `${baseWords[on]} so far`,
        [plus(named('before', billed)), plus(named('of this document', base()))],
        'of all that is billed',
      )
      const now = withheld('so far', soFar)
      const then = withheld('before', billed)
      return sum(called, [plus(now), less(then)], `${now.amount} so far, less ${then.amount} before`)
    },
  }
}

/** What of a document a withholding is a share of. */
export const traceWithheldBase = (
  { on }: Pick<Withholding, 'on'>,
  { totals }: { readonly totals?: PrintedDocument['totals'] | undefined },
  { composer, sum, total }: Pick<DocumentTraces, 'composer' | 'sum' | 'total'>,
): Trace => {
  if (totals !== undefined) return sum(on)
  return on === 'net' ? named('total without tax', total()) : composer.given('tax', 0n, 'nothing is taxed')
}

export const baseWords = { net: 'total without tax', tax: 'tax' } as const
