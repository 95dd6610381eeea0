import type { LocationId, Sku, TenantId } from '../core/ids/ids.js'
import { backorderQueueKind } from '../core/inventory/backorder-queue.js'
import type { Clock } from '../core/ports/clock.js'
import { largestPage, type Storage } from '../core/ports/storage.js'
import type { Milliseconds } from '../core/time/instant.js'
import { CommandFailed, type Answer } from './answer.js'
import { withinDeadline } from './within-deadline.js'

export interface BackorderSweepParts {
  readonly storage: Pick<Storage, 'find'>
  readonly clock: Pick<Clock, 'now' | 'after'>
  readonly deadline: Milliseconds
  /** Runs the command that fills some of the queue of one level. */
  readonly fill: (level: {
    readonly sku: Sku
    readonly location: LocationId
  }) => Promise<Answer<{ readonly filled: number; readonly more: boolean }>>
}

/**
 * Fills the queues that were too long for the commit that brought the goods (F57); answers how many promises were served. Which queues those are is a
 * hint; the command decides, so any number of sweepers may run at once.
 */
export const sweepBackorders = async (parts: BackorderSweepParts, tenant: TenantId): Promise<number> => {
  const { storage, clock, deadline, fill } = parts
  const page = await withinDeadline(clock, deadline, () =>
    storage.find(tenant, {
      kind: backorderQueueKind.name,
      where: { status: 'fillable' },
      limit: largestPage,
    }),
  )
  let filled = 0
  for (const { key } of page.items) {
    const slash = key.id.indexOf('/')
    const level = { location: key.id.slice(0, slash) as LocationId, sku: key.id.slice(slash + 1) as Sku }
    for (;;) {
      const answer = await fill(level)
      if (!answer.ok) throw new CommandFailed(answer.error)
      filled += answer.value.filled
      if (!answer.value.more) break
    }
  }
  return filled
}
