import { elementAt } from '../../invariant.js'
import type { DocumentTotals } from '../document-totals.js'
import type { TotalsInput } from '../totals-input.js'
import { traceAdjustments } from './adjustments.js'
import { again, less, named, plus } from './compose.js'
import { countDocument, type TracedFrom } from './counted-document.js'
import { traceLevies } from './levied.js'
import { traceLineAmounts } from './lines.js'
import { traceNets, type TracedNets } from './nets.js'
import { remembered } from './remembered.js'
import { tracedAdjustments, treatmentWords, type TracedDocument } from './traced-document.js'

/**
 * Why the amounts of a whole document are what they are, down to prices and quantities. Computed from the document's input when somebody asks; keeping no trace costs
 * nothing.
 */
export const traceTotals = (
  input: TotalsInput,
  totals: DocumentTotals,
  from: TracedFrom = {},
): TracedDocument => {
  const document = countDocument(input, totals, from)
  const { composer, hasTax, isShared, treatmentOf } = document
  const { given, sum, share } = composer
  const lineAmount = traceLineAmounts(document)
  const adjustments = traceAdjustments(document)
  const { base, taxes } = traceLevies(document, lineAmount, adjustments)
  const nets: TracedNets = hasTax
    ? traceNets(document, adjustments, base)
    : { line: lineAmount, adjustment: adjustments.under, share: adjustments.share }

  const cash = input.cashRounding
  return {
    composer,
    lines: input.lines.map((_, index) => index),
    adjustments: tracedAdjustments(input, totals.adjustments),
    taxes: totals.taxes.map(({ treatment }) => treatment),
    line: remembered((index) => named(`line ${index + 1}`, nets.line(index))),
    share: (line, index) =>
      isShared(index) ? nets.share(line, index) : given('no share', 0n, 'it has a tax of its own'),
    adjustment: (index, key) =>
      named(
        `${adjustments.whole(index).name} under ${treatmentWords(treatmentOf(key))}`,
        nets.adjustment(index, key),
      ),
    base,
    levied: (key, component) => elementAt(taxes(key), component),
    ...(cash !== undefined && {
      coins: (gross) => {
        const coins = share('in coins', {
          of: gross,
          times: '1',
          rounding: cash.mode,
          step: cash.step,
        })
        return sum('rounding', [plus(coins), less(again(gross))], 'what coins can pay - total with tax')
      },
    }),
  }
}
