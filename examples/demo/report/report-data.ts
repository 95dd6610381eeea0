import type { Tile } from '../../report-kit/page.js'
import type { Cents } from '../exact-money.js'
import type { DayCounts } from '../day-counts.js'
import type { Day } from '../days.js'

/** Everything the page shows, read from the store when the run is over. */
export interface ReportData {
  readonly title: string
  readonly lead: string
  readonly currency: string
  /** The last day of the books. */
  readonly asOf: Day
  readonly tiles: readonly Tile[]
  readonly checks: readonly Check[]
  readonly orders: OrderFigures
  readonly cycle?: readonly Duration[]
  readonly revenue: RevenueFigures
  readonly stock?: StockFigures
  readonly open: OpenFigures
  readonly matching?: MatchingFigures
  /** What became of the lines of the file. */
  readonly lines?: LineFigures
  /** What is real, what is made, and who made the data. */
  readonly sources: readonly string[]
  /** A sentence on what had to be made, and each of it. */
  readonly madeBecause: string
  readonly made: readonly string[]
  /** How the run went: name and value. */
  readonly run: readonly (readonly [name: string, value: string])[]
}

/** One thing that has to hold, with what was found. */
export interface Check {
  readonly name: string
  readonly holds: boolean
  readonly found: string
}

export interface Share {
  readonly name: string
  readonly count: number
  readonly amount: Cents
}

export interface OrderFigures {
  readonly byStatus: readonly Share[]
  readonly byPayment: readonly Share[]
  readonly byChannel: readonly Share[]
}

export interface Duration {
  readonly id: string
  readonly name: string
  readonly explanation: string
  readonly days: DayCounts
}

export interface RevenueFigures {
  /** What the months are split by: `region`. */
  readonly by: string
  readonly groups: readonly string[]
  readonly months: readonly { readonly month: string; readonly amounts: readonly Cents[] }[]
}

export interface StockFigures {
  readonly note: string
  readonly ranOut: readonly Shortage[]
}

/** An order that was refused because a product had run out, and what was done about it. */
export interface Shortage {
  readonly on: Day
  readonly order: string
  readonly sku: string
  readonly name: string
  readonly wanted: number
  readonly available: number
  readonly replenished: number
}

export interface OpenFigures {
  readonly note: string
  readonly byAge: readonly Share[]
  readonly largest: readonly OpenInvoice[]
}

export interface OpenInvoice {
  readonly number: string
  readonly customer: string
  readonly dueOn: Day
  readonly total: Cents
  readonly open: Cents
}

export interface MatchingFigures {
  readonly note: string
  readonly entries: number
  /** How many bank entries each rule took care of. */
  readonly byRule: readonly Share[]
  /** What was left over, by reason. */
  readonly byReason: readonly Share[]
  readonly examples: readonly Leftover[]
}

export interface Leftover {
  readonly on: Day
  readonly amount: Cents
  readonly text: string
  readonly reason: string
}

/** Lines of the file by rule, with what they come to. */
export interface LineFigures {
  readonly note: string
  readonly byRule: readonly LineRule[]
  /** Name and amount: taken, refused, rounding, and what they add up to. */
  readonly sums: readonly (readonly [name: string, amount: string])[]
}

export interface LineRule {
  readonly rule: string
  readonly meaning: string
  readonly treatment: string
  readonly lines: number
  readonly amount: string
}
