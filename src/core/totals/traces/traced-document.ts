import { elementAt } from '../../invariant.js'
import { treatmentKey, type TaxTreatment } from '../../tax/tax-treatment.js'
import type { AppliedPromotion } from '../../promotions/applied-promotion.js'
import type { AdjustmentTotals } from '../document-totals.js'
import type { TotalsInput } from '../totals-input.js'
import { less, plus, type TraceComposer } from './compose.js'
import type { Trace } from './trace.js'

/** The amounts of a document that others are sums of, each with its trace. Lines and discounts by their place among all that it is computed from. */
export interface TracedDocument {
  readonly composer: TraceComposer
  /** The lines that stand on it. */
  readonly lines: readonly number[]
  readonly adjustments: readonly TracedAdjustment[]
  readonly taxes: readonly TaxTreatment[]
  readonly line: (index: number) => Trace
  readonly share: (line: number, adjustment: number) => Trace
  /** A line with its shares and the tax in its price; absent where that is not cut by itself. */
  readonly withTax?: (line: number) => Trace
  readonly adjustment: (index: number, key: string) => Trace
  /** The taxable amount under a treatment. */
  readonly base: (key: string) => Trace
  readonly levied: (key: string, component: number) => Trace
  /** What rounding to coins adds to the total with tax; absent where nothing is rounded to coins. */
  readonly coins?: (gross: Trace) => Trace
}

/** What a discount or charge comes to under one treatment. */
export interface TracedAdjustment {
  readonly index: number
  readonly kind: 'discount' | 'charge'
  readonly treatment: TaxTreatment
}

export const tracedAdjustments = (
  { adjustments = [] }: TotalsInput,
  amounts: readonly AdjustmentTotals[],
): readonly TracedAdjustment[] =>
  amounts.map(({ index, treatment }) => ({ index, treatment, kind: elementAt(adjustments, index).kind }))

/** How discounts and charges are called, by what stands on the order. */
export interface NamedAdjustments {
  readonly lines: readonly { readonly adjustments?: readonly NamedAdjustment[] }[]
  readonly adjustments?: readonly NamedAdjustment[]
  readonly promotions?: readonly AppliedPromotion[]
}

interface NamedAdjustment {
  readonly kind: 'discount' | 'charge'
  readonly reason: string
  readonly promotion?: string
}

/** `discount "Voucher"`; one of a promotion, whose name is its reason, names that, and the coupon it was given for. */
export const adjustmentName = (
  kind: 'discount' | 'charge',
  named: NamedAdjustment | undefined,
  promotions: readonly AppliedPromotion[] = [],
): string => {
  if (named === undefined) return kind
  const called = `${kind} "${named.reason}"`
  if (named.promotion === undefined) return called
  const coupon = promotions.find(({ promotion }) => promotion === named.promotion)?.coupon
  return `${called} of promotion ${named.promotion}${coupon === undefined ? '' : ` for coupon ${coupon}`}`
}

/** The amounts of a document that are sums of its others. */
export type TracedSum = 'lineNet' | 'discounts' | 'charges' | 'net' | 'tax' | 'gross' | 'rounding' | 'total'

export const traceSum = (document: TracedDocument, amount: TracedSum): Trace => {
  const { composer, lines, adjustments, taxes, coins } = document
  const { given, sum, minorOf } = composer

  const lineNet = (): Trace =>
    sum(
      'sum of the lines',
      lines.map((index) => plus(document.line(index))),
      'sum of the net amounts of the lines',
      'BR-CO-10',
    )

  const ofKind = (kind: 'discount' | 'charge', source: string): Trace =>
    sum(
      `${kind}s on the document`,
      adjustments
        .filter((one) => one.kind === kind)
        .map(({ index, treatment }) => {
          const own = document.adjustment(index, treatmentKey(treatment))
          return kind === 'discount' ? less(own) : plus(own)
        }),
      `sum of the ${kind}s on the document`,
      source,
    )

  const discounts = (): Trace => ofKind('discount', 'BR-CO-11')
  const charges = (): Trace => ofKind('charge', 'BR-CO-12')
  const has = (kind: 'discount' | 'charge'): boolean => adjustments.some((one) => one.kind === kind)

  const net = (): Trace =>
    sum(
      'total without tax',
      [
        plus(lineNet()),
        ...(has('discount') ? [less(discounts())] : []),
        ...(has('charge') ? [plus(charges())] : []),
      ],
      'sum of the lines - discounts + charges',
      'BR-CO-13',
    )

  const tax = (): Trace =>
    sum(
      'tax',
      taxes.flatMap((treatment) =>
        treatment.components.map((_, at) => plus(document.levied(treatmentKey(treatment), at))),
      ),
      'sum of the taxes',
      'BR-CO-14',
    )

  const gross = (): Trace =>
    sum('total with tax', [plus(net()), plus(tax())], 'total without tax + tax', 'BR-CO-15')

  const rounding = (): Trace =>
    coins === undefined ? given('rounding', 0n, 'not rounded to coins') : coins(gross())

  const total = (): Trace => {
    const rounded = rounding()
    return minorOf(rounded) === 0n
      ? sum('amount due', [plus(gross())], 'total with tax', 'BR-CO-16')
      : sum('amount due', [plus(gross()), plus(rounded)], 'total with tax + rounding to coins', 'BR-CO-16')
  }

  return { lineNet, discounts, charges, net, tax, gross, rounding, total }[amount]()
}

export const treatmentWords = ({ category, components }: TaxTreatment): string =>
  [category, ...components.map(({ name, percent }) => `${name} ${percent}%`)].join(' ')
