import { present } from '../../invariant.js'
import { partTotals } from '../part-totals.js'
import { again, less, named, plus, tracesIn } from './compose.js'
import { traceState, type TracedState } from './part-state.js'
import { taxUnder, type PartedDocument } from './parted-state.js'
import type { Trace } from './trace.js'
import { tracedAdjustments, treatmentWords, type TracedDocument } from './traced-document.js'

/** A part of a document, between two states of its lines. */
export interface TracedPart extends PartedDocument {
  readonly before: readonly bigint[]
  readonly after: readonly bigint[]
}

/** Why the amounts of a part are what they are: what all that was done comes to, less what was done before, down to the amounts of the whole. */
export const tracePart = ({ before, after, ...document }: TracedPart): TracedDocument => {
  const { input, whole, rules, ofWhole } = document
  const composer = tracesIn(input.currency)
  const { sum, given, minorOf } = composer
  const part = partTotals(input, whole, before, after, rules)
  const soFar = traceState(document, after, 'so far')
  const earlier = traceState(document, before, 'before')
  const isFirst = before.every((units) => units === 0n)

  const difference = (name: string, traceOf: (from: TracedState) => Trace): Trace => {
    const now = traceOf(soFar)
    if (isFirst) return named(name, now)
    const then = traceOf(earlier)
    if (minorOf(then) === 0n) return named(name, now)
    return sum(
      name,
      [plus(named('so far', now)), less(named('before', then))],
      `${now.amount} so far, less ${then.amount} before`,
    )
  }

  const cash = input.cashRounding
  return {
    composer,
    lines: part.lines.flatMap(({ quantity }, index) => (quantity === 0n ? [] : [index])),
    adjustments: tracedAdjustments(input, part.adjustments),
    taxes: part.taxes.map(({ treatment }) => treatment),
    line: (index) => difference(`line ${index + 1}`, (state) => state.line(index)),
    share: (line, adjustment) =>
      difference(`share of line ${line + 1}`, (state) => state.share(line, adjustment)),
    ...(soFar.withTax !== undefined && {
      withTax: (index) =>
        difference(`line ${index + 1} with tax`, ({ withTax }) =>
          present(withTax, 'all states of a document are priced alike')(index),
        ),
    }),
    adjustment: (index, key) =>
      difference(ofWhole.adjustment(index, key).name, (state) => state.adjustment(index, key)),
    base: (key) =>
      difference(`taxable amount under ${treatmentWords(taxUnder(whole, key).treatment)}`, (state) =>
        state.base(key),
      ),
    levied: (key, component) =>
      difference(ofWhole.levied(key, component).name, (state) => state.levied(key, component)),
    ...(cash !== undefined && {
      coins: () =>
        difference('rounding', ({ gross }) => {
          const all = gross()
          const coins = composer.share('in coins', {
            of: all,
            times: '1',
            rounding: cash.mode,
            step: cash.step,
          })
          return minorOf(coins) === minorOf(all)
            ? given('rounding', 0n, 'coins can pay it')
            : sum('rounding', [plus(coins), less(again(all))], 'what coins can pay - total with tax')
        }),
    }),
  }
}
