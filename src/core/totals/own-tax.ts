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
  adjustments: readonly AdjustmentTotals[],
): readonly (OwnTax | undefined)[] => {
  const sums = new Map<string, { charges: bigint; discounts: bigint }>()
  const sumsUnder = (key: string) => {
    const known = sums.get(key) ?? { charges: 0n, discounts: 0n }
    sums.set(key, known)
    return known
  }
  const chargesUnder = chargesByKey(input, adjustments)
  const lineKeys = new Set(input.lines.map(({ tax }) => treatmentKey(tax)))
  return adjustments.map(({ index, treatment, amount }) => {
    if (!hasOwnTax(input, index)) return undefined
    const key = treatmentKey(treatment)
    const sum = sumsUnder(key)
    if (amount >= 0n) {
      const from = sum.charges
      sum.charges += amount
      return { withCharges: { from, to: sum.charges }, withLines: nothing }
    }
    const from = sum.discounts
    const to = from + amount
    sum.discounts = to
    if (!lineKeys.has(key)) return { withCharges: { from, to }, withLines: nothing }
    const most = -(chargesUnder.get(key) ?? 0n)
    return {
      withCharges: { from: greater(from, most), to: greater(to, most) },
      withLines: { from: from - greater(from, most), to: to - greater(to, most) },
    }
  })
}

/** Whether a discount or charge is taxed by itself, rather than as the lines over which it is spread. */
export const hasOwnTax = ({ adjustments, lines }: TotalsInput, index: number): boolean =>
  adjustments?.[index]?.tax !== undefined || lines.length === 0

export const isNothing = ({ from, to }: Stretch): boolean => from === to

/** What of a stretch is done of a whole: what is up to its end, less what is up to its start. */
export const stretchDone = ({ from, to }: Stretch, done: bigint, whole: bigint, mode: RoundingMode): bigint =>
  portion(to, done, whole, mode) - portion(from, done, whole, mode)

const nothing: Stretch = { from: 0n, to: 0n }

const greater = (one: bigint, other: bigint): bigint => (one > other ? one : other)

const chargesByKey = (
  input: TotalsInput,
  adjustments: readonly AdjustmentTotals[],
): ReadonlyMap<string, bigint> => {
  const charges = new Map<string, bigint>()
  for (const { index, treatment, amount } of adjustments) {
    if (amount <= 0n || !hasOwnTax(input, index)) continue
    const key = treatmentKey(treatment)
    charges.set(key, (charges.get(key) ?? 0n) + amount)
  }
  return charges
}
