import type { WrittenQuantity } from '../core/catalog/quantity.js'
import { stockLotsKind, type StockLots } from '../core/inventory/stock-lots.js'
import type { TenantId } from '../core/ids/ids.js'
import { eachPage } from '../core/pages.js'
import type { Clock } from '../core/ports/clock.js'
import { largestPage, type Storage } from '../core/ports/storage.js'
import type { Milliseconds } from '../core/time/instant.js'
import { dateOf, plusDays } from '../core/time/local-date.js'
import { CommandFailed, type Answer } from './answer.js'
import { withinDeadline } from './within-deadline.js'

export interface ExpirySweepParts {
  readonly storage: Pick<Storage, 'find'>
  readonly clock: Pick<Clock, 'now' | 'after'>
  readonly deadline: Milliseconds
  /** Runs the command that takes expired goods of one level out of what is available. */
  readonly quarantine: (
    level: Pick<StockLots, 'sku' | 'location'>,
  ) => Promise<Answer<{ readonly quarantined: WrittenQuantity }>>
}

/**
 * Takes goods that have become too old to be sold into quarantine (F37); answers at how many levels it found some. Which levels have some is a hint by this
 * process's clock; the command decides by the store's, so any number of sweepers may run at once.
 */
export const sweepExpiredGoods = async (parts: ExpirySweepParts, tenant: TenantId): Promise<number> => {
  const { storage, clock, deadline, quarantine } = parts
  const yesterday = plusDays(dateOf(clock.now()), -1)
  let found = 0
  const pages = eachPage((from) =>
    withinDeadline(clock, deadline, () =>
      storage.find(tenant, {
        kind: stockLotsKind.name,
        range: { entry: 'sellableUntil', to: yesterday },
        order: { entry: 'sellableUntil', direction: 'ascending' },
        limit: largestPage,
        ...from,
      }),
    ),
  )
  for await (const expired of pages) {
    for (const { state } of expired) {
      const { sku, location } = state as StockLots
      const answer = await quarantine({ sku, location })
      if (!answer.ok) throw new CommandFailed(answer.error)
      if (Number(answer.value.quarantined) > 0) found += 1
    }
  }
  return found
}
