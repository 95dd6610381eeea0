import type { Unit } from '../catalog/quantity.js'
import type { CurrencyCode } from '../money/currency.js'
import { fromMinor, toMinor, type Money } from '../money/money.js'
import type { UnitPrice } from '../money/unit-price.js'
import type { TaxTreatment } from '../tax/tax-treatment.js'
import type {
  AgreedAdjustment,
  AgreedDocumentAdjustment,
  Calculation,
  DocumentAmounts,
} from './calculation.js'
import type { DocumentTotals, TaxTotals } from './document-totals.js'
import type { PartedTotals } from './part-totals.js'
import type { Adjustment, TotalsInput } from './totals-input.js'

/** What a line's amounts are computed from. Quantities in base units. */
export interface CalculatedLine {
  readonly quantity: number
  readonly unit: Unit
  readonly unitPrice: UnitPrice
  readonly adjustments?: readonly AgreedAdjustment[]
  readonly tax?: TaxTreatment
}

/** A line with its amounts as they are stored. */
export interface AmountedLine extends CalculatedLine {
  readonly net: Money
  /** Its part of each of the document's discounts and charges: signed, without tax. */
  readonly shares?: readonly Money[]
  /** With tax, its shares included, where that is kept. */
  readonly gross?: Money
}

export interface CalculatedDocument<Line extends CalculatedLine = CalculatedLine> {
  readonly currency: CurrencyCode
  readonly lines: readonly Line[]
  readonly adjustments?: readonly AgreedDocumentAdjustment[]
}

/** How a line is treated that nobody taxes. */
export const untaxed: TaxTreatment = { category: 'O', components: [] }

export const totalsInputOf = (
  { currency, lines, adjustments }: CalculatedDocument,
  { prices, profile, rounding, cashRounding, ownTaxDiscounts }: Calculation,
): TotalsInput => ({
  currency,
  prices,
  profile,
  rounding,
  lines: lines.map((line) => ({
    quantity: { baseUnits: BigInt(line.quantity), digits: line.unit.digits },
    price: line.unitPrice,
    tax: line.tax ?? untaxed,
    ...(line.adjustments !== undefined && { adjustments: line.adjustments.map(readAdjustment) }),
  })),
  ...(adjustments !== undefined && {
    adjustments: adjustments.map((adjustment) => ({
      ...readAdjustment(adjustment),
      ...(adjustment.tax !== undefined && { tax: adjustment.tax }),
    })),
  }),
  ...(ownTaxDiscounts !== undefined && { ownTaxDiscounts }),
  ...(cashRounding !== undefined && {
    cashRounding: { step: BigInt(cashRounding.step), mode: cashRounding.mode },
  }),
})

/** As totals are computed from it: amounts in minor units. */
export const readAdjustment = (adjustment: AgreedAdjustment): Adjustment =>
  'percent' in adjustment
    ? { kind: adjustment.kind, percent: adjustment.percent }
    : { kind: adjustment.kind, amount: toMinor(adjustment.amount) }

type Sums = Omit<DocumentTotals, 'lines' | 'prepaid' | 'due'>

/** Totals as a document stores them. */
export const storedAmounts = (totals: Sums, currency: CurrencyCode): DocumentAmounts => {
  const money = (minor: bigint): Money => fromMinor(minor, currency)
  return {
    lineNet: money(totals.lineNet),
    discounts: money(totals.discounts),
    charges: money(totals.charges),
    net: money(totals.net),
    tax: money(totals.tax),
    gross: money(totals.gross),
    rounding: money(totals.rounding),
    adjustments: totals.adjustments.map(({ index, treatment, amount }) => ({
      index,
      tax: treatment,
      amount: money(amount),
    })),
    taxes: totals.taxes.map(({ treatment, base, amounts, tax }) => ({
      treatment,
      base: money(base),
      amounts: amounts.map(money),
      tax: money(tax),
    })),
  }
}

/** Stored totals as far as parts of the document are computed from them. */
export const readAmounts = (lines: readonly AmountedLine[], amounts: DocumentAmounts): PartedTotals => ({
  lineNet: toMinor(amounts.lineNet),
  lines: lines.map(({ net, shares = [], gross }) => ({
    net: toMinor(net),
    shares: shares.map(toMinor),
    ...(gross !== undefined && { gross: toMinor(gross) }),
  })),
  adjustments: amounts.adjustments.map(({ index, tax, amount }) => ({
    index,
    treatment: tax,
    amount: toMinor(amount),
  })),
  taxes: readTaxes(amounts),
})

export const readTaxes = ({ taxes }: Pick<DocumentAmounts, 'taxes'>): readonly TaxTotals[] =>
  taxes.map(({ treatment, base, amounts, tax }) => ({
    treatment,
    base: toMinor(base),
    amounts: amounts.map(toMinor),
    tax: toMinor(tax),
  }))
