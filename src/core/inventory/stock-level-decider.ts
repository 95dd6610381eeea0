import { largestQuantity } from '../catalog/quantity.js'
import { invariant } from '../invariant.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { availableOf, type MovementSource, type StockEvent, type StockLevel } from './stock-level.js'

export type StockCommand =
  | { readonly type: 'ReceiveStock'; readonly quantity: number; readonly source: MovementSource }
  | { readonly type: 'ReserveStock'; readonly quantity: number; readonly source: MovementSource }
  | {
      readonly type: 'ReleaseStock'
      readonly quantity: number
      readonly source: MovementSource
      readonly reason: string
    }
  | { readonly type: 'ShipStock'; readonly quantity: number; readonly source: MovementSource }
  | { readonly type: 'AdjustStock'; readonly quantity: number; readonly reason: string }
  | { readonly type: 'ConfigureStock'; readonly safetyStock: number; readonly backorderAllowance: number }

export const decideStock = (
  level: StockLevel,
  command: StockCommand,
): Result<readonly StockEvent[], Refusal> => {
  switch (command.type) {
    case 'ReceiveStock':
      return countable(level, command.quantity, [
        { type: 'StockReceived', quantity: command.quantity, source: command.source },
      ])
    case 'ReserveStock':
      // Promised by whoever asks: the demand of all lines was summed and compared before (`reserve-stock`).
      invariant(command.quantity <= availableOf(level), 'ST5 no more is reserved than is available')
      return ok([{ type: 'StockReserved', quantity: command.quantity, source: command.source }])
    case 'ReleaseStock':
      invariant(command.quantity <= level.reserved, 'ST3 no more is released than is reserved')
      return ok([
        { type: 'StockReleased', quantity: command.quantity, source: command.source, reason: command.reason },
      ])
    case 'ShipStock':
      invariant(command.quantity <= level.reserved, 'ST3 only reserved stock is shipped')
      if (command.quantity > level.onHand) {
        return refuse('out_of_stock', {
          shortages: [
            { sku: level.sku, location: level.location, wanted: command.quantity, available: level.onHand },
          ],
        })
      }
      return ok([{ type: 'StockShipped', quantity: command.quantity, source: command.source }])
    case 'AdjustStock':
      return adjust(level, command.quantity, command.reason)
    case 'ConfigureStock':
      return keepsReservations(level, { ...level, backorderAllowance: command.backorderAllowance }, [
        {
          type: 'StockLevelConfigured',
          safetyStock: command.safetyStock,
          backorderAllowance: command.backorderAllowance,
        },
      ])
  }
}

/** Counts stay far below 2^53, so that no sum over them is ever inexact. */
const countable = (
  level: StockLevel,
  more: number,
  events: readonly StockEvent[],
): Result<readonly StockEvent[], Refusal> =>
  level.onHand + more <= largestQuantity
    ? ok(events)
    : refuse('limit_exceeded', { limit: 'onHand', most: largestQuantity, onHand: level.onHand })

const adjust = (
  level: StockLevel,
  quantity: number,
  reason: string,
): Result<readonly StockEvent[], Refusal> => {
  const events: readonly StockEvent[] = [{ type: 'StockAdjusted', quantity, reason }]
  if (quantity > 0) return countable(level, quantity, events)
  return level.onHand + quantity >= 0
    ? keepsReservations(level, { ...level, onHand: level.onHand + quantity }, events)
    : refuse('quantity_exceeded', {
        sku: level.sku,
        location: level.location,
        wanted: -quantity,
        limit: level.onHand,
      })
}

/** What is promised stays promised (ST9): a change that would leave less than is reserved is refused, never silent. */
const keepsReservations = (
  level: StockLevel,
  after: StockLevel,
  events: readonly StockEvent[],
): Result<readonly StockEvent[], Refusal> => {
  const covered = after.onHand - after.quarantined + after.backorderAllowance
  return covered >= level.reserved
    ? ok(events)
    : refuse('stock_below_reserved', {
        sku: level.sku,
        location: level.location,
        reserved: level.reserved,
        onHand: level.onHand,
      })
}
