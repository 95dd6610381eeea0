import type { StockEvent } from '../inventory/stock-level.js'
import { daysBetween, type LocalDate } from '../time/local-date.js'

/** What the movements of one stock level say about a span of days, in base units. */
export interface StockFigures {
  /** Days of the span, both ends included. */
  readonly days: number
  readonly opening: number
  readonly closing: number
  /** What left for customers: the demand that was served. */
  readonly shipped: number
  readonly received: number
  /** On hand at the end of each day, summed over the days: the average stock is this divided by the days. */
  readonly unitDays: bigint
  /** What was promised to orders and holds, and what of it had goods at once. */
  readonly promised: number
  readonly promisedFromStock: number
  readonly lastShippedOn?: LocalDate
  readonly firstReceivedOn?: LocalDate
  /** Day since which the oldest unit has been here, the first in leaving first; absent for an empty level. */
  readonly oldestSince?: LocalDate
  /** Average days that what is on hand has been here, weighted by quantity, the first in leaving first. */
  readonly averageAgeDays: number
}

/** Takes the movements of a level one after another and keeps no more of them than the figures need. */
export interface StockCounter {
  /** In the order of the level's history. Movements after the span change nothing. */
  take(on: LocalDate, event: StockEvent): void
  figures(): StockFigures
}

/** A quantity that came on one day and of which so much is still here. */
interface Layer {
  readonly on: LocalDate
  quantity: number
}

export const countStock = (from: LocalDate, to: LocalDate): StockCounter => {
  let [onHand, opening, unitDays] = [0, 0, 0n]
  let [shipped, received, promised, promisedFromStock] = [0, 0, 0, 0]
  let counted = from
  let lastShippedOn: LocalDate | undefined
  let firstReceivedOn: LocalDate | undefined
  const layers: Layer[] = []
  let first = 0

  /** What was on hand until now was there on each day before `on`. */
  const closeDaysBefore = (on: LocalDate): void => {
    if (on <= counted) return
    unitDays += BigInt(onHand) * BigInt(daysBetween(counted, on))
    counted = on
  }
  const comeIn = (on: LocalDate, quantity: number): void => {
    onHand += quantity
    firstReceivedOn ??= on
    layers.push({ on, quantity })
  }
  const goOut = (quantity: number): void => {
    onHand -= quantity
    let rest = quantity
    for (let layer = layers[first]; rest > 0 && layer !== undefined; layer = layers[first]) {
      const taken = Math.min(rest, layer.quantity)
      layer.quantity -= taken
      rest -= taken
      if (layer.quantity === 0) first += 1
    }
    // What has left is forgotten now and then, not with every movement.
    if (first > 1_000) first -= layers.splice(0, first).length
  }

  return {
    take: (on, event) => {
      if (on > to) return
      closeDaysBefore(on)
      const inside = on >= from
      switch (event.type) {
        case 'StockReceived':
          comeIn(on, event.quantity)
          if (inside) received += event.quantity
          break
        case 'StockTransferredIn':
          comeIn(on, event.quantity)
          break
        case 'StockAdjusted':
          if (event.quantity > 0) comeIn(on, event.quantity)
          else goOut(-event.quantity)
          break
        case 'StockTransferredOut':
        case 'StockScrapped':
          goOut(event.quantity)
          break
        case 'StockShipped':
          goOut(event.quantity)
          lastShippedOn = on
          if (inside) shipped += event.quantity
          break
        case 'StockReserved':
          if (!inside) break
          promised += event.quantity
          promisedFromStock += event.quantity - (event.backordered ?? 0)
          break
        default:
          break
      }
      if (!inside) opening = onHand
    },
    figures: () => {
      let weighted = 0
      for (const { on, quantity } of layers.slice(first)) weighted += quantity * daysBetween(on, to)
      const oldest = layers[first]
      return {
        days: daysBetween(from, to) + 1,
        opening,
        closing: onHand,
        shipped,
        received,
        unitDays: unitDays + BigInt(onHand) * BigInt(daysBetween(counted, to) + 1),
        promised,
        promisedFromStock,
        ...(lastShippedOn !== undefined && { lastShippedOn }),
        ...(firstReceivedOn !== undefined && { firstReceivedOn }),
        ...(oldest !== undefined && { oldestSince: oldest.on }),
        averageAgeDays: onHand > 0 ? weighted / onHand : 0,
      }
    },
  }
}
