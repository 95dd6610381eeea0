import { elementAt, present } from '../../invariant.js'
import { largestFirst } from '../settle-shares.js'
import type { TracedAdjustments } from './adjustments.js'
import { currencyDigits } from '../../money/currency.js'
import { formatDecimal, powerOfTen } from '../../money/decimal-string.js'
import { greatestCommonDivisor } from '../../money/greatest-common-divisor.js'
import { netProportion } from '../settle-nets.js'
import { named } from './compose.js'
import { lineWeights, type CountedDocument } from './counted-document.js'
import { remembered, rememberedBoth } from './remembered.js'
import type { SpreadBy } from './spread.js'
import type { Trace } from './trace.js'

/** Why lines, discounts and charges come to what they do without tax. */
export interface TracedNets {
  readonly line: (index: number) => Trace
  readonly adjustment: (index: number, key: string) => Trace
  /** Of a discount or charge that is spread, by the treatment of the line. */
  readonly share: (line: number, index: number) => Trace
}

/** Prices with tax: what its taxes leave of a treatment is shared among its lines together, and its discounts and charges. */
export const traceNets = (
  document: CountedDocument,
  adjustments: TracedAdjustments,
  base: (key: string) => Trace,
): TracedNets => {
  const { composer, totals, amounts, keys, groupOf, isShared, linesUnder } = document
  const { currency, given, spread, moved, minorOf, write } = composer

  /** Where discounts take from lines, each is what the rates leave of it. */
  const ratesOf = (key: string, net: Trace): SpreadBy | undefined => {
    const group = groupOf(key)
    const { without, whole } = netProportion(group, minorOf(net))
    if (without === minorOf(net) && whole === group.amount) return undefined
    const common = greatestCommonDivisor(without, whole)
    const over = formatDecimal(whole / common, 0)
    const of = (without / common) * powerOfTen(currencyDigits(currency))
    return { part: { of: given('without tax', of, `of ${over} with tax, by the rates`), whole: over } }
  }

  const netsUnder = remembered((key: string): readonly Trace[] => {
    const { lineAmount, adjustments: own, amount } = groupOf(key)
    const parts = [
      { name: 'the lines', size: lineAmount, weight: write(lineAmount), isGoods: true },
      ...own.map(({ index, amount: size }) => ({
        name: adjustments.whole(index).name,
        size,
        weight: write(size),
        isGoods: isShared(index),
      })),
    ]
    const net = base(key)
    const proportion = ratesOf(key, net)
    if (parts.every(({ isGoods }) => isGoods)) return spread(net, parts, proportion)
    const goods = parts.filter(({ isGoods }) => isGoods)
    const together = goods.reduce((all, { size }) => all + size, 0n)
    const [ofGoods, ...ofOthers] = spread(
      net,
      [
        { name: 'the lines with what is spread over them', weight: write(together) },
        ...parts.filter(({ isGoods }) => !isGoods),
      ],
      proportion,
    )
    const each = spread(
      present(ofGoods, 'goods have their part'),
      goods,
      proportion ?? { part: { of: net, whole: write(amount) } },
    ).values()
    const other = ofOthers.values()
    return parts.map(({ isGoods }) =>
      present((isGoods ? each : other).next().value, 'each part has its share'),
    )
  })

  const overLines = (whole: Trace, key: string): readonly Trace[] => {
    const { lines, lineAmount } = groupOf(key)
    const parts = lines.map((line) => elementAt(amounts, line).amount)
    return spread(whole, lineWeights(document, key), { compare: largestFirst(parts, lineAmount) })
  }

  const lineNets = remembered((key: string): readonly Trace[] =>
    overLines(named('net of the lines', elementAt(netsUnder(key), 0)), key),
  )

  const adjustment = (index: number, key: string): Trace => {
    const place = groupOf(key).adjustments.findIndex((one) => one.index === index)
    return place < 0 ? adjustments.under(index, key) : elementAt(netsUnder(key), place + 1)
  }

  const netShares = rememberedBoth((index: number, key: string): readonly Trace[] =>
    overLines(adjustment(index, key), key).map((trace, at) =>
      moved(trace, elementAt(elementAt(totals.lines, elementAt(groupOf(key).lines, at)).shares, index)),
    ),
  )

  return {
    line: (index) => {
      const key = elementAt(keys, index)
      return elementAt(lineNets(key), linesUnder(key).indexOf(index))
    },
    adjustment,
    share: (line, index) => {
      const key = elementAt(keys, line)
      return elementAt(netShares(index, key), linesUnder(key).indexOf(line))
    },
  }
}
