import { elementAt } from '../invariant.js'
import { readTreatment, treatmentKey, type ReadTreatment, type TaxTreatment } from '../tax/tax-treatment.js'
import type { LineAmounts } from './line-amounts.js'
import type { TotalsInput } from './totals-input.js'

/** The lines and adjustments under one tax treatment, while they are added up. `amount` is as prices are: with tax where they have it. */
export interface TaxGroup {
  readonly read: ReadTreatment
  readonly lines: number[]
  readonly adjustments: { readonly index: number; readonly amount: bigint }[]
  lineAmount: bigint
  amount: bigint
}

export const groupLines = (input: TotalsInput, amounts: readonly LineAmounts[]): Map<string, TaxGroup> => {
  const groups = new Map<string, TaxGroup>()
  const known = new Map<TaxTreatment, TaxGroup>()
  input.lines.forEach(({ tax }, index) => {
    let group = known.get(tax)
    if (group === undefined) {
      group = groupOf(groups, tax)
      known.set(tax, group)
    }
    const { amount } = elementAt(amounts, index)
    group.lines.push(index)
    group.lineAmount += amount
  })
  for (const group of groups.values()) group.amount = group.lineAmount
  return groups
}

export const groupOf = (groups: Map<string, TaxGroup>, tax: TaxTreatment): TaxGroup => {
  const key = treatmentKey(tax)
  const known = groups.get(key)
  if (known !== undefined) return known
  const group: TaxGroup = { read: readTreatment(tax), lines: [], adjustments: [], lineAmount: 0n, amount: 0n }
  groups.set(key, group)
  return group
}

export const addTo = (group: TaxGroup, index: number, amount: bigint): void => {
  group.adjustments.push({ index, amount })
  group.amount += amount
}
