import { elementAt, present } from '../../invariant.js'
import { toMinor } from '../../money/money.js'
import { currencyDigits } from '../../money/currency.js'
import { formatDecimal } from '../../money/decimal-string.js'
import { writeExact } from '../../money/exact-decimal.js'
import { readTreatment, treatmentKey, type TaxTreatment } from '../../tax/tax-treatment.js'
import { again, less, named, plus, tracesIn } from './compose.js'
import type { DocumentTotals } from '../document-totals.js'
import { lineAmounts } from '../line-amounts.js'
import { largestFirst } from '../settle-shares.js'
import { agreedAmounts, isSpread, spreadAdjustments } from '../spread-adjustments.js'
import { byLevy } from '../spread-over-groups.js'
import { groupLines, type TaxGroup } from '../tax-group.js'
import { effectiveRates } from '../tax-amounts.js'
import {
  adjustmentName,
  treatmentWords,
  type NamedAdjustments,
  type TracedDocument,
} from './traced-document.js'
import type { Trace } from './trace.js'
import { factorOf, traceTaxesOnNet } from './taxes.js'
import { remembered, rememberedBoth } from './remembered.js'
import type { Adjustment, TotalsInput } from '../totals-input.js'

/** What the input of a document does not say of its amounts. */
export interface TracedFrom {
  readonly names?: NamedAdjustments
  /** Where a line is one piece at an amount that was computed from others: why it is that amount. */
  readonly lineAmount?: (index: number) => Trace
  /** What a discount or charge came to under a treatment when it was agreed: it stands, by whatever rule its odd units were once shared. */
  readonly agreed?: (index: number, key: string) => bigint | undefined
}

/**
 * Why the amounts of a whole document are what they are, down to prices and quantities. Computed from the document's input when somebody asks; keeping no trace costs
 * nothing.
 */
export const traceTotals = (
  input: TotalsInput,
  totals: DocumentTotals,
  { names, lineAmount, agreed: stored }: TracedFrom = {},
): TracedDocument => {
  const composer = tracesIn(input.currency)
  const { given, sum, share, spread, moved, kept } = composer
  const { rounding } = input
  const hasTax = input.prices === 'gross'
  const withTax = hasTax ? ' with tax' : ''
  const keys = input.lines.map(({ tax }) => treatmentKey(tax))
  const treatments = new Map(totals.taxes.map(({ treatment }) => [treatmentKey(treatment), treatment]))
  const treatmentOf = (key: string): TaxTreatment =>
    present(treatments.get(key), 'what is traced under a treatment is taxed by it')
  const linesUnder = (key: string): readonly number[] =>
    keys.flatMap((own, index) => (own === key ? [index] : []))

  const amounts = input.lines.map((line) => lineAmounts(line, currencyDigits(input.currency), rounding))
  const groups = groupLines(input, amounts)
  const shares = spreadAdjustments(input, amounts, groups)
  const taxed = [...groups.values()]
  const groupOf = (key: string): TaxGroup =>
    present(
      taxed.find(({ read }) => read.key === key),
      'what is traced under a treatment is taxed by it',
    )
  const lineWhole = amounts.reduce((sum, { amount }) => sum + amount, 0n)
  const agreed = agreedAmounts(input, lineWhole)

  /** What a discount or charge takes or adds, above zero for a usual one; `signed` as it is counted. */
  const adjusted = (adjustment: Adjustment, name: string, base: string, signed: bigint): Trace => {
    if (!('percent' in adjustment)) return given(name, adjustment.amount, 'as it was agreed')
    const whole = share(name, {
      of: base,
      times: factorOf(adjustment.percent),
      words: `${adjustment.percent}% of ${base}`,
      rounding,
    })
    return moved(whole, adjustment.kind === 'discount' ? -signed : signed)
  }

  /** As prices are: price times quantity, less its own discounts, plus its own charges. */
  const amountOf = remembered((index: number): Trace => {
    if (lineAmount !== undefined) return lineAmount(index)
    const { price, quantity, adjustments = [] } = elementAt(input.lines, index)
    const count = formatDecimal(quantity.baseUnits, quantity.digits)
    const { per } = price
    const name = `line ${index + 1}${withTax}`
    const extended = share(adjustments.length === 0 ? name : 'price times quantity', {
      of: price.amount,
      times: count,
      ...(per !== undefined && { over: String(per) }),
      words: `${price.amount}${per === undefined ? '' : ` per ${per}`} x ${count}`,
      rounding,
    })
    if (adjustments.length === 0) return extended
    const terms = adjustments.map((adjustment, at) => {
      const own = names?.lines[index]?.adjustments?.[at]
      const called = adjustmentName(adjustment.kind, own, names?.promotions)
      const signed = elementAt(elementAt(amounts, index).adjustments, at)
      const trace = adjusted(adjustment, called, extended.amount, signed)
      return adjustment.kind === 'discount' ? less(trace) : plus(trace)
    })
    return sum(name, [plus(extended), ...terms], 'price times quantity, less discounts, plus charges')
  })

  const lineWeights = remembered((key: string) =>
    linesUnder(key).map((index) => ({ name: `line ${index + 1}`, weight: amountOf(index).amount })),
  )

  /** The whole of a discount or charge, signed and as prices are. */
  const wholeAdjustment = remembered((index: number): Trace => {
    const adjustment = present(input.adjustments?.[index], 'an adjustment has its place')
    const called = adjustmentName(adjustment.kind, names?.adjustments?.[index], names?.promotions)
    const size = adjusted(adjustment, called, composer.write(lineWhole), elementAt(agreed, index))
    return adjustment.kind === 'discount' ? sum(called, [less(size)], 'taken from the document') : size
  })

  const isShared = (index: number): boolean => isSpread(input, index)

  /** What of a discount or charge that is spread falls under each tax, as prices are. */
  const spreadOverTaxes = remembered((index: number): ReadonlyMap<string, Trace> => {
    const under = taxed.filter(({ lines }) => lines.length > 0)
    const [first, ...others] = under
    if (first !== undefined && others.length === 0) {
      return new Map([[first.read.key, wholeAdjustment(index)]])
    }
    const parts = spread(
      wholeAdjustment(index),
      under.map(({ read, lineAmount }) => ({
        name: treatmentWords(read.treatment),
        weight: composer.write(lineAmount),
      })),
      { compare: byLevy(under) },
    )
    return new Map(under.map(({ read }, at) => [read.key, elementAt(parts, at)]))
  })

  /** Each line's share of a discount or charge, by the tax of the lines, as prices are. */
  const sharesUnder = rememberedBoth((index: number, key: string): readonly Trace[] => {
    const { lines } = groupOf(key)
    const whole = wholeAdjustment(index)
    const sum = present(
      spreadOverTaxes(index).get(key),
      'a discount that is spread has a part under each tax',
    )
    const parts = lines.map((line) => elementAt(amounts, line).amount)
    const traces =
      lineWhole === 0n
        ? spread(
            sum,
            lineWeights(key).map(({ name }) => ({ name, weight: '0' })),
            { compare: largestFirst(parts, 0n) },
          )
        : spread(sum, lineWeights(key), {
            compare: largestFirst(parts, lineWhole),
            part: { of: whole, whole: composer.write(lineWhole) },
          })
    return traces.map((trace, at) =>
      moved(trace, elementAt(elementAt(shares ?? [], elementAt(lines, at)), index)),
    )
  })

  const shareWithPrices = (line: number, index: number): Trace => {
    const key = elementAt(keys, line)
    return elementAt(sharesUnder(index, key), groupOf(key).lines.indexOf(line))
  }

  const adjustmentAmount = rememberedBoth((index: number, key: string): Trace => {
    if (!isShared(index)) return wholeAdjustment(index)
    const part = present(
      spreadOverTaxes(index).get(key),
      'a discount that is spread has a part under each tax',
    )
    const actual = groupOf(key).lines.reduce(
      (sum, line) => sum + elementAt(elementAt(shares ?? [], line), index),
      0n,
    )
    const today = moved(part, actual)
    return named(
      `${wholeAdjustment(index).name} under ${treatmentWords(treatmentOf(key))}${withTax}`,
      hasTax || stored === undefined ? today : kept(today, stored(index, key) ?? 0n),
    )
  })

  const indexesUnder = (key: string): readonly number[] =>
    (input.adjustments ?? []).flatMap((adjustment, index) => {
      const own = adjustment.tax ?? (input.lines.length === 0 ? outsideScope : undefined)
      if (own !== undefined) return treatmentKey(own) === key ? [index] : []
      return linesUnder(key).length > 0 ? [index] : []
    })

  /** All that is taxed under a treatment, as prices are. */
  const groupAmount = remembered((key: string): Trace =>
    sum(
      `${hasTax ? 'amount with tax' : 'taxable amount'} under ${treatmentWords(treatmentOf(key))}`,
      [
        ...linesUnder(key).map((index) => plus(amountOf(index))),
        ...indexesUnder(key).map((index) => plus(adjustmentAmount(index, key))),
      ],
      'its lines with its discounts and charges',
    ),
  )

  /** The taxes on, or in, one amount. */
  const taxesOf = (amount: Trace, key: string, source?: string): readonly Trace[] => {
    const { components } = treatmentOf(key)
    return hasTax ? contained(amount, key) : traceTaxesOnNet(composer, amount, components, rounding, source)
  }

  const contained = (gross: Trace, key: string): readonly Trace[] => {
    const treatment = treatmentOf(key)
    const { components } = treatment
    if (components.length === 0) return []
    const { parts, whole } = effectiveRates(readTreatment(treatment).rates)
    const levied = parts.reduce((all, part) => all + part, 0n)
    const rates = components.map(({ percent }) => `${percent}%`).join(' and ')
    const net = share(`without ${rates}`, {
      of: gross.amount,
      times: String(whole),
      over: String(whole + levied),
      words: `${gross.amount} / ${writeExact({ numerator: whole + levied, denominator: whole })}`,
      rounding,
    })
    const all = sum(
      components.length === 1 ? `${elementAt(components, 0).name} ${rates}` : 'taxes in it',
      [plus(gross), less(net)],
      `contained in ${gross.amount}`,
    )
    if (components.length === 1) return [all]
    if (levied === 0n) return components.map(({ name }) => given(name, 0n, 'no tax is levied'))
    return spread(
      all,
      components.map(({ name }, at) => ({ name, weight: String(elementAt(parts, at)) })),
    ).map((one, at) => ({
      ...one,
      name: `${elementAt(components, at).name} ${elementAt(components, at).percent}%`,
    }))
  }

  const leviedUnder = remembered((key: string): readonly Trace[] => {
    if (input.profile === 'per_category')
      return taxesOf(groupAmount(key), key, hasTax ? undefined : 'BR-CO-17')
    const { components } = treatmentOf(key)
    const taxed = [
      ...linesUnder(key).map((line) => {
        const shares = (input.adjustments ?? []).flatMap((_, index) =>
          isShared(index) ? [plus(shareWithPrices(line, index))] : [],
        )
        return shares.length === 0
          ? amountOf(line)
          : sum(`line ${line + 1} with its shares`, [plus(amountOf(line)), ...shares], 'what of it is taxed')
      }),
      ...indexesUnder(key)
        .filter((index) => !isShared(index))
        .map(wholeAdjustment),
    ]
    const each = taxed.map((amount) => ({ amount, taxes: taxesOf(amount, key) }))
    return components.map(({ name, percent }, at) =>
      sum(
        `${name} ${percent}%`,
        each.map(({ amount, taxes }) => plus({ ...elementAt(taxes, at), name: `${name} of ${amount.name}` })),
        'the sum of the taxes of its lines, each rounded by itself',
      ),
    )
  })

  const base = (key: string): Trace => {
    const name = `taxable amount under ${treatmentWords(treatmentOf(key))}`
    if (!hasTax) return groupAmount(key)
    return sum(
      name,
      [plus(groupAmount(key)), ...leviedUnder(key).map(less)],
      'what its taxes leave of the amount with tax',
    )
  }

  /** Prices with tax: what its taxes leave of a treatment is shared among its lines together, and its discounts and charges. */
  const netsUnder = remembered((key: string): readonly Trace[] => {
    const { lineAmount, adjustments, amount } = groupOf(key)
    const parts = [
      { name: 'the lines', weight: composer.write(lineAmount), isGoods: true },
      ...adjustments.map(({ index, amount: own }) => ({
        name: wholeAdjustment(index).name,
        weight: composer.write(own),
        isGoods: isShared(index),
      })),
    ]
    const net = base(key)
    if (parts.every(({ isGoods }) => isGoods) || amount === 0n) return spread(net, parts)
    const goods = parts.filter(({ isGoods }) => isGoods)
    const others = parts.filter(({ isGoods }) => !isGoods)
    const together = goods.reduce(
      (all, { weight }) => all + toMinor({ amount: weight, currency: input.currency }),
      0n,
    )
    const [ofGoods, ...ofOthers] = spread(net, [
      { name: 'the lines with what is spread over them', weight: composer.write(together) },
      ...others,
    ])
    const each = spread(present(ofGoods, 'goods have their part'), goods, {
      part: { of: net, whole: composer.write(amount) },
    }).values()
    const other = ofOthers.values()
    return parts.map(({ isGoods }) =>
      present((isGoods ? each : other).next().value, 'each part has its share'),
    )
  })

  const overLines = (whole: Trace, key: string): readonly Trace[] => {
    const { lines, lineAmount } = groupOf(key)
    const parts = lines.map((line) => elementAt(amounts, line).amount)
    return spread(whole, lineWeights(key), { compare: largestFirst(parts, lineAmount) })
  }

  const lineNets = remembered((key: string): readonly Trace[] =>
    overLines(named('net of the lines', elementAt(netsUnder(key), 0)), key),
  )

  const netOfAdjustment = (index: number, key: string): Trace => {
    const place = groupOf(key).adjustments.findIndex((one) => one.index === index)
    return place < 0 ? adjustmentAmount(index, key) : elementAt(netsUnder(key), place + 1)
  }

  const adjustment = (index: number, key: string): Trace => {
    const own = hasTax ? netOfAdjustment(index, key) : adjustmentAmount(index, key)
    const called = wholeAdjustment(index).name
    return named(`${called} under ${treatmentWords(treatmentOf(key))}`, own)
  }

  const line = remembered((index: number): Trace => {
    if (!hasTax) return amountOf(index)
    const key = elementAt(keys, index)
    return named(`line ${index + 1}`, elementAt(lineNets(key), linesUnder(key).indexOf(index)))
  })

  const netShares = rememberedBoth((index: number, key: string): readonly Trace[] =>
    overLines(adjustment(index, key), key).map((trace, at) =>
      moved(trace, elementAt(elementAt(totals.lines, elementAt(groupOf(key).lines, at)).shares, index)),
    ),
  )

  const shareOf = (index: number, place: number): Trace => {
    if (!isShared(place)) return given('no share', 0n, 'it has a tax of its own')
    if (!hasTax) return shareWithPrices(index, place)
    const key = elementAt(keys, index)
    return elementAt(netShares(place, key), linesUnder(key).indexOf(index))
  }

  const cash = input.cashRounding
  return {
    composer,
    lines: input.lines.map((_, index) => index),
    adjustments: totals.adjustments.map(({ index, treatment }) => ({
      index,
      treatment,
      kind: elementAt(input.adjustments ?? [], index).kind,
    })),
    taxes: totals.taxes.map(({ treatment }) => treatment),
    line,
    share: shareOf,
    adjustment,
    base,
    levied: (key, component) => elementAt(leviedUnder(key), component),
    ...(cash !== undefined && {
      coins: (gross) => {
        const coins = share('in coins', {
          of: gross,
          times: '1',
          rounding: cash.mode,
          step: cash.step,
        })
        return sum('rounding', [plus(coins), less(again(gross))], 'what coins can pay - total with tax')
      },
    }),
  }
}

const outsideScope: TaxTreatment = { category: 'O', components: [] }
