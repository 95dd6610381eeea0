import { elementAt } from '../../invariant.js'
import { magnitude } from '../../money/magnitude.js'
import { less, named, plus } from './compose.js'
import type { PartedState } from './parted-state.js'
import type { TracedPrices } from './prices.js'
import { remembered, rememberedBoth } from './remembered.js'
import type { Trace } from './trace.js'

/** Why the lines of a part, up to a state, come to what they do, and their shares of discounts and charges. */
export interface TracedLines {
  readonly line: (index: number) => Trace
  readonly share: (line: number, adjustment: number) => Trace
}

export const tracePartLines = (state: PartedState, prices: TracedPrices | undefined): TracedLines => {
  const { composer, whole, ofWhole, amounts, when, portion } = state
  const { sum, minorOf } = composer

  const line = remembered((index: number): Trace => {
    const name = `line ${index + 1} ${when}`
    return prices === undefined || elementAt(whole.lines, index).shares.some((share) => share !== 0n)
      ? portion(name, ofWhole.line(index), index)
      : named(name, prices.taxed(index))
  })

  /** The largest share takes up what the roundings leave of what is taxed of the line. */
  const share = rememberedBoth((index: number, place: number): Trace => {
    const { shares } = elementAt(whole.lines, index)
    const name = `share of line ${index + 1} ${when}`
    const largest = shares.reduce(
      (best, one, at) => (magnitude(one) > magnitude(elementAt(shares, best)) ? at : best),
      0,
    )
    const alone = portion(name, ofWhole.share(index, place), index)
    const known = elementAt(elementAt(amounts.lines, index).shares, place)
    if (place !== largest || minorOf(alone) === known) return alone
    const counted = shares.flatMap((one, at) => (one === 0n ? [] : [at]))
    const taxed = sum(
      `line ${index + 1} with its shares`,
      [plus(ofWhole.line(index)), ...counted.map((at) => plus(ofWhole.share(index, at)))],
      'what of it is taxed',
    )
    const others = counted.flatMap((at) => (at === largest ? [] : [less(share(index, at))]))
    return sum(
      name,
      [
        plus(prices?.taxed(index) ?? portion(`line ${index + 1} with its shares ${when}`, taxed, index)),
        less(line(index)),
        ...others,
      ],
      'what of the line is taxed, less the line itself and its other shares',
    )
  })

  return { line, share }
}
