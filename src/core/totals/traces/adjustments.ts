import { elementAt, present } from '../../invariant.js'
import { largestFirst } from '../settle-shares.js'
import { byLevy } from '../spread-over-groups.js'
import { less, named } from './compose.js'
import { lineWeights, type CountedDocument } from './counted-document.js'
import { traceAdjusted } from './lines.js'
import { remembered, rememberedBoth } from './remembered.js'
import type { Trace } from './trace.js'
import { adjustmentName, treatmentWords } from './traced-document.js'

/** Why the discounts and charges of a document come to what they do, signed and as prices are. */
export interface TracedAdjustments {
  readonly whole: (index: number) => Trace
  /** What of one falls under a treatment. */
  readonly under: (index: number, key: string) => Trace
  /** What of one falls on a line. */
  readonly share: (line: number, index: number) => Trace
}

export const traceAdjustments = (document: CountedDocument): TracedAdjustments => {
  const { composer, input, from, hasTax, amounts, agreed, lineWhole, shares, groups, keys, groupOf } =
    document
  const { sum, spread, moved, kept, write } = composer
  const { names, agreed: stored } = from

  const whole = remembered((index: number): Trace => {
    const adjustment = present(input.adjustments?.[index], 'an adjustment has its place')
    const called = adjustmentName(adjustment.kind, names?.adjustments?.[index], names?.promotions)
    const size = traceAdjusted(document, adjustment, called, write(lineWhole), elementAt(agreed, index))
    return adjustment.kind === 'discount' ? sum(called, [less(size)], 'taken from the document') : size
  })

  const overTaxes = remembered((index: number): ReadonlyMap<string, Trace> => {
    const under = groups.filter(({ lines }) => lines.length > 0)
    const [first, ...others] = under
    if (first !== undefined && others.length === 0) return new Map([[first.read.key, whole(index)]])
    const parts = spread(
      whole(index),
      under.map(({ read, lineAmount }) => ({
        name: treatmentWords(read.treatment),
        weight: write(lineAmount),
      })),
      { compare: byLevy(under) },
    )
    return new Map(under.map(({ read }, at) => [read.key, elementAt(parts, at)]))
  })
  const partUnder = (index: number, key: string): Trace =>
    present(overTaxes(index).get(key), 'a discount that is spread has a part under each tax')
  const shareOf = (line: number, index: number): bigint =>
    elementAt(elementAt(present(shares, 'what is spread over lines has shares of them'), line), index)

  const overLines = rememberedBoth((index: number, key: string): readonly Trace[] => {
    const { lines } = groupOf(key)
    const part = partUnder(index, key)
    const weights = lineWeights(document, key)
    const compare = largestFirst(
      lines.map((line) => elementAt(amounts, line).amount),
      lineWhole,
    )
    const traces =
      lineWhole === 0n
        ? spread(
            part,
            weights.map(({ name }) => ({ name, weight: '0' })),
            { compare },
          )
        : spread(part, weights, { compare, part: { of: whole(index), whole: write(lineWhole) } })
    return traces.map((trace, at) => moved(trace, shareOf(elementAt(lines, at), index)))
  })

  return {
    whole,
    under: rememberedBoth((index: number, key: string): Trace => {
      if (!document.isShared(index)) return whole(index)
      const actual = groupOf(key).lines.reduce((all, line) => all + shareOf(line, index), 0n)
      const today = moved(partUnder(index, key), actual)
      return named(
        `${whole(index).name} under ${treatmentWords(document.treatmentOf(key))}${hasTax ? ' with tax' : ''}`,
        hasTax || stored === undefined ? today : kept(today, stored(index, key) ?? 0n),
      )
    }),
    share: (line, index) => {
      const key = elementAt(keys, line)
      return elementAt(overLines(index, key), groupOf(key).lines.indexOf(line))
    },
  }
}
