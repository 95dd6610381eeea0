import { elementAt } from '../invariant.js'
import { currencyDigits } from '../money/currency.js'
import type { RoundingMode } from '../money/rounding.js'
import { lineAmounts } from './line-amounts.js'
import { portion } from './portion.js'
import { spreadAdjustments } from './spread-adjustments.js'
import { groupLines } from './tax-group.js'
import type { TotalsInput } from './totals-input.js'

/** What of a line parts are computed from, in minor units. */
export interface PartedLine {
  readonly net: bigint
  /** Its part of each of the document's discounts and charges. */
  readonly shares: readonly bigint[]
  /** With tax, its shares included, where prices contain the tax and the document says so. */
  readonly gross?: bigint
}

/** A line as the customer reads it where prices contain tax: with tax, its part of the document's discounts and charges included. */
export interface GrossLine {
  readonly gross: bigint
  /** What of `gross` is tax. */
  readonly tax: bigint
}

/** The lines of a document with the tax in them, as it says itself; undefined where it does not. */
export const storedGrossLines = (lines: readonly PartedLine[]): readonly GrossLine[] | undefined => {
  const stored = lines.flatMap(({ gross }) => (gross === undefined ? [] : [gross]))
  return stored.length < lines.length ? undefined : withTax(lines, stored)
}

/** The same by its prices. Together with charges that have a tax of their own they add up to its total. */
export const grossLines = (input: TotalsInput, lines: readonly PartedLine[]): readonly GrossLine[] =>
  withTax(lines, pricedLines(input))

const withTax = (lines: readonly PartedLine[], amounts: readonly bigint[]): readonly GrossLine[] =>
  lines.map(({ net, shares }, index) => {
    const gross = elementAt(amounts, index)
    return { gross, tax: gross - sumOf([net, ...shares]) }
  })

/** What the customer was told: price times quantity, and its part of what the whole document discounts and charges. */
const pricedLines = (input: TotalsInput): readonly bigint[] => {
  const decimals = currencyDigits(input.currency)
  const amounts = input.lines.map((line) => lineAmounts(line, decimals, input.rounding))
  const spread = spreadAdjustments(input, amounts, groupLines(input, amounts))
  return amounts.map(({ amount }, index) => sumOf([amount, ...(spread?.[index] ?? [])]))
}

/**
 * Some units of a line: their price with tax comes first, as the customer was told it, and what of it is tax is in proportion to it. So units cost their price to
 * the cent whenever they are billed, and neither net nor tax falls while more of them are.
 */
export const grossUpTo = (
  { gross, tax }: GrossLine,
  quantity: bigint,
  whole: bigint,
  mode: RoundingMode,
): GrossLine => {
  const done = portion(gross, quantity, whole, mode)
  // Discounts may leave nothing of a price, and a unit of tax that roundings have moved there.
  const inIt = gross === 0n ? portion(tax, quantity, whole, mode) : portion(tax, done, gross, mode)
  return { gross: done, tax: inIt }
}

/** A part of the taxes of a treatment, shared among them one after another, each of what those before it left. */
export const shareTax = (amounts: readonly bigint[], done: bigint, mode: RoundingMode): readonly bigint[] => {
  let whole = sumOf(amounts)
  let left = done
  return amounts.map((amount) => {
    const share = portion(amount, left, whole, mode)
    whole -= amount
    left -= share
    return share
  })
}

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)
