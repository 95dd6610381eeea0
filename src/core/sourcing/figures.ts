import type { CurrencyCode } from '../money/currency.js'
import type { Money } from '../money/money.js'
import { costOfUnits, costOfWay, roundedCost, sumOfCosts, type ExactCost } from './shipment-cost.js'
import type { Units } from './assign-together.js'
import type { SourcingFigures } from './sourcing-decision.js'
import type { SourcingModel } from './sourcing-model.js'
import type { SourcingCandidate } from './sourcing-problem.js'

/** What units at places come to: the strategy's own number and, to compare rules with, shipments, way and cost. */
export const figuresOf = (model: SourcingModel, units: Units, objective: number): SourcingFigures => {
  const places = [...new Set(units.flatMap((byPlace) => [...byPlace.keys()]))]
  const meters = places.map((place) => model.meters[place])
  const known = meters.every((each): each is number => each !== undefined)
  const cost = costAt(model, units, places)
  return {
    measure: model.measure,
    objective: model.write(objective),
    shipments: places.length,
    ...(known && { meters: meters.reduce((sum, each) => sum + each, 0) }),
    ...(cost !== undefined && { cost }),
  }
}

const costAt = (model: SourcingModel, units: Units, places: readonly number[]): Money | undefined => {
  const parts: ExactCost[] = []
  let currency: CurrencyCode | undefined
  for (const place of places) {
    const { costs } = model.candidates[place] as SourcingCandidate
    const meters = model.meters[place]
    if (costs === undefined || costs.currency !== (currency ??= costs.currency)) return undefined
    if (costs.perKilometer !== undefined && meters === undefined) return undefined
    parts.push(costOfWay(costs, meters ?? 0))
    if (costs.perUnit === undefined) continue
    for (const [index, { digits }] of model.items.entries()) {
      const quantity = units[index]?.get(place)
      if (quantity !== undefined) parts.push(costOfUnits(costs, quantity, digits))
    }
  }
  return currency && roundedCost(sumOfCosts(parts), currency)
}
