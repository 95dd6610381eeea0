import { elementAt, present } from '../../invariant.js'
import { treatmentKey } from '../../tax/tax-treatment.js'
import { isNothing, taxedUnder, type OwnTax, type Stretch } from '../own-tax.js'
import { less, plus, type Term } from './compose.js'
import type { TracedLines } from './part-lines.js'
import type { PartedState } from './parted-state.js'
import type { Trace } from './trace.js'

/**
 * Why a discount or charge that is taxed by itself comes to what it does up to a state: with charges, at their time, as far as it goes with them, and with the lines that are
 * taxed so as far as it takes something off these.
 */
export const traceOwnTax = (
  state: PartedState,
  own: OwnTax,
  lines: TracedLines,
  lineNet: () => Trace,
  index: number,
  key: string,
): Trace => {
  const of = state.ofWhole.adjustment(index, key)
  const sums = sumsUnder(state, index, key)
  if (isNothing(own.withLines)) return withCharges(state, own.withCharges, sums, of, lineNet)
  if (isNothing(own.withCharges)) return withLines(state, own.withLines, sums, of, lines, key)
  return state.composer.sum(
    of.name,
    [
      plus(withCharges(state, own.withCharges, sums, undefined, lineNet)),
      plus(withLines(state, own.withLines, sums, undefined, lines, key)),
    ],
    'what it takes off charges, and what it takes off lines',
  )
}

/** Whether all that goes with charges is done. */
export const isOwnTaxDone = ({ rules, whole, isComplete, isBegun }: PartedState): boolean =>
  (rules.ownTax ?? 'first') === 'first' ? isBegun : whole.lines.every((_, index) => isComplete(index))

type Terms = readonly [Term, ...Term[]]

/** What the discounts or charges of a kind and a treatment come to up to one of them, and up to the one before it. */
interface Sums {
  readonly withCharges: () => Terms
  readonly withLines: () => Terms
}

const sumsUnder = (state: PartedState, index: number, key: string): Sums => {
  const { composer, ofWhole, whole } = state
  const { sum, limited } = composer
  const own = whole.adjustments.filter(
    (one) => treatmentKey(one.treatment) === key && state.ownTax(one.index) !== undefined,
  )
  const isCharge = own.some((one) => one.index === index && one.amount >= 0n)
  const alike = own.filter(({ amount }) => amount >= 0n === isCharge)
  const tracesOf = (of: typeof own): readonly Trace[] => of.map((one) => ofWhole.adjustment(one.index, key))
  const charges = tracesOf(own.filter((one) => one.amount > 0n))
  const takesOff = alike.some(
    (one) => !isNothing(present(state.ownTax(one.index), 'it is taxed by itself').withLines),
  )
  const upTo = (end: number): Trace => {
    const [only, ...more] = tracesOf(alike.slice(0, end + 1))
    const first = present(only, 'up to one there is one')
    return more.length === 0
      ? first
      : sum('together with those before it', [first, ...more].map(plus), 'all that are taxed so up to it')
  }
  const takenOff = (end: number): Trace => {
    const all = upTo(end)
    if (!takesOff) return all
    const most = sum('charges that are taxed so', charges.map(less), 'what can be taken off them')
    return limited('taken off charges', 'least', [all, most], 'as far as there are charges')
  }
  const isAmongItsLike = isCharge || charges.length === 0
  const fromCharges = (end: number): Trace => {
    if (isAmongItsLike) return upTo(end)
    return sum(
      'left of charges',
      [...charges.map(plus), ...(end < 0 ? [] : [plus(takenOff(end))])],
      'what discounts that are taxed so leave of them',
    )
  }
  const fromLines = (end: number): Trace => {
    const all = upTo(end)
    return charges.length === 0
      ? all
      : sum('taken off lines', [plus(all), less(takenOff(end))], 'what is more than the charges')
  }
  const end = alike.findIndex((one) => one.index === index)
  const between = (traceUpTo: (end: number) => Trace, isFromNothing: boolean) => (): Terms => [
    plus(traceUpTo(end)),
    ...(end === 0 && isFromNothing ? [] : [less(traceUpTo(end - 1))]),
  ]
  return { withCharges: between(fromCharges, isAmongItsLike), withLines: between(fromLines, true) }
}

/** The part of each sum that is done, one less the other: what is cut of several adds up to what is cut of their sum. */
const cut = (
  { composer }: PartedState,
  name: string,
  [first, ...more]: Terms,
  part: (of: Trace) => Trace,
): Trace => {
  const done = part(first.trace)
  return more.length === 0
    ? { ...done, name }
    : composer.sum(
        name,
        [plus(done), ...more.map(({ trace }) => less(part(trace)))],
        'together with those before it, less those before it',
      )
}

const withCharges = (
  state: PartedState,
  stretch: Stretch,
  sums: Sums,
  of: Trace | undefined,
  lineNet: () => Trace,
): Trace => {
  const { composer, input, whole, rules, amounts } = state
  const { given, sum, share, write } = composer
  const name = of?.name ?? 'taken off charges'
  const when = rules.ownTax ?? 'first'
  if (isOwnTaxDone(state)) {
    return sum(name, of === undefined ? sums.withCharges() : [plus(of)], `all of it ${ownTaxWords[when]}`)
  }
  if (when !== 'in_proportion') return given(name, 0n, `none of it yet: ${ownTaxWords[when]}`)
  if (whole.lineNet === 0n) return given(name, 0n, 'in proportion to lines that come to nothing')
  const [part, all] = [write(amounts.lineNet), write(whole.lineNet)]
  const terms: Terms = of !== undefined && stretch.from === 0n ? [plus(of)] : sums.withCharges()
  return cut(state, name, terms, (one) =>
    share(one.name, {
      of: one,
      times: part,
      over: all,
      words: `${one.amount} in proportion to the lines, ${part} of ${all}`,
      rounding: input.rounding,
      by: [lineNet()],
    }),
  )
}

const withLines = (
  state: PartedState,
  stretch: Stretch,
  sums: Sums,
  of: Trace | undefined,
  lines: TracedLines,
  key: string,
): Trace => {
  const { composer, input, whole, keys, done, when } = state
  const { sum, share, write } = composer
  const name = of?.name ?? 'taken off lines'
  const own = keys.flatMap((lineKey, line) => (lineKey === key ? [line] : []))
  const taxed = sum(
    `lines that are taxed so ${when}`,
    own.flatMap((line) => {
      if (elementAt(done, line) === 0n) return []
      const { shares } = elementAt(whole.lines, line)
      return [
        plus(lines.line(line)),
        ...shares.flatMap((amount, at) => (amount === 0n ? [] : [plus(lines.share(line, at))])),
      ]
    }),
    'with their shares of discounts and charges',
  )
  const all = write(taxedUnder(input, whole.lines, key))
  const terms: Terms = of !== undefined && stretch.from === 0n ? [plus(of)] : sums.withLines()
  return cut(state, name, terms, (one) =>
    share(one.name, {
      of: one,
      times: taxed.amount,
      over: all,
      words: `${one.amount} in proportion to the lines that are taxed so, ${taxed.amount} of ${all}`,
      rounding: input.rounding,
      by: [taxed],
    }),
  )
}

const ownTaxWords = {
  first: 'with the first part',
  last: 'with the last part',
  in_proportion: 'in proportion to the lines',
} as const
