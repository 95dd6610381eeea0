import type { OrderId, OrderNumber } from '../ids/ids.js'
import { canonicalJson } from '../canonical-json.js'
import type { CurrencyCode } from '../money/currency.js'
import { add, sumOf, zero, type Money } from '../money/money.js'
import type { DocumentAmounts } from '../totals/calculation.js'
import { amountsOfTaxes } from '../totals/amounts-of-taxes.js'
import { untaxed } from '../totals/stored-totals.js'
import { addAmounts } from '../totals/sum-amounts.js'
import type { Withholding } from '../totals/withholdings.js'
import type { BilledPart, CalculatedAmounts, InvoiceContent, InvoiceLine } from './invoice.js'

/** What is billed of one order, as an invoice of that order alone would claim it. */
export interface BilledOrder extends CalculatedAmounts {
  readonly order: OrderId
  readonly orderNumber: OrderNumber
  readonly purchaseOrder?: string
  readonly lines: readonly InvoiceLine[]
  readonly total: Money
}

type Consolidated = CalculatedAmounts & Pick<InvoiceContent, 'purchaseOrder' | 'lines' | 'parts' | 'total'>

/**
 * One document of what is billed of several orders: their lines, discounts and charges one after the other, and each amount the sum of theirs. No amount is
 * computed anew, so each order is claimed to the cent what it would be alone, and what was rounded by order stays rounded by order.
 */
export const consolidate = (billed: readonly BilledOrder[], currency: CurrencyCode): Consolidated => {
  const adjustments = billed.flatMap((order) => order.adjustments ?? [])
  const calculation = billed.find((order) => order.calculation !== undefined)?.calculation
  const withholdings = sumOfEach(billed.flatMap((order) => order.withholdings ?? []))
  const taxPlace = sameOf(billed.map((order) => order.taxPlace))
  const taxedBy = sameOf(billed.map((order) => order.taxedBy))
  const purchaseOrder = sameOf(billed.map((order) => order.purchaseOrder))
  return {
    ...(purchaseOrder !== undefined && { purchaseOrder }),
    lines: billed.flatMap(({ order, lines }) => lines.map((line) => ({ ...line, order }))),
    parts: billed.map(partFrom),
    ...(adjustments.length > 0 && { adjustments }),
    ...(taxPlace !== undefined && { taxPlace }),
    ...(taxedBy !== undefined && { taxedBy }),
    ...(calculation !== undefined && { calculation, totals: sumOfTotals(billed, currency) }),
    ...(withholdings.length > 0 && { withholdings }),
    total: sumOf(
      billed.map(({ total }) => total),
      currency,
    ),
  }
}

const partFrom = ({
  order,
  orderNumber,
  purchaseOrder,
  lines,
  adjustments = [],
  taxPlace,
  taxedBy,
  totals,
  withholdings,
  total,
}: BilledOrder): BilledPart => ({
  order,
  orderNumber,
  ...(purchaseOrder !== undefined && { purchaseOrder }),
  lines: lines.length,
  adjustments: adjustments.length,
  ...(taxPlace !== undefined && { taxPlace }),
  ...(taxedBy !== undefined && { taxedBy }),
  ...(totals !== undefined && { totals }),
  ...(withholdings !== undefined && { withholdings }),
  total,
})

/** What all of them have; nothing where they differ. */
const sameOf = <Value>([first, ...others]: readonly Value[]): Value | undefined =>
  others.every((other) => canonicalJson(other ?? null) === canonicalJson(first ?? null)) ? first : undefined

/** Withholdings of one name, percentage and base are one on the document; each order keeps its own in its part. */
const sumOfEach = (withholdings: readonly Withholding[]): readonly Withholding[] => {
  const sums = new Map<string, Withholding>()
  for (const withholding of withholdings) {
    const { name, percent, on, base, amount } = withholding
    const key = canonicalJson([name, percent, on])
    const known = sums.get(key)
    sums.set(
      key,
      known === undefined
        ? withholding
        : { ...known, base: add(known.base, base), amount: add(known.amount, amount) },
    )
  }
  return [...sums.values()]
}

const sumOfTotals = (billed: readonly BilledOrder[], currency: CurrencyCode): DocumentAmounts => {
  let sum = amountsOfTaxes([], currency)
  let place = 0
  for (const { totals, total, adjustments = [] } of billed) {
    sum = addAmounts(sum, placedAt(place, totals ?? untaxedTotals(currency, total)))
    place += adjustments.length
  }
  return sum
}

/** The places of an order's discounts and charges among those of the whole document. */
const placedAt = (place: number, totals: DocumentAmounts): DocumentAmounts => ({
  ...totals,
  adjustments: totals.adjustments.map((adjustment) => ({ ...adjustment, index: adjustment.index + place })),
})

/** An order that comes to the sum of its lines, as a part of a document that says what is taxed how. */
const untaxedTotals = (currency: CurrencyCode, total: Money): DocumentAmounts =>
  amountsOfTaxes([{ treatment: untaxed, base: total, amounts: [], tax: zero(currency) }], currency)
