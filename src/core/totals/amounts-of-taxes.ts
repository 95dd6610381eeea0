import type { CurrencyCode } from '../money/currency.js'
import { add, sumOf, zero } from '../money/money.js'
import type { DocumentAmounts, TaxAmount } from './calculation.js'

/** The amounts of a document that has nothing but lines under these taxes: no discounts and charges of its own, and not rounded to coins. */
export const amountsOfTaxes = (taxes: readonly TaxAmount[], currency: CurrencyCode): DocumentAmounts => {
  const nothing = zero(currency)
  const net = sumOf(
    taxes.map(({ base }) => base),
    currency,
  )
  const tax = sumOf(
    taxes.map((one) => one.tax),
    currency,
  )
  return {
    lineNet: net,
    discounts: nothing,
    charges: nothing,
    net,
    tax,
    gross: add(net, tax),
    rounding: nothing,
    adjustments: [],
    taxes,
  }
}
