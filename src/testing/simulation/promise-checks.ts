import { backorderQueueKind, queuedUnits, type BackorderQueue } from '../../core/inventory/backorder-queue.js'
import { reservationKind, type Reservation } from '../../core/inventory/reservation.js'
import { stockDemandOf } from '../../core/inventory/stock-demand.js'
import { stockKind, stockLevelId, type StockLevel } from '../../core/inventory/stock-level.js'
import { openQuantity } from '../../core/orders/order-status.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import type { Shadow } from './shadow.js'

/** ST2: what is promised of each level is what orders and holds were promised; OQ1: what of it has no goods stands in the level's queue. */
export const checkPromises = (shadow: Shadow): readonly string[] => {
  const promised = promisesOf(shadow)
  return [...shadow.records.ofKind(stockKind.name)].flatMap(({ state }) => {
    const level = state as StockLevel
    const id = stockLevelId(level.location, level.sku)
    const owed = level.reserved + (level.shorted ?? 0)
    const due = promised.get(id) ?? 0
    const queue = shadow.records.get({ kind: backorderQueueKind.name, id })?.state as
      BackorderQueue | undefined
    const waiting = queuedUnits(queue)
    return [
      ...(due === owed ? [] : [`ST2 ${owed} of ${id} are reserved, ${due} are promised`]),
      ...(waiting === (level.backordered ?? 0)
        ? []
        : [`OQ1 ${level.backordered ?? 0} of ${id} are backordered, ${waiting} wait`]),
    ]
  })
}

const promisesOf = (shadow: Shadow): ReadonlyMap<string, number> => {
  const promised = new Map<string, number>()
  const promise = (level: string, quantity: number): void => {
    promised.set(level, (promised.get(level) ?? 0) + quantity)
  }
  for (const { state } of shadow.records.ofKind(orderKind.name)) {
    const order = state as Order
    if (order.status === 'draft') continue
    for (const line of order.lines) {
      for (const { location, sku, quantity } of stockDemandOf(line, openQuantity(line)))
        promise(stockLevelId(location, sku), quantity)
    }
  }
  for (const { state } of shadow.records.ofKind(reservationKind.name)) {
    const hold = state as Reservation
    if (hold.status !== 'held') continue
    for (const line of hold.lines) promise(stockLevelId(line.location, line.sku), line.quantity)
  }
  return promised
}
