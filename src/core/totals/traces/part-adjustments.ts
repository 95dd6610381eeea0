import { elementAt } from '../../invariant.js'
import { plus } from './compose.js'
import type { TracedLines } from './part-lines.js'
import type { PartedState } from './parted-state.js'
import type { Trace } from './trace.js'

/** Why a discount or charge, up to a state, comes to what it does under a treatment; `lineNet` is the sum of the lines up to then. */
export const tracePartAdjustment = (
  state: PartedState,
  lines: TracedLines,
  lineNet: () => Trace,
  index: number,
  key: string,
): Trace => {
  const { composer, input, whole, rules, done, keys, amounts } = state
  const { given, sum, share, write } = composer
  const of = state.ofWhole.adjustment(index, key)
  const { name } = of
  if (!state.hasOwnTax(index)) {
    const shares = keys.flatMap((own, at) =>
      own === key && elementAt(done, at) !== 0n ? [plus(lines.share(at, index))] : [],
    )
    return sum(name, shares, 'the shares of its units')
  }
  const when = rules.ownTax ?? 'first'
  if (isOwnTaxDone(state)) return sum(name, [plus(of)], `all of it ${ownTaxWords[when]}`)
  if (when !== 'in_proportion') return given(name, 0n, `none of it yet: ${ownTaxWords[when]}`)
  if (whole.lineNet === 0n) return given(name, 0n, 'in proportion to lines that come to nothing')
  const [part, all] = [write(amounts.lineNet), write(whole.lineNet)]
  return share(name, {
    of,
    times: part,
    over: all,
    words: `${of.amount} in proportion to the lines, ${part} of ${all}`,
    rounding: input.rounding,
    by: [lineNet()],
  })
}

/** Whether all that is taxed by itself is done. */
export const isOwnTaxDone = ({ rules, whole, isComplete, isBegun }: PartedState): boolean =>
  (rules.ownTax ?? 'first') === 'first' ? isBegun : whole.lines.every((_, index) => isComplete(index))

const ownTaxWords = {
  first: 'with the first part',
  last: 'with the last part',
  in_proportion: 'in proportion to the lines',
} as const
