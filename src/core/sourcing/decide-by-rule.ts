import { err, ok, type Result } from '../result.js'
import { assignTogether, type Units } from './assign-together.js'
import { explainCandidates, verdictsWithout } from './explain-candidates.js'
import { figuresOf } from './figures.js'
import { assignOpenSet, priceOpenSet } from './open-set.js'
import { admit, scoresOf } from './score-candidates.js'
import { searchOpenSets, type PriceSet, type Solution } from './search-open-sets.js'
import { sharesOf } from './shares-by-line.js'
import { itemsOf, modelOf, type SourcingModel } from './sourcing-model.js'
import type { Optimality, PassedRule, SourcingDecision } from './sourcing-decision.js'
import type { SourcingProblem } from './sourcing-problem.js'
import type { SourcingRule } from './sourcing-rule.js'

/** Steps of a search among items that compete, for one decision. */
const patienceOf = (effort: number | undefined): number => effort ?? 400_000

export const decideByRule = (
  problem: SourcingProblem,
  rule: SourcingRule,
  effort?: number,
): Result<Omit<SourcingDecision, 'passed'>, PassedRule> => {
  const { admitted, excluded } = admit(problem, rule)
  const splits = rule.splits ?? 'within_line'
  const items = itemsOf(problem.lines, splits)
  const most = splits === 'none' ? 1 : (rule.mostShipments ?? Number.MAX_SAFE_INTEGER)
  const possible = items.reduce((sum, item) => sum + (item.whole ? 1 : item.quantity), 0)
  const model = modelOf(items, scoresOf(admitted, problem, rule, Math.min(most, possible)), most)
  const { solution, units } = solve(model, effort)
  if (solution.best === undefined || units === undefined) {
    return err({
      rule: rule.name,
      because: solution.proven ? 'cannot_serve' : 'undecided',
      candidates: verdictsWithout(model, excluded, splits),
    })
  }
  const { cost, used } = solution.best
  return ok({
    rule: rule.name,
    strategy: rule.strategy,
    splits,
    shares: sharesOf(model, units),
    figures: figuresOf(model, units, cost),
    optimality: optimalityOf(model, solution, cost),
    candidates: explainCandidates(model, excluded, used, cost, splits),
  })
}

/** Grows with what there is to look at: a small order is worth a long search compared with its size, a large one must still be answered. */
const effortFor = (model: SourcingModel): number => 60_000 + 300 * model.cellItems.length

interface Solved {
  readonly solution: Solution
  readonly units: Units | undefined
}

const solve = (model: SourcingModel, effort: number | undefined): Solved => {
  if (!model.coupled) {
    if (model.mostShipments === 1) return bestAlone(model)
    const solution = searchOpenSets(model, (open) => priceOpenSet(model, open), effort ?? effortFor(model))
    return { solution, units: solution.best && assignOpenSet(model, solution.best.used) }
  }
  const patience = { steps: patienceOf(effort) }
  let units: Units | undefined
  let lowest = Number.POSITIVE_INFINITY
  const together: PriceSet = (open) => {
    const assigned = assignTogether(model, open, patience)
    if (assigned === undefined || assigned === 'gave_up') return assigned
    if (assigned.cost < lowest && assigned.used.length <= model.mostShipments) {
      lowest = assigned.cost
      units = assigned.units
    }
    return assigned
  }
  const solution = searchOpenSets(model, together, effort ?? effortFor(model))
  return { solution, units }
}

/** One location for all: each is tried. */
const bestAlone = (model: SourcingModel): Solved => {
  let best: Solution['best']
  for (let place = 0; place < model.fixed.length; place += 1) {
    const priced = priceOpenSet(model, [place])
    if (priced !== undefined && (best === undefined || priced.cost < best.cost)) best = priced
  }
  return {
    solution: { best, lowerBound: best?.cost ?? Number.POSITIVE_INFINITY, proven: true },
    units: best && assignOpenSet(model, best.used),
  }
}

const optimalityOf = (model: SourcingModel, { proven, lowerBound }: Solution, cost: number): Optimality => {
  if (proven && !model.coarse) return { proven: true }
  const bound = model.write(lowerBound)
  const [found, least] = [Number(model.write(cost)), Number(bound)]
  return { proven: false, lowerBound: bound, gap: least > 0 ? (found - least) / least : found > 0 ? 1 : 0 }
}
