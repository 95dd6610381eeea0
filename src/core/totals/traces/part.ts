import { elementAt, present } from '../../invariant.js'
import { formatDecimal } from '../../money/decimal-string.js'
import { treatmentKey, type TaxTreatment } from '../../tax/tax-treatment.js'
import { again, less, named, plus, tracesIn } from './compose.js'
import { linesWithTax, partTotals, type PartedTotals, type PartRules } from '../part-totals.js'
import { remembered, rememberedBoth } from './remembered.js'
import { traceSum, treatmentWords, type TracedDocument } from './traced-document.js'
import { tracePrices } from './prices.js'
import { traceTaxesOnNet } from './taxes.js'
import type { Trace } from './trace.js'
import type { TotalsInput } from '../totals-input.js'

/** A part of a document, between two states of its lines, and why the whole's amounts are what they are. */
export interface TracedPart {
  readonly input: TotalsInput
  readonly whole: PartedTotals
  readonly before: readonly bigint[]
  readonly after: readonly bigint[]
  readonly rules: PartRules
  /** Of all units of the document. */
  readonly ofWhole: Pick<TracedDocument, 'line' | 'share' | 'adjustment' | 'levied'>
}

/** Why the amounts of a part are what they are: what all that was done comes to, less what was done before, down to the amounts of the whole. */
export const tracePart = ({ input, whole, before, after, rules, ofWhole }: TracedPart): TracedDocument => {
  const composer = tracesIn(input.currency)
  const { sum, given, minorOf } = composer
  const part = partTotals(input, whole, before, after, rules)
  const soFar = upTo({ input, whole, rules, ofWhole }, after, 'so far')
  const earlier = upTo({ input, whole, rules, ofWhole }, before, 'before')
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
    adjustments: part.adjustments.map(({ index, treatment }) => ({
      index,
      treatment,
      kind: elementAt(input.adjustments ?? [], index).kind,
    })),
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
    base: (key) => difference(`taxable amount under ${key}`, (state) => state.base(key)),
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

interface TracedState extends Pick<
  TracedDocument,
  'line' | 'share' | 'withTax' | 'adjustment' | 'base' | 'levied'
> {
  readonly gross: () => Trace
}

/** Everything up to a state of the lines. */
const upTo = (
  { input, whole, rules, ofWhole }: Pick<TracedPart, 'input' | 'whole' | 'rules' | 'ofWhole'>,
  done: readonly bigint[],
  when: string,
): TracedState => {
  const composer = tracesIn(input.currency)
  const { given, sum, share, minorOf, write } = composer
  const { rounding } = input
  const nothing = whole.lines.map(() => 0n)
  const state = partTotals(input, whole, nothing, done, rules)
  const keys = input.lines.map(({ tax }) => treatmentKey(tax))
  const under = (key: string) => whole.taxes.find(({ treatment }) => treatmentKey(treatment) === key)
  const treatmentOf = (key: string): TaxTreatment =>
    present(under(key), 'what a part is taxed by is a tax of the whole').treatment
  const unitsOf = (index: number) => elementAt(input.lines, index).quantity
  const isComplete = (index: number): boolean => elementAt(done, index) === unitsOf(index).baseUnits

  const portion = (name: string, of: Trace, index: number): Trace => {
    const { baseUnits, digits } = unitsOf(index)
    const units = formatDecimal(elementAt(done, index), digits)
    const all = formatDecimal(baseUnits, digits)
    if (baseUnits === 0n) return given(name, 0n, 'no units')
    return share(name, {
      of,
      times: units,
      over: all,
      words: isComplete(index)
        ? `all ${all} units of ${of.amount}`
        : `${units} of ${all} units of ${of.amount}`,
      rounding,
    })
  }

  const hasOwnTax = (index: number): boolean =>
    input.adjustments?.[index]?.tax !== undefined || input.lines.length === 0
  const ownTaxOf = (key: string) => {
    const sumIn = (adjustments: PartedTotals['adjustments']): bigint =>
      adjustments.reduce(
        (all, { index, treatment, amount }) =>
          treatmentKey(treatment) === key && hasOwnTax(index) ? all + amount : all,
        0n,
      )
    return { done: sumIn(state.adjustments), whole: sumIn(whole.adjustments) }
  }
  const gross = linesWithTax(input, whole.lines, rules)
  const prices =
    gross === undefined
      ? undefined
      : tracePrices({ composer, whole, gross, keys, ofWhole, rounding, when, portion, ownTax: ownTaxOf })

  const line = remembered((index: number): Trace => {
    const name = `line ${index + 1} ${when}`
    return prices === undefined || elementAt(whole.lines, index).shares.length > 0
      ? portion(name, ofWhole.line(index), index)
      : named(name, prices.taxed(index))
  })

  /** The largest share takes up what the roundings leave of what is taxed of the line. */
  const shareOf = rememberedBoth((index: number, place: number): Trace => {
    const { shares } = elementAt(whole.lines, index)
    const name = `share of line ${index + 1} ${when}`
    const largest = shares.reduce(
      (best, one, at) => (size(one) > size(elementAt(shares, best)) ? at : best),
      0,
    )
    const alone = portion(name, ofWhole.share(index, place), index)
    const known = elementAt(elementAt(state.lines, index).shares, place)
    if (place !== largest || minorOf(alone) === known) return alone
    const counted = shares.flatMap((one, at) => (one === 0n ? [] : [at]))
    const taxed = sum(
      `line ${index + 1} with its shares`,
      [plus(ofWhole.line(index)), ...counted.map((at) => plus(ofWhole.share(index, at)))],
      'what of it is taxed',
    )
    const others = counted.flatMap((at) => (at === largest ? [] : [less(shareOf(index, at))]))
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

  const isAllDone = whole.lines.every((_, index) => isComplete(index))
  const isBegun = whole.lines.length === 0 || done.some((units) => units !== 0n)

  const adjustment = rememberedBoth((index: number, key: string): Trace => {
    const name = ofWhole.adjustment(index, key).name
    if (!hasOwnTax(index)) {
      return sum(
        name,
        keys.flatMap((own, at) =>
          own === key && elementAt(done, at) !== 0n ? [plus(shareOf(at, index))] : [],
        ),
        'the shares of its units',
      )
    }
    const when = rules.ownTax ?? 'first'
    const isDone = when === 'first' ? isBegun : isAllDone
    if (isDone) return sum(name, [plus(ofWhole.adjustment(index, key))], `all of it ${ownTaxWords[when]}`)
    if (when !== 'in_proportion') return given(name, 0n, `none of it yet: ${ownTaxWords[when]}`)
    if (whole.lineNet === 0n) return given(name, 0n, 'in proportion to lines that come to nothing')
    const of = ofWhole.adjustment(index, key)
    const [part, all] = [write(state.lineNet), write(whole.lineNet)]
    return share(name, {
      of,
      times: part,
      over: all,
      words: `${of.amount} in proportion to the lines, ${part} of ${all}`,
      rounding,
      by: [traceSum(traced, 'lineNet')],
    })
  })

  const base = remembered((key: string): Trace =>
    sum(
      `taxable amount under ${treatmentWords(treatmentOf(key))} ${when}`,
      [
        ...keys.flatMap((own, index) =>
          own === key && elementAt(done, index) !== 0n ? [plus(line(index))] : [],
        ),
        ...whole.adjustments.flatMap(({ index, treatment }) =>
          treatmentKey(treatment) === key ? [plus(adjustment(index, key))] : [],
        ),
      ],
      'its lines with its discounts and charges',
    ),
  )

  /** Whether all that is taxed so is done: then its taxes are those of the whole, to the cent. */
  const isTaxedWhole = (key: string): boolean => {
    const ownTaxDone = (rules.ownTax ?? 'first') === 'first' ? isBegun : isAllDone
    const lines = keys.flatMap((own, index) => (own === key ? [isComplete(index)] : []))
    const own = whole.adjustments.filter(({ treatment }) => treatmentKey(treatment) === key)
    if (lines.length === 0 && own.length === 0) return ownTaxDone
    return lines.every(Boolean) && (ownTaxDone || !own.some(({ index }) => hasOwnTax(index)))
  }

  const isAnew = rules.taxes !== 'in_proportion' && input.prices === 'net' && input.profile === 'per_category'

  const levied = rememberedBoth((key: string, component: number): Trace => {
    const total = present(under(key), 'what a part is taxed by is a tax of the whole')
    const ofAll = ofWhole.levied(key, component)
    if (isTaxedWhole(key)) return sum(ofAll.name, [plus(ofAll)], 'all that is taxed so, so all of the tax')
    if (prices !== undefined) return prices.levied(key, component)
    if (isAnew) return onNet(key)[component] as Trace
    if (total.base === 0n) return given(ofAll.name, 0n, 'its taxable amounts come to nothing')
    const taxed = base(key)
    return share(ofAll.name, {
      of: ofAll,
      times: taxed.amount,
      over: write(total.base),
      words: `${ofAll.amount} for ${taxed.amount} of ${write(total.base)}`,
      rounding,
      by: [taxed],
    })
  })

  const onNet = remembered((key: string): readonly Trace[] =>
    traceTaxesOnNet(composer, base(key), treatmentOf(key).components, rounding, 'BR-CO-17'),
  )

  const traced: TracedDocument = {
    composer,
    lines: done.flatMap((units, index) => (units === 0n ? [] : [index])),
    adjustments: state.adjustments.map(({ index, treatment }) => ({
      index,
      treatment,
      kind: elementAt(input.adjustments ?? [], index).kind,
    })),
    taxes: state.taxes.map(({ treatment }) => treatment),
    line,
    share: shareOf,
    adjustment,
    base,
    levied,
  }
  return {
    line,
    share: shareOf,
    adjustment,
    base,
    levied,
    ...(prices !== undefined && { withTax: prices.withTax }),
    gross: () => named(`total with tax ${when}`, traceSum(traced, 'gross')),
  }
}

const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount)

const ownTaxWords = {
  first: 'with the first part',
  last: 'with the last part',
  in_proportion: 'in proportion to the lines',
} as const
