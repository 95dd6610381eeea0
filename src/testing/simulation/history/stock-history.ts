/**
 * What was asked of one stock level and what came of it, seen from outside. Moments are any growing figure; only their order counts. Checked level
 * by level: linearizability is a property of each object by itself (Herlihy and Wing, 1990).
 */
export interface StockHistory {
  /** What was available before the first operation, and the version of the level then. */
  readonly available: number
  readonly version: number
  readonly operations: readonly StockOperation[]
  /** The level's own ledger after `version`, oldest first. */
  readonly movements: readonly StockMovement[]
}

/** A wish for stock, or a change that needs none. */
export interface StockOperation {
  /** The record it made or is about: movements carry it as their source. */
  readonly source: string
  readonly invoked: number
  /** Infinity while no answer has come. */
  readonly answered: number
  /** What becomes available by it: below zero for a reservation. For one that was refused: what it would have been. */
  readonly change: number
  readonly outcome: 'done' | 'refused' | 'unknown'
  /** Only what is available is given: a refusal means that it was not there. Other changes happen whatever is available. */
  readonly needsStock: boolean
  /** The version it made, or, refused, the one it was decided at (ST11). Absent while unknown. */
  readonly version?: number
}

export interface StockMovement {
  readonly version: number
  readonly source: string
  readonly change: number
}
