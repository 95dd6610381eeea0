import { invariant } from '../invariant.js'
import { err, ok, type Result } from '../result.js'
import type { Instant } from '../time/instant.js'
import { decideByRule } from './decide-by-rule.js'
import { inForce } from './schedule.js'
import type { PassedRule, SourcingDecision, Unsourced } from './sourcing-decision.js'
import type { SourcingCandidate, SourcingProblem } from './sourcing-problem.js'
import type { SourcingRule } from './sourcing-rule.js'

/**
 * Decides which location serves which units (F60-F65, M60). Of an ordered list of rules the first one decides that is in force at `at` and can serve
 * everything. The answer names every candidate with what became of it (F66), does not depend on the order of lines and candidates, and says
 * whether it is proven that nothing better exists.
 */
export const decideSourcing = (
  given: SourcingProblem,
  rules: readonly SourcingRule[],
  at: Instant,
  effort?: number,
): Result<SourcingDecision, Unsourced> => {
  const problem: SourcingProblem = {
    lines: given.lines,
    destination: given.destination,
    candidates: inOrderOfIds(given.candidates),
  }
  const passed: PassedRule[] = []
  for (const rule of rules) {
    if (!inForce(rule.schedule, at)) {
      passed.push({ rule: rule.name, because: 'not_in_force', candidates: [] })
      continue
    }
    const decided = decideByRule(problem, rule, effort)
    if (decided.ok) return ok({ ...decided.value, passed })
    passed.push(decided.error)
  }
  return err({ passed, proven: passed.every(({ because }) => because !== 'undecided') })
}

const inOrderOfIds = (candidates: readonly SourcingCandidate[]): readonly SourcingCandidate[] => {
  if (ascends(candidates)) return candidates
  const sorted = [...candidates].sort((one, other) => (one.location < other.location ? -1 : 1))
  invariant(ascends(sorted), 'a location is a candidate once')
  return sorted
}

const ascends = (candidates: readonly SourcingCandidate[]): boolean => {
  for (let at = 1; at < candidates.length; at += 1) {
    const [before, after] = [candidates[at - 1], candidates[at]]
    if (before === undefined || after === undefined || before.location >= after.location) return false
  }
  return true
}
