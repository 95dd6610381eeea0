import { elementAt, present } from '../../invariant.js'
import { formatDecimal } from '../../money/decimal-string.js'
import { treatmentKey } from '../../tax/tax-treatment.js'
import type { TaxTotals } from '../document-totals.js'
import { ownTaxes, type OwnTax } from '../own-tax.js'
import { partTotals, type PartedTotals, type PartRules, type PartTotals } from '../part-totals.js'
import type { TotalsInput } from '../totals-input.js'
import { tracesIn, type TraceComposer } from './compose.js'
import type { Trace } from './trace.js'
import type { TracedDocument } from './traced-document.js'

/** A document of which parts are billed or credited, and why the whole's amounts are what they are. */
export interface PartedDocument {
  readonly input: TotalsInput
  readonly whole: PartedTotals
  readonly rules: PartRules
  /** Of all units of the document. */
  readonly ofWhole: Pick<TracedDocument, 'line' | 'share' | 'adjustment' | 'levied'>
}

/** Such a document up to a state of its lines. */
export interface PartedState extends PartedDocument {
  readonly composer: TraceComposer
  /** `so far` or `before`. */
  readonly when: string
  /** The units of each line. */
  readonly done: readonly bigint[]
  readonly amounts: PartTotals
  /** The treatment of each line. */
  readonly keys: readonly string[]
  readonly taxUnder: (key: string) => TaxTotals
  readonly isComplete: (line: number) => boolean
  readonly isBegun: boolean
  /** How a discount or charge that is taxed by itself comes to the parts; undefined for one that is spread over the lines. */
  readonly ownTax: (index: number) => OwnTax | undefined
  /** What the units of a line that are done come to of an amount of all of them. */
  readonly portion: (name: string, of: Trace, line: number) => Trace
}

export const stateOf = (document: PartedDocument, done: readonly bigint[], when: string): PartedState => {
  const { input, whole, rules } = document
  const composer = tracesIn(input.currency)
  const unitsOf = (line: number) => elementAt(input.lines, line).quantity
  const isComplete = (line: number): boolean => elementAt(done, line) === unitsOf(line).baseUnits
  const nothing = whole.lines.map(() => 0n)
  const own = ownTaxes(input, whole)
  return {
    ...document,
    composer,
    when,
    done,
    amounts: partTotals(input, whole, nothing, done, rules),
    keys: input.lines.map(({ tax }) => treatmentKey(tax)),
    taxUnder: (key) => taxUnder(whole, key),
    isComplete,
    isBegun: whole.lines.length === 0 || done.some((units) => units !== 0n),
    ownTax: (index) => own[whole.adjustments.findIndex((one) => one.index === index)],
    portion: (name, of, line) => {
      const { baseUnits, digits } = unitsOf(line)
      if (baseUnits === 0n) return composer.given(name, 0n, 'no units')
      const units = formatDecimal(elementAt(done, line), digits)
      const all = formatDecimal(baseUnits, digits)
      const words = isComplete(line) ? `all ${all} units` : `${units} of ${all} units`
      return composer.share(name, {
        of,
        times: units,
        over: all,
        words: `${words} of ${of.amount}`,
        rounding: input.rounding,
      })
    },
  }
}

export const taxUnder = ({ taxes }: PartedTotals, key: string): TaxTotals =>
  present(
    taxes.find(({ treatment }) => treatmentKey(treatment) === key),
    'what a part is taxed by is a tax of the whole',
  )
