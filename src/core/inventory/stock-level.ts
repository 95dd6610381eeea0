import type { LocationId, Sku } from '../ids/ids.js'
import type { RecordKind } from '../record-kind.js'
import type { LocalDate } from '../time/local-date.js'
import { reorderAfter, type Reorder, type ReorderEvent } from './reorder-rule.js'

/** The stock of one SKU at one location, in base units of its unit. Every change is one movement event (ST10). */
export interface StockLevel {
  readonly sku: Sku
  readonly location: LocationId
  readonly onHand: number
  readonly reserved: number
  readonly quarantined: number
  readonly safetyStock: number
  readonly backorderAllowance: number
  /** On the way here: what is expected from vendors, and transfers that have left another location. Not part of what is available. */
  readonly incoming: number
  /** What of the promised units has no goods yet: the sum of this level's queue. Absent when there is nothing that waits. */
  readonly backordered?: number
  /** Promised units beyond the backorder allowance: they lost their goods and are no longer in `reserved`. Absent when there are none. */
  readonly shorted?: number
  /** Sold before its first receipt: the backorder allowance is the limit, and it ends with this day or the first goods (F36). */
  readonly preorder?: Preorder
  /** At or below this the shop window says that it is low; absent for never. */
  readonly lowStock?: number
  /** What channels and customer classes may not take; absent when everybody may take all that is available. */
  readonly keepBack?: KeepBack
  /** When it is replenished, and whether that has been told; absent without a rule. */
  readonly reorder?: Reorder
  /** Its location is closed: nothing new is promised from it, what is promised is shipped. Absent while it is open. */
  readonly closed?: true
}

/** Quantities that stay for others: whoever is named may not take the last so many of what is available (F39). Each name stands here once. */
export interface KeepBack {
  readonly channels: readonly { readonly channel: string; readonly quantity: number }[]
  readonly customerClasses: readonly { readonly customerClass: string; readonly quantity: number }[]
}

export interface Preorder {
  /** The last day on which it can be ordered ahead. */
  readonly until: LocalDate
  /** The day that is promised to whoever orders ahead. */
  readonly expectedOn: LocalDate
}

/** The document behind a movement: what kind of record, and which. */
export interface MovementSource {
  readonly kind: string
  readonly id: string
}

export type StockEvent =
  | ReorderEvent
  | { readonly type: 'StockLevelOpened'; readonly sku: Sku; readonly location: LocationId }
  | {
      readonly type: 'StockLevelConfigured'
      readonly safetyStock: number
      readonly backorderAllowance: number
    }
  /** Only what is given is set; a low stock of 0 and lists without entries set none. */
  | { readonly type: 'StockThresholdsSet'; readonly lowStock?: number; readonly keepBack?: KeepBack }
  | { readonly type: 'StockReceived'; readonly quantity: number; readonly source: MovementSource }
  | {
      readonly type: 'StockReserved'
      readonly quantity: number
      readonly source: MovementSource
      /** How many of them have no goods yet; absent for none. */
      readonly backordered?: number
    }
  | {
      readonly type: 'StockReleased'
      readonly quantity: number
      readonly source: MovementSource
      readonly reason: string
      /** How many of them had no goods, and how many were no longer in `reserved`; absent for none. */
      readonly backordered?: number
      readonly shorted?: number
    }
  /** A promise lost its goods to a count, a loss or quarantine, and waits for others (ST9). */
  | {
      readonly type: 'StockBackordered'
      readonly quantity: number
      readonly source: MovementSource
      readonly reason: string
    }
  /** A promise that waited has goods. */
  | { readonly type: 'BackorderFilled'; readonly quantity: number; readonly source: MovementSource }
  /** More is promised than goods and allowance cover: so many units leave `reserved` and are owed beside it. */
  | { readonly type: 'StockShorted'; readonly quantity: number }
  | { readonly type: 'ShortageCovered'; readonly quantity: number }
  | {
      readonly type: 'PreorderOpened'
      readonly limit: number
      readonly until: LocalDate
      readonly expectedOn: LocalDate
    }
  /** Nothing can be ordered ahead any more; what of the promises has no goods yet is owed beside `reserved`. */
  | { readonly type: 'PreorderClosed'; readonly shorted: number }
  | { readonly type: 'StockShipped'; readonly quantity: number; readonly source: MovementSource }
  | {
      readonly type: 'StockAdjusted'
      readonly quantity: number
      readonly source: MovementSource
      readonly reason: string
    }
  /** Goods are on their way here: a receipt that is expected, or a transfer that has left. */
  | { readonly type: 'StockExpected'; readonly quantity: number; readonly source: MovementSource }
  /** They will not come, or have come and are booked as received beside it. */
  | {
      readonly type: 'StockNoLongerExpected'
      readonly quantity: number
      readonly source: MovementSource
      readonly reason: string
    }
  | { readonly type: 'StockTransferredOut'; readonly quantity: number; readonly source: MovementSource }
  /** What was on its way here from another location has come: no longer incoming, but on hand. */
  | { readonly type: 'StockTransferredIn'; readonly quantity: number; readonly source: MovementSource }
  /** Still on hand, but not to be promised (damaged, to be inspected). */
  | {
      readonly type: 'StockQuarantined'
      readonly quantity: number
      readonly source: MovementSource
      readonly reason: string
    }
  | {
      readonly type: 'StockReleasedFromQuarantine'
      readonly quantity: number
      readonly source: MovementSource
      readonly reason: string
    }
  /** Put right after an audit: the figures from now on, and what changes on whose account. */
  | {
      readonly type: 'StockCorrected'
      readonly figures: StockFigures
      readonly promised: readonly { readonly source: MovementSource; readonly quantity: number }[]
      readonly expected: readonly { readonly source: MovementSource; readonly quantity: number }[]
      readonly source: MovementSource
      readonly reason: string
    }
  | { readonly type: 'StockLevelClosed' }
  | { readonly type: 'StockLevelReopened' }
  /** Thrown away, out of quarantine. */
  | {
      readonly type: 'StockScrapped'
      readonly quantity: number
      readonly source: MovementSource
      readonly reason: string
    }

export const stockLevelId = (location: LocationId, sku: Sku): string => `${location}/${sku}`

/**
 * Available = on hand - quarantined - safety stock + backorder allowance - reserved (ST4), less what is owed beside `reserved`; computed, never
 * stored.
 */
export const availableOf = (level: StockLevel): number =>
  level.onHand -
  level.quarantined -
  level.safetyStock +
  level.backorderAllowance -
  level.reserved -
  (level.shorted ?? 0)

const evolve = (level: StockLevel | undefined, event: StockEvent): StockLevel => {
  const known = level as StockLevel
  switch (event.type) {
    case 'ReorderRuleSet':
    case 'ReorderRuleRemoved':
    case 'RestockDue':
    case 'RestockCovered':
      return withReorder(known, event)
    case 'StockLevelOpened':
      return {
        sku: event.sku,
        location: event.location,
        onHand: 0,
        reserved: 0,
        quarantined: 0,
        safetyStock: 0,
        backorderAllowance: 0,
        incoming: 0,
      }
    case 'StockLevelConfigured':
      return { ...known, safetyStock: event.safetyStock, backorderAllowance: event.backorderAllowance }
    case 'StockThresholdsSet':
      return withThresholds(known, event)
    case 'StockReceived':
    case 'StockAdjusted':
      return { ...known, onHand: known.onHand + event.quantity }
    case 'StockReserved':
      return event.backordered === undefined
        ? { ...known, reserved: known.reserved + event.quantity }
        : owing(known, { reserved: event.quantity, backordered: event.backordered })
    case 'StockReleased': {
      const { quantity, backordered = 0, shorted = 0 } = event
      return backordered + shorted === 0
        ? { ...known, reserved: known.reserved - quantity }
        : owing(known, { reserved: shorted - quantity, backordered: -backordered, shorted: -shorted })
    }
    case 'StockBackordered':
      return owing(known, { backordered: event.quantity })
    case 'BackorderFilled':
      return owing(known, { backordered: -event.quantity })
    case 'StockShorted':
      return owing(known, { reserved: -event.quantity, shorted: event.quantity })
    case 'ShortageCovered':
      return owing(known, { reserved: event.quantity, shorted: -event.quantity })
    case 'PreorderOpened':
      return {
        ...known,
        backorderAllowance: event.limit,
        preorder: { until: event.until, expectedOn: event.expectedOn },
      }
    case 'PreorderClosed': {
      const { preorder: _preorder, ...closed } = known
      const { shorted } = event
      return owing({ ...closed, backorderAllowance: 0 }, { reserved: -shorted, shorted })
    }
    case 'StockShipped':
      return { ...known, onHand: known.onHand - event.quantity, reserved: known.reserved - event.quantity }
    case 'StockCorrected':
      return withFigures(known, event.figures)
    case 'StockExpected':
      return { ...known, incoming: known.incoming + event.quantity }
    case 'StockNoLongerExpected':
      return { ...known, incoming: known.incoming - event.quantity }
    case 'StockTransferredOut':
      return { ...known, onHand: known.onHand - event.quantity }
    case 'StockTransferredIn':
      return { ...known, onHand: known.onHand + event.quantity, incoming: known.incoming - event.quantity }
    case 'StockQuarantined':
      return { ...known, quarantined: known.quarantined + event.quantity }
    case 'StockReleasedFromQuarantine':
      return { ...known, quarantined: known.quarantined - event.quantity }
    case 'StockLevelClosed':
      return { ...known, closed: true }
    case 'StockLevelReopened': {
      const { closed: _closed, ...open } = known
      return open
    }
    case 'StockScrapped':
      return {
        ...known,
        onHand: known.onHand - event.quantity,
        quarantined: known.quarantined - event.quantity,
      }
  }
}

/** Changes what is promised. Figures that few levels have are absent where they are zero. */
const owing = (
  level: StockLevel,
  change: { readonly reserved?: number; readonly backordered?: number; readonly shorted?: number },
): StockLevel => {
  const { backordered: _backordered, shorted: _shorted, ...rest } = level
  const backordered = (level.backordered ?? 0) + (change.backordered ?? 0)
  const shorted = (level.shorted ?? 0) + (change.shorted ?? 0)
  return {
    ...rest,
    reserved: level.reserved + (change.reserved ?? 0),
    ...(backordered > 0 && { backordered }),
    ...(shorted > 0 && { shorted }),
  }
}

/** Every number of a level; those that few levels have are zero where they are absent. */
export interface StockFigures {
  readonly onHand: number
  readonly reserved: number
  readonly quarantined: number
  readonly safetyStock: number
  readonly backorderAllowance: number
  readonly incoming: number
  readonly backordered: number
  readonly shorted: number
}

export const stockFigures = (level: StockLevel): StockFigures => ({
  onHand: level.onHand,
  reserved: level.reserved,
  quarantined: level.quarantined,
  safetyStock: level.safetyStock,
  backorderAllowance: level.backorderAllowance,
  incoming: level.incoming,
  backordered: level.backordered ?? 0,
  shorted: level.shorted ?? 0,
})

const withFigures = (level: StockLevel, figures: StockFigures): StockLevel => {
  const { backordered: _backordered, shorted: _shorted, ...rest } = level
  const { backordered, shorted, ...always } = figures
  return {
    ...rest,
    ...always,
    ...(backordered > 0 && { backordered }),
    ...(shorted > 0 && { shorted }),
  }
}

const withThresholds = (
  level: StockLevel,
  event: { readonly lowStock?: number; readonly keepBack?: KeepBack },
): StockLevel => {
  const { lowStock = level.lowStock ?? 0, keepBack = level.keepBack } = event
  const { lowStock: _lowStock, keepBack: _keepBack, ...rest } = level
  const keeps = keepBack !== undefined && keepBack.channels.length + keepBack.customerClasses.length > 0
  return { ...rest, ...(lowStock > 0 && { lowStock }), ...(keeps && { keepBack }) }
}

const withReorder = (level: StockLevel, event: ReorderEvent): StockLevel => {
  const { reorder: known, ...rest } = level
  const reorder = reorderAfter(known, event)
  return reorder === undefined ? rest : { ...rest, reorder }
}

export const stockKind: RecordKind<StockLevel, StockEvent> = {
  name: 'stock',
  evolve,
  entries: (level) =>
    level.reorder === undefined
      ? { sku: level.sku, location: level.location }
      : {
          sku: level.sku,
          location: level.location,
          reorder: level.reorder.due ? 'due' : 'covered',
          ...(level.reorder.vendor !== undefined && { vendor: level.reorder.vendor }),
        },
}
