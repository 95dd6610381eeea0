import { elementAt, present } from '../invariant.js'
import { currencyDigits } from '../money/currency.js'
import { divideRounded } from '../money/rounding.js'
import type { ReadTreatment, TaxTreatment } from '../tax/tax-treatment.js'
import { lineAmounts, type LineAmounts } from './line-amounts.js'
import { settleNets } from './settle-nets.js'
import { isSpread, spreadAdjustments, type Shares } from './spread-adjustments.js'
import { taxesInGross, taxesOnNet } from './tax-amounts.js'
import { groupLines, type TaxGroup } from './tax-group.js'
import type { TotalsInput } from './totals-input.js'

/** All amounts of a document in minor units. Names in brackets are business terms of EN 16931. */
export interface DocumentTotals {
  readonly lines: readonly LineTotals[]
  readonly adjustments: readonly AdjustmentTotals[]
  readonly taxes: readonly TaxTotals[]
  /** Sum of the lines' net amounts (BT-106). */
  readonly lineNet: bigint
  /** Sum of the discounts on the document, zero or more for a sale (BT-107). */
  readonly discounts: bigint
  /** Sum of the charges on the document (BT-108). */
  readonly charges: bigint
  /** Without tax (BT-109) = lineNet - discounts + charges (BR-CO-13). */
  readonly net: bigint
  /** All taxes (BT-110, BR-CO-14). */
  readonly tax: bigint
  /** With tax (BT-112) = net + tax (BR-CO-15). */
  readonly gross: bigint
  readonly prepaid: bigint
  /** BT-114, zero unless what is due is rounded to coins. */
  readonly rounding: bigint
  /** BT-115 = gross - prepaid + rounding (BR-CO-16). */
  readonly due: bigint
}

export interface LineTotals extends LineAmounts {
  /** The line's net amount (BT-131): without tax, after its own discounts and charges, before those of the document. */
  readonly net: bigint
  /** Its part of each of the document's discounts and charges, signed and without tax; none where the document has none. */
  readonly shares: readonly bigint[]
}

/** A discount or charge of the document, signed and without tax, by the tax treatment it falls under (BG-20, BG-21). */
export interface AdjustmentTotals {
  /** Its place among the adjustments of the document. */
  readonly index: number
  readonly treatment: TaxTreatment
  readonly amount: bigint
}

/** One tax treatment of the document (BG-23): `base` without tax (BT-116), and each of its taxes (BT-117). */
export interface TaxTotals {
  readonly treatment: TaxTreatment
  readonly base: bigint
  readonly amounts: readonly bigint[]
  readonly tax: bigint
}

const noShares: readonly bigint[] = []

/**
 * The totals of a document. Every rounding happens at a named place: price times quantity, each percentage of discount or charge, each tax (per
 * treatment or per line, as the profile says), and the amount due. Splits add up exactly. Throws `decimal_malformed` and `rate` errors for what
 * no schema has let through.
 */
export const documentTotals = (input: TotalsInput): DocumentTotals => {
  const decimals = currencyDigits(input.currency)
  const amounts = input.lines.map((line) => lineAmounts(line, decimals, input.rounding))
  const groups = groupLines(input, amounts)
  const shares = spreadAdjustments(input, amounts, groups)
  return input.prices === 'net'
    ? fromNet(input, amounts, groups, shares)
    : fromGross(input, amounts, groups, shares)
}

const fromNet = (
  input: TotalsInput,
  amounts: readonly LineAmounts[],
  groups: Map<string, TaxGroup>,
  shares: Shares,
): DocumentTotals => {
  const lines = amounts.map((line, index) => lineTotals(line, line.amount, shares?.[index] ?? noShares))
  const taxes: TaxTotals[] = []
  const adjustments: AdjustmentTotals[] = []
  for (const group of groups.values()) {
    taxes.push(taxTotals(group.read, group.amount, taxesOf(input, group, amounts, shares)))
    for (const { index, amount } of group.adjustments) {
      adjustments.push({ index, treatment: group.read.treatment, amount })
    }
  }
  return sumUp(input, lines, adjustments, taxes)
}

/** Written out: spreading one object into another costs V8 several times what all the arithmetic does. */
const lineTotals = (
  { extended, adjustments, amount }: LineAmounts,
  net: bigint,
  shares: readonly bigint[],
): LineTotals => ({ extended, adjustments, amount, net, shares })

/** Per category the tax of the sum, per line the sum of the taxes of each line and each charge of its own. */
const taxesOf = (
  input: TotalsInput,
  group: TaxGroup,
  amounts: readonly LineAmounts[],
  shares: Shares,
): bigint[] => {
  const { rates } = group.read
  const compute = input.prices === 'net' ? taxesOnNet : taxesInGross
  if (input.profile === 'per_category') return compute(group.amount, rates, input.rounding)
  const sums = rates.map(() => 0n)
  const count = (amount: bigint): void => {
    compute(amount, rates, input.rounding).forEach((tax, index) => {
      sums[index] = elementAt(sums, index) + tax
    })
  }
  for (const line of group.lines) count(sumOf(elementAt(amounts, line).amount, shares?.[line] ?? noShares))
  for (const { index, amount } of group.adjustments) {
    if (!isSpread(input, index)) count(amount)
  }
  return sums
}

const sumOf = (first: bigint, more: readonly bigint[]): bigint =>
  more.reduce((sum, part) => sum + part, first)

const taxTotals = (read: ReadTreatment, base: bigint, amounts: readonly bigint[]): TaxTotals => ({
  treatment: read.treatment,
  base,
  amounts,
  tax: sumOf(0n, amounts),
})

/** Prices with tax: the net amount of a treatment is what its taxes leave, and is shared among its lines and adjustments. */
const fromGross = (
  input: TotalsInput,
  amounts: readonly LineAmounts[],
  groups: Map<string, TaxGroup>,
  shares: Shares,
): DocumentTotals => {
  const nets = amounts.map(() => 0n)
  const netShares = shares?.map((own) => own.map(() => 0n))
  const taxes: TaxTotals[] = []
  const adjustments: AdjustmentTotals[] = []
  for (const group of groups.values()) {
    const { read, lines, amount } = group
    const levied = taxesOf(input, group, amounts, shares)
    const net = amount - sumOf(0n, levied)
    taxes.push(taxTotals(read, net, levied))
    const parts = lines.map((line) => elementAt(amounts, line).amount)
    const settled = settleNets(group, parts, net, (index) => isSpread(input, index))
    lines.forEach((line, at) => {
      nets[line] = elementAt(settled.lines, at)
    })
    for (const { index, net: netAmount, shares: own } of settled.adjustments) {
      adjustments.push({ index, treatment: read.treatment, amount: netAmount })
      own?.forEach((share, at) => {
        const shared = present(netShares, 'what is spread over lines has shares of them')
        elementAt(shared, elementAt(lines, at))[index] = share
      })
    }
  }
  const lines = amounts.map((line, index) =>
    lineTotals(line, elementAt(nets, index), netShares?.[index] ?? noShares),
  )
  return sumUp(input, lines, adjustments, taxes)
}

const sumUp = (
  input: TotalsInput,
  lines: readonly LineTotals[],
  adjustments: readonly AdjustmentTotals[],
  taxes: readonly TaxTotals[],
): DocumentTotals => {
  let lineNet = 0n
  let discounts = 0n
  let charges = 0n
  let tax = 0n
  for (const line of lines) lineNet += line.net
  for (const { index, amount } of adjustments) {
    if (input.adjustments?.[index]?.kind === 'discount') discounts -= amount
    else charges += amount
  }
  for (const total of taxes) tax += total.tax
  const net = lineNet - discounts + charges
  const gross = net + tax
  const prepaid = input.prepaid ?? 0n
  const open = gross - prepaid
  const due = roundToCoins(open, input.cashRounding)
  return {
    lines,
    adjustments: [...adjustments].sort((a, b) => a.index - b.index),
    taxes,
    lineNet,
    discounts,
    charges,
    net,
    tax,
    gross,
    prepaid,
    rounding: due - open,
    due,
  }
}

/** What is due in coins: a multiple of the smallest one. */
export const roundToCoins = (amount: bigint, cash: TotalsInput['cashRounding']): bigint =>
  cash === undefined ? amount : divideRounded(amount, cash.step, cash.mode) * cash.step
