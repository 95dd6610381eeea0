import { elementAt, present } from '../invariant.js'
import { currencyDigits } from '../money/currency.js'
import { formatDecimal } from '../money/decimal-string.js'
import { treatmentKey } from '../tax/tax-treatment.js'
import { partTotals, type PartedTotals, type PartRules, type PartTotals } from './part-totals.js'
import { modeWords, treatmentWords, type Trace, type TracedAmount } from './trace-totals.js'
import type { TotalsInput } from './totals-input.js'

/** A part of a document, between two states of its lines, and why the whole's lines come to what they do. */
export interface TracedPart {
  readonly input: TotalsInput
  readonly whole: PartedTotals
  readonly before: readonly bigint[]
  readonly after: readonly bigint[]
  readonly rules: PartRules
  readonly lineOfWhole: (index: number) => Trace
}

/** Why an amount of a part is what it is: what all that was done comes to, less what was done before, down to prices and quantities. */
export const tracePart = (traced: TracedPart, amount: TracedAmount): Trace => {
  const { input, whole, before, after, rules, lineOfWhole } = traced
  const nothing = whole.lines.map(() => 0n)
  const part = partTotals(input, whole, before, after, rules)
  const earlier = partTotals(input, whole, nothing, before, rules)
  const soFar = partTotals(input, whole, nothing, after, rules)
  const write = (minor: bigint): string => formatDecimal(minor, currencyDigits(input.currency))
  const mode = modeWords[input.rounding]
  const less = (minor: bigint): string => (minor === 0n ? '' : `, less ${write(minor)} before`)

  const lineNet = (): Trace => ({
    name: 'sum of the lines',
    amount: write(part.lineNet),
    rule: 'sum of the net amounts of the lines',
    source: 'BR-CO-10',
    from: part.lines.flatMap((line, index) => (line.quantity === 0n ? [] : [traceLine(index)])),
  })

  const traceLine = (index: number): Trace => {
    const { digits, baseUnits: all } = elementAt(input.lines, index).quantity
    const units = (count: bigint): string => formatDecimal(count, digits)
    const done = elementAt(after, index)
    const net = write(elementAt(whole.lines, index).net)
    const share =
      done === all ? `all ${units(all)} of it` : `${units(done)} of ${units(all)} of it, rounded ${mode}`
    return {
      name: `line ${index + 1}`,
      amount: write(elementAt(part.lines, index).net),
      rule: `${net} for ${share}: ${write(elementAt(soFar.lines, index).net)}${less(elementAt(earlier.lines, index).net)}`,
      from: [lineOfWhole(index)],
    }
  }

  const adjustments = (kind: 'discount' | 'charge', total: bigint, source: string): Trace => ({
    name: `${kind}s on the document`,
    amount: write(total),
    rule: `sum of its part of the ${kind}s`,
    source,
    from: part.adjustments.flatMap(({ index, treatment, amount: own }): readonly Trace[] => {
      const adjustment = input.adjustments?.[index]
      if (adjustment?.kind !== kind) return []
      const sign = kind === 'discount' ? -1n : 1n
      return [
        {
          name: `${kind} under ${treatmentWords(treatment)}`,
          amount: write(sign * own),
          rule:
            adjustment.tax === undefined
              ? 'the shares of its units'
              : `with a tax of its own: ${ownTaxWords[rules.ownTax ?? 'first']}`,
          from: [],
        },
      ]
    }),
  })

  const net = (): Trace => ({
    name: 'total without tax',
    amount: write(part.net),
    rule: 'sum of the lines - discounts + charges',
    source: 'BR-CO-13',
    from: [
      lineNet(),
      ...(part.discounts === 0n ? [] : [adjustments('discount', part.discounts, 'BR-CO-11')]),
      ...(part.charges === 0n ? [] : [adjustments('charge', part.charges, 'BR-CO-12')]),
    ],
  })

  const tax = (): Trace => ({
    name: 'tax',
    amount: write(part.tax),
    rule: 'sum of the taxes',
    source: 'BR-CO-14',
    from: part.taxes.flatMap(({ treatment, base, amounts }) => {
      const key = treatmentKey(treatment)
      const now = present(under(soFar, key), 'what a part is taxed by is taxed so far')
      const then = under(earlier, key)
      const all = present(
        whole.taxes.find((one) => treatmentKey(one.treatment) === key),
        'what a part is taxed by is a tax of the whole',
      )
      const isAnew =
        rules.taxes !== 'in_proportion' && input.prices === 'net' && input.profile === 'per_category'
      return treatment.components.map(({ name, percent, compound }, at): Trace => {
        const levied = now.amounts.slice(0, at).reduce((sum, one) => sum + one, 0n)
        const taxed = now.base + (compound === true ? levied : 0n)
        const rule = isAnew
          ? `${percent}% of ${write(taxed)}`
          : `${write(elementAt(all.amounts, at))} for ${write(now.base)} of ${write(all.base)}`
        return {
          name: `${name} ${percent}%`,
          amount: write(elementAt(amounts, at)),
          rule: `${rule}, rounded ${mode}: ${write(elementAt(now.amounts, at))}${less(then?.amounts[at] ?? 0n)}`,
          from: [
            {
              name: `taxable amount under ${treatmentWords(treatment)}`,
              amount: write(base),
              rule: `sum of its lines, less its discounts, plus its charges: ${write(now.base)}${less(then?.base ?? 0n)}`,
              from: [],
            },
          ],
        }
      })
    }),
  })

  const gross = (): Trace => ({
    name: 'total with tax',
    amount: write(part.gross),
    rule: 'total without tax + tax',
    source: 'BR-CO-15',
    from: [net(), tax()],
  })

  const due = (): Trace => ({
    name: 'amount due',
    amount: write(part.gross + part.rounding),
    rule: part.rounding === 0n ? 'total with tax' : 'total with tax + rounding to coins',
    source: 'BR-CO-16',
    from: [
      gross(),
      ...(part.rounding === 0n
        ? []
        : [
            {
              name: 'rounding',
              amount: write(part.rounding),
              rule: `what all so far is rounded by, ${write(soFar.rounding)}${less(earlier.rounding)}`,
              from: [],
            },
          ]),
    ],
  })

  return {
    lineNet,
    discounts: () => adjustments('discount', part.discounts, 'BR-CO-11'),
    charges: () => adjustments('charge', part.charges, 'BR-CO-12'),
    net,
    tax,
    gross,
    due,
  }[amount]()
}

const under = ({ taxes }: PartTotals, key: string): PartTotals['taxes'][number] | undefined =>
  taxes.find(({ treatment }) => treatmentKey(treatment) === key)

const ownTaxWords = {
  first: 'whole with the first part',
  last: 'whole with the last part',
  in_proportion: 'in proportion to the lines',
} as const
