import { z } from 'zod'
import { writeQuantity, type Unit, type WrittenQuantity } from '../catalog/quantity.js'
import type { GatherContext, PlanContext } from '../command.js'
import type { OrderId, ReservationId, Version } from '../ids/ids.js'
import { present } from '../invariant.js'
import { backorderQueueKind, waitingOf } from '../inventory/backorder-queue.js'
import { backedOf, usableOf } from '../inventory/promised-stock.js'
import { reservationKind } from '../inventory/reservation.js'
import { stockDemandOf } from '../inventory/stock-demand.js'
import { decideStock } from '../inventory/stock-level-decider.js'
import type { StockReceipt } from '../inventory/stock-receipt.js'
import { stockKind, stockLevelId, type MovementSource, type StockEvent } from '../inventory/stock-level.js'
import type { Demand } from '../inventory/reserve-stock.js'
import { lackingOf, takenPerUnit, type LineLack } from '../orders/backorders.js'
import { decideOrder } from '../orders/order-decider.js'
import { openQuantity } from '../orders/order-status.js'
import { orderKind, type Order } from '../orders/order.js'
import { lockAll, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import type { Instant } from '../time/instant.js'
import { waitForStock } from './backorders.js'

/**
 * What to do when goods are gone that are promised: `refuse` (the default), or `backorder`, which takes them from the latest promises that nobody works on
 * yet and puts those at their place in the queue of the level (ST9).
 */
export const shortageSchema = z.enum(['refuse', 'backorder'])

/** Who may have been promised goods of a level, the latest first: read without a lock, to know whose records to lock. */
export interface PromiseHint {
  readonly source: MovementSource
  readonly quantity: number
  readonly since: Instant
}

/** What a level had promised when its ledger was read. */
export interface LevelPromises {
  /** The version of the level then: whoever was promised something after it is not among the hints. */
  readonly version: Version
  /** The latest first. */
  readonly hints: readonly PromiseHint[]
}

/** Nobody has looked. */
export const noPromises: LevelPromises = { version: 0, hints: [] }

/** A promise that lost its goods: so many base units of the level's SKU, of an order's lines or of a hold. */
export interface ShortedPromise {
  readonly order?: OrderId
  readonly reservation?: ReservationId
  readonly quantity: number
}

/** The answer of a command that may take goods from promises: whom it took them from. */
export interface ShortReceipt extends StockReceipt {
  readonly backordered?: readonly {
    readonly order?: OrderId
    readonly reservation?: ReservationId
    readonly quantity: WrittenQuantity
  }[]
}

export const shortReceipt = (
  receipt: StockReceipt,
  shorted: readonly ShortedPromise[],
  unit: Unit,
): ShortReceipt =>
  shorted.length === 0
    ? receipt
    : {
        ...receipt,
        backordered: shorted.map(({ quantity, ...who }) => ({
          ...who,
          quantity: writeQuantity(quantity, unit),
        })),
      }

/** Most orders and holds that one shortage touches; a larger loss is booked in several steps. */
const mostShorted = 100

/** Folds the ledger of a level into what each order and hold has been promised of it. */
export const promisesAt = async (
  context: Pick<GatherContext, 'history' | 'reader'>,
  level: string,
): Promise<LevelPromises> => {
  let version: Version = 0
  const promises = new Map<string, PromiseHint>()
  const add = (source: MovementSource, quantity: number, since: Instant): void => {
    const name = `${source.kind} ${source.id}`
    const known = promises.get(name)
    promises.delete(name)
    // A hold that became an order's was promised before the first movement the order made itself.
    const first = known === undefined || since < known.since ? since : known.since
    promises.set(name, { source, quantity: (known?.quantity ?? 0) + quantity, since: first })
  }
  for await (const { at, event } of context.history({ kind: stockKind.name, id: level })) {
    const stock = event as StockEvent
    version += 1
    if (stock.type === 'StockReserved') add(stock.source, stock.quantity, at)
    else if (stock.type === 'StockReleased' || stock.type === 'StockShipped') {
      add(stock.source, -stock.quantity, at)
    }
  }
  const orders = await ordersOfHolds(context, [...promises.values()])
  for (const { source, quantity, since } of [...promises.values()]) {
    const order = source.kind === reservationKind.name ? orders.get(source.id) : undefined
    if (order === undefined) continue
    promises.delete(`${source.kind} ${source.id}`)
    add({ kind: orderKind.name, id: order }, quantity, since)
  }
  const open = [...promises.values()].filter(({ quantity }) => quantity > 0)
  const hints = open.toSorted((left, right) =>
    left.since < right.since ? 1 : left.since > right.since ? -1 : 0,
  )
  return { version, hints }
}

/** Which of the holds that something is promised to have become an order's, read at once. */
const ordersOfHolds = async (
  { reader }: Pick<GatherContext, 'reader'>,
  promises: readonly PromiseHint[],
): Promise<ReadonlyMap<string, OrderId>> => {
  const ids = promises.flatMap(({ source, quantity }) =>
    source.kind === reservationKind.name && quantity > 0 ? [source.id] : [],
  )
  if (ids.length === 0) return new Map()
  const holds = await reader.getAll(reservationKind, ids)
  return new Map(holds.flatMap(({ state: { id, order } }) => (order === undefined ? [] : [[id, order]])))
}

/**
 * Makes room for a loss: as many units as the goods that are left no longer suffice for are taken from the latest promises, in the same commit, with an
 * event on each order, and each is told. Refused as `stock_below_reserved` when somebody works on too many of them to give them up, and as
 * `changed_meanwhile` when that cannot be told, because the level has moved since its ledger was read.
 */
export const shortPromises = (
  work: Work,
  demand: Demand,
  reason: string,
  promises: LevelPromises,
  context: Pick<PlanContext, 'settings' | 'now'>,
): Result<readonly ShortedPromise[], Refusal> => {
  const { sku, location } = demand
  const found = work.find(stockKind, stockLevelId(location, sku))
  if (found === undefined) return refuse('unknown_sku', { sku, location })
  const { state: level, version } = found
  // More than there is: the movement itself is refused, whoever was promised it.
  if (demand.quantity > usableOf(level)) return ok([])
  let missing = backedOf(level) - (usableOf(level) - demand.quantity)
  const shorted: ShortedPromise[] = []
  for (const page of pagesOf(promises.hints, missing)) {
    lockHints(work, page)
    for (const hint of page) {
      if (missing <= 0) break
      if (shorted.length === mostShorted) {
        return refuse('limit_exceeded', { limit: 'promisesPerShortage', most: mostShorted })
      }
      const lost = takeGoods(work, demand, hint, missing, reason, context)
      if (lost === undefined) continue
      missing -= lost.quantity
      shorted.push(lost)
    }
  }
  if (missing <= 0) return ok(shorted)
  return version === promises.version
    ? refuse('stock_below_reserved', {
        sku,
        location,
        reserved: level.reserved,
        onHand: level.onHand,
        beingWorkedOn: missing,
      })
    : refuse('changed_meanwhile', { sku, location })
}

/** As many hints as should suffice, then one after another: each page is locked at once. */
const pagesOf = (hints: readonly PromiseHint[], missing: number): readonly (readonly PromiseHint[])[] => {
  let sum = 0
  const enough = hints.findIndex((hint) => (sum += hint.quantity) >= missing) + 1
  if (missing <= 0) return []
  return enough === 0 ? [hints] : [hints.slice(0, enough), hints.slice(enough)]
}

const lockHints = (work: Work, hints: readonly PromiseHint[]): void => {
  for (const kind of [orderKind.name, reservationKind.name]) {
    lockAll(
      work,
      kind,
      hints.flatMap(({ source }) => (source.kind === kind ? [source.id] : [])),
    )
  }
}

const takeGoods = (
  work: Work,
  level: Demand,
  hint: PromiseHint,
  most: number,
  reason: string,
  { settings, now }: Pick<PlanContext, 'settings' | 'now'>,
): ShortedPromise | undefined => {
  const { source, since } = hint
  if (source.kind === reservationKind.name) {
    const quantity = Math.min(most, heldGoods(work, level, source))
    if (quantity === 0) return undefined
    loseGoods(work, level, source, quantity, reason)
    waitForStock(work, level, [{ source, quantity, since }], now)
    return { reservation: source.id as ReservationId, quantity }
  }
  const order = present(work.find(orderKind, source.id)?.state, 'stock is reserved for orders that exist')
  const lines = freeGoods(order, level, most)
  if (lines.length === 0) return undefined
  const quantity = lines.reduce((sum, line) => sum + line.quantity, 0)
  loseGoods(work, level, source, quantity, reason)
  const byPriority = settings.backorders === 'priority' && order.priority !== undefined
  const priority = byPriority ? { priority: order.priority } : {}
  waitForStock(
    work,
    level,
    // The first line loses last, and has its goods back first.
    lines
      .toReversed()
      .map((lack) => ({ source, line: lack.line, quantity: lack.quantity, since, ...priority })),
    now,
  )
  const decided = decideOrder(order, { type: 'LoseStock', lines, reason })
  const after = work.append(orderKind, order.id, granted(decided, 'goods that nobody works on can be lost'))
  work.send({
    about: { kind: orderKind.name, id: order.id },
    topic: 'order_backordered',
    data: {
      lines: lostUnits(order, after),
      reason,
      status: after.status,
    },
  })
  return { order: order.id, quantity }
}

/** In units of each line; a kit loses as many kits as its parts no longer suffice for. */
const lostUnits = (before: Order, after: Order) =>
  after.lines.flatMap((line, index) => {
    const { allocated } = present(before.lines[index], 'an order that changes keeps its lines')
    const quantity = allocated - line.allocated
    return quantity === 0 ? [] : [{ line: line.id, quantity }]
  })

const loseGoods = (
  work: Work,
  level: Demand,
  source: MovementSource,
  quantity: number,
  reason: string,
): void => {
  const id = stockLevelId(level.location, level.sku)
  const state = present(work.find(stockKind, id)?.state, 'goods that are lost have a stock level')
  const decided = decideStock(state, { type: 'BackorderStock', quantity, source, reason })
  work.append(stockKind, id, granted(decided, 'ST9 a promise that has goods can lose them'))
}

/** What a hold that still runs has of the level's goods. */
const heldGoods = (work: Work, { sku, location }: Demand, source: MovementSource): number => {
  const reservation = work.find(reservationKind, source.id)?.state
  if (reservation?.status !== 'held') return 0
  const held = reservation.lines.reduce(
    (sum, line) => (line.sku === sku && line.location === location ? sum + line.quantity : sum),
    0,
  )
  const level = work.find(stockKind, stockLevelId(location, sku))?.state
  if (level?.backordered === undefined) return held
  const queue = present(
    work.find(backorderQueueKind, stockLevelId(location, sku))?.state,
    'a level of which promises wait has a queue',
  )
  return held - waitingOf(queue.promises, source)
}

/** What of an order's goods nobody is picking or packing, the last lines first, in base units of the level's SKU. */
const freeGoods = (order: Order, { sku, location }: Demand, most: number): readonly LineLack[] => {
  let rest = most
  return order.lines.toReversed().flatMap((line): readonly LineLack[] => {
    const isHere = stockDemandOf(line, 1).some((part) => part.sku === sku && part.location === location)
    if (!isHere || rest === 0) return []
    const per = takenPerUnit(line, sku)
    const free = (openQuantity(line) - line.planned) * per - lackingOf(line, sku)
    const quantity = Math.min(rest, free)
    if (quantity <= 0) return []
    rest -= quantity
    return [{ line: line.id, sku, quantity }]
  })
}
