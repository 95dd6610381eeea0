import type { PlanContext } from '../command.js'
import type { WaitingPromise } from '../inventory/backorder-queue.js'
import { askerOf } from '../inventory/keep-back.js'
import { promisable, reserveStock, type Demand } from '../inventory/reserve-stock.js'
import { stockDemandOf } from '../inventory/stock-demand.js'
import { stockKind, stockLevelId, type MovementSource } from '../inventory/stock-level.js'
import type { ReservationId } from '../ids/ids.js'
import { orderKind, type Order } from '../orders/order.js'
import type { LineQuantity, PromisedLack } from '../orders/order-line.js'
import { takenPerUnit } from '../orders/backorders.js'
import { lockAll, type Work } from '../plan.js'
import type { Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { dateOf } from '../time/local-date.js'
import { waitForStock } from './backorders.js'
import { giveBackSurplus, takeHold, takeWaiting, type HeldStock } from './take-held-stock.js'

export type WhenShort = 'refuse' | 'backorder' | 'reduce'

/** What an order was promised: by default all of it, with goods. */
export interface PromisedStock {
  /** The hold that became its reservation. */
  readonly reservation?: ReservationId
  /** Its hold was over, and the stock was found all the same. */
  readonly reacquired?: true
  readonly lacking?: readonly PromisedLack[]
  readonly leftOut?: readonly LineQuantity[]
}

const everything: PromisedStock = {}

/** Promises an order its stock: what it holds already, then what is available, all lines or none unless it may be reduced (ST6, RS8). */
export const promiseStock = (
  work: Work,
  order: Order,
  held: HeldStock | undefined,
  whenShort: WhenShort,
  context: Pick<PlanContext, 'settings' | 'now'>,
): Result<PromisedStock, Refusal> => {
  const source = { kind: orderKind.name, id: order.id }
  const isPlain = order.lines.every((line) => line.components === undefined && line.stocked === undefined)
  if (!isPlain)
    lockLevels(
      work,
      order.lines.flatMap((line) => stockDemandOf(line, 1)),
    )
  const hold = held === undefined ? undefined : takeHold(work, held, order.id, context)
  if (hold !== undefined && !hold.ok) return hold
  const committed = hold?.value.outcome === 'committed' ? hold.value : undefined
  const goodsOnly = whenShort !== 'backorder'
  const leftOut = whenShort === 'reduce' ? shortUnits(work, order, committed?.demands ?? [], context) : []
  const demands = isPlain && leftOut.length === 0 ? order.lines : demandsOf(order, leftOut)
  if (committed !== undefined) giveBackSurplus(work, committed, demands)
  const reserved = reserveStock(work, demands, source, {
    today: dateOf(context.now),
    goodsOnly,
    asker: askerOf(work, order),
    ...(committed !== undefined && { held: committed.demands }),
  })
  if (!reserved.ok) return reserved
  const carried = committed === undefined ? undefined : takeWaiting(work, committed)
  const waits = reserved.value.length > 0 || (carried !== undefined && carried.size > 0)
  if (!waits && leftOut.length === 0 && hold === undefined) return ok(everything)
  return ok({
    ...(committed !== undefined && { reservation: committed.reservation.id }),
    ...(hold?.value.outcome === 'late' && { reacquired: true }),
    ...(waits && { lacking: putInLine(work, order, leftOut, reserved.value, carried, source, context) }),
    ...(leftOut.length > 0 && { leftOut }),
  })
}

/** The levels of a kit's components are known once its product is: they are asked for all at once. */
export const lockLevels = (work: Work, demands: readonly Demand[]): void =>
  lockAll(
    work,
    stockKind.name,
    demands.map(({ location, sku }) => stockLevelId(location, sku)),
  )

const demandsOf = (order: Order, leftOut: readonly LineQuantity[]): readonly Demand[] => {
  const without = new Map(leftOut.map(({ line, quantity }) => [line, quantity]))
  return order.lines.flatMap((line) => {
    const quantity = line.quantity - (without.get(line.id) ?? 0)
    return quantity === 0 ? [] : stockDemandOf(line, quantity)
  })
}

/** What of each line is not there, whole kits only; earlier lines are served first. Nothing when no line could be served at all: then it is refused. */
const shortUnits = (
  work: Work,
  order: Order,
  held: readonly Demand[],
  context: Pick<PlanContext, 'settings' | 'now'>,
): readonly LineQuantity[] => {
  const left = new Map<string, number>()
  const terms = { goodsOnly: true, today: dateOf(context.now), asker: askerOf(work, order) }
  const leftAt = (location: string, sku: string): number => {
    const id = stockLevelId(location as Demand['location'], sku as Demand['sku'])
    const known = left.get(id)
    if (known !== undefined) return known
    const level = work.find(stockKind, id)?.state
    const own = held.find((demand) => stockLevelId(demand.location, demand.sku) === id)?.quantity ?? 0
    const there = level === undefined ? 0 : Math.max(0, promisable(level, terms))
    left.set(id, there + own)
    return there + own
  }
  const short: LineQuantity[] = []
  let served = 0
  for (const line of order.lines) {
    const parts = stockDemandOf(line, 1)
    const units = parts.reduce(
      (least, part) => Math.min(least, Math.floor(leftAt(part.location, part.sku) / part.quantity)),
      line.quantity,
    )
    served += units
    for (const part of parts) {
      const id = stockLevelId(part.location, part.sku)
      left.set(id, leftAt(part.location, part.sku) - units * part.quantity)
    }
    if (units < line.quantity) short.push({ line: line.id, quantity: line.quantity - units })
  }
  return served === 0 ? [] : short
}

/** Gives each line its part of what has no goods yet, the last lines first, and a place in the queue of its level. */
const putInLine = (
  work: Work,
  order: Order,
  leftOut: readonly LineQuantity[],
  lacks: readonly Demand[],
  carried: ReadonlyMap<string, readonly WaitingPromise[]> | undefined,
  source: MovementSource,
  context: Pick<PlanContext, 'settings' | 'now'>,
): readonly PromisedLack[] => {
  const without = new Map(leftOut.map(({ line, quantity }) => [line, quantity]))
  const waiting = new Map<string, WaitingPromise[]>()
  for (const [id, promises] of carried ?? []) waiting.set(id, [...promises])
  for (const { location, sku, quantity } of lacks) {
    const id = stockLevelId(location, sku)
    waiting.set(id, [...(waiting.get(id) ?? []), { source, quantity, since: context.now }])
  }
  const byPriority = context.settings.backorders === 'priority'
  const lacking: PromisedLack[] = []
  const joining: (() => void)[] = []
  for (const line of order.lines.toReversed()) {
    const units = line.quantity - (without.get(line.id) ?? 0)
    for (const { sku, location } of stockDemandOf(line, 1)) {
      const id = stockLevelId(location, sku)
      const own = takeLast(waiting.get(id) ?? [], units * takenPerUnit(line, sku))
      if (own.length === 0) continue
      const named = own.map((promise) => ({
        ...promise,
        source,
        line: line.id,
        ...(byPriority && order.priority !== undefined && { priority: order.priority }),
      }))
      joining.unshift(() => waitForStock(work, { sku, location }, named, context.now))
      const quantity = own.reduce((sum, promise) => sum + promise.quantity, 0)
      const promisedOn = work.find(stockKind, id)?.state.preorder?.expectedOn
      lacking.unshift({ line: line.id, sku, quantity, ...(promisedOn !== undefined && { promisedOn }) })
    }
  }
  // The last lines are the ones that wait, but of two that wait the first is served first.
  for (const join of joining) join()
  return lacking
}

/** Removes up to `quantity` from the end of the list and answers it. */
const takeLast = (promises: WaitingPromise[], quantity: number): readonly WaitingPromise[] => {
  const taken: WaitingPromise[] = []
  let rest = quantity
  while (rest > 0) {
    const last = promises.pop()
    if (last === undefined) break
    const part = Math.min(rest, last.quantity)
    taken.push({ ...last, quantity: part })
    if (part < last.quantity) promises.push({ ...last, quantity: last.quantity - part })
    rest -= part
  }
  return taken
}
