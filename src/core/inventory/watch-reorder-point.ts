import { present } from '../invariant.js'
import type { Work } from '../plan.js'
import { inventoryPosition } from './reorder-rule.js'
import { stockKind } from './stock-level.js'

/**
 * Tells the business, in the commit that crosses the reorder point, that a level is due for an order (M39, M122, F45): once, until the level has
 * risen above the point. Decided on what all steps of the command together have left: goods that were expected and come in change nothing of the
 * position, though it moves for a moment between the two.
 */
export const watchReorderPoint = (work: Work, id: string): void => {
  work.atEnd(`reorder point of ${id}`, () => {
    const level = present(work.find(stockKind, id)?.state, 'a level that is watched is known')
    const { point, due } = present(level.reorder, 'no command takes away the rule that it has made watched')
    const position = inventoryPosition(level)
    if (position > point) {
      if (due) work.append(stockKind, id, [{ type: 'RestockCovered', position, point }])
      return
    }
    if (due) return
    work.append(stockKind, id, [{ type: 'RestockDue', position, point }])
    work.send({
      about: { kind: stockKind.name, id },
      topic: 'restock_due',
      data: { sku: level.sku, location: level.location, position, point },
    })
  })
}
