import { invariant } from '../invariant.js'
import type { CountedGoods } from './counted-goods.js'
import type { StockCount } from './stock-count.js'

/** What must be true of every stock count that a command leaves behind, whatever led there. */
export const assertStockCount = ({ status, lines, approvedBy }: StockCount): void => {
  const isOpen = status === 'open' || status === 'canceled'
  for (const { found } of lines) {
    invariant(isOpen || found !== undefined, 'a count is whole before it is booked')
    if (found === undefined) continue
    const { counted, expected, goods, by } = found
    invariant(
      counted >= 0 && (goods === undefined || differenceIn(goods) === counted - expected),
      'ST14 lots or pieces add up',
    )
    invariant(by.id !== approvedBy?.id || by.kind !== approvedBy.kind, 'nobody approves their own count')
  }
}

const differenceIn = (goods: CountedGoods): number =>
  goods.tracking === 'serial'
    ? goods.found.length - goods.missing.length
    : goods.lots.reduce((sum, { quantity }) => sum + quantity, 0)
