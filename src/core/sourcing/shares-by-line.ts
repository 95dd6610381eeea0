import { invariant } from '../invariant.js'
import type { Units } from './assign-together.js'
import type { SourcedShare } from './sourcing-decision.js'
import type { SourcingModel } from './sourcing-model.js'
import type { SourcingCandidate } from './sourcing-problem.js'

/**
 * Who serves which line. Where several lines want one SKU, the line that fits best takes from a location that can serve it whole; only what fits nowhere whole is
 * taken apart.
 */
export const sharesOf = (model: SourcingModel, units: Units): readonly SourcedShare[] => {
  const shares: SourcedShare[] = []
  for (const [index, item] of model.items.entries()) {
    const left = [...(units[index] as ReadonlyMap<number, number>)]
      .sort(([one], [other]) => one - other)
      .map(([place, quantity]) => ({ place, quantity }))
    const give = (line: (typeof item.lines)[number], from: (typeof left)[number], quantity: number): void => {
      if (quantity === 0) return
      const { location } = model.candidates[from.place] as SourcingCandidate
      from.quantity -= quantity
      shares.push({ line: line.line, location, quantity })
    }
    const apart = item.lines.filter((line) => {
      const whole = left
        .filter(({ quantity }) => quantity >= line.quantity)
        .reduce<(typeof left)[number] | undefined>(
          (best, each) => (best === undefined || each.quantity < best.quantity ? each : best),
          undefined,
        )
      if (whole === undefined) return true
      give(line, whole, line.quantity)
      return false
    })
    for (const line of apart) {
      let wanted = line.quantity
      for (const from of left) {
        const taken = Math.min(wanted, from.quantity)
        give(line, from, taken)
        wanted -= taken
      }
      invariant(wanted === 0, 'OQ6 shares add up to their line')
    }
  }
  return shares.sort((one, other) =>
    one.line === other.line ? (one.location < other.location ? -1 : 1) : one.line < other.line ? -1 : 1,
  )
}
