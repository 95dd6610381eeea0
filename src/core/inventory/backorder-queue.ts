import type { LineId } from '../ids/ids.js'
import type { Work } from '../plan.js'
import type { DerivedKind } from '../record-kind.js'
import type { Instant } from '../time/instant.js'
import type { MovementSource } from './stock-level.js'

/** A promise that has no goods yet: of an order's line, or of a hold. Quantities in base units of the level's SKU. */
export interface WaitingPromise {
  readonly source: MovementSource
  readonly line?: LineId
  readonly quantity: number
  /** When it was promised; goods that were lost to a count keep their first promise, and so their place in line. */
  readonly since: Instant
  /** Served before lower ones; kept only where the setting `backorders` goes by priority. */
  readonly priority?: number
}

/** Who waits for the goods of one level, longest first: the set that filling decides on, so it is locked like any other record (F57). */
export interface BackorderQueue {
  readonly promises: readonly WaitingPromise[]
  /** Some of them could be filled now and were left to the next commit. */
  readonly fillable: boolean
}

export const backorderQueueKind: DerivedKind<BackorderQueue> = {
  name: 'backorder_queue',
  entries: (queue) => ({ status: queue.fillable ? 'fillable' : 'waiting' }),
  derived: true,
}

const sameSource = (left: MovementSource, right: MovementSource): boolean =>
  left.kind === right.kind && left.id === right.id

/** Adds a promise behind all that are as old or older. One that waits already under the same name waits for more. */
export const joinQueue = (
  promises: readonly WaitingPromise[],
  added: WaitingPromise,
): readonly WaitingPromise[] => {
  const known = promises.findIndex(
    (promise) =>
      sameSource(promise.source, added.source) &&
      promise.line === added.line &&
      promise.since === added.since,
  )
  const existing = promises[known]
  if (existing !== undefined) {
    return promises.with(known, { ...existing, quantity: existing.quantity + added.quantity })
  }
  const place = promises.findLastIndex((promise) => promise.since <= added.since) + 1
  return promises.toSpliced(place, 0, added)
}

/** Takes up to `quantity` of the promises of a line or a hold off the queue; answers what was taken. Who gives up gives up the youngest first. */
export const leaveQueue = (
  promises: readonly WaitingPromise[],
  { source, line }: Pick<WaitingPromise, 'source' | 'line'>,
  quantity: number,
  first: 'oldest' | 'youngest',
): { readonly promises: readonly WaitingPromise[]; readonly left: readonly WaitingPromise[] } => {
  const left: WaitingPromise[] = []
  let rest = quantity
  const kept = (first === 'oldest' ? promises : promises.toReversed()).flatMap((promise) => {
    if (rest === 0 || !sameSource(promise.source, source) || promise.line !== line) return [promise]
    const taken = Math.min(rest, promise.quantity)
    rest -= taken
    left.push({ ...promise, quantity: taken })
    return taken === promise.quantity ? [] : [{ ...promise, quantity: promise.quantity - taken }]
  })
  return { promises: first === 'oldest' ? kept : kept.reverse(), left }
}

/** Who gets the next `quantity` base units: at most `most` promises, whole or in part, by priority and then by how long they have waited. */
export const nextInLine = (
  promises: readonly WaitingPromise[],
  quantity: number,
  most: number,
): readonly WaitingPromise[] => {
  const served: WaitingPromise[] = []
  let rest = quantity
  for (const promise of inServingOrder(promises)) {
    if (rest === 0 || served.length === most) break
    const given = Math.min(rest, promise.quantity)
    rest -= given
    served.push({ ...promise, quantity: given })
  }
  return served
}

/** The queue as it will be served. */
export const inServingOrder = (promises: readonly WaitingPromise[]): readonly WaitingPromise[] =>
  promises.some(({ priority }) => priority !== undefined)
    ? promises.toSorted((left, right) => (right.priority ?? 0) - (left.priority ?? 0))
    : promises

/** Keeps the queue as it is now; one that nobody stands in is gone. */
export const putQueue = (
  work: Work,
  id: string,
  promises: readonly WaitingPromise[],
  fillable: boolean,
): void => {
  if (promises.length === 0) work.erase(backorderQueueKind, id)
  else work.put(backorderQueueKind, id, { promises, fillable })
}

/** All units that wait here; none where there is no queue. */
export const queuedUnits = (queue: BackorderQueue | undefined): number =>
  queue?.promises.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0

/** What of a source's promises, of all its lines, waits here. */
export const waitingOf = (promises: readonly WaitingPromise[], source: MovementSource): number =>
  promises.reduce((sum, promise) => (sameSource(promise.source, source) ? sum + promise.quantity : sum), 0)
