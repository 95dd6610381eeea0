import { elementAt, present } from '../invariant.js'
import type { TaxTreatment } from '../tax/tax-treatment.js'
import type { LineAmounts } from './line-amounts.js'
import { liftLines, liftToZero, sumAt } from './lift-to-zero.js'
import { adjustmentOf, adjustmentsOf } from './signed-adjustments.js'
import { byLevy, spreadOverGroups, type Spread } from './spread-over-groups.js'
import { addTo, groupOf, type TaxGroup } from './tax-group.js'
import type { TotalsInput } from './totals-input.js'

/** By line, its part of each of the document's discounts and charges. */
export type Shares = readonly (readonly bigint[])[] | undefined

/**
 * Adds the document's discounts and charges to the groups and answers each line's share of each. Percentages are of the sum of the lines, and all
 * are spread before any counts, so their order changes nothing.
 */
export const spreadAdjustments = (
  input: TotalsInput,
  lines: readonly LineAmounts[],
  groups: Map<string, TaxGroup>,
): Shares => {
  const { adjustments } = input
  if (adjustments === undefined || adjustments.length === 0) return undefined
  const amounts = lines.map(({ amount }) => amount)
  const taxed = [...groups.values()]
  const whole = taxed.reduce((sum, { lineAmount }) => sum + lineAmount, 0n)
  const agreed = agreedAmounts(input, whole)
  const spreads = agreed.map((amount, index) =>
    isSpread(input, index) ? spreadOverGroups(amount, amounts, whole, taxed) : undefined,
  )
  leaveNothingBelowZero(taxed, amounts, spreads)
  spreads.forEach((spread, index) => {
    if (spread === undefined) {
      const { tax = outsideScope } = elementAt(adjustments, index)
      addTo(groupOf(groups, tax), index, elementAt(agreed, index))
      return
    }
    taxed.forEach((group, at) => {
      const sum = elementAt(spread.sums, at)
      if (sum !== 0n) addTo(group, index, sum)
    })
  })
  const [only, ...others] = spreads
  return others.length === 0 && only !== undefined
    ? only.shares.map((share) => [share])
    : amounts.map((_, line) => spreads.map((spread) => spread?.shares[line] ?? 0n))
}

/** What each of the document's discounts and charges comes to, signed and as prices are. */
export const agreedAmounts = (input: TotalsInput, whole: bigint): readonly bigint[] => {
  const { adjustments = [], rounding } = input
  const together = adjustments.filter((_, index) => isSpread(input, index))
  const spread = adjustmentsOf(together, whole, rounding).values()
  return adjustments.map((adjustment, index) =>
    isSpread(input, index)
      ? present(spread.next().value, 'each that is spread has its amount')
      : adjustmentOf(adjustment, whole, rounding),
  )
}

/** Whether one has no tax treatment of its own, and there are lines to spread it over. */
export const isSpread = ({ adjustments, lines }: TotalsInput, index: number): boolean =>
  lines.length > 0 && adjustments?.[index]?.tax === undefined

const leaveNothingBelowZero = (
  groups: readonly TaxGroup[],
  amounts: readonly bigint[],
  spreads: readonly (Spread | undefined)[],
): void => {
  const several = spreads.filter((spread) => spread !== undefined)
  if (several.length < 2) return
  const rows = several.map(({ shares }) => shares)
  const order = groups.map((_, index) => index).sort(byLevy(groups))
  liftToZero(
    order.map((index) => elementAt(groups, index).lines),
    amounts,
    rows,
  )
  for (const { lines } of groups) liftLines(lines, amounts, rows)
  for (const { shares, sums } of several) {
    groups.forEach(({ lines }, at) => {
      sums[at] = sumAt(shares, lines)
    })
  }
}

const outsideScope: TaxTreatment = { category: 'O', components: [] }
