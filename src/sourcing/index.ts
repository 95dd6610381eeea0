// `orderwright/sourcing`: decisions on paper. Nothing here reads or writes a store.

export {
  simulateSourcing,
  type PastOrder,
  type PastReceipt,
  type SimulatedLocation,
  type SimulatedRules,
  type Simulation,
} from './simulate-sourcing.js'
export { printSourcing, type PrintableSourcing } from '../core/sourcing/print-sourcing.js'
export { metersBetween, type Coordinates } from '../core/sourcing/great-circle.js'
export type { SourcingRuleInput } from '../core/sourcing/sourcing-schema.js'
export type {
  CandidateOutcome,
  Optimality,
  PassedRule,
  SourcedShare,
  SourcingDecision,
  SourcingFigures,
  SourcingVerdict,
} from '../core/sourcing/sourcing-decision.js'
export type { Exclusion, SourcingMeasure } from '../core/sourcing/score-candidates.js'
export type { LocationKindName } from '../core/sourcing/location-kind-name.js'
export type { SourcingSplits, SourcingStrategy } from '../core/sourcing/sourcing-rule.js'
export type { LineId, LocationId, Sku } from '../core/ids/ids.js'
export type { Money } from '../core/money/money.js'
export type { CurrencyCode } from '../core/money/currency.js'
