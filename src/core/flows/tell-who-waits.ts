import type { GatherContext } from '../command.js'
import type { Key } from '../ids/key.js'
import { backInStockKind } from '../inventory/back-in-stock.js'
import { freeOf } from '../inventory/free-stock.js'
import { stockKind } from '../inventory/stock-level.js'
import type { Work } from '../plan.js'

/** Who waits for a level, as many as one commit tells. A hint, read without a lock: whoever is left out is told by the sweep. */
export const whoWaits = (
  { find, settings }: Pick<GatherContext, 'find' | 'settings'>,
  level: string,
): Promise<readonly Key[]> =>
  find(backInStockKind.name, { waitingFor: level }, settings.limits.backInStockPerCommit)

/**
 * Tells those who wait that a level has goods again, in the commit that brought them (F46). Asks at the end of the plan, when backorders have been
 * filled.
 */
export const tellAtEnd = (work: Work, level: string, waiting: readonly Key[]): void => {
  if (waiting.length === 0) return
  work.atEnd(`who waits for ${level}`, () => {
    tellWhoWaits(work, level, waiting)
  })
}

/** Tells each of those who still wait, once; none while what is there belongs to others already. Answers how many. */
export const tellWhoWaits = (work: Work, level: string, waiting: readonly Key[]): number => {
  const stock = work.find(stockKind, level)?.state
  if (stock === undefined || freeOf(stock) <= 0) return 0
  let told = 0
  for (const { id } of waiting) {
    if (work.find(backInStockKind, id)?.state.status !== 'waiting') continue
    const { sku, location, party } = work.append(backInStockKind, id, [{ type: 'BackInStockTold' }])
    work.send({
      about: { kind: backInStockKind.name, id },
      topic: 'back_in_stock',
      data: { sku, location, party },
    })
    told += 1
  }
  return told
}
