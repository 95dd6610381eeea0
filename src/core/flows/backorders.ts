import type { LineId } from '../ids/ids.js'
import {
  backorderQueueKind,
  joinQueue,
  leaveQueue,
  putQueue,
  type WaitingPromise,
} from '../inventory/backorder-queue.js'
import { releaseStock } from '../inventory/release-stock.js'
import { demandByLevel, type Demand } from '../inventory/reserve-stock.js'
import { stockKind, stockLevelId, type MovementSource } from '../inventory/stock-level.js'
import { invariant, present } from '../invariant.js'
import type { Work } from '../plan.js'
import type { Instant } from '../time/instant.js'

type Level = Pick<Demand, 'sku' | 'location'>

/** A promise that is given back; `waiting` of it has no goods, on behalf of `line` where an order has lines. */
export interface GivenBack extends Demand {
  readonly line?: LineId
  readonly waiting: number
}

/** Puts promises that have no goods yet into the queue of their level: those made now behind all who wait there, older ones at their place. */
export const waitForStock = (
  work: Work,
  level: Level,
  promises: readonly WaitingPromise[],
  now: Instant,
): void => {
  const id = stockLevelId(level.location, level.sku)
  const queue = work.find(backorderQueueKind, id)?.state
  let waiting = queue?.promises ?? []
  for (const promise of promises) {
    const last = waiting.at(-1)?.since ?? promise.since
    // A clock that goes back lets nobody in before others.
    const since = promise.since === now && last > now ? last : promise.since
    waiting = joinQueue(waiting, { ...promise, since })
  }
  work.put(backorderQueueKind, id, { promises: waiting, fillable: queue?.fillable ?? false })
}

/** Takes promises that have no goods off the queue of their level; answers what was taken: nothing where nobody has come to wait yet. */
export const stopWaiting = (
  work: Work,
  level: Level,
  whose: Pick<WaitingPromise, 'source' | 'line'>,
  quantity: number,
): readonly WaitingPromise[] => {
  const id = stockLevelId(level.location, level.sku)
  const queue = work.find(backorderQueueKind, id)?.state
  if (queue === undefined) return []
  const { promises, left } = leaveQueue(queue.promises, whose, quantity, 'youngest')
  if (left.length > 0) putQueue(work, id, promises, queue.fillable)
  return left
}

/** Gives promises back, those that waited and those that had goods; the goods go to those who still wait, in the same commit. */
export const giveBack = (
  work: Work,
  given: readonly GivenBack[],
  source: MovementSource,
  reason: string,
): void => {
  const waiting = new Map<string, number>()
  for (const { sku, location, line, waiting: quantity } of given) {
    if (quantity === 0) continue
    const left = stopWaiting(
      work,
      { sku, location },
      line === undefined ? { source } : { source, line },
      quantity,
    )
    const taken = left.reduce((sum, promise) => sum + promise.quantity, 0)
    invariant(taken === quantity, 'what waits for stock stands in the queue of its level')
    const id = stockLevelId(location, sku)
    waiting.set(id, (waiting.get(id) ?? 0) + quantity)
  }
  releaseStock(work, given, source, reason, waiting)
}

/** What of the promises given back under `source` has no goods, level by level: nothing where nobody waits. */
export const heldBack = (
  work: Work,
  demands: readonly Demand[],
  source: MovementSource,
): readonly GivenBack[] =>
  demandByLevel(demands).map((demand) => {
    const id = stockLevelId(demand.location, demand.sku)
    if (work.find(stockKind, id)?.state.backordered === undefined) return { ...demand, waiting: 0 }
    const queue = present(
      work.find(backorderQueueKind, id)?.state,
      'a level of which promises wait has a queue',
    )
    const own = leaveQueue(queue.promises, { source }, demand.quantity, 'youngest').left
    return { ...demand, waiting: own.reduce((sum, promise) => sum + promise.quantity, 0) }
  })
