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
      return ok([{ type: 'StockReceived', quantity: command.quantity, source: command.source }])
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
      return keepsReservations(level, { ...level, onHand: level.onHand + command.quantity }, [
        { type: 'StockAdjusted', quantity: command.quantity, reason: command.reason },
      ])
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

/** What is promised stays promised (ST9): a change that would leave less than is reserved is refused, never silent. */
const keepsReservations = (
  level: StockLevel,
  after: StockLevel,
  events: readonly StockEvent[],
): Result<readonly StockEvent[], Refusal> => {
  const covered = after.onHand - after.quarantined + after.backorderAllowance
  return after.onHand >= 0 && covered >= level.reserved
    ? ok(events)
    : refuse('stock_below_reserved', {
        sku: level.sku,
        location: level.location,
        reserved: level.reserved,
        onHand: level.onHand,
      })
}
