import { invariant } from '../invariant.js'
import { compareLots, freeOf, type StockLot, type StockLots } from './stock-lots.js'

/** What must be true of the lots of every stock level that a command leaves behind (ST14), whatever led there. */
export const assertStockLots = ({ lots }: StockLots): void => {
  let before: StockLot | undefined
  for (const lot of lots) {
    invariant(
      lot.onHand > 0 && lot.allocated >= 0 && lot.quarantined >= 0 && freeOf(lot) >= 0,
      'no more of a lot is set aside than is there',
    )
    invariant(before === undefined || compareLots(before, lot) < 0, 'lots stand in order')
    before = lot
  }
}
