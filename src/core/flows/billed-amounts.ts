import { sumBy } from '../catalog/quantity.js'
import type { CalculatedAmounts, InvoiceLine } from '../invoicing/invoice.js'
import { deductedOf } from '../invoicing/invoice-amounts.js'
import { elementAt } from '../invariant.js'
import type { CurrencyCode } from '../money/currency.js'
import { add, fromMinor, isZero, subtract, sumOf, toMinor, type Money } from '../money/money.js'
import { orderPart } from '../orders/order-part.js'
import type { Order } from '../orders/order.js'
import type { LineQuantity, OrderLine } from '../orders/order-line.js'
import { dueOfNext, standingDeposits, untaxedAmount } from '../orders/unclaimed.js'
import { withheldWithDeposits } from '../orders/withheld-deposits.js'
import { withheldOfNext } from '../orders/withheld.js'
import { netOfUnits } from '../pricing/net-of-units.js'
import { daysOfUnits } from '../pricing/recurring.js'
import type { DocumentAmounts } from '../totals/calculation.js'
import { deductDeposits, type DepositPart } from '../totals/deposit.js'
import type { PartTotals } from '../totals/part-totals.js'
import { readTaxes, storedAmounts } from '../totals/stored-totals.js'

/** What units of an order come to when they are billed next, and what they deduct of its deposit invoices. */
export const billedAmounts = (order: Order, billed: readonly LineQuantity[]): BilledAmounts => {
  const quantities = sumBy(
    billed,
    (one) => one.line,
    (one) => one.quantity,
  )
  const claimed = claimedAmounts(order, quantities)
  if (order.depositInvoices === undefined) {
    const withholdings = withheldOfNext(order, claimed)
    return withholdings === undefined ? claimed : { ...claimed, withholdings }
  }
  const { total, totals } = claimed
  const taxes = totals === undefined ? untaxedAmount(toMinor(total)) : readTaxes(totals)
  const deducted = deductDeposits(standingDeposits(order), taxes, order.currency)
  const { deducted: parts, ...withheld } = withheldWithDeposits(order, claimed, deducted)
  return withDeductions(order, { ...claimed, ...withheld }, parts)
}

const claimedAmounts = (order: Order, quantities: ReadonlyMap<string, number>): BilledAmounts => {
  const whole = wholeOrder(order, quantities)
  if (whole !== undefined) return calculatedAmounts(order, quantities, whole, order.lines)
  const part = orderPart(
    order,
    (line) => line.invoiced,
    (line) => line.invoiced + (quantities.get(line.id) ?? 0),
  )
  if (part === undefined) return plainAmounts(order, quantities)
  const totals = storedAmounts(part, order.currency)
  return calculatedAmounts(order, quantities, totals, storedLines(part, order.currency))
}

/** The amounts of an order that is billed all at once: they stand there already, and need no second calculation. */
const wholeOrder = (
  { lines, totals, calculation }: Order,
  quantities: ReadonlyMap<string, number>,
): DocumentAmounts | undefined => {
  // What lines come to with the tax in their prices is not kept with an order.
  if (totals === undefined || calculation?.prices === 'gross') return undefined
  if (totals.adjustments.some(({ amount }) => isZero(amount))) return undefined
  const isWhole = lines.every(
    ({ id, quantity, invoiced }) => invoiced === 0 && quantities.get(id) === quantity,
  )
  return isWhole ? totals : undefined
}

const plainAmounts = (order: Order, quantities: ReadonlyMap<string, number>): BilledAmounts => {
  const lines = order.lines.flatMap((line) => {
    const quantity = quantities.get(line.id)
    return quantity === undefined ? [] : [plainLine(line, quantity)]
  })
  return {
    lines,
    total: sumOf(
      lines.map((line) => line.net),
      order.currency,
    ),
  }
}

/**
 * With deposits, what is due is rounded to coins anew: so that what all documents claim together is always what coins can pay, and never more is deducted
 * than is due.
 */
const withDeductions = (
  order: Order,
  amounts: BilledAmounts,
  deducted: readonly DepositPart[],
): BilledAmounts => {
  const { totals } = amounts
  const { currency, calculation } = order
  const claimed = deducted.length > 0 && { deducted }
  if (totals === undefined || calculation?.cashRounding === undefined) return { ...amounts, ...claimed }
  const gross = deducted.reduce((left, { net, tax }) => subtract(subtract(left, net), tax), totals.gross)
  const due = fromMinor(dueOfNext(order, toMinor(gross)), currency)
  const total = add(due, deductedOf(deducted, currency))
  return { ...amounts, ...claimed, totals: { ...totals, rounding: subtract(total, totals.gross) }, total }
}

/** The lines and amounts of what is billed. */
export interface BilledAmounts extends CalculatedAmounts {
  readonly lines: readonly InvoiceLine[]
  readonly total: Money
  /** Absent where there is none. */
  readonly deducted?: readonly DepositPart[]
}

const plainLine = (line: OrderLine, quantity: number): InvoiceLine => ({
  line: line.id,
  sku: line.sku,
  name: line.name,
  unit: line.unit,
  quantity,
  unitPrice: line.unitPrice,
  net: subtract(netOfUnits(line, line.invoiced + quantity), netOfUnits(line, line.invoiced)),
  ...periodOf(line, quantity),
})

/** The days that the next units of a line are of, where it is sold by the period. */
const periodOf = ({ recurring, invoiced }: OrderLine, quantity: number): Pick<InvoiceLine, 'period'> =>
  recurring === undefined ? {} : { period: daysOfUnits(recurring, invoiced, invoiced + quantity) }

type LineAmounts = Pick<InvoiceLine, 'net' | 'shares' | 'gross'>

const storedLines = ({ lines }: PartTotals, currency: CurrencyCode): readonly LineAmounts[] =>
  lines.map(({ net, shares, gross }) => ({
    net: fromMinor(net, currency),
    ...(gross !== undefined && { gross: fromMinor(gross, currency) }),
    ...(shares.length > 0 && { shares: shares.map((share) => fromMinor(share, currency)) }),
  }))

const calculatedAmounts = (
  order: Order,
  quantities: ReadonlyMap<string, number>,
  totals: DocumentAmounts,
  amounts: readonly LineAmounts[],
): BilledAmounts => {
  const { calculation, adjustments, taxPlace, taxedBy } = order
  const lines: InvoiceLine[] = []
  for (const [index, line] of order.lines.entries()) {
    const quantity = quantities.get(line.id)
    if (quantity !== undefined) lines.push(billedLine(line, quantity, elementAt(amounts, index)))
  }
  return {
    lines,
    ...(adjustments !== undefined && { adjustments }),
    ...(taxPlace !== undefined && { taxPlace }),
    ...(taxedBy !== undefined && { taxedBy }),
    ...(calculation !== undefined && { calculation }),
    totals,
    total: add(totals.gross, totals.rounding),
  }
}

/** Most lines have nothing but a tax. The fields stand in the order of the canonical form, which then has nothing to put in order. */
const billedLine = (line: OrderLine, quantity: number, { net, shares, gross }: LineAmounts): InvoiceLine => {
  const { id, name, sku, tax, unit, unitPrice, adjustments, recurring } = line
  const isPlain = (adjustments ?? recurring ?? shares ?? gross) === undefined
  if (isPlain && tax !== undefined) return { line: id, name, net, quantity, sku, tax, unit, unitPrice }
  return {
    ...(adjustments !== undefined && { adjustments }),
    ...(gross !== undefined && { gross }),
    line: id,
    name,
    net,
    ...periodOf(line, quantity),
    quantity,
    ...(shares !== undefined && { shares }),
    sku,
    ...(tax !== undefined && { tax }),
    unit,
    unitPrice,
  }
}
