import type { LineId, LocationId, Sku } from '../../src/core/ids/ids.js'
import { decideSourcing } from '../../src/core/sourcing/decide-sourcing.js'
import type { SourcingDecision } from '../../src/core/sourcing/sourcing-decision.js'
import type { SourcingCandidate, SourcingProblem } from '../../src/core/sourcing/sourcing-problem.js'
import type { SourcingRule } from '../../src/core/sourcing/sourcing-rule.js'
import type { Instant } from '../../src/core/time/instant.js'

export const now = '2026-03-02T09:00:00.000Z' as Instant

export const candidate = (
  location: string,
  stock: Readonly<Record<string, number>>,
  more: Partial<SourcingCandidate> = {},
): SourcingCandidate => ({
  location: location as LocationId,
  kind: 'warehouse',
  priority: 1,
  pickup: false,
  stock: new Map(Object.entries(stock)) as unknown as ReadonlyMap<Sku, number>,
  ...more,
})

/** One line for each SKU that is wanted. */
export const problem = (
  wanted: Readonly<Record<string, number>>,
  candidates: readonly SourcingCandidate[],
  destination: SourcingProblem['destination'] = {},
): SourcingProblem => ({
  lines: Object.entries(wanted).map(([sku, quantity], index) => ({
    line: `L${index + 1}` as LineId,
    sku: sku as Sku,
    quantity,
  })),
  destination,
  candidates,
})

export type PartOfRule = Partial<SourcingRule> & Pick<SourcingRule, 'strategy'>

/** By one rule, with as much effort as it takes unless told otherwise. */
export const tryToDecide = (given: SourcingProblem, rule: PartOfRule, effort?: number) =>
  decideSourcing(given, [{ name: 'rule', ...rule }], now, effort)

export const decide = (given: SourcingProblem, rule: PartOfRule, effort?: number): SourcingDecision => {
  const decision = tryToDecide(given, rule, effort)
  if (!decision.ok) throw new Error(JSON.stringify(decision.error))
  return decision.value
}

export const senders = (given: SourcingProblem, rule: PartOfRule) => [
  ...new Set(decide(given, rule).shares.map(({ location }) => location)),
]
