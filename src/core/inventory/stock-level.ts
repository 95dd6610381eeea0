import type { LocationId, Sku } from '../ids/ids.js'
import type { RecordKind } from '../record-kind.js'

/** The stock of one SKU at one location, in base units of its unit. Every change is one movement event (ST10). */
export interface StockLevel {
  readonly sku: Sku
  readonly location: LocationId
  readonly onHand: number
  readonly reserved: number
  readonly quarantined: number
  readonly safetyStock: number
  readonly backorderAllowance: number
}

/** The document behind a movement: what kind of record, and which. */
export interface MovementSource {
  readonly kind: string
  readonly id: string
}

export type StockEvent =
  | { readonly type: 'StockLevelOpened'; readonly sku: Sku; readonly location: LocationId }
  | {
      readonly type: 'StockLevelConfigured'
      readonly safetyStock: number
      readonly backorderAllowance: number
    }
  | { readonly type: 'StockReceived'; readonly quantity: number; readonly source: MovementSource }
  | { readonly type: 'StockReserved'; readonly quantity: number; readonly source: MovementSource }
  | {
      readonly type: 'StockReleased'
      readonly quantity: number
      readonly source: MovementSource
      readonly reason: string
    }
  | { readonly type: 'StockShipped'; readonly quantity: number; readonly source: MovementSource }
  | { readonly type: 'StockAdjusted'; readonly quantity: number; readonly reason: string }

export const stockLevelId = (location: LocationId, sku: Sku): string => `${location}/${sku}`

/** Available = on hand - quarantined - safety stock + backorder allowance - reserved (ST4); computed, never stored. */
export const availableOf = (level: StockLevel): number =>
  level.onHand - level.quarantined - level.safetyStock + level.backorderAllowance - level.reserved

const evolve = (level: StockLevel | undefined, event: StockEvent): StockLevel => {
  const known = level as StockLevel
  switch (event.type) {
    case 'StockLevelOpened':
      return {
        sku: event.sku,
        location: event.location,
        onHand: 0,
        reserved: 0,
        quarantined: 0,
        safetyStock: 0,
        backorderAllowance: 0,
      }
    case 'StockLevelConfigured':
      return { ...known, safetyStock: event.safetyStock, backorderAllowance: event.backorderAllowance }
    case 'StockReceived':
    case 'StockAdjusted':
      return { ...known, onHand: known.onHand + event.quantity }
    case 'StockReserved':
      return { ...known, reserved: known.reserved + event.quantity }
    case 'StockReleased':
      return { ...known, reserved: known.reserved - event.quantity }
    case 'StockShipped':
      return { ...known, onHand: known.onHand - event.quantity, reserved: known.reserved - event.quantity }
  }
}

export const stockKind: RecordKind<StockLevel, StockEvent> = {
  name: 'stock',
  evolve,
  entries: (level) => ({ sku: level.sku, location: level.location }),
}
