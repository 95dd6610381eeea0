import { elementAt } from '../../invariant.js'
import { plus } from './compose.js'
import type { TracedLines } from './part-lines.js'
import { traceOwnTax } from './part-own-tax.js'
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
  const own = state.ownTax(index)
  if (own !== undefined) return traceOwnTax(state, own, lines, lineNet, index, key)
  const shares = state.keys.flatMap((lineKey, at) =>
    lineKey === key && elementAt(state.done, at) !== 0n ? [plus(lines.share(at, index))] : [],
  )
  return state.composer.sum(state.ofWhole.adjustment(index, key).name, shares, 'the shares of its units')
}
