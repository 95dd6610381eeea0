import { elementAt } from '../../invariant.js'
import type { GrossLine } from '../gross-parts.js'
import { less, named, plus, type Term } from './compose.js'
import type { PartedState } from './parted-state.js'
import { remembered } from './remembered.js'
import type { Trace } from './trace.js'

/** Why units come to what they do where prices contain tax: their price with tax is cut first, and their tax in proportion to it. */
export interface TracedPrices {
  /** A line with its shares and the tax in it. */
  readonly withTax: (line: number) => Trace
  /** What of a line is taxed, with its shares: its price with tax, less the tax in it. */
  readonly taxed: (line: number) => Trace
  /** A tax of which not all is done. */
  readonly levied: (key: string, component: number) => Trace
}

export const tracePrices = (
  { composer, input, whole, keys, ofWhole, when, portion, taxUnder }: PartedState,
  gross: readonly GrossLine[],
  /** The amounts without tax of what is taxed by itself under a treatment: done, and all. */
  ownTax: (key: string) => { readonly done: bigint; readonly whole: bigint },
): TracedPrices => {
  const { rounding } = input
  const { given, sum, share, minorOf, write } = composer

  const lineOf = remembered((index: number) => {
    const told = given(
      `line ${index + 1} with tax`,
      elementAt(gross, index).gross,
      'as the customer was told it: price times quantity, with its discounts and charges',
    )
    const { shares } = elementAt(whole.lines, index)
    const all = sum(
      `tax in line ${index + 1}`,
      [
        plus(told),
        less(ofWhole.line(index)),
        ...shares.flatMap((amount, at) => (amount === 0n ? [] : [less(ofWhole.share(index, at))])),
      ],
      'what its amounts without tax leave',
    )
    const done = portion(`line ${index + 1} with tax ${when}`, told, index)
    const tax =
      minorOf(told) === 0n
        ? portion('tax in it', all, index)
        : share('tax in it', {
            of: all,
            times: done.amount,
            over: told.amount,
            words: `${all.amount} for ${done.amount} of ${told.amount}`,
            rounding,
            by: [done],
          })
    return { all, done, tax }
  })

  const taxed = (index: number): Trace => {
    const { done, tax } = lineOf(index)
    return sum(
      `line ${index + 1} with its shares ${when}`,
      [plus(done), less(tax)],
      'its price with tax, less the tax in it',
    )
  }

  const inPrices = remembered((key: string): Trace => {
    const lines = keys.flatMap((own, index) => (own === key ? [lineOf(index)] : []))
    const terms: Term[] = lines.map(({ tax }) => plus(tax))
    const inLines = (which: 'tax' | 'all'): bigint =>
      lines.reduce((all, line) => all + minorOf(line[which]), 0n)
    const own = ownTax(key)
    // What discounts take off goes with the tax that they take it off from.
    const isTakenOff = input.ownTaxDiscounts !== undefined && taxUnder(key).tax < inLines('all')
    const [part, all] = isTakenOff ? [inLines('tax'), inLines('all')] : [own.done, own.whole]
    if (part !== 0n && all !== 0n) {
      const levied = taxUnder(key).amounts.map((_, at) => plus(ofWhole.levied(key, at)))
      const name = 'tax of what is taxed by itself'
      const of = sum(name, [...levied, ...lines.map((line) => less(line.all))], 'the rest')
      terms.push(
        plus(
          share(name, {
            of,
            times: write(part),
            over: write(all),
            rounding,
          }),
        ),
      )
    }
    return sum(`tax in the prices ${when}`, terms, 'of its lines, and of what is taxed by itself')
  })

  // Several taxes share it one after another, each of what those before it left.
  const taxesOf = remembered((key: string): readonly Trace[] => {
    const { amounts } = taxUnder(key)
    const done: Trace[] = []
    for (const [at] of amounts.entries()) {
      const of = ofWhole.levied(key, at)
      const left =
        at === 0
          ? inPrices(key)
          : sum('tax that is left', [plus(inPrices(key)), ...done.map(less)], 'without those before')
      const rest = amounts.slice(at).reduce((all, amount) => all + amount, 0n)
      if (rest === 0n) done.push(given(of.name, 0n, 'nothing is levied'))
      else if (rest === minorOf(of)) done.push(named(of.name, left))
      else {
        const words = `${of.amount} for ${left.amount} of ${write(rest)}`
        done.push(share(of.name, { of, times: left.amount, over: write(rest), words, rounding, by: [left] }))
      }
    }
    return done
  })

  return {
    withTax: (index) => lineOf(index).done,
    taxed,
    levied: (key, component) => elementAt(taxesOf(key), component),
  }
}
