import { elementAt, present } from '../../invariant.js'
import { largestFirst } from '../settle-shares.js'
import type { TracedAdjustments } from './adjustments.js'
import { currencyDigits } from '../../money/currency.js'
import { formatDecimal, powerOfTen } from '../../money/decimal-string.js'
import { greatestCommonDivisor } from '../../money/greatest-common-divisor.js'
import { netProportion, placeOfSurplus } from '../settle-nets.js'
import { less, named, plus } from './compose.js'
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

/** How what is without tax is shared: as settled, by the rates where they are given, and what rounding line by line adds to the lines. */
interface RatedNets {
  readonly proportion?: SpreadBy
  readonly settled: Trace
  readonly surplus?: Trace
}

/** Prices with tax: what its taxes leave of a treatment is shared among its lines together, and its discounts and charges. */
export const traceNets = (
  document: CountedDocument,
  adjustments: TracedAdjustments,
  base: (key: string) => Trace,
): TracedNets => {
  const { composer, totals, amounts, keys, groupOf, isShared, linesUnder } = document
  const { currency, given, spread, sum, share, moved, minorOf, write } = composer

  /** Where discounts take from lines, each is what the rates leave of it; what rounding line by line adds is the lines'. */
  const netsOf = (key: string, net: Trace): RatedNets => {
    const group = groupOf(key)
    const { without, whole, sum: settled } = netProportion(group, minorOf(net))
    if (without === minorOf(net) && whole === group.amount) return { settled: net }
    const common = greatestCommonDivisor(without, whole)
    const times = formatDecimal(without / common, 0)
    const over = formatDecimal(whole / common, 0)
    const proportion = {
      part: {
        of: given(
          'without tax',
          (without / common) * powerOfTen(currencyDigits(currency)),
          `of ${over} with tax, by the rates`,
        ),
        whole: over,
      },
    }
    if (settled === minorOf(net)) return { proportion, settled: net }
    const told = write(group.amount)
    const once = share('without tax', {
      of: told,
      times,
      over,
      words: `${told} without tax, rounded once`,
      rounding: 'half_up',
    })
    return {
      proportion,
      settled: once,
      surplus: sum('rounded line by line', [plus(net), less(once)], 'what that adds'),
    }
  }

  const withSurplus = (
    shares: readonly Trace[],
    surplus: Trace | undefined,
    sizes: readonly bigint[],
  ): readonly Trace[] => {
    if (surplus === undefined) return shares
    const surplusPlace = placeOfSurplus(sizes)
    return shares.map((one, place) =>
      place === surplusPlace
        ? sum(one.name, [plus(one), plus(surplus)], 'with what rounding line by line adds')
        : one,
    )
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
    const { proportion, settled, surplus } = netsOf(key, net)
    const sizes = parts.map(({ size }) => size)
    if (parts.every(({ isGoods }) => isGoods)) {
      return withSurplus(spread(settled, parts, proportion), surplus, sizes)
    }
    const goods = parts.filter(({ isGoods }) => isGoods)
    const together = goods.reduce((all, { size }) => all + size, 0n)
    const [ofGoods, ...ofOthers] = spread(
      settled,
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
    return withSurplus(
      parts.map(({ isGoods }) => present((isGoods ? each : other).next().value, 'each part has its share')),
      surplus,
      sizes,
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
