import { partTotals, type PartTotals } from '../totals/part-totals.js'
import { readAmounts, totalsInputOf } from '../totals/stored-totals.js'
import type { Order } from './order.js'
import type { OrderLine } from './order-line.js'

/**
 * What the units of an order between two states of its lines come to, its taxes and its share of discounts and charges included. Undefined where no
 * amounts were calculated: its parts come to the sum of their lines.
 */
export const orderPart = (
  order: Order,
  before: (line: OrderLine) => number,
  after: (line: OrderLine) => number,
): PartTotals | undefined => {
  const { calculation, totals } = order
  if (calculation === undefined || totals === undefined) return undefined
  return partTotals(
    totalsInputOf(order, calculation),
    readAmounts(order.lines, totals),
    order.lines.map((line) => BigInt(before(line))),
    order.lines.map((line) => BigInt(after(line))),
    { ownTax: calculation.ownTaxCharges },
  )
}
