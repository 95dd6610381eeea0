import { elementAt, present } from '../invariant.js'
import { currencyDigits } from '../money/currency.js'
import { formatDecimal } from '../money/decimal-string.js'
import type { RoundingMode } from '../money/rounding.js'
import { treatmentKey, type TaxTreatment } from '../tax/tax-treatment.js'
import type { DocumentTotals, LineTotals, TaxTotals } from './document-totals.js'
import { adjustmentOf } from './signed-adjustments.js'
import { agreedAmounts } from './spread-adjustments.js'
import type { Adjustment, TotalsInput } from './totals-input.js'

/** How an amount came about: what it is called, what it is, by which rule, and from what. Amounts are decimal strings of the currency. */
export interface Trace {
  readonly name: string
  readonly amount: string
  /** In words of arithmetic: `19% of 100.05, rounded half even from 19.0095`. */
  readonly rule: string
  /** The rule of EN 16931 behind it, where there is one. */
  readonly source?: string
  readonly from: readonly Trace[]
}

/** The amounts of a document that can be traced. */
export type TracedAmount = 'lineNet' | 'discounts' | 'charges' | 'net' | 'tax' | 'gross' | 'due'

/**
 * Why an amount is what it is, down to prices and quantities. Computed from the document's input and totals when somebody asks; keeping no trace
 * costs nothing.
 */
export const traceTotals = (input: TotalsInput, totals: DocumentTotals, amount: TracedAmount): Trace => {
  const tracer = tracerOf(input, totals)
  return tracer[amount]()
}

/** The trace as an indented tree, one amount a line, as an accountant reads it. */
export const printTrace = (trace: Trace): string => lines(trace, 0).join('\n')

const lines = ({ name, amount, rule, source, from }: Trace, depth: number): readonly string[] => [
  `${'  '.repeat(depth)}${name} ${amount} = ${rule}${source === undefined ? '' : ` [${source}]`}`,
  ...from.flatMap((part) => lines(part, depth + 1)),
]

const tracerOf = (input: TotalsInput, totals: DocumentTotals): Record<TracedAmount, () => Trace> => {
  const write = (minor: bigint): string => formatDecimal(minor, currencyDigits(input.currency))
  const mode = modeWords[input.rounding]
  const hasTax = input.prices === 'gross'

  const lineNet = (): Trace => ({
    name: 'sum of the lines',
    amount: write(totals.lineNet),
    rule: 'sum of the net amounts of the lines',
    source: 'BR-CO-10',
    from: totals.lines.map((line, index) => traceLine(line, index)),
  })

  const traceLine = (line: LineTotals, index: number): Trace => {
    const { price, quantity, tax: treatment, adjustments = [] } = elementAt(input.lines, index)
    const per = price.per === undefined ? '' : ` per ${price.per}`
    const count = formatDecimal(quantity.baseUnits, quantity.digits)
    const extended = leaf(
      'price times quantity',
      write(line.extended),
      `${price.amount}${per} x ${count}, rounded ${mode} to the currency`,
    )
    const amount: Trace = {
      name: hasTax ? `line ${index + 1} with tax` : `line ${index + 1}`,
      amount: write(line.amount),
      rule: 'price times quantity, less discounts, plus charges',
      from: [
        extended,
        ...adjustments.map((adjustment, at) =>
          leaf(
            adjustment.kind,
            write(elementAt(line.adjustments, at)),
            adjustmentRule(adjustment, line.extended, elementAt(line.adjustments, at)),
          ),
        ),
      ],
    }
    return hasTax
      ? {
          name: `line ${index + 1}`,
          amount: write(line.net),
          rule: `its share of the net amount under ${treatmentWords(treatment)}, odd units to the largest remainders`,
          from: [amount],
        }
      : amount
  }

  const adjustmentRule = (adjustment: Adjustment, base: bigint, amount: bigint): string => {
    if (!('percent' in adjustment)) return `fixed amount ${write(adjustment.amount)}`
    const rounded = `${adjustment.percent}% of ${write(base)}, rounded ${mode}`
    return amount === adjustmentOf(adjustment, base, input.rounding)
      ? rounded
      : `${rounded}, but the other way, as no less than nothing can be left`
  }

  const adjustmentsOf = (kind: Adjustment['kind'], name: string, amount: bigint, source: string): Trace => ({
    name,
    amount: write(amount),
    rule: `sum of the ${kind}s on the document`,
    source,
    from: totals.adjustments.flatMap((total): readonly Trace[] => {
      const adjustment = input.adjustments?.[total.index]
      if (adjustment?.kind !== kind) return []
      const whole = totals.lines.reduce((sum, line) => sum + line.amount, 0n)
      const agreed = elementAt(agreedAmounts(input, whole), total.index)
      const spread =
        adjustment.tax === undefined ? ', spread over the taxes and their lines by largest remainder' : ''
      return [
        leaf(
          `${kind} under ${treatmentWords(total.treatment)}`,
          write(kind === 'discount' ? -total.amount : total.amount),
          `${adjustmentRule(adjustment, whole, agreed)}${spread}${hasTax ? ', without its tax' : ''}`,
        ),
      ]
    }),
  })

  const discounts = (): Trace =>
    adjustmentsOf('discount', 'discounts on the document', totals.discounts, 'BR-CO-11')
  const charges = (): Trace => adjustmentsOf('charge', 'charges on the document', totals.charges, 'BR-CO-12')

  const net = (): Trace => ({
    name: 'total without tax',
    amount: write(totals.net),
    rule: 'sum of the lines - discounts + charges',
    source: 'BR-CO-13',
    from: [lineNet(), ...nonZero(totals.discounts, discounts), ...nonZero(totals.charges, charges)],
  })

  const tax = (): Trace => ({
    name: 'tax',
    amount: write(totals.tax),
    rule: 'sum of the taxes',
    source: 'BR-CO-14',
    from: totals.taxes.flatMap((total) =>
      total.treatment.components.map((component, index) => traceTax(total, component.name, index)),
    ),
  })

  const traceTax = (total: TaxTotals, name: string, index: number): Trace => {
    const { percent, compound } = elementAt(total.treatment.components, index)
    const before = total.amounts.slice(0, index).reduce((sum, amount) => sum + amount, 0n)
    const base = compound === true ? total.base + before : total.base
    const key = treatmentKey(total.treatment)
    const places =
      input.profile === 'per_category' ? `rounded ${mode} once for the sum` : `rounded ${mode} for each line`
    return {
      name: `${name} ${percent}%`,
      amount: write(elementAt(total.amounts, index)),
      rule: hasTax
        ? `contained in ${write(total.base + total.tax)}, ${places}`
        : `${percent}% of ${write(base)}, ${places}`,
      ...(input.profile === 'per_category' && { source: 'BR-CO-17' }),
      from: [
        {
          name: `taxable amount under ${treatmentWords(total.treatment)}`,
          amount: write(total.base),
          rule: 'sum of its lines, less its discounts, plus its charges',
          from: [
            ...totals.lines.flatMap((line, at) =>
              treatmentKey(elementAt(input.lines, at).tax) === key
                ? [leaf(`line ${at + 1}`, write(line.net), 'net amount')]
                : [],
            ),
            ...totals.adjustments.flatMap((adjustment) =>
              treatmentKey(adjustment.treatment) === key
                ? [leaf('discount or charge on the document', write(adjustment.amount), 'its share')]
                : [],
            ),
          ],
        },
      ],
    }
  }

  const gross = (): Trace => ({
    name: 'total with tax',
    amount: write(totals.gross),
    rule: 'total without tax + tax',
    source: 'BR-CO-15',
    from: [net(), tax()],
  })

  const due = (): Trace => ({
    name: 'amount due',
    amount: write(totals.due),
    rule: 'total with tax - paid before + rounding',
    source: 'BR-CO-16',
    from: [
      gross(),
      ...nonZero(totals.prepaid, () => leaf('paid before', write(totals.prepaid), 'as recorded')),
      ...nonZero(totals.rounding, () => {
        const { step } = present(input.cashRounding, 'only what is rounded to coins is rounded')
        return leaf('rounding', write(totals.rounding), `to a multiple of ${write(step)}, the smallest coin`)
      }),
    ],
  })

  return { lineNet, discounts, charges, net, tax, gross, due }
}

const leaf = (name: string, amount: string, rule: string): Trace => ({ name, amount, rule, from: [] })

const nonZero = (amount: bigint, trace: () => Trace): readonly Trace[] => (amount === 0n ? [] : [trace()])

export const treatmentWords = ({ category, components }: TaxTreatment): string =>
  [category, ...components.map(({ name, percent }) => `${name} ${percent}%`)].join(' ')

export const modeWords: Readonly<Record<RoundingMode, string>> = {
  half_up: 'half up',
  half_even: 'half even',
  half_down: 'half down',
  up: 'up',
  down: 'down',
  ceiling: 'up to the next',
  floor: 'down to the next',
}
