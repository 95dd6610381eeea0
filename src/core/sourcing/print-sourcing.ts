import type { WrittenQuantity } from '../catalog/quantity.js'
import type {
  CandidateOutcome,
  SourcingDecision,
  SourcingFigures,
  SourcingVerdict,
} from './sourcing-decision.js'
import type { TooOldGoods } from './sourcing-problem.js'

/** What can be printed: a decision of the core, or one that a query has answered. */
export interface PrintableSourcing extends Omit<SourcingDecision, 'shares'> {
  readonly shares: readonly {
    readonly line: string
    readonly location: string
    readonly quantity: WrittenQuantity
  }[]
}

/**
 * A sourcing decision as lines of text for support and auditors: who sends what, why nothing better was taken, and what became of every candidate.
 *
 * @example
 * Rule standard (lowest_cost, within_line): 2 shipments, 312 km, 14.20 EUR
 */
export const printSourcing = (decision: PrintableSourcing): string => {
  const { rule, strategy, splits, shares, figures, optimality, candidates, passed } = decision
  return [
    ...passed.map((each) => `Rule ${each.rule}: ${passedWords[each.because]}`),
    `Rule ${rule} (${strategy}, ${splits}): ${summary(figures)}`,
    optimality.proven
      ? 'Nothing better exists: proven.'
      : `Nothing is better than ${optimality.lowerBound} (${measureWords[figures.measure]}); this is ${figures.objective}.`,
    ...shares.map(({ line, location, quantity }) => `  ${line}: ${quantity} from ${location}`),
    'Candidates:',
    ...candidates.map((candidate) => `  ${verdictLine(candidate, figures)}`),
  ].join('\n')
}

const passedWords = {
  not_in_force: 'not in force at that time',
  cannot_serve: 'no assignment within it serves everything',
  undecided: 'the search ended before it was certain whether anything within it serves everything',
} as const

const measureWords = {
  shipments: 'shipments',
  unit_meters: 'meters of all units',
  cost: 'cost',
  places: 'places on the list, over all units',
  load: 'load, over all units',
  units_elsewhere: 'units not handed over by the pickup point',
} as const

const summary = ({ measure, objective, shipments, meters, cost }: SourcingFigures): string =>
  [
    shipments === 1 ? '1 shipment' : `${shipments} shipments`,
    ...(meters === undefined ? [] : [kilometers(meters)]),
    ...(cost === undefined ? [] : [`${cost.amount} ${cost.currency}`]),
    ...(measure === 'shipments' || measure === 'cost' ? [] : [`${objective} ${measureWords[measure]}`]),
  ].join(', ')

const kilometers = (meters: number): string => `${Math.round(meters / 1_000)} km`

const verdictLine = (verdict: SourcingVerdict, figures: SourcingFigures): string => {
  const { location, outcome, meters, alternative, missing, tooOld = [] } = verdict
  const far = meters === undefined ? '' : ` (${kilometers(meters)})`
  const more =
    alternative !== undefined
      ? `: with it ${alternative.objective} instead of ${figures.objective} (${measureWords[figures.measure]}), ${alternative.shipments} instead of ${figures.shipments} shipments`
      : missing !== undefined
        ? `: ${missing.map(({ sku, quantity }) => `${quantity} ${sku}`).join(', ')}`
        : ''
  return [`${location}${far}: ${outcomeWords[outcome]}${more}`, ...tooOld.map(tooOldWords)].join('; ')
}

const tooOldWords = ({ sku, lot, quantity, because, expiresOn }: TooOldGoods): string =>
  because === 'expired'
    ? `${quantity} ${sku} of lot ${lot} expired on ${expiresOn}`
    : `${quantity} ${sku} of lot ${lot} keep too short a time, until ${expiresOn}`

const outcomeWords: Readonly<Record<CandidateOutcome, string>> = {
  chosen: 'chosen',
  incomplete: 'does not have everything',
  no_use: 'has nothing that could be used',
  worse: 'would be worse',
  equal: 'would be as good; shipments, sorters or ids decided',
  limits: 'would run into a limit, or competes for what others need',
  filtered_kind: 'is not of a kind that the rule wants',
  filtered_location: 'is not among the locations that the rule names',
  filtered_country: 'is in another country',
  filtered_distance: 'is too far away',
  filtered_pickup: 'hands nothing over',
  no_coordinates: 'has no known distance',
  no_costs: 'has no costs',
  other_currency: 'has its costs in another currency',
  no_orders_left: 'takes no more orders today',
  no_capacity_left: 'takes no more units today',
  nothing_in_stock: 'has nothing of it',
}
