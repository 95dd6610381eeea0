import { costOfUnits, costOfWay, roundedCost, sumOfCosts, type ExactCost } from './shipment-cost.js'
import type { Units } from './assign-together.js'
import type { SourcingFigures } from './sourcing-decision.js'
import type { SourcingModel } from './sourcing-model.js'

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

const costAt = (model: SourcingModel, units: Units, places: readonly number[]) => {
  const currency = model.candidates[places[0] ?? -1]?.costs?.currency
  if (currency === undefined) return undefined
  const parts: ExactCost[] = []
  for (const place of places) {
    const costs = model.candidates[place]?.costs
    const meters = model.meters[place]
    if (costs?.currency !== currency || (costs.perKilometer !== undefined && meters === undefined))
      return undefined
    parts.push(costOfWay(costs, meters ?? 0))
    if (costs.perUnit === undefined) continue
    for (const [index, byPlace] of units.entries()) {
      const quantity = byPlace.get(place)
      const digits = model.items[index]?.lines[0]?.digits ?? 0
      if (quantity !== undefined) parts.push(costOfUnits(costs, quantity, digits))
    }
  }
  return roundedCost(sumOfCosts(parts), currency)
}
