import { elementAt, present } from '../../invariant.js'
import { currencyDigits } from '../../money/currency.js'
import { treatmentKey, type TaxTreatment } from '../../tax/tax-treatment.js'
import type { DocumentTotals } from '../document-totals.js'
import { lineAmounts, type LineAmounts } from '../line-amounts.js'
import { agreedAmounts, isSpread, spreadAdjustments, type Shares } from '../spread-adjustments.js'
import { groupLines, type TaxGroup } from '../tax-group.js'
import type { TotalsInput } from '../totals-input.js'
import { tracesIn, type TraceComposer } from './compose.js'
import type { NamedAdjustments } from './traced-document.js'
import type { Trace } from './trace.js'

/** What the input of a document does not say of its amounts. */
export interface TracedFrom {
  readonly names?: NamedAdjustments
  /** Where a line is one piece at an amount that was computed from others: why it is that amount. */
  readonly lineAmount?: (index: number) => Trace
  /** What a discount or charge came to under a treatment when it was agreed: it stands, by whatever rule its odd units were once shared. */
  readonly agreed?: (index: number, key: string) => bigint | undefined
}

/** A whole document, and what is counted on the way to its totals: all of it as prices are, with tax where they contain it. */
export interface CountedDocument {
  readonly composer: TraceComposer
  readonly input: TotalsInput
  readonly totals: DocumentTotals
  readonly from: TracedFrom
  readonly hasTax: boolean
  readonly amounts: readonly LineAmounts[]
  /** The sum of the lines. */
  readonly lineWhole: bigint
  /** Each discount and charge of the document, signed. */
  readonly agreed: readonly bigint[]
  /** What of each falls on each line, signed. */
  readonly shares: Shares
  readonly groups: readonly TaxGroup[]
  /** The treatment of each line. */
  readonly keys: readonly string[]
  readonly groupOf: (key: string) => TaxGroup
  readonly treatmentOf: (key: string) => TaxTreatment
  readonly linesUnder: (key: string) => readonly number[]
  /** Whether a discount or charge is spread over the lines. */
  readonly isShared: (index: number) => boolean
}

export const countDocument = (
  input: TotalsInput,
  totals: DocumentTotals,
  from: TracedFrom,
): CountedDocument => {
  const keys = input.lines.map(({ tax }) => treatmentKey(tax))
  const treatments = new Map(totals.taxes.map(({ treatment }) => [treatmentKey(treatment), treatment]))
  const amounts = input.lines.map((line) => lineAmounts(line, currencyDigits(input.currency), input.rounding))
  const byKey = groupLines(input, amounts)
  const shares = spreadAdjustments(input, amounts, byKey)
  const groups = [...byKey.values()]
  const lineWhole = amounts.reduce((sum, { amount }) => sum + amount, 0n)
  return {
    composer: tracesIn(input.currency),
    input,
    totals,
    from,
    hasTax: input.prices === 'gross',
    amounts,
    lineWhole,
    agreed: agreedAmounts(input, lineWhole),
    shares,
    groups,
    keys,
    groupOf: (key) =>
      present(
        groups.find(({ read }) => read.key === key),
        'what is traced under a treatment is taxed by it',
      ),
    treatmentOf: (key) => present(treatments.get(key), 'what is traced under a treatment is taxed by it'),
    linesUnder: (key) => keys.flatMap((own, index) => (own === key ? [index] : [])),
    isShared: (index) => isSpread(input, index),
  }
}

/** What each line of a treatment counts where an amount is shared among its lines. */
export const lineWeights = (
  { composer, amounts, groupOf }: CountedDocument,
  key: string,
): readonly { readonly name: string; readonly weight: string }[] =>
  groupOf(key).lines.map((index) => ({
    name: `line ${index + 1}`,
    weight: composer.write(elementAt(amounts, index).amount),
  }))
