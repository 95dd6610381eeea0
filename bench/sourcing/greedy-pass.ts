import type { LocationId } from '../../src/core/ids/ids.js'
import { metersBetween } from '../../src/core/sourcing/great-circle.js'
import type { SourcedShare } from '../../src/core/sourcing/sourcing-decision.js'
import type { SourcingProblem } from '../../src/core/sourcing/sourcing-problem.js'

/** What nobody can leave out: the distance of every location, their order, and what each line takes from them. */
export const greedyPass = ({ lines, candidates, destination }: SourcingProblem): readonly SourcedShare[] => {
  const target = destination.coordinates ?? { latitude: 0, longitude: 0 }
  const byDistance = candidates
    .map((candidate) => ({ candidate, meters: metersBetween(candidate.coordinates ?? target, target) }))
    .sort((one, other) => one.meters - other.meters)
  const taken = new Map<LocationId, Map<string, number>>()
  const shares: SourcedShare[] = []
  for (const { line, sku, quantity } of lines) {
    let left = quantity
    for (const { candidate } of byDistance) {
      const shelf = taken.get(candidate.location) ?? new Map<string, number>()
      const here = Math.min(left, (candidate.stock.get(sku) ?? 0) - (shelf.get(sku) ?? 0))
      if (here <= 0) continue
      taken.set(candidate.location, shelf.set(sku, (shelf.get(sku) ?? 0) + here))
      shares.push({ line, location: candidate.location, quantity: here })
      left -= here
    }
  }
  return shares
}
