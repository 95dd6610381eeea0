import type { Sku } from '../ids/ids.js'
import { alternativesTo, type Alternative } from './alternatives.js'
import { priceOpenSet, type OpenSet } from './open-set.js'
import type { Excluded } from './score-candidates.js'
import type { CandidateOutcome, SourcingDecision, SourcingVerdict } from './sourcing-decision.js'
import type { SourcingModel } from './sourcing-model.js'
import type { SourcingCandidate } from './sourcing-problem.js'

/** Every candidate in the order of ids, with what became of it. */
export const explainCandidates = (
  model: SourcingModel,
  excluded: readonly Excluded[],
  used: OpenSet,
  cost: number,
  splits: SourcingDecision['splits'],
): readonly SourcingVerdict[] => {
  const alternativeWith = alternativesTo(model, used)
  return inOrderOfIds(model, excluded, (place) =>
    used.includes(place)
      ? verdict(model, place, 'chosen')
      : splits === 'none'
        ? verdictAlone(model, place, cost)
        : verdictBeside(model, place, cost, alternativeWith),
  )
}

/** The same where nothing was decided. */
export const verdictsWithout = (
  model: SourcingModel,
  excluded: readonly Excluded[],
  splits: SourcingDecision['splits'],
): readonly SourcingVerdict[] =>
  inOrderOfIds(model, excluded, (place) =>
    splits === 'none'
      ? verdictAlone(model, place, Number.NaN)
      : verdict(model, place, outcomeUnserved(model, place)),
  )

const inOrderOfIds = (
  model: SourcingModel,
  excluded: readonly Excluded[],
  verdictOn: (place: number) => SourcingVerdict,
): readonly SourcingVerdict[] => {
  const verdicts = new Array<SourcingVerdict>(excluded.length + model.ranks.length)
  for (const each of excluded) verdicts[each.rank] = verdictOnExcluded(each)
  for (let place = 0; place < model.ranks.length; place += 1) {
    verdicts[model.ranks[place] as number] = verdictOn(place)
  }
  return verdicts
}

const outcomeUnserved = (model: SourcingModel, place: number): CandidateOutcome =>
  servableAt(model, place) === 0 ? 'no_use' : 'incomplete'

const verdictOnExcluded = ({ candidate, because, meters }: Excluded): SourcingVerdict =>
  withTooOld(
    candidate,
    meters === undefined
      ? { location: candidate.location, outcome: because }
      : { location: candidate.location, outcome: because, meters },
  )

const withTooOld = ({ tooOld }: SourcingCandidate, verdict: SourcingVerdict): SourcingVerdict =>
  tooOld === undefined ? verdict : { ...verdict, tooOld }

const verdict = (model: SourcingModel, place: number, outcome: CandidateOutcome): SourcingVerdict => {
  const candidate = model.candidates[place] as SourcingCandidate
  const { location } = candidate
  const meters = model.meters[place]
  const serves = servedWhole(model, place)
  return withTooOld(
    candidate,
    meters === undefined ? { location, outcome, serves } : { location, outcome, meters, serves },
  )
}

const servedWhole = (model: SourcingModel, place: number): number => {
  let served = 0
  for (let index = 0; index < model.items.length; index += 1) {
    if (model.units[index * model.fixed.length + place] === model.items[index]?.quantity) served += 1
  }
  return served
}

const servableAt = (model: SourcingModel, place: number): number => {
  let sum = 0
  for (let index = 0; index < model.items.length; index += 1) {
    sum += model.units[index * model.fixed.length + place] as number
  }
  return sum
}

/** An order that goes out whole: what the candidate misses, or what it would have come to. */
const verdictAlone = (model: SourcingModel, place: number, cost: number): SourcingVerdict => {
  const missing = missingAt(model, place)
  if (missing.length > 0) return { ...verdict(model, place, 'incomplete'), missing }
  const room = model.candidates[place]?.capacityLeft
  const wanted = model.items.reduce((sum, item) => sum + item.quantity, 0)
  const alone = priceOpenSet(model, [place])
  if (alone === undefined || Number.isNaN(cost) || (room !== undefined && wanted > room))
    return verdict(model, place, 'limits')
  return compared(model, place, { cost: alone.cost, shipments: alone.used.length }, cost)
}

const missingAt = (model: SourcingModel, place: number): NonNullable<SourcingVerdict['missing']> => {
  const { stock } = model.candidates[place] as SourcingCandidate
  const wanted = new Map<Sku, number>()
  for (const { needs, quantity } of model.items) {
    for (const need of needs) wanted.set(need.sku, (wanted.get(need.sku) ?? 0) + need.quantity * quantity)
  }
  return [...wanted].flatMap(([sku, quantity]) => {
    const short = quantity - (stock.get(sku) ?? 0)
    return short > 0 ? [{ sku, quantity: short }] : []
  })
}

const verdictBeside = (
  model: SourcingModel,
  place: number,
  cost: number,
  alternativeWith: (place: number) => Alternative,
): SourcingVerdict => {
  if (servableAt(model, place) === 0) return verdict(model, place, 'no_use')
  if (model.coupled) return verdict(model, place, 'limits')
  const found = alternativeWith(place)
  if (found.shipments > model.mostShipments) return verdict(model, place, 'limits')
  return compared(model, place, found, cost)
}

const compared = (model: SourcingModel, place: number, found: Alternative, cost: number): SourcingVerdict => {
  if (found.cost <= cost) return verdict(model, place, 'equal')
  const alternative = { objective: model.write(found.cost), shipments: found.shipments }
  return { ...verdict(model, place, 'worse'), alternative }
}
