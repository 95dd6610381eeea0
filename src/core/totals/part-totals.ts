import { elementAt, present } from '../invariant.js'
import { magnitude } from '../money/magnitude.js'
import type { RoundingMode } from '../money/rounding.js'
import { readTreatment, treatmentKey, type TaxTreatment } from '../tax/tax-treatment.js'
import {
  roundToCoins,
  type AdjustmentTotals,
  type DocumentTotals,
  type TaxTotals,
} from './document-totals.js'
import {
  grossLines,
  grossUpTo,
  shareTax,
  storedGrossLines,
  type GrossLine,
  type PartedLine,
} from './gross-parts.js'
import { isNothing, ownTaxes, stretchDone, taxedUnder, type OwnTax, type Stretch } from './own-tax.js'
import { portion } from './portion.js'
import { isSpread } from './spread-adjustments.js'
import { taxesOnNet } from './tax-amounts.js'
import type { TotalsInput } from './totals-input.js'

/** The amounts of a part of a document, such as one of several invoices of an order. Amounts in minor units, without tax unless named so. */
export interface PartTotals {
  readonly lines: readonly PartLine[]
  readonly adjustments: readonly AdjustmentTotals[]
  readonly taxes: readonly TaxTotals[]
  readonly lineNet: bigint
  readonly discounts: bigint
  readonly charges: bigint
  readonly net: bigint
  readonly tax: bigint
  readonly gross: bigint
  /** Zero unless what is due is rounded to coins: what is due of the parts adds up to what is due of the document. */
  readonly rounding: bigint
}

export interface PartLine extends PartedLine {
  readonly quantity: bigint
}

/** The amounts of the whole that its parts are computed from. */
export interface PartedTotals extends Pick<DocumentTotals, 'adjustments' | 'taxes' | 'lineNet'> {
  readonly lines: readonly PartedLine[]
}

export interface PartRules {
  /**
   * When charges with a tax treatment of their own, such as freight, are part of it: with the first part unless another is named. Discounts with one go with the
   * charges under it, and what they take off beyond these goes with the lines under it.
   */
  readonly ownTax?: 'first' | 'last' | 'in_proportion'
  /**
   * Where net prices are taxed by category, the parts' taxes are computed `anew` on what is done so far, unless they are to be shares of the
   * whole's taxes: those of a credit, which must never exceed its invoice. Where prices contain tax, units come to their price with tax, and their taxes are
   * shares of the whole's.
   */
  readonly taxes?: 'anew' | 'in_proportion'
}

/**
 * What lies between two states of a document, each given as the units of every line done so far: the totals up to `after` less those up to
 * `before`. Parts in any order and number therefore add up to the document to the cent, taxes and shares of discounts included (MO3, OQ4), and
 * each amount of a part is within one minor unit of what it would be alone.
 */
export const partTotals = (
  input: TotalsInput,
  totals: PartedTotals,
  before: readonly bigint[],
  after: readonly bigint[],
  rules: PartRules = {},
): PartTotals => {
  const gross = linesWithTax(input, totals.lines, rules)
  const own = ownTaxes(input, totals)
  const from = upTo(input, totals, before, rules, gross, own)
  const to = upTo(input, totals, after, rules, gross, own)
  const lines = to.lines.map((line, index) => lineBetween(elementAt(from.lines, index), line))
  const adjustments = to.adjustments.flatMap((adjustment, index) => {
    const amount = adjustment.amount - elementAt(from.adjustments, index).amount
    return amount === 0n ? [] : [{ ...adjustment, amount }]
  })
  const taxes = to.taxes.flatMap((total, index): readonly TaxTotals[] => {
    const earlier = elementAt(from.taxes, index)
    const amounts = total.amounts.map((amount, at) => amount - elementAt(earlier.amounts, at))
    const base = total.base - earlier.base
    const tax = total.tax - earlier.tax
    const isTouched = base !== 0n || tax !== 0n || touches(input, lines, total.treatment)
    return isTouched ? [{ treatment: total.treatment, base, amounts, tax }] : []
  })
  return sumUp(input, lines, adjustments, taxes, coinsOf(input, to) - coinsOf(input, from))
}

/**
 * The lines with the tax in them, where prices contain it. A document of which a part is taken back has had its prices cut into parts itself, and only says itself
 * what they came to.
 */
export const linesWithTax = (
  input: TotalsInput,
  lines: readonly PartedLine[],
  { taxes }: PartRules,
): readonly GrossLine[] | undefined =>
  input.prices === 'net'
    ? undefined
    : (storedGrossLines(lines) ?? (taxes === 'in_proportion' ? undefined : grossLines(input, lines)))

const lineBetween = (from: PartLine, to: PartLine): PartLine => ({
  quantity: to.quantity - from.quantity,
  net: to.net - from.net,
  shares: to.shares.map((share, at) => share - elementAt(from.shares, at)),
  ...(to.gross !== undefined && from.gross !== undefined && { gross: to.gross - from.gross }),
})

/** What rounding to coins adds to everything done so far. */
const coinsOf = ({ cashRounding }: TotalsInput, { taxes }: Cumulated): bigint => {
  if (cashRounding === undefined) return 0n
  const gross = taxes.reduce((sum, { base, tax }) => sum + base + tax, 0n)
  return roundToCoins(gross, cashRounding) - gross
}

interface Cumulated {
  readonly lines: readonly PartLine[]
  /** All adjustments of the document, in its order, zero where nothing of one counts yet. */
  readonly adjustments: readonly AdjustmentTotals[]
  readonly taxes: readonly TaxTotals[]
}

const upTo = (
  input: TotalsInput,
  totals: PartedTotals,
  done: readonly bigint[],
  { ownTax = 'first', taxes: taxing = 'anew' }: PartRules,
  gross: readonly GrossLine[] | undefined,
  ownTaxed: readonly (OwnTax | undefined)[],
): Cumulated => {
  const mode = input.rounding
  const grossDone = gross?.map((line, index) =>
    grossUpTo(line, elementAt(done, index), elementAt(input.lines, index).quantity.baseUnits, mode),
  )
  const lines = totals.lines.map((line, index): PartLine => {
    const whole = elementAt(input.lines, index).quantity.baseUnits
    return lineUpTo(line, elementAt(done, index), whole, mode, grossDone?.[index])
  })
  const progress = progressOf(input, totals, lines)
  const isOwnTaxDone = ownTax === 'first' ? progress.isBegun : progress.isComplete
  const adjustments = totals.adjustments.map(({ index, treatment }, at): AdjustmentTotals => {
    const own = ownTaxed[at]
    const amount =
      own === undefined
        ? sharesUnder(input, lines, treatment, index)
        : withChargesUpTo(own.withCharges, progress, ownTax, mode) +
          withLinesUpTo(own.withLines, input, totals, lines, treatment)
    return { index, treatment, amount }
  })
  const taxes = totals.taxes.map((total): TaxTotals => {
    const key = treatmentKey(total.treatment)
    let base = 0n
    let isComplete = true
    let isEmpty = true
    lines.forEach((line, index) => {
      if (keyOfLine(input, index) !== key) return
      isEmpty = false
      base += line.net
      isComplete &&= line.quantity === input.lines[index]?.quantity.baseUnits
    })
    adjustments.forEach(({ treatment, amount }, at) => {
      if (treatmentKey(treatment) !== key) return
      isEmpty = false
      base += amount
      const own = ownTaxed[at]
      if (own !== undefined && isNothing(own.withLines)) isComplete &&= isOwnTaxDone
    })
    // A charge with tax so small that all of it is tax has left no amount without.
    if (isEmpty) isComplete = isOwnTaxDone
    const amounts = isComplete
      ? total.amounts
      : gross === undefined
        ? taxesUpTo(input, total, base, taxing)
        : shareTax(total.amounts, taxInPrices(input, totals, total, gross, { lines, adjustments }), mode)
    return { treatment: total.treatment, base, amounts, tax: amounts.reduce((sum, tax) => sum + tax, 0n) }
  })
  return { lines, adjustments, taxes }
}

/**
 * What of a line is taxed is portioned as one sum, so that it never exceeds the whole line's and never falls while units are done; the largest of its
 * shares takes up what the roundings leave. Where prices contain tax, it is what their tax leaves of them.
 */
const lineUpTo = (
  { net, shares }: PartedLine,
  quantity: bigint,
  whole: bigint,
  mode: RoundingMode,
  priced: GrossLine | undefined,
): PartLine => {
  const gross = priced !== undefined && { gross: priced.gross }
  const taxed =
    priced === undefined ? portion(sumOf(net, shares), quantity, whole, mode) : priced.gross - priced.tax
  if (shares.every((share) => share === 0n)) return { quantity, net: taxed, shares, ...gross }
  const done = portion(net, quantity, whole, mode)
  const doneShares = shares.map((share) => portion(share, quantity, whole, mode))
  const largest = shares.reduce(
    (best, share, at) => (magnitude(share) > magnitude(elementAt(shares, best)) ? at : best),
    0,
  )
  doneShares[largest] = elementAt(doneShares, largest) + taxed - sumOf(done, doneShares)
  return { quantity, net: done, shares: doneShares, ...gross }
}

const sumOf = (first: bigint, more: readonly bigint[]): bigint =>
  more.reduce((sum, part) => sum + part, first)

/**
 * What of a tax is in the prices of what is done so far, with its part of the tax on what is taxed by itself: what that takes off is in proportion to the tax that it is
 * taken off from.
 */
const taxInPrices = (
  input: TotalsInput,
  totals: PartedTotals,
  { treatment, tax }: TaxTotals,
  gross: readonly GrossLine[],
  { lines, adjustments }: Pick<Cumulated, 'lines' | 'adjustments'>,
): bigint => {
  const key = treatmentKey(treatment)
  let done = 0n
  let whole = 0n
  lines.forEach((line, index) => {
    if (keyOfLine(input, index) !== key) return
    done += present(line.gross, 'a line of prices with tax has its own') - sumOf(line.net, line.shares)
    whole += elementAt(gross, index).tax
  })
  const own = tax - whole
  if (own < 0n && input.ownTaxDiscounts !== undefined) {
    return done + portion(own, done, whole, input.rounding)
  }
  let ownDone = 0n
  let ownWhole = 0n
  adjustments.forEach((adjustment, at) => {
    if (isSpread(input, adjustment.index) || treatmentKey(adjustment.treatment) !== key) return
    ownDone += adjustment.amount
    ownWhole += elementAt(totals.adjustments, at).amount
  })
  return done + portion(own, ownDone, ownWhole, input.rounding)
}

const taxesUpTo = (
  input: TotalsInput,
  total: TaxTotals,
  base: bigint,
  taxing: NonNullable<PartRules['taxes']>,
): readonly bigint[] =>
  taxing === 'anew' && input.prices === 'net' && input.profile === 'per_category'
    ? taxesOnNet(base, readTreatment(total.treatment).rates, input.rounding)
    : total.amounts.map((amount) => portion(amount, base, total.base, input.rounding))

interface Progress {
  readonly done: bigint
  readonly whole: bigint
  readonly isBegun: boolean
  readonly isComplete: boolean
}

const progressOf = (input: TotalsInput, totals: PartedTotals, lines: readonly PartLine[]): Progress => ({
  done: lines.reduce((sum, line) => sum + line.net, 0n),
  whole: totals.lineNet,
  isBegun: lines.length === 0 || lines.some(({ quantity }) => quantity !== 0n),
  isComplete: lines.every(({ quantity }, index) => quantity === input.lines[index]?.quantity.baseUnits),
})

const withChargesUpTo = (
  stretch: Stretch,
  { done, whole, isBegun, isComplete }: Progress,
  when: NonNullable<PartRules['ownTax']>,
  mode: RoundingMode,
): bigint => {
  const all = stretch.to - stretch.from
  switch (when) {
    case 'first':
      return isBegun ? all : 0n
    case 'last':
      return isComplete ? all : 0n
    case 'in_proportion':
      return isComplete ? all : stretchDone(stretch, done, whole, mode)
  }
}

/** What of a discount goes with the lines that are taxed as it is: in proportion to what of them is taxed. */
const withLinesUpTo = (
  stretch: Stretch,
  input: TotalsInput,
  totals: PartedTotals,
  lines: readonly PartLine[],
  treatment: TaxTreatment,
): bigint =>
  isNothing(stretch)
    ? 0n
    : stretchDone(
        stretch,
        taxedUnder(input, lines, treatmentKey(treatment)),
        taxedUnder(input, totals.lines, treatmentKey(treatment)),
        input.rounding,
      )

const keyOfLine = (input: TotalsInput, index: number): string =>
  treatmentKey(elementAt(input.lines, index).tax)

const sharesUnder = (
  input: TotalsInput,
  lines: readonly PartLine[],
  treatment: TaxTreatment,
  adjustment: number,
): bigint => {
  const key = treatmentKey(treatment)
  return lines.reduce(
    (sum, line, index) => (keyOfLine(input, index) === key ? sum + elementAt(line.shares, adjustment) : sum),
    0n,
  )
}

const touches = (input: TotalsInput, lines: readonly PartLine[], treatment: TaxTreatment): boolean => {
  const key = treatmentKey(treatment)
  return lines.some(({ quantity }, index) => quantity !== 0n && keyOfLine(input, index) === key)
}

const sumUp = (
  input: TotalsInput,
  lines: readonly PartLine[],
  adjustments: readonly AdjustmentTotals[],
  taxes: readonly TaxTotals[],
  rounding: bigint,
): PartTotals => {
  const lineNet = lines.reduce((sum, line) => sum + line.net, 0n)
  let discounts = 0n
  let charges = 0n
  for (const { index, amount } of adjustments) {
    if (input.adjustments?.[index]?.kind === 'discount') discounts -= amount
    else charges += amount
  }
  const net = lineNet - discounts + charges
  const tax = taxes.reduce((sum, total) => sum + total.tax, 0n)
  return { lines, adjustments, taxes, lineNet, discounts, charges, net, tax, gross: net + tax, rounding }
}
