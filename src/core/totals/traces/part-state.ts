import { elementAt } from '../../invariant.js'
import { treatmentKey } from '../../tax/tax-treatment.js'
import { isNothing } from '../own-tax.js'
import { linesWithTax, type PartedTotals } from '../part-totals.js'
import { named, plus } from './compose.js'
import { tracePartAdjustment } from './part-adjustments.js'
import { tracePartLines, type TracedLines } from './part-lines.js'
import { isOwnTaxDone } from './part-own-tax.js'
import { stateOf, type PartedDocument, type PartedState } from './parted-state.js'
import { tracePrices } from './prices.js'
import { remembered, rememberedBoth } from './remembered.js'
import { traceTaxesOnNet } from './taxes.js'
import type { Trace } from './trace.js'
import { tracedAdjustments, traceSum, treatmentWords, type TracedDocument } from './traced-document.js'

/** Why everything up to a state of the lines comes to what it does. */
export interface TracedState extends Pick<
  TracedDocument,
  'line' | 'share' | 'withTax' | 'adjustment' | 'base' | 'levied'
> {
  readonly gross: () => Trace
}

export const traceState = (
  document: PartedDocument,
  done: readonly bigint[],
  when: 'so far' | 'before',
): TracedState => {
  const state = stateOf(document, done, when)
  const { input, whole, rules, composer, amounts } = state
  const gross = linesWithTax(input, whole.lines, rules)
  const prices = gross && tracePrices(state, gross, (key) => ownTaxOf(state, key))
  const lines = tracePartLines(state, prices)

  const adjustment = rememberedBoth((index: number, key: string) =>
    tracePartAdjustment(state, lines, () => traceSum(traced, 'lineNet'), index, key),
  )
  const base = remembered((key: string) => traceBase(state, lines, adjustment, key))
  const isAnew = rules.taxes !== 'in_proportion' && input.prices === 'net' && input.profile === 'per_category'
  const anew = remembered((key: string): readonly Trace[] =>
    traceTaxesOnNet(
      composer,
      base(key),
      state.taxUnder(key).treatment.components,
      input.rounding,
      'BR-CO-17',
    ),
  )
  const levied = rememberedBoth((key: string, component: number): Trace => {
    if (!isTaxedWhole(state, key)) {
      if (prices !== undefined) return prices.levied(key, component)
      return isAnew ? elementAt(anew(key), component) : traceShareOfTax(state, base(key), key, component)
    }
    const all = document.ofWhole.levied(key, component)
    return composer.sum(all.name, [plus(all)], 'all that is taxed so, so all of the tax')
  })

  const traced: TracedDocument = {
    composer,
    lines: done.flatMap((units, index) => (units === 0n ? [] : [index])),
    adjustments: tracedAdjustments(input, amounts.adjustments),
    taxes: amounts.taxes.map(({ treatment }) => treatment),
    ...lines,
    adjustment,
    base,
    levied,
  }
  return {
    ...lines,
    adjustment,
    base,
    levied,
    ...(prices !== undefined && { withTax: prices.withTax }),
    gross: () => named(`total with tax ${when}`, traceSum(traced, 'gross')),
  }
}

/** The amounts without tax of what is taxed by itself under a treatment. */
const ownTaxOf = ({ amounts, whole, ownTax }: PartedState, key: string) => {
  const sumIn = (adjustments: PartedTotals['adjustments']): bigint =>
    adjustments.reduce(
      (all, { index, treatment, amount }) =>
        treatmentKey(treatment) === key && ownTax(index) !== undefined ? all + amount : all,
      0n,
    )
  return { done: sumIn(amounts.adjustments), whole: sumIn(whole.adjustments) }
}

const traceBase = (
  { composer, whole, done, keys, when, taxUnder }: PartedState,
  { line }: TracedLines,
  adjustment: (index: number, key: string) => Trace,
  key: string,
): Trace =>
  composer.sum(
    `taxable amount under ${treatmentWords(taxUnder(key).treatment)} ${when}`,
    [
      ...keys.flatMap((own, index) =>
        own === key && elementAt(done, index) !== 0n ? [plus(line(index))] : [],
      ),
      ...whole.adjustments.flatMap(({ index, treatment }) =>
        treatmentKey(treatment) === key ? [plus(adjustment(index, key))] : [],
      ),
    ],
    'its lines with its discounts and charges',
  )

/** Whether all that is taxed so is done: then its taxes are those of the whole, to the cent. */
const isTaxedWhole = (state: PartedState, key: string): boolean => {
  const lines = state.keys.flatMap((own, index) => (own === key ? [state.isComplete(index)] : []))
  const adjustments = state.whole.adjustments.filter(({ treatment }) => treatmentKey(treatment) === key)
  if (lines.length === 0 && adjustments.length === 0) return isOwnTaxDone(state)
  const goesWithCharges = adjustments.some(({ index }) => {
    const own = state.ownTax(index)
    return own !== undefined && isNothing(own.withLines)
  })
  return lines.every(Boolean) && (isOwnTaxDone(state) || !goesWithCharges)
}

const traceShareOfTax = (
  { composer, input, ofWhole, taxUnder }: PartedState,
  taxed: Trace,
  key: string,
  component: number,
): Trace => {
  const { given, share, write } = composer
  const of = ofWhole.levied(key, component)
  const all = taxUnder(key).base
  if (all === 0n) return given(of.name, 0n, 'its taxable amounts come to nothing')
  return share(of.name, {
    of,
    times: taxed.amount,
    over: write(all),
    words: `${of.amount} for ${taxed.amount} of ${write(all)}`,
    rounding: input.rounding,
    by: [taxed],
  })
}
