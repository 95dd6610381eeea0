import { backInStockKind, type BackInStockRequest } from '../core/inventory/back-in-stock.js'
import { freeOf } from '../core/inventory/free-stock.js'
import { stockKind, stockLevelId, type StockLevel } from '../core/inventory/stock-level.js'
import type { TenantId } from '../core/ids/ids.js'
import { eachPage } from '../core/pages.js'
import type { Clock } from '../core/ports/clock.js'
import { largestPage, type Storage } from '../core/ports/storage.js'
import type { Milliseconds } from '../core/time/instant.js'
import { CommandFailed, type Answer } from './answer.js'
import { withinDeadline } from './within-deadline.js'

export interface BackInStockSweepParts {
  readonly storage: Pick<Storage, 'find' | 'read'>
  readonly clock: Pick<Clock, 'now' | 'after'>
  readonly deadline: Milliseconds
  /** Runs the command that tells some of those who wait for one level. */
  readonly tell: (level: Pick<StockLevel, 'sku' | 'location'>) => Promise<Answer<{ readonly told: number }>>
}

/**
 * Tells the customers who were not told in the commit that brought the goods: those beyond what one commit tells, and those for whom goods came free
 * in another way (F46). Which levels have some is a hint; the command decides. Any number of sweepers may run at once.
 */
export const sweepBackInStock = async (parts: BackInStockSweepParts, tenant: TenantId): Promise<number> => {
  let told = 0
  for (const level of await levelsWaitedFor(parts, tenant)) {
    for (;;) {
      const answer = await parts.tell(level)
      if (!answer.ok) throw new CommandFailed(answer.error)
      if (answer.value.told === 0) break
      told += answer.value.told
    }
  }
  return told
}

/** The levels that somebody waits for and that have something to give. */
const levelsWaitedFor = async (
  { storage, clock, deadline }: BackInStockSweepParts,
  tenant: TenantId,
): Promise<readonly Pick<StockLevel, 'sku' | 'location'>[]> => {
  const waitedFor = new Map<string, Pick<StockLevel, 'sku' | 'location'>>()
  const pages = eachPage((from) =>
    withinDeadline(clock, deadline, () =>
      storage.find(tenant, {
        kind: backInStockKind.name,
        where: { status: 'waiting' },
        limit: largestPage,
        ...from,
      }),
    ),
  )
  for await (const requests of pages) {
    for (const { state } of requests) {
      const { sku, location } = state as BackInStockRequest
      waitedFor.set(stockLevelId(location, sku), { sku, location })
    }
  }
  if (waitedFor.size === 0) return []
  const keys = [...waitedFor.keys()].map((id) => ({ kind: stockKind.name, id }))
  const levels = await withinDeadline(clock, deadline, () => storage.read(tenant, keys))
  return levels
    .map((record) => record.state as StockLevel)
    .filter((level) => freeOf(level) > 0)
    .map(({ sku, location }) => ({ sku, location }))
}
