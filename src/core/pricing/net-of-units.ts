import { minimum, type Money } from '../money/money.js'
import { extendPrice } from '../money/unit-price.js'
import type { PricedLine } from './price-lines.js'

/**
 * What so many base units of a line cost together, without its other units. All of a line cost its `net`; for a part of a split line that is its share of the whole,
 * which the unit price alone may miss by a cent.
 */
export const netOfUnits = (line: PricedLine, quantity: number): Money => {
  if (quantity === line.quantity) return line.net
  const net = extendPrice(
    line.unitPrice,
    { baseUnits: BigInt(quantity), digits: line.unit.digits },
    'half_up',
  )
  return line.splitFrom === undefined ? net : minimum(net, line.net)
}
