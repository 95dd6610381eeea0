import type { LineId, LocationId, Sku } from '../ids/ids.js'
import type { Money } from '../money/money.js'
import type { Exclusion, SourcingMeasure } from './score-candidates.js'
import type { TooOldGoods } from './sourcing-problem.js'
import type { SourcingSplits, SourcingStrategy } from './sourcing-rule.js'

/** Units of one line from one location, in base units. */
export interface SourcedShare {
  readonly line: LineId
  readonly location: LocationId
  readonly quantity: number
}

/** What an assignment comes to. `objective` is what the strategy counts, a plain decimal text in the unit of `measure`. */
export interface SourcingFigures {
  readonly measure: SourcingMeasure
  readonly objective: string
  readonly shipments: number
  /** The way of all shipments together; absent where a distance is not known. */
  readonly meters?: number
  /** Rounded once; absent where a cost is not known or currencies differ. */
  readonly cost?: Money
}

/**
 * Whether nothing better exists. Not proven, nothing is better than `lowerBound` (in the unit of the measure), and the decision is at most `gap` above it:
 * 0.05 is five percent.
 */
export type Optimality =
  { readonly proven: true } | { readonly proven: false; readonly lowerBound: string; readonly gap: number }

/**
 * What became of a candidate.
 *
 * - `chosen`: sends something.
 * - an exclusion: was not looked at, and why.
 * - `incomplete`: does not have everything, and the order may not be taken apart.
 * - `no_use`: has nothing that the order wants in full, since lines may not be taken apart.
 * - `worse`: the best that was found with it is `alternative`.
 * - `equal`: as good as the decision; shipments, sorters or ids decided.
 * - `limits`: an assignment with it was not worked out, since items compete for stock, capacity or the number of shipments.
 */
export type CandidateOutcome = 'chosen' | 'incomplete' | 'no_use' | 'worse' | 'equal' | 'limits' | Exclusion

export interface SourcingVerdict {
  readonly location: LocationId
  readonly outcome: CandidateOutcome
  readonly meters?: number
  /** How many of the items it could serve whole: SKUs, where lines may be taken apart; else lines. */
  readonly serves?: number
  /** What an order that cannot be taken apart misses here, in base units by SKU. */
  readonly missing?: readonly { readonly sku: Sku; readonly quantity: number }[]
  /** Goods that lie there and could not be promised for the wanted day. */
  readonly tooOld?: readonly TooOldGoods[]
  readonly alternative?: Pick<SourcingFigures, 'objective' | 'shipments'>
}

/** Why a rule did not decide: not in force now, or no assignment within it serves everything (`undecided`: the search ended before that was certain). */
export interface PassedRule {
  readonly rule: string
  readonly because: 'not_in_force' | 'cannot_serve' | 'undecided'
  readonly candidates: readonly SourcingVerdict[]
}

/** An order's assignment to locations with everything it rests on: printed by `printSourcing`. */
export interface SourcingDecision {
  readonly rule: string
  readonly strategy: SourcingStrategy
  readonly splits: SourcingSplits
  readonly shares: readonly SourcedShare[]
  readonly figures: SourcingFigures
  readonly optimality: Optimality
  readonly candidates: readonly SourcingVerdict[]
  /** Rules before it in the list. */
  readonly passed: readonly PassedRule[]
}

/** No rule of the list could serve everything; `proven` says that indeed nothing within the rules does. */
export interface Unsourced {
  readonly passed: readonly PassedRule[]
  readonly proven: boolean
}
