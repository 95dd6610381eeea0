import { daysBetween, type LocalDate } from '../time/local-date.js'
import type { StockFigures } from './stock-figures.js'

export type StockMovement = 'moving' | 'slow' | 'dead' | 'empty'

/** Days without a shipment after which stock is slow or dead. */
export interface IdleBounds {
  readonly slowAfterDays: number
  readonly deadAfterDays: number
}

/** Ratios of a stock level over a span of days. Absent where there is nothing to divide by. */
export interface StockHealth {
  readonly movement: StockMovement
  /** Days without a shipment until the end of the span: since the last one, or since the first goods came. */
  readonly idleDays: number
  /** Average on hand at the end of a day, in base units. */
  readonly averageOnHand: number
  /** Shipped ÷ average on hand: how often the stock was sold in the span. At one cost per unit this is cost of goods sold ÷ average inventory (M57). */
  readonly turnover?: number
  /** The same for 365 days. */
  readonly turnoverPerYear?: number
  /** Days that the average stock lasts at the pace of the span: average on hand ÷ shipped × days (M58, M145: days sales of inventory). */
  readonly daysOfInventory?: number
  /** Share of what was promised that had goods at once: the unit fill rate. What was refused is in no ledger and not counted. */
  readonly fillRate?: number
}

export const stockHealth = (figures: StockFigures, to: LocalDate, bounds: IdleBounds): StockHealth => {
  const { days, shipped, unitDays, promised, promisedFromStock, lastShippedOn, firstReceivedOn } = figures
  const averageOnHand = Number(unitDays) / days
  const idleSince = lastShippedOn ?? firstReceivedOn
  const idleDays = idleSince === undefined ? 0 : daysBetween(idleSince, to)
  return {
    movement: movementOf(figures.closing, idleDays, bounds),
    idleDays,
    averageOnHand,
    ...(averageOnHand > 0 && {
      turnover: shipped / averageOnHand,
      turnoverPerYear: ((shipped / averageOnHand) * 365) / days,
    }),
    ...(shipped > 0 && { daysOfInventory: (averageOnHand / shipped) * days }),
    ...(promised > 0 && { fillRate: promisedFromStock / promised }),
  }
}

const movementOf = (onHand: number, idleDays: number, bounds: IdleBounds): StockMovement => {
  if (onHand <= 0) return 'empty'
  if (idleDays >= bounds.deadAfterDays) return 'dead'
  return idleDays >= bounds.slowAfterDays ? 'slow' : 'moving'
}
