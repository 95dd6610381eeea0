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
  const { sum, share } = traces.composer
  const base = (): Trace => traceWithheldBase({ on }, { totals }, traces)
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
      const billed = earlier && traceBilledBefore(earlier, { on }, { totals })
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

/** What was billed before, of which it is withheld as well; undefined where nothing was. */
export const traceBilledBefore = (
  earlier: TracedDocument,
  { on }: Pick<Withholding, 'on'>,
  { totals }: WithheldDocument,
): Trace | undefined => {
  const billed = traceSum(earlier, totals === undefined ? 'lineNet' : on)
  return earlier.composer.minorOf(billed) === 0n ? undefined : billed
}

interface WithheldDocument {
  readonly totals?: PrintedDocument['totals'] | undefined
}

/** What of a document a withholding is a share of. Where nothing is taxed nothing is withheld of a tax. */
export const traceWithheldBase = (
  { on }: Pick<Withholding, 'on'>,
  { totals }: WithheldDocument,
  { sum, total }: Pick<DocumentTraces, 'sum' | 'total'>,
): Trace => (totals === undefined ? named('total without tax', total()) : sum(on))

export const baseWords = { net: 'total without tax', tax: 'tax' } as const
