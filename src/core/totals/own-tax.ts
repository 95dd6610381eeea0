import { elementAt } from '../invariant.js'
import type { RoundingMode } from '../money/rounding.js'
import { treatmentKey } from '../tax/tax-treatment.js'
import type { AdjustmentTotals } from './document-totals.js'
import { portion } from './portion.js'
import { isSpread } from './spread-adjustments.js'
import type { TotalsInput } from './totals-input.js'

/**
 * From where to where an amount reaches in a sum, so that what is cut of all amounts adds up to what is cut of their sum: charges one after another, then what discounts
 * leave of them; and what discounts take off lines.
 */
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
export const ownTaxes = (input: TotalsInput, totals: OwnTaxedTotals): readonly (OwnTax | undefined)[] => {
  const running = new Map<string, Running>()
  return totals.adjustments.map(({ index, treatment, amount }) => {
    if (isSpread(input, index)) return undefined
    if (input.ownTaxDiscounts === undefined) return alone(amount)
    const key = treatmentKey(treatment)
    const sums = running.get(key) ?? sumsUnder(input, totals, key)
    running.set(key, sums)
    if (amount >= 0n) {
      if (sums.discounts === 0n) return alone(amount)
      const from = sums.chargesUpTo
      sums.chargesUpTo += amount
      return { withCharges: { from, to: sums.chargesUpTo }, withLines: nothing }
    }
    const from = sums.discountsUpTo
    const to = from + amount
    sums.discountsUpTo = to
    const [off, offWith] = [greater(from, sums.takenOffCharges), greater(to, sums.takenOffCharges)]
    return {
      withCharges: { from: sums.charges + off, to: sums.charges + offWith },
      withLines: { from: from - off, to: to - offWith },
    }
  })
}

interface OwnTaxedTotals {
  readonly lines: readonly { readonly net: bigint; readonly shares: readonly bigint[] }[]
  readonly adjustments: readonly AdjustmentTotals[]
}

/** What is taxed by itself under one treatment; discounts are below zero. */
interface Running {
  readonly charges: bigint
  readonly discounts: bigint
  /** The most that discounts take off charges: all where the lines do not come to what is more than the charges. */
  readonly takenOffCharges: bigint
  chargesUpTo: bigint
  discountsUpTo: bigint
}

const sumsUnder = (input: TotalsInput, { lines, adjustments }: OwnTaxedTotals, key: string): Running => {
  let charges = 0n
  let discounts = 0n
  for (const { index, treatment, amount } of adjustments) {
    if (treatmentKey(treatment) !== key || isSpread(input, index)) continue
    if (amount > 0n) charges += amount
    else discounts += amount
  }
  const isCovered = charges + discounts + taxedUnder(input, lines, key) >= 0n
  const takenOffCharges = isCovered ? greater(discounts, -charges) : discounts
  return { charges, discounts, takenOffCharges, chargesUpTo: 0n, discountsUpTo: 0n }
}

const alone = (amount: bigint): OwnTax => ({ withCharges: { from: 0n, to: amount }, withLines: nothing })

/** What of the lines under a treatment is taxed: with their shares of what is spread over them. */
export const taxedUnder = (input: TotalsInput, lines: OwnTaxedTotals['lines'], key: string): bigint =>
  lines.reduce((sum, { net, shares }, index) => {
    if (treatmentKey(elementAt(input.lines, index).tax) !== key) return sum
    return shares.reduce((all, share) => all + share, sum + net)
  }, 0n)

export const isNothing = ({ from, to }: Stretch): boolean => from === to

/** What of a stretch is done of a whole: what is up to its end, less what is up to its start. */
export const stretchDone = ({ from, to }: Stretch, done: bigint, whole: bigint, mode: RoundingMode): bigint =>
  portion(to, done, whole, mode) - portion(from, done, whole, mode)

const nothing: Stretch = { from: 0n, to: 0n }

const greater = (one: bigint, other: bigint): bigint => (one > other ? one : other)
