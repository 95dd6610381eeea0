import type { Work } from '../plan.js'
import { granted } from '../result.js'
import { demandByLevel, move, type Demand } from './reserve-stock.js'
import { stockLevelId, type MovementSource } from './stock-level.js'

/** Gives promised stock back, with one movement per level (ST10). `waiting` is what of it had no goods, and has left the queues before. */
export const releaseStock = (
  work: Work,
  demands: readonly Demand[],
  source: MovementSource,
  reason: string,
  waiting: ReadonlyMap<string, number>,
): void => {
  for (const demand of demandByLevel(demands)) {
    const backordered = waiting.get(stockLevelId(demand.location, demand.sku))
    const released = move(work, demand, {
      type: 'ReleaseStock',
      quantity: demand.quantity,
      source,
      reason,
      ...(backordered !== undefined && { backordered }),
    })
    granted(released, 'what was promised can be given back')
  }
}
