import { toMinor, type Money } from '../money/money.js'
import { netOfUnits } from '../pricing/net-of-units.js'
import type { DocumentAmounts } from '../totals/calculation.js'
import {
  sumOfWithholdings,
  withheldBetween,
  withholdingBases,
  type Withholding,
  type WithholdingBases,
} from '../totals/withholdings.js'
import { orderPart } from './order-part.js'
import type { OrderLine } from './order-line.js'
import type { Order } from './order.js'

/** What is withheld of the next invoice of an order that comes to so much; undefined where nothing is. */
export const withheldOfNext = (
  order: Order,
  next: { readonly total: Money; readonly totals?: DocumentAmounts },
): readonly Withholding[] | undefined => {
  if (order.withholdings === undefined) return undefined
  const before = basesUpTo(order, ({ invoiced }) => invoiced)
  const { net, tax } = withholdingBases(next.total, next.totals)
  const after = { net: before.net + net, tax: before.tax + tax }
  const withheld = withheldBetween(order.withholdings, before, after, order.currency, order.calculation)
  return withheld.length > 0 ? withheld : undefined
}

/** What is withheld of all of an order that is not canceled. */
export const withheldOfOrder = (order: Order): Money => {
  const { withholdings = [], currency, calculation } = order
  const all = basesUpTo(order, ({ quantity, canceled }) => quantity - canceled)
  const withheld = withheldBetween(withholdings, { net: 0n, tax: 0n }, all, currency, calculation)
  return sumOfWithholdings(withheld, currency)
}

/** What so many units of each line come to, without tax and in tax. */
export const basesUpTo = (order: Order, unitsOf: (line: OrderLine) => number): WithholdingBases =>
  orderPart(order, () => 0, unitsOf) ?? {
    net: order.lines.reduce((sum, line) => sum + toMinor(netOfUnits(line, unitsOf(line))), 0n),
    tax: 0n,
  }
