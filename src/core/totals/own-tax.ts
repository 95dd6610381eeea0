import { elementAt } from '../invariant.js'
import type { RoundingMode } from '../money/rounding.js'
import { treatmentKey } from '../tax/tax-treatment.js'
import type { AdjustmentTotals } from './document-totals.js'
import { portion } from './portion.js'
import type { TotalsInput } from './totals-input.js'

/** From where to where an amount reaches in the sum of all that are alike, so that what is cut of them adds up to what is cut of their sum. */
export interface Stretch {
  readonly from: bigint
  readonly to: bigint
}

/**
 * How a discount or charge that is taxed by itself comes to parts of its document. Charges have a time of their own, and so has a discount as far as there are charges
 * under its treatment, such as one that makes freight free. What a discount takes off beyond them it takes off the lines that are taxed so, and goes with them:
 * so no part is left below zero where the whole is not.
 */
export interface OwnTax {
  readonly withCharges: Stretch
  readonly withLines: Stretch
}

/** By place among the adjustments of the totals; undefined for one that is spread over the lines. */
export const ownTaxes = (
  input: TotalsInput,
  { lines, adjustments }: OwnTaxedTotals,
): readonly (OwnTax | undefined)[] => {
  const sums = new Map<string, { charges: bigint; discounts: bigint }>()
  const limits = new Map<string, bigint>()
  return adjustments.map(({ index, treatment, amount }) => {
    if (!hasOwnTax(input, index)) return undefined
    const key = treatmentKey(treatment)
    const sum = sums.get(key) ?? { charges: 0n, discounts: 0n }
    sums.set(key, sum)
    if (amount >= 0n) {
      const from = sum.charges
      sum.charges += amount
      return { withCharges: { from, to: sum.charges }, withLines: nothing }
    }
    const most = limits.get(key) ?? takenOffCharges(input, { lines, adjustments }, key)
    limits.set(key, most)
    const from = sum.discounts
    const to = from + amount
    sum.discounts = to
    const [fromCharges, toCharges] = [greater(from, most), greater(to, most)]
    return {
      withCharges: { from: fromCharges, to: toCharges },
      withLines: { from: from - fromCharges, to: to - toCharges },
    }
  })
}

interface OwnTaxedTotals {
  readonly lines: readonly { readonly net: bigint; readonly shares: readonly bigint[] }[]
  readonly adjustments: readonly AdjustmentTotals[]
}

/** How much discounts under a treatment take off its charges, as a limit below zero: all where the lines do not come to what is more than the charges. */
const takenOffCharges = (input: TotalsInput, { lines, adjustments }: OwnTaxedTotals, key: string): bigint => {
  let charges = 0n
  let discounts = 0n
  for (const { index, treatment, amount } of adjustments) {
    if (treatmentKey(treatment) !== key || !hasOwnTax(input, index)) continue
    if (amount > 0n) charges += amount
    else discounts += amount
  }
  return charges + discounts + taxedUnder(input, lines, key) < 0n ? discounts : -charges
}

/** What of the lines under a treatment is taxed: with their shares of what is spread over them. */
export const taxedUnder = (input: TotalsInput, lines: OwnTaxedTotals['lines'], key: string): bigint =>
  lines.reduce((sum, { net, shares }, index) => {
    if (treatmentKey(elementAt(input.lines, index).tax) !== key) return sum
    return shares.reduce((all, share) => all + share, sum + net)
  }, 0n)

/** Whether a discount or charge is taxed by itself, rather than as the lines over which it is spread. */
export const hasOwnTax = ({ adjustments, lines }: TotalsInput, index: number): boolean =>
  adjustments?.[index]?.tax !== undefined || lines.length === 0

export const isNothing = ({ from, to }: Stretch): boolean => from === to

/** What of a stretch is done of a whole: what is up to its end, less what is up to its start. */
export const stretchDone = ({ from, to }: Stretch, done: bigint, whole: bigint, mode: RoundingMode): bigint =>
  portion(to, done, whole, mode) - portion(from, done, whole, mode)

const nothing: Stretch = { from: 0n, to: 0n }

const greater = (one: bigint, other: bigint): bigint => (one > other ? one : other)
