import type { Tracking } from '../catalog/product.js'
import type { Unit } from '../catalog/quantity.js'
import type { Actor } from '../ids/actor.js'
import type { LocationId, Sku, StockCountId } from '../ids/ids.js'
import { noEntries, type DerivedKind, type RecordKind } from '../record-kind.js'
import type { StockCountStatus } from '../../state-machines/stock-count.machine.js'
import type { CountedGoods } from './counted-goods.js'

/** What was found of one SKU, in base units, beside what the stock level said at that very moment. */
export interface CountedLine {
  readonly sku: Sku
  readonly counted: number
  readonly expected: number
  /** Which lots or pieces differ, of goods that are told apart. */
  readonly goods?: CountedGoods
}

export interface StockCountLine {
  readonly sku: Sku
  readonly unit: Unit
  /** How its goods are told apart. */
  readonly tracking?: Tracking
  /** Absent until it is counted; a later count of the same SKU takes its place. */
  readonly found?: Omit<CountedLine, 'sku'> & { readonly by: Actor }
}

/** A physical count of some SKUs at one location (F42). What is on hand is counted whole: what is promised or quarantined lies there too. */
export interface StockCount {
  readonly id: StockCountId
  readonly status: StockCountStatus
  readonly location: LocationId
  readonly lines: readonly StockCountLine[]
  /** A variance of at most this share of what was expected is booked without a second pair of eyes; a decimal text in percent. */
  readonly tolerancePercent: string
  readonly approvedBy?: Actor
  /** Why it was booked, sent back or given up. */
  readonly reason?: string
}

export type StockCountEvent =
  | {
      readonly type: 'StockCountOpened'
      readonly id: StockCountId
      readonly location: LocationId
      readonly lines: readonly Pick<StockCountLine, 'sku' | 'unit' | 'tracking'>[]
      readonly tolerancePercent: string
    }
  | { readonly type: 'StockCounted'; readonly lines: readonly CountedLine[]; readonly by: Actor }
  | { readonly type: 'StockCountSubmitted' }
  | { readonly type: 'StockCountRejected'; readonly reason: string }
  | { readonly type: 'StockCountBooked'; readonly reason: string; readonly approvedBy?: Actor }
  | { readonly type: 'StockCountCanceled'; readonly reason: string }

const evolve = (known: StockCount | undefined, event: StockCountEvent): StockCount => {
  const count = known as StockCount
  switch (event.type) {
    case 'StockCountOpened': {
      const { type: _type, ...opened } = event
      return { ...opened, status: 'open' }
    }
    case 'StockCounted':
      return { ...count, lines: withFound(count.lines, event.lines, event.by) }
    case 'StockCountSubmitted':
      return { ...count, status: 'awaiting_approval' }
    case 'StockCountRejected':
      return {
        ...count,
        status: 'open',
        lines: count.lines.map(({ found: _found, ...line }) => line),
        reason: event.reason,
      }
    case 'StockCountBooked':
      return {
        ...count,
        status: 'booked',
        reason: event.reason,
        ...(event.approvedBy !== undefined && { approvedBy: event.approvedBy }),
      }
    case 'StockCountCanceled':
      return { ...count, status: 'canceled', reason: event.reason }
  }
}

const withFound = (
  lines: readonly StockCountLine[],
  counted: readonly CountedLine[],
  by: Actor,
): readonly StockCountLine[] => {
  const bySku = new Map(counted.map((line) => [line.sku, line]))
  return lines.map((line) => {
    const found = bySku.get(line.sku)
    if (found === undefined) return line
    const { sku: _sku, ...figures } = found
    return { ...line, found: { ...figures, by } }
  })
}

export const stockCountKind: RecordKind<StockCount, StockCountEvent> = {
  name: 'stock_count',
  evolve,
  entries: (count) => ({ status: count.status, location: count.location }),
}

/**
 * The count that a stock level is in, under the level's id: two counts of one level at a time would book one variance twice.
 */
export const countingKind: DerivedKind<{ readonly count: StockCountId }> = {
  name: 'stock_counting',
  entries: noEntries,
  derived: true,
}
